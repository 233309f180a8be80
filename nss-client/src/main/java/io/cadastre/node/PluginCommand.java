/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.sync.PluginSwitch;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code cadastre-node plugin on|off}: the only program that edits nsswitch.conf, and only when an
 * admin runs it. Prints the difference as a patch.
 */
@Command(
    name = "plugin",
    description = {
      "Turns the libsubid plugin on or off in /etc/nsswitch.conf.",
      "The line is \"subid: cadastre\", and all other lines stay as they are. on refuses where the"
          + " plugin's library is missing or not fit, and makes an empty map where there is no fit"
          + " one. off restores the line that stood there before. The difference is printed as a"
          + " patch. Where authselect manages the file, nothing is changed and its commands are"
          + " printed."
    })
final class PluginCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();

  @Parameters(paramLabel = "on|off", description = "Whether libsubid asks the plugin")
  private String what = "";

  @Option(names = "--dry-run", description = "Print the change as a patch; write nothing")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException, NodeFailure {
    boolean on = what.equals("on");
    if (!on && !what.equals("off")) {
      throw new ParameterException(spec.commandLine(), "plugin takes on or off, not " + what);
    }
    NodeTree tree = node.tree();
    Mode mode = NodeFiles.settings(tree).mode();
    Terminal terminal = Terminal.of(spec);
    Optional<Replacement> change =
        on ? PluginSwitch.on(tree, dryRun) : PluginSwitch.off(tree, dryRun);
    if (change.isEmpty()) {
      terminal.line(
          "/etc/nsswitch.conf: unchanged, the plugin is %s already".formatted(on ? "on" : "off"));
      return ExitStatus.OK;
    }
    UnifiedDiff.of(tree.shown(tree.nsswitch()), change.get().before(), change.get().after())
        .forEach(terminal::exact);
    if (on && mode == Mode.FILES) {
      terminal.error(
          "this node's mode is files, so the map has no rows and /etc/subuid serves; next: echo"
              + " 'mode = plugin' >>/etc/cadastre/node.conf && cadastre-node sync");
    }
    if (!on && mode == Mode.PLUGIN) {
      terminal.error(
          "warning: this node's mode is plugin, so /etc/subuid and /etc/subgid have no rows of the"
              + " registry, and its users have no range; next: sed -i 's/^ *mode *=.*/mode ="
              + " files/' /etc/cadastre/node.conf && cadastre-node sync");
    }
    return ExitStatus.OK;
  }
}
