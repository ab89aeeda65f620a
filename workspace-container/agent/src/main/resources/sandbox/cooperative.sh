#!/bin/sh
# Where this kernel gives no namespaces: the command runs as the agent's own user, in its own process group, and is only
# asked to keep to its directory. Evidence from here carries assurance "cooperative".
here=$(dirname "$0")
. "$1"
cd "$workspace$2" || cd "$workspace" || exit 125
path=/usr/local/bin:/usr/bin:/bin
[ -z "$recipes" ] || path=$recipes/bin:$path
[ -z "$profiles" ] || path=$profiles/bin:$path
for tool in $tools; do
    case $tool in
    */node_modules) path=$path:$tool/.bin ;;
    *) path=$path:$tool/bin ;;
    esac
done
for program in $programs; do
    file=${program#*=}
    path=$path:${file%/*}
done
export LANG=C.UTF-8 PATH="$path" HOME="$home"
forwarder=
if [ -n "$model" ]; then
    listens=$(mktemp -u)
    mkfifo "$listens"
    node "$here/model.mjs" "$model" "$run/model.sock" </dev/null >"$listens" 2>&1 &
    forwarder=$!
    read -r _ <"$listens" || :
    rm -f "$listens"
fi
if [ "$stdin" = terminal ]; then
    exec 4>&1
    status=$(/bin/sh "$here/job.sh" "$run/${command:-command}" 3>&1 1>&4 4>&-)
else
    /bin/sh "$run/${command:-command}"
    status=$?
fi
[ -z "$forwarder" ] || kill "$forwarder" 2>/dev/null
exit "${status:-125}"
