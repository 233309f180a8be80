# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# What "cadastre-node leave" does, for a purge: the program is gone by then. PurgeScriptTest holds both equal.
# The steps have this order:
#  1. What can fail leaves all files as they are, and the state, by which the next purge knows the rows.
#  2. Lines of the block that no snapshot has are kept in the file "removed" before they leave the block.
#  3. The state goes last, after it only the rows that were taken over: by the state they look like the registry's.
etc=/etc
state=/var/lib/cadastre

# take_out_of subuid|subgid: writes $etc/.NAME.cadastre-new without the registry's rows, and adds to
# $state/.removed.cadastre-new what is not the registry's in the block. A row is known by its owner and its IDs in
# decimal; without intact marker lines too. All other lines stay byte for byte.
take_out_of() {
  name=$1
  file=$etc/$name
  [ -f "$file" ] || return 0
  if [ -L "$file" ]; then
    echo "$file is a symbolic link, which no sync writes to; it stays" >&2
    return 0
  fi
  bare=0
  [ -z "$(tail -c 1 "$file")" ] || bare=1
  if [ "$(tr -d '\000' <"$file" | wc -c)" != "$(wc -c <"$file")" ]; then
    echo "$file has a NUL byte, where shadow joins lines; repair it by hand, then purge again" >&2
    return 1
  fi
  set --
  for input in taken served snapshot snapshot.next; do
    [ ! -f "$state/$input" ] || set -- "$@" "part=$input" "$state/$input"
  done
  # A node that does not say how it served wrote rows into one of both: the map or the files.
  plugin=0
  if grep -qa '^[^#]*:[0-9]*:[0-9]*:[0-9]*:[0-9]*$' "$state/subid.map" 2>/dev/null; then
    plugin=1
  fi
  cp -p "$file" "$etc/.$name.cadastre-new" || return 1
  LC_ALL=C awk -v name="$name" -v bare="$bare" -v plugin="$plugin" \
    -v foreign="$state/.removed.cadastre-new" '
    function owner_of(field) {
      if (field ~ /^0[0-9]+$/) sub(/^0+/, "", field)
      return field == "" ? "0" : field
    }
    function know(owner, start, count, ours) {
      rows[owner]++
      first[owner, rows[owner]] = start + 0
      last[owner, rows[owner]] = start + count - 1
      written[owner, rows[owner]] = ours
    }
    # Whether the registry gave this row to this node: a part of a range too if the node says how it serves.
    function is_given(text, parts, only_written, field, owner, from, to, i) {
      if (split(text, field, ":") < 3 || field[2] !~ /^(0|[1-9][0-9]*)$/ || field[3] !~ /^[1-9][0-9]*$/) return 0
      owner = owner_of(field[1])
      from = field[2] + 0
      to = from + field[3] - 1
      for (i = 1; i <= rows[owner]; i++) {
        if (only_written && !written[owner, i]) continue
        if (first[owner, i] == from && last[owner, i] == to) return 1
        if (parts && first[owner, i] <= from && to <= last[owner, i]) return 1
      }
      return 0
    }
    # A line, after the end of the line before it: only the last one may have none.
    function put(text, has_end) {
      if (any++) printf "\n"
      printf "%s", text
      ended = has_end
    }
    part == "taken" {
      if (split($0, field, " ") > 2 && field[1] == name && field[2] ~ /^[0-9]+\$?$/) {
        taken[++takens] = substr($0, length(field[1] field[2]) + 3)
        place[takens] = field[2] + 0
        ends[takens] = field[2] !~ /\$/
      }
      next
    }
    part == "served" {
      if (FNR == 1) ours = $0 == "# cadastre-node served 1"
      if (!ours) next
      if ($1 == "mode") { mode = $2; plugin = $2 == "PLUGIN" }
      if (mode != "" && ($1 == "held" || ($1 == "local" && tolower($3) == name))) absent[$2] = 1
      next
    }
    part == "snapshot" || part == "snapshot.next" {
      if ($0 ~ /^#/ || split($0, field, ":") != 7) next
      ours = !(field[3] in absent) && (part == "snapshot.next" || !plugin)
      at = name == "subuid" ? 4 : 6
      know(field[1], field[at], field[at + 1], ours)
      know(field[2], field[at], field[at + 1], ours)
      next
    }
    { line[++lines] = $0 }
    /^[[:space:]]*# (BEGIN|END) cadastre/ { marker[++markers] = lines }
    END {
      begin = marker[1]
      end = marker[2]
      if (markers != 2 || line[begin] != "# BEGIN cadastre (managed; do not edit)" || \
          line[end] != "# END cadastre" || begin + 1 >= end) begin = end = 0
      for (i = 1; i <= lines; i++) {
        if (begin <= i && i <= end) {
          if (i != begin && i != end && !is_given(line[i], 1, 0)) print "/etc/" name ": " line[i] >>foreign
        } else if (line[i] !~ /^[[:space:]]*# (BEGIN|END) cadastre/ && !is_given(line[i], mode != "", 1)) {
          kept[++locals] = line[i]
          is_local[line[i]] = 1
          bare_local = i == lines && bare
        }
      }
      # The rows that a sync took over into the block come back to where they stood.
      for (i = 1; i <= takens; i++) {
        if (taken[i] in is_local) continue
        is_local[taken[i]] = 1
        at = place[i] < locals ? place[i] : locals + 0
        back[at, ++backs[at]] = i
      }
      for (i = 0; i <= locals; i++) {
        if (i > 0) put(kept[i], !(bare_local && i == locals))
        for (j = 1; j <= backs[i]; j++) put(taken[back[i, j]], ends[back[i, j]])
      }
      if (ended) printf "\n"
    }' "$@" part=file "$file" >"$etc/.$name.cadastre-new" || {
    echo "$file cannot be written anew; it stays as it is" >&2
    return 1
  }
}

