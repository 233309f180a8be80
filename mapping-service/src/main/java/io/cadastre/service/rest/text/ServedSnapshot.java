/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.view.LedgerView;
import io.cadastre.service.view.LedgerView.Extent;
import io.cadastre.subid.IdType;
import io.cadastre.subid.SnapshotHeader;
import io.cadastre.subid.SubidRow;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of one serial. Each is rendered when first asked for, and kept. Thread-safe. */
public final class ServedSnapshot {
  /** As long as every digest: the length of the header is needed before the digest is known. */
  private static final String NO_DIGEST = "0".repeat(64);

  private final LedgerView view;
  private final String header;
  private final EncodedText text;
  private final Map<Lines, EncodedText> lines = new ConcurrentHashMap<>();

  private record Lines(IdType type, boolean numeric) {}

  ServedSnapshot(LedgerView view) {
    this.view = view;
    Extent extent = view.extent();
    int from = header(extent, NO_DIGEST).render().length;
    byte[] all = new byte[from + extent.bytes()];
    view.copyLines(all, from);
    SnapshotHeader real = header(extent, EncodedText.sha256(all, from));
    byte[] top = real.render();
    System.arraycopy(top, 0, all, 0, from);
    this.header = new String(top, StandardCharsets.US_ASCII);
    this.text = new EncodedText(all, real.check());
  }

  private SnapshotHeader header(Extent extent, String digest) {
    return new SnapshotHeader(head().uuid(), head().serial(), extent.rows(), digest, head().hash());
  }

  /** The view that the texts show. */
  public LedgerView view() {
    return view;
  }

  /** The head of the ledger behind the view. */
  LedgerHead head() {
    return view.head();
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
    StringBuilder out = new StringBuilder();
    view.forEachActive(
        wanted.type(),
        (name, uidNumber, range) ->
            out.append(new SubidRow(wanted.numeric() ? Long.toString(uidNumber) : name, range))
                .append('\n'));
    return new EncodedText(out.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The header lines of the snapshot, each with its end. */
  String header() {
    return header;
  }
}
