/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.List;
import java.util.Optional;

/**
 * A page of the nodes that sent a report in the last 90 days, by host name.
 *
 * @param ledger the registry's ledger
 * @param serial the current serial of its snapshot
 * @param nodes the last report about each
 * @param next the cursor of the next page; absent on the last
 */
public record NodesJson(String ledger, long serial, List<NodeJson> nodes, Optional<String> next) {}
