/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * All active allocations at one serial of one ledger. A node renders /etc/subuid, /etc/subgid and
 * the plugin's file from one snapshot. Immutable.
 *
 * <p>The text has seven header lines, {@code # key value}, then the rows, sorted as unsigned bytes.
 * LF ends every line. The digest covers the rows only: equal rows of two ledgers have equal
 * digests. The last header line, {@code check}, is the SHA-256 of the header lines above it.
 * Without it, a flipped bit in the serial could make a node refuse every later snapshot as older.
 *
 * @param ledger the ledger's UUID
 * @param serial the serial of the last change in the rows
 * @param head the hash of the last event, in hex; empty text before the first event
 * @param rows the allocations, sorted as unsigned bytes of their lines
 * @param digest SHA-256 of the rows' bytes, in hex
 */
public record Snapshot(
    UUID ledger, long serial, String head, List<SnapshotRow> rows, String digest) {
  static final String FORMAT = "1";
  static final List<String> KEYS =
      List.of("cadastre-snapshot", "ledger", "serial", "rows", "sha256", "head", "check");
  private static final int CHECK = KEYS.size() - 1;

  /** Returns the snapshot of these rows: sorts them and computes the digest. */
  public static Snapshot of(UUID ledger, long serial, String head, List<SnapshotRow> rows) {
    List<SnapshotRow> sorted = rows.stream().sorted(Snapshot::byBytes).toList();
    return new Snapshot(ledger, serial, head, sorted, digestOf(body(sorted)));
  }

  /** Returns the bytes that a node fetches. */
  public byte[] render() {
    byte[] body = body(rows);
    byte[] header = new SnapshotHeader(ledger, serial, rows.size(), digest, head).render();
    byte[] all = Arrays.copyOf(header, header.length + body.length);
    System.arraycopy(body, 0, all, header.length, body.length);
    return all;
  }

  /**
   * Parses a snapshot. Checks the format, the header, the number of rows, the digest, the order and
   * every row: no changed byte passes.
   *
   * @throws SnapshotRefused with the line that is wrong
   */
  public static Snapshot parse(byte[] bytes) throws SnapshotRefused {
    int at = 0;
    int checked = 0;
    String[] values = new String[KEYS.size()];
    for (int i = 0; i < values.length; i++) {
      checked = at;
      int end = endOfLine(bytes, at, i + 1);
      values[i] = headerValue(KEYS.get(i), utf8(bytes, at, end, i + 1), i + 1);
      at = end + 1;
    }
    if (!values[0].equals(FORMAT)) {
      throw new SnapshotRefused(
          "its format is %s, this program reads %s".formatted(values[0], FORMAT));
    }
    String check = digestOf(Arrays.copyOf(bytes, checked));
    if (!check.equals(values[CHECK])) {
      throw new SnapshotRefused(
          "its header hashes to %s, its last line says %s".formatted(check, values[CHECK]));
    }
    String digest = digestOf(Arrays.copyOfRange(bytes, at, bytes.length));
    if (!digest.equals(values[4])) {
      throw new SnapshotRefused(
          "its rows hash to %s, its header says %s".formatted(digest, values[4]));
    }
    List<SnapshotRow> rows = rows(bytes, at, values.length + 1);
    if (!Integer.toString(rows.size()).equals(values[3])) {
      throw new SnapshotRefused(
          "it has %d rows, its header says %s".formatted(rows.size(), values[3]));
    }
    try {
      return new Snapshot(
          UUID.fromString(values[1]),
          Long.parseLong(values[2]),
          values[5].equals("-") ? "" : values[5],
          List.copyOf(rows),
          digest);
    } catch (IllegalArgumentException e) {
      throw new SnapshotRefused("its header is damaged: " + e.getMessage());
    }
  }

  private static List<SnapshotRow> rows(byte[] bytes, int from, int firstLine)
      throws SnapshotRefused {
    List<SnapshotRow> rows = new ArrayList<>();
    int at = from;
    int previous = -1;
    for (int line = firstLine; at < bytes.length; line++) {
      int end = endOfLine(bytes, at, line);
      try {
        rows.add(SnapshotRow.parse(utf8(bytes, at, end, line)));
      } catch (IllegalArgumentException e) {
        throw new SnapshotRefused("line %d: %s".formatted(line, e.getMessage()), e);
      }
      if (previous >= 0 && Arrays.compareUnsigned(bytes, previous, at, bytes, at, end + 1) >= 0) {
        throw new SnapshotRefused("line %d is not in order".formatted(line));
      }
      previous = at;
      at = end + 1;
    }
    return rows;
  }

  private static String headerValue(String key, String line, int number) throws SnapshotRefused {
    String start = "# " + key + " ";
    if (!line.startsWith(start)) {
      throw new SnapshotRefused("line %d should begin with \"%s\"".formatted(number, start));
    }
    return line.substring(start.length());
  }

  private static int endOfLine(byte[] bytes, int from, int line) throws SnapshotRefused {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    throw new SnapshotRefused("it ends within line %d".formatted(line));
  }

  private static String utf8(byte[] bytes, int from, int to, int line) throws SnapshotRefused {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new SnapshotRefused("line %d is not UTF-8".formatted(line));
    }
  }

  private static byte[] body(List<SnapshotRow> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int byBytes(SnapshotRow a, SnapshotRow b) {
    return Arrays.compareUnsigned(
        (a + "\n").getBytes(StandardCharsets.UTF_8), (b + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static String digestOf(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
