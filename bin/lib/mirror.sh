# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: trees of Debian by debootstrap, from the mirror that this machine's apt uses.

PATH=$PATH:/usr/sbin:/sbin

# The address of the mirror; exit status 69 without one.
debian_mirror() {
  local mirror
  # shellcheck disable=SC2016 # apt expands it
  mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 2>/dev/null | awk '$1 == "Debian" && !found++ { print $2 }')
  if [[ -z $mirror ]]; then
    echo "this machine's apt knows no mirror of Debian" >&2
    return 69
  fi
  echo "$mirror"
}

# Exports the proxy of this machine's apt, for debootstrap and the apt of a tree.
use_proxy() {
  eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
  export http_proxy=${http_proxy:-}
}

# in_namespaces COMMAND...: debootstrap and apt mount the tree's /proc and /sys, and nothing of it is left behind.
in_namespaces() {
  unshare --mount --propagation private --pid --fork --kill-child "$@"
}

# bootstrap SUITE TREE [PACKAGE,...]
bootstrap() {
  local mirror
  mirror=$(debian_mirror) || return
  use_proxy
  in_namespaces debootstrap --variant=minbase ${3:+"--include=$3"} "$1" "$2" "$mirror"
}

# accept_stale_mirror TREE: the clock of a test machine can be behind the mirror's, or far ahead of it. For trees that
# are thrown away: apt then takes lists without the newest security updates.
accept_stale_mirror() {
  printf '%s\n' 'Acquire::Check-Valid-Until "false";' 'Acquire::Check-Date "false";' \
    >"$1/etc/apt/apt.conf.d/99cadastre-stale-mirror"
}
