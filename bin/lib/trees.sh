# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced in the top folder: trees of Debian in which packages are installed, what has changed in them, and the
# documentation's commands, accounted for and run in such trees.

# shellcheck source=bin/lib/mirror.sh
. bin/lib/mirror.sh
documents=packages/src/test/trees

# make_debian SUITE TREE PACKAGE,...: exit status 69, and the end of its output, without a tree. "experimental" is an
# unstable with these packages from experimental. TREE.log has all of the output.
make_debian() {
  if ! bootstrapped "$@" >"$2.log" 2>&1; then
    tail -n 20 "$2.log" >&2
    echo "${0##*/}: debootstrap made no tree of Debian $1" >&2
    return 69
  fi
  # The tree is thrown away: dpkg need not wait for the disk.
  echo force-unsafe-io >"$2/etc/dpkg/dpkg.cfg.d/cadastre-test"
  printf '#!/bin/sh\nexit 101\n' >"$2/usr/sbin/policy-rc.d"
  chmod 755 "$2/usr/sbin/policy-rc.d"
}

bootstrapped() {
  local suite=$1 tree=$2 packages=$3
  bootstrap "${suite/experimental/unstable}" "$tree" "$packages" && accept_stale_mirror "$tree" || return
  [[ $suite == experimental ]] || return 0
  echo "deb $(debian_mirror) experimental main" >"$tree/etc/apt/sources.list.d/experimental.list"
  # shellcheck disable=SC2086 # one word for each package
  apt_in "$tree" update &&
    apt_in "$tree" install --no-install-recommends --target-release experimental ${packages//,/ }
}

apt_in() {
  in_namespaces chroot "$1" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes "${@:2}"
}

# in_debian TREE COMMAND...: in namespaces that end with it, with the loopback of this machine.
in_debian() (exec_in_debian "$@")

# The same in place of this shell: "exec_in_debian TREE COMMAND... &" has the process of unshare, which ends all.
exec_in_debian() {
  local tree=$1
  shift
  # shellcheck disable=SC2016 # the inner shell expands
  exec unshare --mount --propagation private --pid --fork --kill-child bash -c '
    tree=$1
    shift
    mount -t proc proc "$tree/proc"
    exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
      chroot "$tree" "$@"' in_debian "$tree" "$@" </dev/null
}

# listing TREE FILE: writes into FILE each file below TREE with type, mode, owner, group and digest, sorted; without what package managers
# keep about themselves, what is gone with a boot, and what ldconfig and debconf cache.
listing() (
  cd "$1" || exit
  found=(find . -xdev '(' -path ./proc -o -path ./run -o -path ./var/lib/dpkg -o -path ./var/lib/rpm
    -o -path ./var/lib/apt
    -o -path ./usr/lib/sysimage -o -path ./root -o -path ./var/cache -o -path ./var/log -o -path ./tmp
    -o -path ./etc/ld.so.cache -o -path ./usr/share/info ')' -prune -o)
  {
    "${found[@]}" -printf '%y %m %U:%G %p %l\n' | sort -k 4
    "${found[@]}" -type f -print0 | sort -z | xargs -0 sha256sum
  } >"$2"
)

# What is wrong with the blocks of commands of README.md and docs, after a test that the programs which look for it
# and run them fail where they should; takes two seconds.
account_for_documents() {
  PYTHONPATH=$documents python3 -B -m unittest -q test_documents && python3 -B $documents/documents.py
}

# run_documents SUITE [--within SECONDS] [PAGE...]: exit status 69 if there is no mirror of Debian.
run_documents() (
  bin/package --reuse deb || exit
  scratch=$(mktemp -d) || exit
  trap 'rm -rf --one-file-system "$scratch"' EXIT
  # Users of the trees pass through it.
  chmod 755 "$scratch"
  python3 -B $documents/run_documents.py "$1" target/packages "$scratch" "${@:2}"
)
