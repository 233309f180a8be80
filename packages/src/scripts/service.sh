# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# The folder of the ledger, which the unit's StateDirectory= would make: "cadastre init" needs it before.
make_state_folder() {
  [ -d /var/lib/cadastre ] || install -d -m 755 /var/lib/cadastre
  [ -e /var/lib/cadastre/service ] || install -d -m 700 -o cadastre -g cadastre /var/lib/cadastre/service
}

# Neither a ledger nor a start: only an admin knows the pools, and they are permanent.
print_next_step() {
  cat <<'NEXT'
@PACKAGE@: next, in this order; "init" makes the pools permanent, and "check" needs the ledger that it makes:
  edit /etc/cadastre/cadastre.yml
  runuser -u cadastre -- cadastre init /etc/cadastre/cadastre.yml
  cadastre check /etc/cadastre/cadastre.yml
  systemctl enable --now cadastre
NEXT
}

# The ledger stays, since ranges in use must not be given twice.
remove_empty_state_folders() {
  rmdir /var/lib/cadastre/service 2>/dev/null || true
  rmdir /var/lib/cadastre 2>/dev/null || true
  if [ -d /var/lib/cadastre/service ]; then
    echo "@PACKAGE@: /var/lib/cadastre/service has the ledger and stays. If no node serves its ranges any more, run: rm -r /var/lib/cadastre/service" >&2
  fi
}

# Whether the configuration says who may do what; without it this version does not start.
has_access() {
  grep -q '^access:' /etc/cadastre/cadastre.yml 2>/dev/null
}

# For an upgrade from a version before there was access.
print_upgrade_note() {
  cat >&2 <<'NOTE'
#@ docs/upgrade.note
NOTE
}
