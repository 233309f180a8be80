/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest.text;

import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.registry.SnapshotQueries;
import java.util.Optional;

/**
 * Serves the snapshot of the present serial from memory. Thread-safe.
 *
 * <p>An answer holds every change that this process had acknowledged before the request. One thread
 * renders. The others wait for it and take its snapshot if that is as new as the view they saw, so
 * a burst of changes is not rendered once for each change.
 */
public final class SnapshotCache {
  private final SnapshotQueries snapshots;
  private final Object rendering = new Object();
  private volatile Optional<ServedSnapshot> latest = Optional.empty();

  /** A cache of these snapshots. */
  public SnapshotCache(SnapshotQueries snapshots) {
    this.snapshots = snapshots;
  }

  /** A snapshot of all that was acknowledged. */
  public ServedSnapshot current() {
    return atLeast(snapshots.view().head());
  }

  /**
   * A snapshot as {@link #current}, with the newest event behind it. An event that the snapshot
   * does not show moves the head and leaves the snapshot as it is.
   */
  public CurrentSnapshot currentWithHead() {
    LedgerHead head = snapshots.view().head();
    ServedSnapshot served = atLeast(head);
    return new CurrentSnapshot(
        served, served.head().lastEvent() > head.lastEvent() ? served.head() : head);
  }

  private ServedSnapshot atLeast(LedgerHead head) {
    return latest(head)
        .orElseGet(
            () -> {
              synchronized (rendering) {
                return latest(head).orElseGet(this::render);
              }
            });
  }

  private Optional<ServedSnapshot> latest(LedgerHead head) {
    return latest
        .filter(served -> served.head().uuid().equals(head.uuid()))
        .filter(served -> served.head().serial() >= head.serial());
  }

  private ServedSnapshot render() {
    ServedSnapshot rendered = new ServedSnapshot(snapshots.view());
    latest = Optional.of(rendered);
    return rendered;
  }
}
