/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.EventKind;
import io.cadastre.service.ledger.Allocator;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.LedgerTransaction;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.ledger.RealIds;
import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import io.cadastre.subid.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Makes a ledger of many owners in an H2 file, by the ledger's own code: allocation, ranges, slot,
 * event and outbox row of each owner are those of a {@code PUT}, without the rules of admission,
 * and many owners share a transaction. The first owner is {@code user0}, with uid 100000.
 */
final class LargeLedger {
  /** The pool of {@link #pools}: a million owners need less than its 1,714,816 slots. */
  private static final Pool POOL =
      new Pool(
          "default",
          512,
          List.of(IdRange.between(1001062400, 1879048191)),
          Strategy.NEXT_FREE,
          1000);

  /** The file in the folder. */
  static final String FILE = "ledger.mv.db";

  /** The uid of the first owner. */
  static final int FIRST_UID = 100_000;

  private static final int PER_CHANGE = 10_000;
  private static final String SETTINGS = ";CACHE_SIZE=262144;QUERY_CACHE_SIZE=64";
  private static final AuditContext BENCH =
      new AuditContext("bench", Optional.empty(), Optional.empty());
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private LargeLedger() {}

  /** The {@code pools:} part of a configuration that opens the ledger. */
  static String pools() {
    return """
        pools:
          - name: default
            count: %d
            segments:
              - first: %d
                last: %d
        """
        .formatted(POOL.count(), POOL.segments().get(0).start(), POOL.segments().get(0).last());
  }

  private static Owner owner(int i) {
    long id = (long) FIRST_UID + i;
    return new Owner("id-" + i, new OwnerName("user" + i), id, id, Optional.empty());
  }

  /** The owner with that number, as the body of a {@code PUT} of the caller's identity. */
  static String identity(int i) {
    return "{\"uidNumber\":%1$d,\"gidNumber\":%1$d,\"stableId\":\"id-%2$d\"}"
        .formatted(FIRST_UID + i, i);
  }

  /** Makes the file in this folder, unless it is there: owners as {@link #identity} has them. */
  static void make(Path folder, int owners) throws Exception {
    make(folder, owners, LargeLedger::owner);
  }

  /** The same with these owners, by number. */
  static void make(Path folder, int owners, IntFunction<Owner> owner) throws Exception {
    if (Files.exists(folder.resolve(FILE))) {
      return;
    }
    Files.createDirectories(folder);
    Path unfinished = folder.resolve("unfinished");
    String url = "jdbc:h2:file:" + unfinished.toAbsolutePath() + SETTINGS;
    JdbcConnectionPool connections = JdbcConnectionPool.create(url, "cadastre", "");
    try {
      Ledger ledger = Ledger.openOrCreate(connections);
      PoolRegister.record(ledger, List.of(POOL), AcceptedClaims.NONE);
      for (int from = 0; from < owners; from += PER_CHANGE) {
        int end = Math.min(from + PER_CHANGE, owners);
        List<Owner> chunk = IntStream.range(from, end).mapToObj(owner).toList();
        boolean unused = ledger.change(transaction -> grant(transaction, chunk));
      }
    } finally {
      connections.dispose();
    }
    Files.move(folder.resolve("unfinished.mv.db"), folder.resolve(FILE));
  }

  private static boolean grant(LedgerTransaction transaction, List<Owner> owners) {
    Allocator allocator = new Allocator(transaction, range -> RealIds.NONE);
    for (Owner owner : owners) {
      long slot = allocator.slotFor(POOL, owner);
      IdRange range = POOL.range(slot);
      Allocation wanted =
          new Allocation(
              IDS.generate(),
              owner,
              Optional.of(POOL.name()),
              range,
              range,
              AllocationState.ACTIVE,
              0);
      Allocation unused =
          transaction.grant(wanted, OptionalLong.of(slot), EventKind.ALLOCATE, BENCH);
    }
    return true;
  }
}
