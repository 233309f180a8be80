# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: builds a module of this checkout if its build is missing or out of date.

# The top folder of the checkout, also if the caller was started through symbolic links.
checkout=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../..
checkout=$(cd "$checkout" && pwd)

# is_built MODULE: whether there is a build and no source is newer.
is_built() {
  local mark=$checkout/$1/target/lib
  [[ -d $mark ]] || return 1
  [[ -z $(find "$checkout"/pom.xml "$checkout"/*/pom.xml "$checkout"/*/src/main \
    -newer "$mark" -print -quit) ]]
}

# build MODULE...: one build at a time; prints nothing if all modules are built.
build() {
  are_built "$@" && return
  command -v mvn >/dev/null || {
    echo "not built, and there is no mvn to build it: install Maven 3.8 or later" >&2
    return 69
  }
  (
    flock 9
    are_built "$@" && exit
    echo "building $*: mvn -q -DskipTests package" >&2
    cd "$checkout" || exit
    quiet_maven -pl "$(IFS=,; echo "$*")" -Dmaven.test.skip=true package || exit 70
    touch "${@/%//target/lib}"
  ) 9<"$checkout/pom.xml"
}

# quiet_maven ARGUMENT...: prints only errors, on standard error. Builds neither the libsubid plugin,
# which needs gcc, nor the SBOM, since the scripts do not use them.
quiet_maven() (
  set -o pipefail
  # Maven resets its colours even if it used none.
  mvn -q -B -ntp -Dfmt.skip=true -Dexec.skip=true -Dcyclonedx.skip=true -am "$@" 2>&1 |
    sed $'s/\e\\[[0-9;]*m//g; /^$/d' >&2
)

are_built() {
  local module
  for module in "$@"; do
    is_built "$module" || return
  done
}
