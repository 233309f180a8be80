# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# Makes an empty map only where there is none: the plugin fails without a map, and a map that serves
# users, or that an image was synced with, stays byte for byte. ln never replaces a file.
make_empty_map() {
  map=/var/lib/cadastre/subid.map
  if [ -e "$map" ] || [ -L "$map" ]; then
    return 0
  fi
  if [ -L /var/lib/cadastre ] && [ ! -e /var/lib/cadastre ]; then
    echo "@PACKAGE@: /var/lib/cadastre is a link to nothing, so the plugin has no map. Mount what it names, then run:" \
      "cadastre-node sync" >&2
    return 0
  fi
  [ -d /var/lib/cadastre ] || install -d -m 755 /var/lib/cadastre
  rm -f "$map.empty"
  install -m 644 /usr/share/cadastre/subid.map.empty "$map.empty"
  ln "$map.empty" "$map" 2>/dev/null || [ -e "$map" ]
  rm -f "$map.empty"
}

# Removes the folder of the state if nothing is in it.
remove_empty_folder() {
  rmdir /var/lib/cadastre 2>/dev/null || true
}
