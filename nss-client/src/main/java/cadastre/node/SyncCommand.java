/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cadastre-node sync}: its options, and its result in words. */
@Command(
    name = "sync",
    description = "Fetches the snapshot and renders it into /etc/subuid and /etc/subgid.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitStatus.USAGE)
final class SyncCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The file tree to work on; default: ${DEFAULT-VALUE}")
  private Path root = Path.of("/");

  @Option(
      names = "--url",
      paramLabel = "URL",
      required = true,
      description = "The service, http://HOST:PORT or https://HOST")
  private String url = "";

  @Option(
      names = "--accept-ledger",
      paramLabel = "UUID",
      description = "Take snapshots of this ledger although the last one was of another")
  private Optional<UUID> acceptLedger = Optional.empty();

  @Override
  public Integer call() throws IOException, NodeFailure {
    PrintWriter err = spec.commandLine().getErr();
    if (!url.startsWith("http://") && !url.startsWith("https://")) {
      err.println(
          "cadastre-node: the URL \"" + url + "\" begins with neither http:// nor https://");
      return ExitStatus.USAGE;
    }
    Sync.Result result = new Sync(NodeTree.at(root), new SnapshotSource(url), acceptLedger).run();
    result
        .unavailable()
        .ifPresent(
            why ->
                err.printf(
                    "cadastre-node: warning: %s; serial %d goes on being served%n",
                    why, result.snapshot().serial()));
    spec.commandLine()
        .getOut()
        .printf(
            "serial %d, %d rows: %s%n",
            result.snapshot().serial(),
            result.snapshot().rows().size(),
            result.written().isEmpty()
                ? "unchanged"
                : "wrote " + String.join(", ", result.written()));
    return ExitStatus.OK;
  }
}
