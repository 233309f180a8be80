/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.database;

import io.cadastre.service.config.LedgerConfiguration;
import io.cadastre.service.failure.LedgerUnusable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.subid.ShellWord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses a start, or a check, without a ledger; neither creates one. */
public final class MissingLedger {
  private MissingLedger() {}

  /**
   * Checks that the configured ledger exists, or that a start may create it. Changes nothing.
   *
   * @param file the configuration file, for the commands in the message
   * @throws LedgerUnusable with the remedies, the safest first
   */
  public static void refuse(LedgerConfiguration ledger, String file) {
    if (!ledger.createsIfMissing() && !LedgerSource.peek(ledger, Ledger::exists)) {
      throw new LedgerUnusable(message(ledger.getUrl(), file));
    }
  }

  private static String message(String url, String file) {
    Optional<Path> path = LedgerFile.of(url);
    String place = path.map(MissingLedger::named).orElse(url.replaceAll("[;?].*", ""));
    return """
        there is no ledger in %s. A new one would give ranges a second time, so none is created. Try in this order:
          1. %s
          2. restore its backup: docs/backup.md
          3. from an export of its events: cadastre events replay %3$s events.ndjson
          4. from the published entries: cadastre rebuild-from-directory %3$s
          5. only if there has never been a ledger: cadastre init %3$s"""
        .formatted(
            place,
            path.map(
                    p ->
                        "mount the volume of %s, if it has one: findmnt -T %1$s"
                            .formatted(p.getParent()))
                .orElse(
                    "mount the volume of the database, if it has one, and check the name in ledger.url"),
            ShellWord.of(file));
  }

  private static String named(Path file) {
    return Files.exists(file) ? file + ", though the file is there" : file.toString();
  }
}
