/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.view;

import io.cadastre.service.event.LedgerHead;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The view that one process keeps for the next one, if the ledger is large. It is of use if the
 * ledger has gone on from its event; the events after it are then taken over one by one. Not
 * thread-safe, but {@link #keep} and {@link #remove} are.
 */
public final class KeptView {
  /** Keeps nothing. */
  public static final KeptView NOWHERE = new KeptView(Optional.empty(), Integer.MAX_VALUE);

  /** So many allocations are read from the tables in a second or two. */
  private static final int FEW = 50_000;

  /** To take over an event costs as much as to read a row. */
  private static final long MOST_MISSED = 100_000;

  private final Optional<ViewFile> file;
  private final int few;
  private boolean used;

  private KeptView(Optional<ViewFile> file, int few) {
    this.file = file;
    this.few = few;
  }

  /** Keeps views in this file. */
  public static KeptView in(Path file) {
    return in(file, FEW);
  }

  /** Keeps views of more than so many allocations. */
  static KeptView in(Path file, int few) {
    return new KeptView(Optional.of(new ViewFile(file)), few);
  }

  /**
   * The view that was kept, for the first call.
   *
   * @param head the head of the ledger
   */
  Optional<LedgerView> first(Supplier<LedgerHead> head) {
    if (used || file.isEmpty()) {
      return Optional.empty();
    }
    used = true;
    return file.get().read().filter(view -> isOfUse(view.head(), head.get()));
  }

  private static boolean isOfUse(LedgerHead kept, LedgerHead now) {
    return kept.uuid().equals(now.uuid())
        && !now.isBehind(kept)
        && now.lastEvent() - kept.lastEvent() <= MOST_MISSED;
  }

  /** Keeps this view. */
  void keep(LedgerView view) {
    file.filter(unused -> view.size() > few).ifPresent(to -> to.write(view));
  }

  /** Keeps none. */
  void remove() {
    file.ifPresent(ViewFile::remove);
  }
}
