#!/bin/sh
# Runs the command as the foreground job of the terminal, in a process group of its own, so that Ctrl-C reaches it and nothing
# above it. One that is stopped (Ctrl-Z) goes on at once: there is no shell here from which it could be continued.
#
# The exit status goes to descriptor 3: a shell that cannot give the terminal back at its end (its former foreground group is
# outside of this process namespace) ends with a status of its own.
exec 5>&2 2>/dev/null
# A shell whose job dies of SIGINT raises that signal in itself and would not come to the end. (The command is not affected:
# what is caught here has its default there.)
trap : INT
stty isig # see leader.sh
set -m
/bin/sh "$1" 2>&5 3>&- 5>&-
status=$?
while [ "$status" -gt 128 ] && kill -0 %1; do
    fg %1 >/dev/null
    status=$?
done
echo "$status" >&3
