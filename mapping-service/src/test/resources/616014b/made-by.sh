#!/usr/bin/env bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# How the fixtures in this folder were made: in a checkout of 616014b, built,
#   made-by.sh CHECKOUT OUTPUT
# Needs curl and jq. The fixtures themselves are kept, not made anew: UUIDs and times would differ.
set -euo pipefail
cd "$1"
out=$2
. bin/lib/build.sh
. bin/lib/service.sh
scratch=$(mktemp -d)
trap 'stop_cadastre; rm -rf "$scratch"' EXIT
choose_ports "$scratch"
shy=$(printf 'so\xc2\xadft')

# people FILE LINE...: "uid uidNumber entryUUID-end"
people() {
  local file=$1 name uid end
  shift
  {
    printf 'dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n'
    printf '\ndn: ou=people,dc=example,dc=org\nobjectClass: organizationalUnit\nou: people\n'
    printf '\ndn: ou=groups,dc=example,dc=org\nobjectClass: organizationalUnit\nou: groups\n'
    printf '\ndn: cn=users,ou=groups,dc=example,dc=org\nobjectClass: posixGroup\ncn: users\ngidNumber: 100000\n'
    while read -r name uid end; do
      printf '\ndn:: %s\nobjectClass: account\nobjectClass: posixAccount\ncn: x\nuid:: %s\n' \
        "$(printf 'uid=%s,ou=people,dc=example,dc=org' "$name" | base64 -w0)" "$(printf %s "$name" | base64 -w0)"
      printf 'uidNumber: %s\ngidNumber: 100000\nhomeDirectory: /home/x\nentryUUID: 5d0ce2a6-8d6b-4b39-9a3f-0d6f8f6e0a%s\n' "$uid" "$end"
    done
  } >"$file"
}

# config SEGMENTS: two pools, of which the second ends a little later at the second start
config() {
  cat >"$scratch/c.yml" <<YML
ledger: {url: "jdbc:h2:file:$scratch/ledger", user: cadastre, maxSize: 8, minSize: 1, initialSize: 1}
identity: {readEvery: 1s}
directory:
  mode: embedded
  embedded: {port: 0, suffix: "dc=example,dc=org", accounts: "$scratch/people.ldif", data: "$scratch/directory.ldif"}
pools:
  - name: default
    segments: [{first: 1001062400, last: 1002045439}]
  - name: small
    count: 2048
    segments: [{first: 1101004800, last: 1101021183}$1]
server:
  applicationConnectors: [{type: http, port: $CADASTRE_PORT}]
  adminConnectors: [{type: http, port: $CADASTRE_ADMIN_PORT}]
  requestLog: {appenders: []}
logging: {level: INFO, loggers: {liquibase: WARN}, appenders: [{type: console}]}
YML
}
# foreign: an entry that is not the ledger's; its ranges are blocked
foreign() {
  cat <<'LDIF'
dn: subUidNumber=1001783296,ou=subids,dc=example,dc=org
objectClass: top
objectClass: subordinateIdEntry
subUidNumber: 1001783296
subUidCount: 65536
subGidNumber: 1001783296
subGidCount: 65536
subidRangeOwner: uid=foreign,ou=people,dc=example,dc=org

LDIF
}
start() { start_cadastre "$scratch/c.yml" "$scratch/log"; }

# again LINES: a restart with these accounts; the entries below ou=subids stay
again() {
  stop_cadastre
  awk -v RS= -v ORS='\n\n' '/ou=subids,/' "$scratch/directory.ldif" >"$scratch/entries"
  people "$scratch/directory.ldif.new" 
  grep -q foreign "$scratch/entries" || foreign >>"$scratch/entries"
  { cat "$scratch/directory.ldif.new"; echo; cat "$scratch/entries"; } >"$scratch/directory.ldif"
  start
}
put() { curl -sf --noproxy '*' -X PUT -H 'Content-Type: application/json' -d "${2:-}" "$url/v1/owners/$1" >/dev/null || { echo "PUT $1 failed" >&2; exit 1; }; }
del() { curl -sf --noproxy '*' -X DELETE "$url/v1/owners/$1"; }
run() { bin/cadastre "$@" --url "$url" --admin-url "$admin"; }

everybody='ada 100001 01
bob 100002 02
cleo 100003 03
dan 100004 04
eve 100005 05
fay 100006 06
gus 100007 07
hal 100008 08
ida 100009 09
joe 100010 10
'"$shy"' 100011 11
kim 100012 12
robot 1001193500 13'
config ''
people "$scratch/people.ldif" <<<"$everybody"
start
mkdir -p "$scratch/n1"
printf 'ida:1001127936:65536\njoe:700000000:65536\n' | tee "$scratch/n1/subuid" >"$scratch/n1/subgid"
run import-files --apply "$scratch/n1/subuid" "$scratch/n1/subgid" >&2
for name in ada bob cleo dan eve fay so%C2%ADft; do put "$name"; done
put gus '{"pool": "small"}'
del bob                                  # retired, for good
del cleo; put cleo                       # reinstated
run supersede dan --reason 'a test of superseding' >&2
# eve is gone (withheld), fay is renamed and moved, gus has a new entryUUID (rebound), hal too
again <<<"$(grep -v -e '^eve' -e '^fay' -e '^gus' <<<"$everybody")
faye 100006 06
gus 100007 27"
sleep 3
run rebind gus --reason 'a test of rebinding' >&2
sleep 2
again <<<"$everybody"                    # eve is back, fay has her old name, gus his old id
sleep 3
run rebind gus --reason 'a test of rebinding' >&2
again <<<"$(grep -v '^cleo' <<<"$everybody")"   # cleo is withheld
sleep 3
stop_cadastre
cp "$scratch/ledger.mv.db" "$scratch/old"
config ', {first: 1101023232, last: 1101031423}'
start
put hal
put kim '{"pool": "small"}'
stop_cadastre
cp "$scratch/old" "$scratch/ledger.mv.db"      # an old backup: hal and kim are adopted
bin/cadastre server "$scratch/c.yml" >"$scratch/log" 2>&1 &
cadastre=$!
sleep 12 # it is up and not healthy: the directory is ahead
run reconcile --adopt >&2
sleep 3
curl -sf --noproxy '*' "$admin/healthcheck" >&2; echo >&2
mkdir -p "$out" "$scratch/files/etc" "$scratch/files/var/lib" "$scratch/plugin/etc" "$scratch/plugin/var/lib" "$scratch/plugin/etc/cadastre"
curl -sf --noproxy '*' "$url/v1/snapshot" >"$out/snapshot"
run events export >"$out/events.ndjson"
echo 'local:500000:65536' | tee "$scratch/files/etc/subuid" >"$scratch/files/etc/subgid"
echo 'subid: cadastre' >"$scratch/plugin/etc/nsswitch.conf"
echo 'mode = plugin' >"$scratch/plugin/etc/cadastre/node.conf"
bin/cadastre-node sync --root "$scratch/files" --url "$url"
bin/cadastre-node sync --root "$scratch/plugin" --url "$url"
cp -r "$scratch/files" "$scratch/plugin" "$out/"
stop_cadastre
cp "$scratch/ledger.mv.db" "$scratch/directory.ldif" "$out/"
