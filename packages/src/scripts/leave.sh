# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# What "cadastre-node leave" does, for a purge: the program is gone by then. Takes the block out of
# /etc/subuid and /etc/subgid. If its marker lines were moved or removed, it takes out what is left of them and
# the rows of the last snapshot. All other lines stay byte for byte.
take_out_the_block() {
  file=$1
  start=$2
  grep -q '^[[:space:]]*# \(BEGIN\|END\) cadastre' "$file" 2>/dev/null || return 0
  [ ! -L "$file" ] || return 0
  known=/var/lib/cadastre/snapshot
  [ -r "$known" ] || known=/dev/null
  rm -f "$file.cadastre"
  cp -p "$file" "$file.cadastre"
  awk -v file="$file" -v start="$start" '
    FILENAME != file {
      if ($0 !~ /^#/ && split($0, part, ":") == 7) {
        range = part[start] ":" part[start + 1]
        rows[part[1] ":" range] = rows[part[2] ":" range] = 1
      }
      next
    }
    { line[++lines] = $0 }
    $0 == "# BEGIN cadastre (managed; do not edit)" { begins++; begin = lines }
    $0 == "# END cadastre" { ends++; end = lines }
    /^[[:space:]]*# (BEGIN|END) cadastre/ { markers++ }
    END {
      whole = markers == 2 && begins == 1 && ends == 1 && begin + 1 < end
      for (i = 1; i <= lines; i++) {
        if (whole ? i < begin || i > end : line[i] !~ /^[[:space:]]*# (BEGIN|END) cadastre/ && !(line[i] in rows)) {
          print line[i]
        }
      }
    }' "$known" "$file" >"$file.cadastre" &&
    mv "$file.cadastre" "$file" || {
    rm -f "$file.cadastre"
    echo "$file stays as it is: it cannot be written anew" >&2
  }
}

# shadow holds FILE.lock while it writes, a link to a file with its process id.
with_the_lock_of() {
  file=$1
  shift
  [ -e "$file" ] || return 0
  echo "$$" >"$file.$$"
  tries=0
  until ln "$file.$$" "$file.lock" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 15 ]; then
      rm -f "$file.$$"
      echo "$file stays as it is: its lock $file.lock is held" >&2
      return 0
    fi
    sleep 1
  done
  "$@" "$file" || true
  rm -f "$file.lock" "$file.$$"
}

take_out_subuids() { take_out_the_block "$1" 4; }
take_out_subgids() { take_out_the_block "$1" 6; }

# The map stays while "subid: cadastre" stands: without it every look-up would fail.
leave() {
  with_the_lock_of /etc/subuid take_out_subuids
  with_the_lock_of /etc/subgid take_out_subgids
  state=/var/lib/cadastre
  for name in subuid subgid; do
    # The client made this file.
    if [ -e "$state/created-$name" ] && [ ! -s "/etc/$name" ]; then
      rm -f "/etc/$name"
    fi
  done
  for name in created-subuid created-subgid nsswitch heads reported confirmed removed snapshot.next served state snapshot; do
    rm -f "$state/$name"
  done
  if plugin_stands; then
    echo "$state/subid.map stays, since /etc/nsswitch.conf has \"subid: cadastre\"" >&2
  elif [ -e /usr/share/cadastre/subid.map.empty ]; then
    rm -f "$state/subid.map"
    make_empty_map
  else
    rm -f "$state/subid.map"
  fi
  remove_empty_folder
}
