# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: looks for secrets in what a test run leaves behind.

# A token of this service, whole, and a signed JSON Web Token.
SECRET='cadastre_[A-Z2-7]{8,12}_[A-Za-z0-9_-]{43}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}'

# find_secrets PATH...: prints each file with a secret, and never the secret.
find_secrets() {
  grep -raElE --exclude-dir=classes --exclude-dir=test-classes "$SECRET" "$@" 2>/dev/null || true
}

# no_secrets BEGAN: logs, reports and all else below target, and the logs in scratch folders that are newer
# than the file BEGAN. Fails too if the search does not find a secret that it has put there itself.
no_secrets() {
  local planted=target/planted-secret found logs=()
  mkdir -p target
  printf 'refused: cadastre_ABCDEFGH22_%043d is not valid\n' 0 >"$planted"
  found=$(find_secrets target ./*/target)
  rm -f "$planted"
  if [[ $found != *"$planted"* ]]; then
    echo "the search for secrets does not find one that is there" >&2
    return 1
  fi
  mapfile -d '' logs < <(find "${TMPDIR:-/tmp}" -maxdepth 4 -newer "$1" -type f \
    \( -name '*.log' -o -name '*.err' -o -name '*.out' -o -name 'stdout' -o -name 'stderr' \) -print0 2>/dev/null)
  found=$(
    grep -vxF "$planted" <<<"$found" || true
    ((${#logs[@]} == 0)) || find_secrets "${logs[@]}"
  )
  found=$(sed '/^$/d' <<<"$found")
  [[ -z $found ]] || {
    printf 'a secret is in: %s\n' "$found" >&2
    return 1
  }
}
