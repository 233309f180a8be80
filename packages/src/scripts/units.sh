# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# What debhelper's dh_installsystemd --no-enable --no-start would write: a unit needs a configuration
# before it can run, so the admin enables it, and it stays enabled over upgrades.
configure_units() {
  for unit; do
    if deb-systemd-helper debian-installed "$unit"; then
      deb-systemd-helper unmask "$unit" >/dev/null || true
      if deb-systemd-helper --quiet was-enabled "$unit"; then
        deb-systemd-helper enable "$unit" >/dev/null || true
      fi
    fi
    deb-systemd-helper update-state "$unit" >/dev/null || true
  done
  reload_units
}

reload_units() {
  if [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload >/dev/null || true
  fi
}

# The removal of the other variant has stopped it.
start_if_enabled() {
  if [ -d /run/systemd/system ] && deb-systemd-helper --quiet was-enabled "$1"; then
    deb-systemd-invoke start "$1" >/dev/null || true
  fi
}

stop_units() {
  if [ -d /run/systemd/system ]; then
    deb-systemd-invoke stop "$@" >/dev/null || true
  fi
}

# remove_units remove|purge UNIT...
remove_units() {
  action=$1
  shift
  for unit; do
    if [ "$action" = remove ]; then
      deb-systemd-helper mask "$unit" >/dev/null || true
    else
      deb-systemd-helper purge "$unit" >/dev/null || true
      deb-systemd-helper unmask "$unit" >/dev/null || true
    fi
  done
  reload_units
}
