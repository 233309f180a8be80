# SPDX-FileCopyrightText: The Cadastre authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh

# The file for node_exporter: without the client its figures would stand for good.
remove_metrics() {
  metrics=$(sed -n 's|^[[:space:]]*metrics[[:space:]]*=[[:space:]]*\(/.*[^[:space:]]\)[[:space:]]*$|\1|p' \
    /etc/cadastre/node.conf 2>/dev/null | tail -n 1)
  [ -z "$metrics" ] || rm -f "$metrics"
}
