/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.fetch.Services;
import io.cadastre.node.fetch.Trust;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.Sync;
import io.cadastre.node.sync.SyncOptions;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * A sync, and its result in words.
 *
 * @param json whether as a JSON object
 */
record SyncRun(NodeTree tree, SyncOptions orders, boolean json) {
  int run(Terminal terminal) throws IOException, NodeFailure {
    NodeSettings settings = orders.settings();
    Optional<SSLSocketFactory> trusted = Optional.empty();
    if (settings.caFile().isPresent()) {
      trusted = Optional.of(Trust.of(tree, settings.caFile().get()));
    }
    Services services = new Services(settings.urls(), trusted);
    Sync sync = new Sync(tree, services, orders, terminal::complaint);
    SyncReport report = new SyncReport(tree, sync.run(), orders.dryRun());
    if (json) {
      terminal.exact(report.json());
    } else {
      report.warnings().forEach(terminal::warning);
      // A patch is made of the files' own lines, and patch(1) takes it.
      report.lines().forEach(orders.dryRun() ? terminal::exact : terminal::line);
    }
    return ExitStatus.OK;
  }
}
