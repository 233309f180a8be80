# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced, after build.sh: runs the service on free ports of the loopback.

# A free port, below the range that the kernel gives to clients.
free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 12000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  return 1
}

# choose_ports STATE: for configurations with ports and folder from the environment. Sets url and
# admin.
choose_ports() {
  export CADASTRE_STATE=$1
  CADASTRE_PORT=$(free_port) CADASTRE_ADMIN_PORT=$(free_port) CADASTRE_LDAP_PORT=$(free_port)
  export CADASTRE_PORT CADASTRE_ADMIN_PORT CADASTRE_LDAP_PORT
  url=http://127.0.0.1:$CADASTRE_PORT
  admin=http://127.0.0.1:$CADASTRE_ADMIN_PORT
}

# curl, silent, with the token of CADASTRE_TOKEN_FILE if that is set. The token is in no argument.
curl_cadastre() {
  local header=()
  [[ -z ${CADASTRE_TOKEN_FILE:-} ]] || header=(--header "@$CADASTRE_TOKEN_FILE.header")
  curl -qsf --noproxy '*' "${header[@]}" "$@"
}

# write_header TOKEN_FILE: makes TOKEN_FILE.header, for curl's --header @FILE.
write_header() {
  (umask 077 && printf 'Authorization: Bearer %s\n' "$(<"$1")" >"$1.header")
}

# start_cadastre CONFIG LOG: sets cadastre, its process id, and returns when the service is healthy: the
# directory has then been compared with the ledger. Prints the end of the log after a failure.
start_cadastre() {
  "$checkout/bin/cadastre" server "$1" >"$2" 2>&1 &
  cadastre=$!
  for _ in {1..2400}; do
    kill -0 "$cadastre" 2>/dev/null || break
    curl_cadastre -o /dev/null "$admin/healthcheck" && return
    sleep 0.25
  done
  tail -40 "$2" >&2
  return 1
}

stop_cadastre() {
  [[ -n ${cadastre:-} ]] || return 0
  kill "$cadastre" 2>/dev/null || true
  wait "$cadastre" 2>/dev/null || true
  cadastre=''
}
