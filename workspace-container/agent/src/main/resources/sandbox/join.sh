#!/bin/sh
# Inside a sandbox that runs already, still with rights in it: gives them away as enter.sh does, and runs one more command.
#
#   join.sh MODE UID GID USER INPUT COMMAND
set -eu
read -r path </etc/orchflow.path
prlimit --core=0:0 --pid $$ 2>/dev/null || :
prlimit --nproc=4096:4096 --pid $$ 2>/dev/null || :
identity=
[ "$1" = user ] || identity="--reuid $2 --regid $3 --clear-groups"
# shellcheck disable=SC2086 # words on purpose
exec env PATH="$path" HOME=/home/agent USER="$4" LOGNAME="$4" SHELL=/bin/bash LANG=C.UTF-8 \
    setpriv $identity --inh-caps -all --ambient-caps -all --bounding-set -all --no-new-privs --pdeathsig KILL \
    /bin/sh /init.sh "$5" "" "" "$6"
