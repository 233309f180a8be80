/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.http;

import io.cadastre.service.rest.http.AcceptEncoding.Coding;
import io.cadastre.service.rest.text.CurrentSnapshot;
import io.cadastre.service.rest.text.SnapshotCache;
import jakarta.ws.rs.ClientErrorException;
import java.util.List;

/**
 * The snapshot that a request gets, and its form. A client that has the present one causes no
 * compression, and one that waits for a compression gets the newest that is finished.
 *
 * @param current the snapshot
 * @param form the form that the client gets or has
 */
public record SnapshotForm(CurrentSnapshot current, TextForm form) {
  /**
   * Chooses for a GET or HEAD.
   *
   * @param acceptEncoding the values of all fields of that name, and so on
   * @throws ClientErrorException if no coding is acceptable, or If-Match does not hold
   */
  public static SnapshotForm of(
      SnapshotCache snapshots,
      List<String> acceptEncoding,
      List<String> ifMatch,
      List<String> ifNoneMatch) {
    CurrentSnapshot present = snapshots.currentWithHead();
    TextForm form = TextForm.of(present.served().text(), acceptEncoding, ifMatch, ifNoneMatch);
    if (form.coding() == Coding.IDENTITY || form.isKnown()) {
      return new SnapshotForm(present, form);
    }
    CurrentSnapshot compressed = snapshots.compressedWithHead();
    return new SnapshotForm(
        compressed, TextForm.of(compressed.served().text(), acceptEncoding, ifMatch, ifNoneMatch));
  }
}
