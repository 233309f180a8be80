# shellcheck shell=bash
# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
#
# Sourced: the documentation's commands, accounted for and run in trees of Debian.

documents=packages/src/test/trees

# What is wrong with the blocks of commands of README.md and docs, after a test that the programs which look for it
# and run them fail where they should; takes two seconds.
account_for_documents() {
  PYTHONPATH=$documents python3 -B -m unittest -q test_documents && python3 -B $documents/documents.py
}

# run_documents SUITE [--within SECONDS] [PAGE...]: exit status 69 if there is no mirror of Debian.
run_documents() (
  bin/package --reuse deb || exit
  scratch=$(mktemp -d) || exit
  trap 'rm -rf --one-file-system "$scratch"' EXIT
  # Users of the trees pass through it.
  chmod 755 "$scratch"
  python3 -B $documents/run_documents.py "$1" target/packages "$scratch" "${@:2}"
)
