/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.sync.Departure;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import io.cadastre.node.tree.TreeFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cadastre-node leave}: makes a node's files as they were before the first sync. */
@Command(
    name = "leave",
    description = {
      "Removes the registry's rows, the map and the state from this node.",
      "Local rows of /etc/subuid and /etc/subgid stay byte for byte. Users of the registry have no"
          + " range on this node afterwards. The files in /etc/cadastre/ stay. A run that was killed is completed"
          + " by the next one. Refused while /etc/nsswitch.conf has \"subid: cadastre\"."
    })
final class LeaveCommand implements Callable<Integer> {
  private static final String TIMER = "etc/systemd/system/timers.target.wants/cadastre-node.timer";
  private static final int MOST_LINES = 10;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(names = "--dry-run", description = "Print what would change; write nothing")
  private boolean dryRun;

  @Option(names = "--yes", description = "Do it; without this option nothing is changed")
  private boolean yes;

  @Override
  public Integer call() throws IOException, NodeFailure {
    if (!yes && !dryRun) {
      throw new ParameterException(
          spec.commandLine(),
          "nothing was changed: users of the registry lose their ranges on this node. To see what"
              + " would change, run cadastre-node leave --dry-run; to do it, run cadastre-node leave"
              + " --yes");
    }
    NodeTree tree = node.tree();
    Departure departure = Departure.run(tree, NodeFiles.settings(tree), dryRun);
    Terminal terminal = Terminal.of(spec);
    if (departure.isEmpty()) {
      terminal.line("nothing to remove: this node has no files of the registry");
    }
    for (Replacement file : departure.restored()) {
      UnifiedDiff.of(tree.shown(file.path()), file.before(), file.after())
          .forEach(terminal::exact);
    }
    for (Path file : departure.deleted()) {
      terminal.line((dryRun ? "would remove " : "removed ") + tree.shown(file));
    }
    tellOfKeptLines(departure, terminal);
    if (new TreeFileReader(tree).has(tree.root().resolve(TIMER))) {
      terminal.error(
          "warning: cadastre-node.timer is enabled, and its next run serves again; run: systemctl"
              + " disable --now cadastre-node.timer cadastre-node.service");
    }
    return ExitStatus.OK;
  }

  private static void tellOfKeptLines(Departure departure, Terminal terminal) {
    int lines = departure.kept().size();
    if (lines == 0) {
      return;
    }
    terminal.error(
        "warning: /var/lib/cadastre/removed stays: it has %d lines that syncs removed from /etc/subuid and /etc/subgid. Put those back that your users need, then remove the file:"
            .formatted(lines));
    departure.kept().stream().limit(MOST_LINES).forEach(terminal::warning);
    if (lines > MOST_LINES) {
      terminal.warning("and %d more".formatted(lines - MOST_LINES));
    }
  }
}
