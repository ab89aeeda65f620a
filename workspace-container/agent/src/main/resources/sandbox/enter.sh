#!/bin/sh
# Process 1 of the new namespaces, still with the rights to mount: builds a root file system that shows nothing of the host
# but its programs, moves into it, gives every right away and becomes init.sh.
#
#   enter.sh SPEC TERMINAL DIRECTORY
set -eu
terminal=$2
directory=$3
here=$(dirname "$0")
. "$1"
trap '[ $? = 0 ] || { echo "orchflow: the sandbox could not be built" >&2; exit 125; }' EXIT

mount -n --make-rprivate /
mount -n -t tmpfs -o mode=0755,size=64m,nosuid,nodev orchflow "$here/root"
cd "$here/root"
mkdir -p usr etc/ssl etc/pki dev/pts dev/shm proc tmp run/orchflow home/agent opt/orchflow/recipes var/tmp workspace old

# What is to be mounted, gathered for one mount(8), as fstab(5) has it: every process that is started here is a millisecond
# that somebody waits.
table=
word() { # sets $word: TEXT with what separates fields written in octal
    word=$1
    case $word in
    *[[:space:]\\]*) word=$(printf %s "$word" | sed 's/\\/\\134/g; s/ /\\040/g; s/\t/\\011/g') ;;
    esac
}
entry() { # SOURCE TARGET TYPE OPTIONS
    word "$1"
    table=$table$word
    word "$PWD/$2"
    table="$table $word $3 $4 0 0
"
}
show() { # SOURCE TARGET: with all mounts below it; made read-only further down
    [ -d "./$2" ] || mkdir -p "./$2"
    entry "$1" "$2" none rbind
}

show /usr usr
links=
for name in bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$name" ]; then
        links="$links /$name"
    elif [ -d "/$name" ]; then
        show "/$name" "$name"
    fi
done
for name in alternatives ca-certificates ssl/certs pki/tls pki/ca-trust ld.so.conf.d terminfo $java; do
    [ ! -d "/etc/$name" ] || show "/etc/$name" "etc/$name"
done
files=
for name in ld.so.cache ld.so.conf nsswitch.conf mime.types protocols services bash.bashrc inputrc localtime; do
    [ ! -f "/etc/$name" ] || files="$files /etc/$name"
done
# shellcheck disable=SC2086 # words on purpose
[ -z "$links" ] || cp -P $links .
# shellcheck disable=SC2086
[ -z "$files" ] || cp -L $files etc/
cp "$here/init.sh" "$here/job.sh" "$here/join.sh" "$here/model.mjs" .
chmod 0755 init.sh job.sh join.sh model.mjs
echo "root:x:0:0:root:/nonexistent:/bin/false
$user:x:$uid:$gid:$user:/home/agent:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/bin/false" >etc/passwd
printf 'root:x:0:\n%s:x:%s:\nnogroup:x:65534:\n' "$user" "$gid" >etc/group
printf '127.0.0.1 localhost %s\n::1 localhost\n' "$host" >etc/hosts
echo "$host" >etc/hostname

path=/usr/local/bin:/usr/bin:/bin
if [ -n "$recipes" ]; then
    show "$recipes" opt/orchflow/recipes
    path=/opt/orchflow/recipes/bin:$path
fi
if [ -n "$profiles" ]; then
    show "$profiles" opt/orchflow/profiles
    path=/opt/orchflow/profiles/bin:$path
fi
number=0
for tool in $tools; do
    number=$((number + 1))
    case $tool in
    */node_modules) # by its own name: packages find each other by it
        show "$tool" "opt/orchflow/tools/$number/node_modules"
        path=$path:/opt/orchflow/tools/$number/node_modules/.bin
        ;;
    *)
        show "$tool" "opt/orchflow/tools/$number"
        path=$path:/opt/orchflow/tools/$number/bin
        ;;
    esac
done
if [ -n "$programs" ]; then
    mkdir -p opt/orchflow/programs
    path=$path:/opt/orchflow/programs
fi
for program in $programs; do
    : >"opt/orchflow/programs/${program%%=*}"
    entry "${program#*=}" "opt/orchflow/programs/${program%%=*}" none bind
