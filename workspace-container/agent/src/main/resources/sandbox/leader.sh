#!/bin/sh
# The first process of an attempt, a check or a person's pane: enters the sandbox that SPEC describes, or (`join`) one that runs
# already.
#
#   leader.sh SPEC
#
# SPEC is a file of shell assignments written by the workspace agent (SandboxSpec.java). This process becomes `unshare`, stays
# outside of the new namespaces, never reads its terminal (so what is pushed into it by TIOCSTI reaches nobody) and holds no
# secret. Whatever ends it ends the sandbox: the namespace's init dies with it, and the kernel ends the rest of the namespace.
set -u
unset TMUX TMUX_PANE
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
umask 022
here=$(dirname "$0")
. "$1"

# Until the command runs (job.sh), Ctrl-C is a byte of input: here and in enter.sh it would hit the making of the sandbox.
[ "$stdin" != terminal ] || stty -isig 2>/dev/null

directory=
case $PWD in "$workspace"/*) directory=${PWD#"$workspace"} ;; esac

# The pane's terminal belongs to the sandbox's user, so that /dev/stdout and /dev/stderr can be opened there too.
terminal=
if [ "$stdin" = terminal ] && [ "$mode" != none ]; then
    terminal=$(tty) || terminal=
    [ "$mode" != root ] || [ -z "$terminal" ] || chown "$uid" "$terminal"
fi

# So does an output pipe.
if [ "$mode" = root ] && [ -p /proc/self/fd/1 ]; then
    chown "$uid" /proc/self/fd/1 /proc/self/fd/2
fi

# The agent holds the sandbox by an open pipe: when the pipe closes (the agent is gone, or wants it so), the sandbox ends.
if [ "$stdin" = hold ]; then
    exec 3<&0 </dev/null
    setpriv --pdeathsig KILL /bin/sh -c 'while read -r _; do :; done; kill -KILL $PPID' <&3 3<&- >/dev/null 2>&1 &
    exec 3<&-
fi

# A pane's sandbox ends with whoever started it. (Below the agent that would be a mere thread: there the pipe does it.)
with_parent=
[ "$stdin" != terminal ] || with_parent='setpriv --pdeathsig KILL'

if [ -n "${join:-}" ] && [ "$mode" != none ]; then
    own=
    [ "$mode" != user ] || own='--user --preserve-credentials'
    # shellcheck disable=SC2086 # words on purpose
    exec $with_parent nsenter --target "$join" $own --mount --pid --ipc --uts --net \
        /bin/sh /join.sh "$mode" "$uid" "$gid" "$user" "$stdin" "$command"
fi

# shellcheck disable=SC2086 # words on purpose
case $mode in
root)
    exec $with_parent unshare --mount --pid --ipc --uts --net --fork --kill-child=KILL \
        /bin/sh "$here/enter.sh" "$1" "$terminal" "$directory"
    ;;
user)
    exec $with_parent unshare --user --map-current-user --keep-caps --mount --pid --ipc --uts --net --fork --kill-child=KILL \
        /bin/sh "$here/enter.sh" "$1" "$terminal" "$directory"
    ;;
none)
    exec /bin/sh "$here/cooperative.sh" "$1" "$directory"
    ;;
esac
echo "orchflow: unknown sandbox mode $mode" >&2
exit 125
