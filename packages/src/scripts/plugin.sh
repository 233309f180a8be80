# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# Whether shadow asks the plugin. As shadow does, only the first line that begins with "subid:" and has a word counts,
# and of it the first word.
plugin_stands() {
  grep -i -m 1 '^subid:[[:space:]]*[^[:space:]]' /etc/nsswitch.conf 2>/dev/null |
    grep -qi '^subid:[[:space:]]*cadastre\([[:space:]]\|$\)'
}

# A removal stops while the plugin answers for this system: without it users lose their ranges.
refuse_beside_the_plugin() {
  plugin_stands || return 0
  echo "@PACKAGE@ is not removed: /etc/nsswitch.conf has \"subid: cadastre\", so all ranges come from the plugin." >&2
  if [ -x /usr/bin/cadastre-node ]; then
    echo "Run this first: cadastre-node plugin off" >&2
  else
    echo "Run this first: sed -i '/^subid:/Id' /etc/nsswitch.conf" >&2
  fi
  exit 1
}
