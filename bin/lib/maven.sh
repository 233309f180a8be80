# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: runs Maven with short output, which includes the path of the full log.

# run_maven LOG ARGUMENT...: Maven's own exit status.
run_maven() {
  local log=$1 maven status=0
  shift
  mkdir -p "$(dirname "$log")"
  rm -rf ./*/target/surefire-reports # or totals would count the last run
  echo "mvn ${*}  (all of its output: $log)"
  : >"$log"
  mvn -B -ntp "$@" >>"$log" 2>&1 &
  maven=$!
  # tail ends with Maven; no match of grep is not a failure
  tail -n +1 -f --pid="$maven" "$log" 2>/dev/null |
    grep --line-buffered -E '^\[[A-Z]+\] (Building Cadastre|Building .* \[[0-9]+/|Tests run:|BUILD )|^\[ERROR\]' || true
  wait "$maven" || status=$?
  return "$status"
}

# Prints one line about the XML reports of all modules; fails if a test failed or none has run.
totals() {
  local reports=()
  mapfile -t reports < <(find . -path '*/target/surefire-reports/TEST-*.xml' | sort)
  if ((${#reports[@]} == 0)); then
    echo "TOTAL: no test has run"
    return 1
  fi
  grep -h -o '<testsuite [^>]*' "${reports[@]}" | awk '
    function count(attribute) {
      return match($0, " " attribute "=\"[0-9]+") \
        ? substr($0, RSTART + length(attribute) + 3, RLENGTH - length(attribute) - 3) + 0 : 0
    }
    { tests += count("tests"); bad += count("failures") + count("errors"); skipped += count("skipped") }
    END {
      printf "TOTAL: %d tests, %d failed, %d skipped\n", tests, bad, skipped
      exit bad > 0 || tests == 0
    }'
}

# The reports of skipped tests, except the test that needs a mirror with Debian 13, which a machine
# may not have.
skipped_tests() {
  local report
  for report in ./*/target/surefire-reports/TEST-*.xml; do
    grep -h '<skipped' "$report" 2>/dev/null | grep -Ev "$NO_DEBIAN_13" | sed "s|^|$report: |"
  done || true
}

# Prints a message if Debian 13 was not available.
no_debian_13() {
  grep -hE "<skipped.*($NO_DEBIAN_13)" ./*/target/surefire-reports/TEST-*.xml 2>/dev/null |
    sed 's/^.*message="\([^"]*\)".*/NOT TESTED: the plugin on Debian 13: \1/' || true
}

NO_DEBIAN_13='mirror of Debian|no Debian 13 tree'

# The programs and files that the build and the tests need, and their Debian packages.
programs() {
  cat <<'LIST'
gcc gcc
make make
/usr/include/stdio.h libc6-dev
/usr/include/shadow/subid.h libsubid-dev
slapd slapd
/usr/sbin/ns-slapd 389-ds-base
ldapadd ldap-utils
newuidmap uidmap
podman podman
fuse-overlayfs fuse-overlayfs
bindfs bindfs
mkfs.btrfs btrfs-progs
mkfs.ext4 e2fsprogs
mkfs.xfs xfsprogs
useradd passwd
rootlesskit rootlesskit
lxc-usernsexec lxc
mmdebstrap mmdebstrap
/usr/lib/libnss_extrausers.so.2 libnss-extrausers
curl curl
openssl openssl
python3 python3
unshare util-linux
script bsdutils
keyctl keyutils
ps procps
patch patch
strace strace
debootstrap debootstrap
ip iproute2
chromium chromium
chromedriver chromium-driver
/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf fonts-dejavu-core
clang-14 clang-14
clang-format-14 clang-format-14
/usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a libclang-rt-14-dev
LIST
}
