# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: trees of Debian in which packages are installed, and what has changed in them.

# make_debian SUITE TREE PACKAGE,...
make_debian() {
  SUITE=$1 storage-conf/src/test/sh/unstable-tree "$2" "$3" >"$2.log" 2>&1 || {
    tail -n 20 "$2.log" >&2
    return 1
  }
  # The tree is thrown away: dpkg need not wait for the disk.
  echo force-unsafe-io >"$2/etc/dpkg/dpkg.cfg.d/cadastre-test"
  printf '#!/bin/sh\nexit 101\n' >"$2/usr/sbin/policy-rc.d"
  chmod 755 "$2/usr/sbin/policy-rc.d"
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
    -o -path ./usr/lib/sysimage -o -path ./root -o -path ./var/cache -o -path ./var/log -o -path ./tmp
    -o -path ./etc/ld.so.cache -o -path ./usr/share/info ')' -prune -o)
  {
    "${found[@]}" -printf '%y %m %U:%G %p %l\n' | sort -k 4
    "${found[@]}" -type f -print0 | sort -z | xargs -0 sha256sum
  } >"$2"
)
