#!/bin/sh
# Process 1 of the sandbox, now without any right: runs the command, reaps what is orphaned, and ends with the command's exit
# status, which ends everything that is left in here.
#
#   init.sh INPUT DIRECTORY
cd "/workspace$2" || cd /workspace || exit 125
if [ "$1" = terminal ]; then
    exec 4>&1
    status=$(/bin/sh /job.sh 3>&1 1>&4 4>&-)
else
    /bin/sh /run/orchflow/command
    status=$?
fi
exit "${status:-125}"
