/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.api.BatchResultJson;
import io.cadastre.service.config.IdentitySource;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.PoolRegister;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.Accounts;
import io.cadastre.service.registry.AdmissionRules;
import io.cadastre.service.registry.ChangeGate;
import io.cadastre.service.registry.Identities;
import io.cadastre.service.registry.OwnerCommands;
import io.cadastre.service.registry.Publisher;
import io.cadastre.subid.AcceptedClaims;
import io.dropwizard.jackson.Jackson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch answers each line with a reason if the ledger goes away in the middle. */
class BatchFailureTest {
  @TempDir Path directory;
  private final JdbcDataSource database = new JdbcDataSource();

  private void takeDown() {
    database.setURL("jdbc:h2:file:" + directory.resolve("none") + ";IFEXISTS=TRUE");
  }

  private Batch batch(int lines) {
    database.setURL("jdbc:h2:file:" + directory.resolve("ledger") + ";DB_CLOSE_DELAY=-1");
    Ledger ledger = Ledger.openOrCreate(database);
    PoolRegister.record(ledger, List.of(TestLedger.DEFAULT_POOL), AcceptedClaims.NONE);
    ChangeGate gate = ChangeGate.open();
    OwnerCommands ownerCommands =
        new OwnerCommands(
            ledger,
            new Identities(IdentitySource.CALLER, Accounts.none()),
            new Publisher(ledger, Optional.empty(), gate),
            gate,
            AdmissionRules.byDefault());
    byte[] body =
        IntStream.range(0, lines)
            .mapToObj(
                i ->
                    "{\"name\":\"u%1$d\",\"uidNumber\":%2$d,\"gidNumber\":1}"
                        .formatted(i, 1000 + i))
            .collect(Collectors.joining("\n"))
            .getBytes(StandardCharsets.UTF_8);
    return new Batch(
        ownerCommands,
        new BatchReader(whole(body), Jackson.newObjectMapper().reader()),
        false,
        AuditContext.service("test", "a test"));
  }

  private static BatchBody whole(byte[] body) {
    try {
      return BatchBody.read(new ByteArrayInputStream(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyLineThatWasNotTriedSaysWhy() {
    int larger = Batch.FIRST_CHUNK + Batch.FIRST_CHUNK / 4;
    Batch batch = batch(Batch.FIRST_CHUNK + larger + 1);
    assertThat(batch.first()).hasSize(Batch.FIRST_CHUNK).allMatch(r -> r.refused().isEmpty());
    takeDown();

    List<BatchResultJson> second = batch.following();
    List<BatchResultJson> third = batch.following();

    assertThat(second).hasSize(larger);
    assertThat(third).hasSize(1);
    assertThat(third.get(0).line()).isEqualTo(Batch.FIRST_CHUNK + larger + 1);
    assertThat(third.get(0).name()).contains("u" + (Batch.FIRST_CHUNK + larger));
    assertThat(second)
        .allMatch(r -> r.refused().orElseThrow().type().endsWith(":unavailable"))
        .allMatch(r -> r.allocation().isEmpty());
    assertThat(batch.following()).isEmpty();
  }

  @Test
  void firstChunkFailsTheRequest() {
    Batch batch = batch(3);
    takeDown();

    assertThatThrownBy(batch::first).isInstanceOf(Unavailable.class);
  }
}
