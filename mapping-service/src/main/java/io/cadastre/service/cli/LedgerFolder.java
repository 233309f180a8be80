/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.database.LedgerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of the ledger's file, which the service's user owns. The service could not open a file
 * that root made there, so root is told to use runuser(1).
 */
final class LedgerFolder {
  private LedgerFolder() {}

  /**
   * Requires that the process may leave files in the ledger's folder.
   *
   * @param command what root is told to run, without {@code cadastre}
   * @throws CommandFailed if there is no folder, or if this is root and the folder another user's
   */
  static void requireWritable(CadastreConfiguration configuration, String command) {
    LedgerFile.of(configuration.ledger().getUrl())
        .map(Path::getParent)
        .ifPresent(folder -> requireWritable(folder, command));
  }

  private static void requireWritable(Path folder, String command) {
    try {
      if (!Files.isDirectory(folder)) {
        throw new CommandFailed(
            CommandStatus.CONFIGURATION,
            "the ledger's folder %s is not there: mount its volume, or make it: install -d -o USER -g USER -m 700 %1$s"
                .formatted(folder));
      }
      int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      int owner = (int) Files.getAttribute(folder, "unix:uid");
      if (self == 0 && owner != 0) {
        throw new CommandFailed(
            CommandStatus.REFUSED,
            "nothing was done: a file of root's would keep the service out. Run it as the owner of %s: runuser -u %s -- cadastre %s"
                .formatted(folder, Files.getOwner(folder).getName(), command));
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new CommandFailed(
          CommandStatus.NO_INPUT,
          "the ledger's folder %s cannot be read: %s".formatted(folder, e),
          e);
    }
  }
}
