# shellcheck shell=bash
# Native executables, for ./orchflow (which sources this): the toolchain, what is to be built, and a cache of what was.
#
# Both lie outside the checkout, named by a digest of all that goes in, so that no clone builds again what another one
# has built, and none gets an executable of other sources. An entry is moved to its place when it is whole.
native_cache="${ORCHFLOW_NATIVE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/orchflow/native}"
# Where the launcher and the tests find executables: a link each to the cache's entry.
native_links="$here/target/native"
native_kept=3

# Kafka: no service, so it has no tests of its own to run here; those of libs/embedded are its.
native_broker=libs/embedded/broker

# Modules that become executables.
native_modules() {
  modules | grep -Fx -e $native_broker -e workspace-container/agent -e services/gateway -e services/terminal -e services/workspaces \
    -e services/auth -e services/orchestration || true
}

# Modules of this project that go into the given one, itself too: by the dependencies in the poms, without those of tests.
native_parts() {
  local module
  {
    for module in $(tests_too='^$' modules); do
      awk -v module="$module" -v RS='>' '
        /<\/parent$/ { past = 1 }
        /<dependency$/ { group = artifact = scope = "" }
        past && /<\/groupId$/ { group = value($0) }
        past && /<\/artifactId$/ { artifact = value($0); if (!own) { own = 1; print "is", module, artifact } }
        /<\/scope$/ { scope = value($0) }
        /<\/dependency$/ { if (group == "io.orchflow" && scope != "test") print "uses", module, artifact }
        function value(text) { sub(/<.*/, "", text); return text }' "$here/$module/pom.xml"
    done
  } | awk -v wanted="$1" '
    $1 == "is" { folder[$3] = $2 }
    $1 == "uses" { uses[$2] = uses[$2] " " $3 }
    END { visit(wanted); for (one in seen) print one }
    function visit(module,   list, count, i) {
      if (seen[module]++) return
      count = split(uses[module], list, " ")
      for (i = 1; i <= count; i++) visit(folder[list[i]])
    }' | sort
}

# Digest of all that an executable is made of: sources, poms, toolchain.
native_key() {
  local parts
  mapfile -t parts < <(native_parts "$1")
  {
    # The number is that of this way to build: one more whenever it makes something else of the same.
    printf '1 %s %s\n' "$toolchain_id" "$(native_common)"
    except='/src/test/|/README.md$' digest "${parts[@]}"
  } | sha256sum | cut -c1-24
}

# Digest of what holds for every module, without the list of them: one module more changes no other.
native_common() { { sed '/<module>/d' "$here/pom.xml"; digest .mvn; } | sha256sum; }

native_name() { basename "$1"; }

# Executables of others that the tests of a module start.
native_beside() {
  [ "$1" = $native_broker ] || echo $native_broker
  case "$1" in services/workspaces | services/orchestration | services/terminal) echo workspace-container/agent ;; esac
  case "$1" in services/orchestration | services/terminal) echo services/workspaces ;; esac
}

# The modules that the tests of a module run on, one a line, as far as they have no executable.
native_lacking() {
  local module
  for module in "$1" $(native_beside "$1"); do
    [ -d "$(native_entry "$module")" ] || printf '%s\n' "$module"
  done
}

# What packaging a module as an executable makes.
native_runner() {
  local artifact
  artifact="$(basename "$1")"
  [ "$1" != "$native_broker" ] || artifact=embedded-broker
  printf '%s' "$here/$1/target/$artifact-0.1.0-SNAPSHOT-runner"
}

# Where a module's executable is, or will be; known once check_native was called.
declare -A native_entries=()
native_entry() { printf '%s' "${native_entries[$1]}"; }

# Reads every source that goes in, so it is done once a run.
find_native_entries() {
  local module
  for module in $(native_modules); do
    native_entries[$module]="$native_cache/$(native_name "$module")-$(native_key "$module")"
  done
}