done
show "$run" run/orchflow
printf '%s\n' "$path" >etc/orchflow.path # see join.sh

# Writable: the work itself, and memory that ends with the sandbox.
entry "$workspace" workspace none bind
if [ -n "$home" ]; then
    entry "$home" home/agent none bind
else
    entry orchflow-home home/agent tmpfs "mode=0700,size=1g,nosuid,nodev,uid=$uid,gid=$gid"
fi
entry orchflow-tmp tmp tmpfs mode=1777,size=1g,nosuid,nodev
entry "$PWD/tmp" var/tmp none bind

# Devices: the harmless ones, a terminal directory of its own, and this pane's terminal as the console.
for name in null zero full random urandom tty; do
    : >"dev/$name"
    entry "/dev/$name" "dev/$name" none bind
done
if [ -n "$terminal" ]; then
    : >dev/console
    entry "$terminal" dev/console none bind
fi
entry devpts dev/pts devpts newinstance,ptmxmode=0666,mode=0620,nosuid,noexec
entry orchflow-shm dev/shm tmpfs mode=1777,size=256m,nosuid,nodev
cp -P /dev/fd /dev/stdin /dev/stdout /dev/stderr dev/
ln -s pts/ptmx dev/ptmx
entry proc proc proc nosuid,nodev,noexec

printf %s "$table" >old.table
mount -n -a -T old.table
rm old.table

# Files that the work may not change, laid over it: SOURCE and TARGET in turn, one a line. Each folder on the way becomes a
# mount point, as those cannot be moved aside.
pin() { # TARGET
    way=./workspace
    rest=$1
    while [ "$rest" != "${rest#*/}" ]; do
        way=$way/${rest%%/*}
        rest=${rest#*/}
        mountpoint -q "$way" || mount -n --bind "$way" "$way"
    done
}
if [ -n "$overlay" ]; then
    while IFS= read -r source && IFS= read -r target; do
        pin "$target"
        mount -n --bind "$source" "./workspace/$target"
    done <"$overlay"
fi

# The loopback interface is all that this network has.
ip link set lo up 2>/dev/null ||
    perl -e 'socket(S,2,2,0) && ioctl(S,0x8914,pack("a16s x22","lo",0x49)) or exit 1' 2>/dev/null ||
    ifconfig lo 127.0.0.1 up 2>/dev/null ||
    echo "orchflow: no loopback network here (ip, perl and ifconfig are missing)" >&2
{ echo "$host" >proc/sys/kernel/hostname; } 2>/dev/null || hostname "$host" 2>/dev/null || :

pivot_root . old
cd /
umount -n -l /old
rmdir /old

# Every mount that is not meant to be written is read-only, those that came along with a directory too. (The list is read
# before it changes.)
mounts=$(cat /proc/self/mountinfo)
while read -r _ _ _ _ target options _; do
    flags=nosuid,nodev
    case ,$options, in *,noexec,*) flags=$flags,noexec ;; esac
    case $target in
    /dev/* | /proc | /tmp | /var/tmp) continue ;;
    /workspace | /home/agent) ;;
    /workspace/*) [ -d "$(printf %b "$target")" ] || flags=ro,$flags ;;
    *) flags=ro,$flags ;;
    esac
    mount -n -o "remount,bind,$flags" "$(printf %b "$target")"
done <<MOUNTS
$mounts
MOUNTS

trap - EXIT
prlimit --core=0:0 --pid $$ 2>/dev/null || :
prlimit --nproc=4096:4096 --pid $$ 2>/dev/null || :
identity=
[ "$mode" = user ] || identity="--reuid $uid --regid $gid --clear-groups"
clean=-i
[ "$environment" = given ] || clean=
# shellcheck disable=SC2086 # words on purpose
exec env $clean PATH="$path" HOME=/home/agent USER="$user" LOGNAME="$user" SHELL=/bin/bash LANG=C.UTF-8 \
    setpriv $identity --inh-caps -all --ambient-caps -all --bounding-set -all --no-new-privs --pdeathsig KILL \
    /bin/sh /init.sh "$stdin" "$directory" "$model" command
