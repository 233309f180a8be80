/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.registry.SnapshotQueries;
import io.cadastre.service.view.LedgerView;
import java.util.Optional;

/**
 * Serves the snapshot of the present serial from memory. Thread-safe.
 *
 * <p>An answer holds every change that this process had acknowledged before the request. One thread
 * renders, and one compresses. The others wait for it and take its snapshot if that is as new as
 * the view they saw, so a burst of changes is not rendered once for each change, and texts of the
 * past do not pile up in memory.
 */
public final class SnapshotCache {
  private final SnapshotQueries snapshots;
  private final Object rendering = new Object();
  private final Object compressing = new Object();
  private volatile Optional<ServedSnapshot> latest = Optional.empty();
  private volatile Optional<ServedSnapshot> latestCompressed = Optional.empty();

  /** A cache of these snapshots. */
  public SnapshotCache(SnapshotQueries snapshots) {
    this.snapshots = snapshots;
  }

  /** A snapshot of all that was acknowledged. */
  public ServedSnapshot current() {
    return atLeast(snapshots.view());
  }

  /**
   * A snapshot as {@link #current}, with the newest event behind it. An event that the snapshot
   * does not show moves the head and leaves the snapshot as it is.
   */
  public CurrentSnapshot currentWithHead() {
    LedgerView view = snapshots.view();
    return withHead(atLeast(view), view);
  }

  /** The same, compressed already. */
  public CurrentSnapshot compressedWithHead() {
    LedgerView view = snapshots.view();
    return withHead(compressed(view), view);
  }

  private static CurrentSnapshot withHead(ServedSnapshot served, LedgerView view) {
    LedgerHead head = view.head();
    return new CurrentSnapshot(
        served, served.head().lastEvent() > head.lastEvent() ? served.head() : head);
  }

  private ServedSnapshot atLeast(LedgerView view) {
    return asNewAs(view, latest)
        .orElseGet(
            () -> {
              synchronized (rendering) {
                return asNewAs(view, latest).orElseGet(this::render);
              }
            });
  }

  private ServedSnapshot compressed(LedgerView view) {
    return asNewAs(view, latestCompressed)
        .orElseGet(
            () -> {
              synchronized (compressing) {
                return asNewAs(view, latestCompressed).orElseGet(this::compress);
              }
            });
  }

  /** A snapshot of an earlier load can be of a ledger that was replaced by an older one. */
  private static Optional<ServedSnapshot> asNewAs(
      LedgerView view, Optional<ServedSnapshot> snapshot) {
    return snapshot
        .filter(served -> served.view().isRelatedTo(view))
        .filter(served -> served.head().serial() >= view.head().serial());
  }

  private ServedSnapshot render() {
    ServedSnapshot rendered = new ServedSnapshot(snapshots.view());
    latest = Optional.of(rendered);
    return rendered;
  }

  private ServedSnapshot compress() {
    ServedSnapshot newest = current();
    newest.text().compress();
    latestCompressed = Optional.of(newest);
    return newest;
  }
}
