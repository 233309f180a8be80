/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.rehearsal.RehearsalService;
import io.cadastre.node.rehearsal.RehearsalTree;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.sync.Rehearsal;
import io.cadastre.node.sync.SyncOptions;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.util.Optional;

/**
 * Does what the timer's runs of a configured node do, against a service of its own on loopback and
 * in a tree of its own: the launcher records the classes of this process in the archive of an
 * installation, when there is no configuration yet (docs/decisions/0085). It touches no file of the
 * node.
 */
public final class ArchiveRehearsal {
  private ArchiveRehearsal() {}

  /** Rehearses in both modes, and over https, and exits with the worst status of the runs. */
  public static void main(String[] args) throws IOException, NodeFailure {
    Terminal terminal = Terminal.standard();
    int worst = ExitStatus.OK;
    try (RehearsalTree tree = RehearsalTree.create()) {
      try (RehearsalService service = RehearsalService.http()) {
        for (NodeSettings.Mode mode : NodeSettings.Mode.values()) {
          tree.configure(service.url(), mode);
          worst = Math.max(worst, rehearse(tree, terminal));
        }
      }
      Optional<RehearsalService> https = RehearsalService.https(tree);
      if (https.isPresent()) {
        try (RehearsalService service = https.get()) {
          tree.configure(service.url(), NodeSettings.Mode.FILES);
          worst = Math.max(worst, rehearse(tree, terminal));
        }
      }
    }
    System.exit(worst);
  }

  private static int rehearse(RehearsalTree scratch, Terminal terminal)
      throws IOException, NodeFailure {
    String[] sync = {"sync", "--root", scratch.root().toString()};
    int status = Math.max(Main.run(sync, terminal), Main.run(sync, terminal));
    NodeTree tree = NodeTree.open(scratch.root());
    NodeSettings settings = NodeFiles.settings(tree);
    SyncOptions options =
        new SyncOptions(settings, NodeFiles.acceptances(tree), Acceptances.NONE, false, false);
    Rehearsal.run(tree, options, terminal::warning);
    terminal.flush();
    return status;
  }
}
