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
import java.io.PrintWriter;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * A sync, and its result in words.
 *
 * @param json whether as a JSON object
 */
record SyncRun(NodeTree tree, Orders orders, boolean json) {
  int run(PrintWriter out, PrintWriter err) throws IOException, NodeFailure {
    Settings settings = orders.settings();
    Optional<SSLSocketFactory> trusted = Optional.empty();
    if (settings.caFile().isPresent()) {
      trusted = Optional.of(Trust.of(tree, settings.caFile().get()));
    }
    Services services = new Services(settings.urls(), trusted);
    Sync sync = new Sync(tree, services, orders, why -> err.println("cadastre-node: " + why));
    SyncReport report = new SyncReport(tree, sync.run(), orders.dryRun());
    if (json) {
      out.println(report.json());
    } else {
      report.warnings().forEach(err::println);
      report.lines().forEach(out::println);
    }
    return ExitStatus.OK;
  }
}