# The lines that this and earlier syncs took out of the files, each once.
keep_foreign_lines() {
  [ -s "$state/.removed.cadastre-new" ] || return 0
  kept=/dev/null
  [ ! -f "$state/removed" ] || kept=$state/removed
  LC_ALL=C awk '!seen[$0]++' "$kept" "$state/.removed.cadastre-new" >"$state/.state.cadastre-new" &&
    chmod 644 "$state/.state.cadastre-new" && mv -f "$state/.state.cadastre-new" "$state/removed"
}

replace() {
  [ -f "$etc/.$1.cadastre-new" ] || return 0
  if cmp -s "$etc/.$1.cadastre-new" "$etc/$1"; then
    rm -f "$etc/.$1.cadastre-new"
  else
    mv -f "$etc/.$1.cadastre-new" "$etc/$1"
  fi
}

# shadow holds FILE.lock while it writes, a link to a file with its process id.
lock() {
  [ -f "$etc/$1" ] || return 0
  printf '%s\000' "$$" >"$etc/.$1.cadastre-lock" || return 1
  tries=0
  until ln "$etc/.$1.cadastre-lock" "$etc/$1.lock" 2>/dev/null; do
    # As shadow does: a lock whose process is gone is nobody's.
    holder=$(tr -cd '0-9' <"$etc/$1.lock" 2>/dev/null || true)
    if [ -n "$holder" ] && [ ! -d "/proc/$holder" ] && [ -d "/proc/$$" ]; then
      rm -f "$etc/$1.lock"
      continue
    fi
    tries=$((tries + 1))
    if [ "$tries" -gt 15 ]; then
      rm -f "$etc/.$1.cadastre-lock"
      echo "$etc/$1.lock is held; purge again, or remove it if no program of shadow is running" >&2
      return 1
    fi
    sleep 1
  done
  rm -f "$etc/.$1.cadastre-lock"
  locked="$locked $1"
}

leave_files() {
  lock subuid && lock subgid && take_out_of subuid && take_out_of subgid && keep_foreign_lines &&
    replace subuid && replace subgid
}

remove_staged_files() {
  rm -f "$etc/.subuid.cadastre-new" "$etc/.subgid.cadastre-new" "$etc/.nsswitch.conf.cadastre-new"
  for name in subid.map nsswitch heads reported confirmed removed created-subuid created-subgid snapshot.next served state \
    snapshot taken; do
    rm -f "$state/.$name.cadastre-new"
  done
}

# The map stays while "subid: cadastre" stands: without it every look-up would fail.
leave() {
  locked=''
  status=0
  [ -d "$state" ] || install -d -m 755 "$state"
  remove_staged_files
  leave_files || status=1
  if [ "$status" = 0 ]; then
    for name in subuid subgid; do
      # The client made this file.
      if [ -e "$state/created-$name" ] && [ ! -s "$etc/$name" ]; then
        rm -f "$etc/$name"
      fi
    done
  fi
  for name in $locked; do
    rm -f "$etc/$name.lock"
  done
  remove_staged_files
  if [ "$status" != 0 ]; then
    echo "The state stays, by which the next purge knows the registry's rows." >&2
    return 1
  fi
  leave_map
  for name in nsswitch heads reported confirmed created-subuid created-subgid snapshot.next served state snapshot taken; do
    rm -f "$state/$name"
  done
  if [ -s "$state/removed" ]; then
    echo "$state/removed stays: it has lines that were taken out of /etc/subuid and /etc/subgid. Put those back that" \
      "your users need, then remove the file:" >&2
    head -n 10 "$state/removed" >&2
  else
    rm -f "$state/removed"
  fi
  remove_empty_folder
}

leave_map() {
  if plugin_stands; then
    echo "$state/subid.map stays, since /etc/nsswitch.conf has \"subid: cadastre\"" >&2
    return 0
  fi
  rm -f "$state/subid.map"
  # The plugin of cadastre-libs fails without a map.
  [ ! -e /usr/share/cadastre/subid.map.empty ] || make_empty_map
}
