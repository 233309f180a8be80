# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: installs the Debian packages of the programs that a script runs.

PATH=$PATH:/usr/sbin:/sbin

# Reads lines "PROGRAM PACKAGE", or "/FILE PACKAGE". As root it installs the missing packages, otherwise it
# prints their names.
install_missing() {
  local program package missing=()
  while read -r program package; do
    command -v "$program" >/dev/null || [[ -f $program ]] || missing+=("$package")
  done
  ((${#missing[@]} > 0)) || return 0
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "${0##*/}: these Debian packages are missing: ${missing[*]}" >&2
    echo "${0##*/}: install them, or run this as root on Debian and it will" >&2
    exit 69
  fi
  echo "installing ${missing[*]}"
  apt_install "${missing[@]}"
}

# invoke-rc.d asks policy-rc.d, and 101 forbids a start: the tests run their own slapd on free ports,
# and a machine should not get a server because of a test run.
apt_install() (
  export DEBIAN_FRONTEND=noninteractive
  policy=/usr/sbin/policy-rc.d
  log=$(mktemp)
  if [[ ! -e $policy ]]; then
    trap 'rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  if ! { apt-get -q update && apt-get -q -y --no-install-recommends install "$@"; } \
    </dev/null >"$log" 2>&1; then
    tail -20 "$log" >&2
    exit 69
  fi
  rm -f "$log"
)
