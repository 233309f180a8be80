/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.TokenState;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.access.UidRange;
import io.cadastre.service.event.AuditContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tokens in the ledger's tables and events. */
class TokenRecordsTest {
  private static final AuditContext TEST = AuditContext.service("test", "a test");
  private static final Bounds BOUNDS =
      new Bounds(
          Optional.of("default"),
          Optional.of(UidRange.parse("1000-4294967294")),
          Optional.of("login1:"),
          Optional.of("ou=people,dc=example,dc=org"),
          Optional.of("n*"));

  private static AccessToken token(String name, Instant expires) {
    TokenText text = TokenText.random(new SecureRandom());
    return new AccessToken(
        text.id(),
        name,
        text.hash(),
        Role.PROVISIONER,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        expires.truncatedTo(ChronoUnit.SECONDS),
        TokenState.ACTIVE,
        BOUNDS);
  }

  private static void add(Ledger ledger, AccessToken token) {
    boolean unused =
        ledger.change(
            transaction -> {
              transaction.tokens().add(token, TEST);
              return true;
            });
  }

  @Test
  void keepsATokenAsItIsAndItsEventsWithoutTheHash() {
    try (TestLedger database = TestLedger.inMemory()) {
      AccessToken token = token("hook", Instant.now().plus(1, ChronoUnit.DAYS));
      add(database.ledger(), token);
      assertThat(new TokenQueries(database.ledger()).all()).containsExactly(token);

      AccessToken revoked =
          database
              .ledger()
              .change(transaction -> transaction.tokens().change(token, TokenState.REVOKED, TEST));

      assertThat(new TokenQueries(database.ledger()).all()).containsExactly(revoked);
      assertThat(String.join("\n", exported(database.ledger())))
          .contains("\"make-token\"", "\"revoke-token\"", "\"1000-4294967294\"", token.id())
          .doesNotContain(token.hash());
    }
  }

  @Test
  void suspendsWhatIsActiveAlsoPastItsEnd() {
    try (TestLedger database = TestLedger.inMemory()) {
      Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
      AccessToken active = token("active", tomorrow);
      AccessToken revoked = token("revoked", tomorrow).in(TokenState.REVOKED);
      AccessToken expired = token("expired", Instant.now().minus(1, ChronoUnit.DAYS));
      List.of(active, revoked, expired).forEach(token -> add(database.ledger(), token));

      List<AccessToken> suspended =
          database.ledger().change(transaction -> transaction.tokens().suspendAll(TEST));

      assertThat(suspended)
          .containsExactly(active.in(TokenState.SUSPENDED), expired.in(TokenState.SUSPENDED));
    }
  }

  /** The export verifies, and a replay has the events but no token. */
  @Test
  void noTokenOutlivesAReplay() {
    try (TestLedger database = TestLedger.inMemory();
        TestLedger fresh = TestLedger.fresh()) {
      add(database.ledger(), token("hook", Instant.now().plus(1, ChronoUnit.DAYS)));
      List<String> export = exported(database.ledger());
      assertThat(EventArchive.verify(export.stream())).isEqualTo(database.ledger().head());

      assertThat(new EventArchive(fresh.ledger()).replay(export.stream()))
          .isEqualTo(database.ledger().head());

      assertThat(new TokenQueries(fresh.ledger()).all()).isEmpty();
      assertThat(new LedgerCheck(fresh.ledger(), Clock.systemUTC()).run().isEqual()).isTrue();
    }
  }

  private static List<String> exported(Ledger ledger) {
    List<String> lines = new ArrayList<>();
    new EventArchive(ledger).export(lines::add);
    return lines;
  }
}
