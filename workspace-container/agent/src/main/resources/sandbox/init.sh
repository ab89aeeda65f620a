#!/bin/sh
# Process 1 of the sandbox, now without any right: runs the command, reaps what is orphaned, and ends with the command's exit
# status, which ends everything that is left in here. (For a command that joins later it is a process like others.)
#
#   init.sh INPUT DIRECTORY MODEL COMMAND
#
# COMMAND is a script below /run/orchflow.
# MODEL is a port: what connects to it goes on in the agent's socket, the only way out of here. Empty: there is none.
cd "/workspace$2" || cd /workspace || exit 125
if [ -n "$3" ]; then
    mkfifo /tmp/.model
    node /model.mjs "$3" /run/orchflow/model.sock </dev/null >/tmp/.model 2>&1 &
    read -r _ </tmp/.model || : # it listens
    rm -f /tmp/.model
fi
if [ "$1" = terminal ]; then
    exec 4>&1
    status=$(/bin/sh /job.sh "/run/orchflow/$4" 3>&1 1>&4 4>&-)
else
    /bin/sh "/run/orchflow/$4"
    status=$?
fi
exit "${status:-125}"
