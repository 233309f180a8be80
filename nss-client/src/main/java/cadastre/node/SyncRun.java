/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import cadastre.node.failure.ExitStatus;
import cadastre.node.failure.NodeFailure;
import cadastre.node.fetch.Services;
import cadastre.node.fetch.Trust;
import cadastre.node.settings.Settings;
import cadastre.node.sync.Orders;
import cadastre.node.sync.Sync;
import cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * A sync, and its result in words.
 *
 * @param json whether as a JSON object
 */
record SyncRun(NodeTree tree, Orders orders, boolean json) {
  int run(Terminal terminal) throws IOException, NodeFailure {
    Settings settings = orders.settings();
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