# GRAALVM_HOME becomes one with native-image: the machine's own, else the place of one made of packages.
find_toolchain() {
  local home on_path
  on_path="$(command -v native-image || true)"
  for home in "${GRAALVM_HOME:-}" "$JAVA_HOME" "${on_path:+$(dirname "$(dirname "$(readlink -f "$on_path")")")}"; do
    if [ -n "$home" ] && [ -x "$home/bin/native-image" ] && "$home/bin/native-image" --version 2>/dev/null | grep -q '^native-image 25'; then
      export GRAALVM_HOME="$home"
      toolchain_id="$("$home/bin/native-image" --version | sha256sum)"
      return
    fi
  done
  toolchain_id="$(native_common) $(except='/src/test/|/README.md$' digest tools/image-toolchain) $(sha256sum <"$JAVA_HOME/release") $(gcc --version 2>/dev/null | head -1 || true)"
  export GRAALVM_HOME="$native_cache/toolchain-$(printf '%s' "$toolchain_id" | sha256sum | cut -c1-24)"
}

# Modules whose executable is not in the cache, one a line.
native_missing() {
  local module
  for module in $(native_modules); do
    [ -d "$(native_entry "$module")" ] || printf '%s\n' "$module"
  done
}

# Ends with one line where something has to be built and cannot be.
check_native() {
  if [ -z "${toolchain_id:-}" ]; then
    find_toolchain
    find_native_entries
  fi
  [ -n "$(native_missing)" ] || return 0
  need native
  echo '#include <zlib.h>' | gcc -E -x c - >/dev/null 2>&1 ||
    die "gcc finds no zlib.h, which native executables are linked with: install it, for example with 'apt install zlib1g-dev'"
}

make_toolchain() {
  local jars="$here/tools/image-toolchain/target/jars"
  [ -d "$GRAALVM_HOME" ] && { touch "$GRAALVM_HOME"; return; }
  say "making the toolchain for native executables, of packages"
  if ! maven package -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true -DwithoutWholeSystem \
      -pl tools/image-toolchain >"$here/target/toolchain.log" 2>&1; then
    grep '^\[ERROR\]' "$here/target/toolchain.log" | head -20 >&2
    die "the toolchain could not be built; all of it is in $here/target/toolchain.log"
  fi
  "$JAVA_HOME/bin/java" -cp "$jars/*" io.orchflow.nativeimage.Toolchain "$jars" "$GRAALVM_HOME" || exit 1
  native_prune toolchain
}

# Keeps the entries of a name that were used last.
native_prune() {
  # shellcheck disable=SC2012 # names are ours
  ls -dt "$native_cache/$1"-* 2>/dev/null | tail -n "+$((native_kept + 1))" | while IFS= read -r old; do
    rm -rf "$old"
  done
}

# Where the launcher looks; an entry that is used is not the next to go.
native_link() {
  mkdir -p "$native_links"
  touch "$2"
  ln -sfn "$2" "$native_links/$(native_name "$1")"
}

# Every executable that is not in the cache is built, one after the other.
build_native() {
  local module
  check_native
  for module in $(native_modules); do
    have_native "$module"
  done
}

# Builds an executable that is not in the cache, and links it to where it is looked for.
have_native() {
  local entry
  entry="$(native_entry "$1")"
  mkdir -p "$native_cache" "$here/target" 2>/dev/null ||
    die "the cache of executables $native_cache cannot be written: set ORCHFLOW_NATIVE_CACHE to a folder of yours"
  if [ ! -d "$entry" ]; then
    exec 9>"$native_cache/lock"
    flock --nonblock 9 || { say "another build of native executables is running: waiting for it"; flock 9; }
    if [ ! -d "$entry" ]; then
      make_toolchain
      build_native_one "$1"
    fi
    exec 9>&-
  fi
  native_link "$1" "$entry"
}

