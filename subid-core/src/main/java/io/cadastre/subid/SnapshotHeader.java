/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The header of a snapshot, for a program that renders the rows itself. Immutable.
 *
 * @param ledger the ledger's UUID
 * @param serial the serial of the last change in the rows
 * @param rows the number of rows
 * @param digest SHA-256 of the rows' bytes, in hex
 * @param head the hash of the last event, in hex; empty text before the first event
 */
public record SnapshotHeader(UUID ledger, long serial, int rows, String digest, String head) {
  /** Returns the seven header lines, each with its LF, in ASCII. */
  public byte[] render() {
    String above = linesAboveCheck();
    return (above + line(Snapshot.KEYS.size() - 1, checkOf(above)))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the value of the last line: SHA-256 of the lines above it, which the rows decide. */
  public String check() {
    return checkOf(linesAboveCheck());
  }

  private static String checkOf(String above) {
    return Snapshot.digestOf(above.getBytes(StandardCharsets.US_ASCII));
  }

  private String linesAboveCheck() {
    List<String> values =
        List.of(
            Snapshot.FORMAT,
            ledger.toString(),
            Long.toString(serial),
            Integer.toString(rows),
            digest,
            head.isEmpty() ? "-" : head);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      out.append(line(i, values.get(i)));
    }
    return out.toString();
  }

  private static String line(int key, String value) {
    return "# " + Snapshot.KEYS.get(key) + " " + value + "\n";
  }
}
