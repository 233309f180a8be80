# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# What the macros %systemd_post, %systemd_preun and %systemd_postun would write. A preset decides whether a
# unit is enabled.
preset_units() {
  if [ -x /usr/bin/systemctl ]; then
    /usr/bin/systemctl --no-reload preset "$@" >/dev/null 2>&1 || true
  fi
}

other_variant_is_installed() {
  case @PACKAGE@ in
    cadastre-node) rpm -q --quiet cadastre-node-nojre ;;
    *) rpm -q --quiet cadastre-node ;;
  esac
}

disable_units() {
  if [ -d /run/systemd/system ] && [ -x /usr/bin/systemctl ]; then
    /usr/bin/systemctl --no-reload disable --now "$@" >/dev/null 2>&1 || true
  fi
}

reload_units() {
  if [ -d /run/systemd/system ] && [ -x /usr/bin/systemctl ]; then
    /usr/bin/systemctl daemon-reload >/dev/null 2>&1 || true
  fi
}
