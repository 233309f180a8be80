/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptance;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.settings.ServiceUrl;
import io.cadastre.node.sync.Sync;
import io.cadastre.node.sync.SyncOptions;
import io.cadastre.node.tree.NodeTree;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cadastre-node sync}: parses its options and runs it. */
@Command(
    name = "sync",
    description = "Fetches the snapshot and renders it into /etc/subuid and /etc/subgid.")
final class SyncCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions node = new NodeOptions();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A service, http://HOST:PORT or https://HOST; several are tried in turn")
  private List<String> urls = List.of();

  @Option(
      names = "--accept",
      paramLabel = "RULE@SERIAL",
      description =
          "Accept a snapshot of this serial that breaks the rule. A new ledger can also be accepted"
              + " as ledger@UUID. identity-changed@ALLOCATION holds at any serial while the row has"
              + " that name and uid. shrunk@SERIAL also holds for the next 1000 serials of the"
              + " ledger")
  private List<String> accepted = List.of();

  @Option(
      names = "--adopt",
      description = "Move local rows that equal those of the registry into the managed block")
  private boolean adopt;

  @Option(names = "--dry-run", description = "Print the changes as a patch; write nothing")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the result as a JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, NodeFailure {
    NodeTree tree = node.tree();
    NodeSettings settings = withUrls(NodeFiles.settings(tree));
    SyncOptions options =
        new SyncOptions(settings, NodeFiles.acceptances(tree), fromCommandLine(), adopt, dryRun);
    Terminal terminal = Terminal.of(spec);
    SyncReport report =
        new SyncReport(tree, Sync.run(tree, options, terminal::error), options.dryRun());
    if (json) {
      terminal.exact(report.json());
    } else {
      report.print(terminal);
    }
    return ExitStatus.OK;
  }

  private NodeSettings withUrls(NodeSettings settings) {
    if (urls.isEmpty() && settings.urls().isEmpty()) {
      throw usage("no service is named: pass --url, or set url in /etc/cadastre/node.conf");
    }
    for (String url : urls) {
      try {
        ServiceUrl.checked(url);
      } catch (IllegalArgumentException e) {
        throw usage("--url %s: %s".formatted(url, e.getMessage()));
      }
    }
    return urls.isEmpty() ? settings : settings.withUrls(urls);
  }

  private Acceptances fromCommandLine() {
    Set<Acceptance> all = new HashSet<>();
    for (String word : accepted) {
      try {
        all.add(Acceptance.of(word));
      } catch (IllegalArgumentException e) {
        throw usage("--accept %s: %s".formatted(word, e.getMessage()));
      }
    }
    return new Acceptances(all);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
