/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.registry.HeadedSnapshot;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import io.cadastre.subid.SubidRow;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The texts of one serial. Each is rendered when first asked for, and kept. Thread-safe. */
public final class ServedSnapshot {
  private static final int HEADER_LINES = 7;

  private final LedgerHead head;
  private final Snapshot snapshot;
  private final EncodedText text;
  private final Map<Lines, EncodedText> lines = new ConcurrentHashMap<>();

  private record Lines(IdType type, boolean numeric) {}

  ServedSnapshot(HeadedSnapshot read) {
    this.head = read.head();
    this.snapshot = read.snapshot();
    this.text = new EncodedText(snapshot.render());
  }

  /** The snapshot. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** The head of the ledger when the snapshot was read. */
  LedgerHead head() {
    return head;
  }

  /** The snapshot as nodes fetch it. */
  public EncodedText text() {
    return text;
  }

  /**
   * The lines of subuid(5) or subgid(5).
   *
   * @param numeric whether owners are written as uids instead of names
   */
  public EncodedText lines(IdType type, boolean numeric) {
    return lines.computeIfAbsent(new Lines(type, numeric), this::render);
  }

  private EncodedText render(Lines wanted) {
    Function<SnapshotRow, String> owner =
        wanted.numeric() ? r -> Long.toString(r.uidNumber()) : r -> r.name().value();
    StringBuilder out = new StringBuilder();
    for (SnapshotRow row : snapshot.rows()) {
      out.append(new SubidRow(owner.apply(row), row.range(wanted.type()))).append('\n');
    }
    return new EncodedText(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The header lines of the snapshot, each with its end. */
  String header() {
    byte[] bytes = text.plain();
    int at = 0;
    for (int ended = 0; ended < HEADER_LINES; at++) {
      ended += bytes[at] == '\n' ? 1 : 0;
    }
    return new String(bytes, 0, at, StandardCharsets.UTF_8);
  }
}
