/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.registry;

import cadastre.service.directory.OwnerState;
import cadastre.service.directory.Publication;
import cadastre.service.ledger.DirtyOwner;
import cadastre.service.ledger.Ledger;
import cadastre.subid.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger's side of publishing, on a thread of its own: what is asked of it is done in that
 * order, so that work is booked before the next but one is read.
 */
final class Bookkeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bookkeeper.class);

  /**
   * Owners at a time. Twice what a transaction of a bulk allocation changes: booking waits for such
   * a transaction, and the directory shall have enough to do meanwhile.
   */
  private static final int AT_A_TIME = 1000;

  private final Ledger ledger;
  private final Runnable afterBooking;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread bookkeeping = new Thread(task, "publisher-ledger");
            bookkeeping.setDaemon(true);
            return bookkeeping;
          });

  /** Owners that wait, as they were when they were read, and their states. */
  record Work(List<DirtyOwner> owners, List<OwnerState> states) {
    static final Work NONE = new Work(List.of(), List.of());

    boolean isEmpty() {
      return owners.isEmpty();
    }
  }

  Bookkeeper(Ledger ledger, Runnable afterBooking) {
    this.ledger = ledger;
    this.afterBooking = afterBooking;
  }

  /** Some of the owners that wait, but those who are under way as they are now. */
  Future<Work> next(Work underWay) {
    return thread.submit(() -> read(Set.copyOf(underWay.owners())));
  }

  private Work read(Set<DirtyOwner> excepted) {
    return ledger.read(
        reader -> {
          List<DirtyOwner> owners =
              reader.dirtyOwners(AT_A_TIME + excepted.size()).stream()
                  .filter(owner -> !excepted.contains(owner))
                  .limit(AT_A_TIME)
                  .toList();
          if (owners.isEmpty()) {
            return Work.NONE;
          }
          List<String> ids = owners.stream().map(DirtyOwner::stableId).toList();
          Map<String, List<Allocation>> allocations = reader.ofOwners(ids);
          return new Work(
              owners,
              ids.stream()
                  .map(id -> new OwnerState(id, allocations.getOrDefault(id, List.of())))
                  .toList());
        });
  }

  /**
   * Takes whoever is published off the outbox, and puts the others behind.
   *
   * @param results one for each owner, in their order
   */
  Future<?> book(Work work, List<Publication> results) {
    return thread.submit(
        () -> {
          List<DirtyOwner> published = new ArrayList<>();
          List<DirtyOwner> failed = new ArrayList<>();
          for (int i = 0; i < results.size(); i++) {
            Publication result = results.get(i);
            if (result.hasFailed()) {
              LOG.warn("{} is not published: {}", result.stableId(), result.reason());
            }
            (result.hasFailed() ? failed : published).add(work.owners().get(i));
          }
          ledger.drained(published, failed);
          afterBooking.run();
        });
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
