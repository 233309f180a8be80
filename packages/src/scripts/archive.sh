# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# Makes the archive of the client's classes (docs/decisions/0085). It is made here, since two dumps are
# never equal and it names the times of the jars. Without it each run takes twice the time, so
# a failure is a warning: in a chroot without /proc, for another architecture, on a full disk.
make_archive() {
  if said=$(CADASTRE_NODE_ARCHIVE='write' timeout 120 /usr/bin/cadastre-node 2>&1) &&
    [ -s /usr/lib/cadastre/node/node.jsa ]; then
    return 0
  fi
  rm -f /usr/lib/cadastre/node/node.jsa
  echo "@PACKAGE@: warning: no archive of classes was made, so that each sync takes longer." >&2
  [ -z "$said" ] || echo "$said" | tail -n 3 >&2
  echo "On the running system, run: CADASTRE_NODE_ARCHIVE=write cadastre-node" >&2
}

remove_archive() {
  rm -f /usr/lib/cadastre/node/node.jsa
}