build_native_one() {
  local name entry making log runner profile=native started=$SECONDS
  name="$(native_name "$1")" entry="$(native_entry "$1")" log="$here/target/native-$(native_name "$1").log"
  say "building the native executable of $name (some minutes)"
  # After tests it is a link to an entry of the cache, which nothing may write through.
  runner="$(native_runner "$1")"
  rm -f "$runner"
  [ "$1" != "$native_broker" ] || profile=broker-executable
  if ! maven "-P$profile" package -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true -DwithoutWholeSystem -am -pl "$1" \
      > >(told_native "$log") 2>&1; then
    wait
    grep -E '^(\[ERROR\]|Error:|Fatal error:|native-image:)' "$log" | head -20 >&2
    die "no native executable of $name could be built; all of it is in $log"
  fi
  wait
  # Only a whole entry gets its name, also where this is called so that errors do not end the script.
  # shellcheck disable=SC2015 # whichever fails
  making="$(mktemp -d "$native_cache/.making-XXXXXX")" &&
    cp "$runner" "$making/orchflow-$name" &&
    cp "$here/$1"/target/*.so "$making/" &&
    { [ "$1" = "$native_broker" ] || cp "$here/$1/target/quarkus-artifact.properties" "$making/"; } &&
    printf '%s\n' "$((SECONDS - started))" >"$making/build-seconds" &&
    chmod 755 "$making" &&
    mv -T "$making" "$entry" ||
    {
      rm -rf "${making:?}"
      die "the native executable of $name could not be put into $native_cache"
    }
  native_prune "$name"
  say "  $name built in $((SECONDS - started)) s"
}

told_native() {
  tee "$1" | sed -un 's:^\[\([0-9]/[0-9]\)\] \([A-Z][a-z ]*\)\.\.\..*(\([0-9.]*s\).*:    \1  \2  \3:p' >&2
}

# Builds each executable and runs the tests of its module on it, then the main job on all of them; without those that
# passed before on the same executables, unless $native_all says so. No build begins later than $1 seconds after the start
# of this script: what is left out for that is told.
test_native() {
  local module all="" late=() status=0
  check_native
  for module in $(native_modules); do
    if [ "$SECONDS" -gt "$1" ] && [ -n "$(native_lacking "$module")" ]; then
      late+=("$(native_name "$module")")
    else
      (have_native "$module") || { [ $? != 130 ] || exit 130; status=1; continue; }
      all+=" $(native_entry "$module")"
      test_native_one "$module" || status=1
    fi
  done
  if [ ${#late[@]} -gt 0 ]; then
    say "native: after $((SECONDS / 60)) minutes not built, and not tested: ${late[*]}; './orchflow test --native' takes the time"
    return $status
  fi
  # Where one could not be built, the others alone are no system.
  [ "$(native_missing)" = "" ] || return $status
  native_passes "$native_cache/system-$(printf '%s %s' "$all" "$(digest tests/e2e deploy/local libs/embedded orchflow)" | sha256sum | cut -c1-24)" \
    tests/e2e "-Dit.test=StoryE2ET,PaneE2ET,BrowserE2ET,FaultsE2ET#anyServiceMayDieDuringASwarm+aKilledWorkspaceAgentFindsItsPanesAgain" || status=1
  return $status
}

test_native_one() {
  local module="$1" entry beside other
  entry="$(native_entry "$module")"
  if [ "$module" = "$native_broker" ]; then
    module=libs/embedded
  else
    ln -sfn "$entry/orchflow-$(native_name "$module")" "$(native_runner "$module")"
    cp "$entry/quarkus-artifact.properties" "$here/$module/target/"
  fi
  mapfile -t beside < <(native_beside "$1")
  native_passes "$entry/tested-$(printf '%s %s' "$(digest "$module/src/test" libs/embedded libs/access)" \
    "$(for other in ${beside[@]+"${beside[@]}"}; do native_entry "$other"; done)" | sha256sum | cut -c1-24)" "$module" -Dquarkus.build.skip=true
}

# Runs the tests of a module and notes that they passed; a note that is there already spares them.
native_passes() {
  local note="$1" module="$2"
  if [ -z "${native_all:-}" ] && [ -e "$note" ]; then
    say "native: the tests of $module passed before on the same executables"
    touch "$note"
    return
  fi
  say "native: testing $module"
  if maven -Pnative verify -Dspotless.check.skip=true "${@:3}" -pl "$module"; then touch "$note"; else return 1; fi
}
