/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.AccessToken;
import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.TokenState;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.access.Unauthenticated;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.event.Event;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.ledger.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootstrapTokenTest {
  @TempDir Path dir;
  private final TestLedger database = TestLedger.inMemory();
  private final TokenText first = TokenText.random(new SecureRandom());
  private final SteppedClock clock = new SteppedClock();
  private final KnownTokens known = new KnownTokens(database.ledger());
  private Path file;
  private BootstrapToken bootstrap;
  private TokenAuthenticator authenticator;

  /** A clock that a test sets. */
  private static final class SteppedClock extends Clock {
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void open() throws IOException {
    file = dir.resolve("bootstrap.token");
    SecretFile.create(file, first::text);
    bootstrap = BootstrapToken.open(file, clock);
    authenticator = new TokenAuthenticator(known, Optional.of(bootstrap), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private boolean isValid(TokenText token) {
    try {
      return authenticator
          .authenticate(new Presented(Optional.of(token.text()), List.of()))
          .isPresent();
    } catch (Unauthenticated e) {
      assertThat(e.getMessage()).doesNotContain(token.text());
      return false;
    }
  }

  private void later(Duration time) {
    clock.now = clock.now.plus(time);
  }

  @Test
  void aNewFileCountsWithinASecond() throws IOException {
    assertThat(isValid(first)).isTrue();
    TokenText second = TokenText.random(new SecureRandom());
    Files.delete(file);
    SecretFile.create(file, second::text);
    later(Duration.ofSeconds(1));

    assertThat(isValid(second)).isTrue();
    assertThat(isValid(first)).isFalse();
  }

  @Test
  void aFileThatIsGoneOrOpenEndsTheToken() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    later(Duration.ofSeconds(1));
    assertThat(isValid(first)).isFalse();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    later(Duration.ofSeconds(1));
    assertThat(isValid(first)).isTrue();

    Files.delete(file);
    later(Duration.ofSeconds(1));
    assertThat(isValid(first)).isFalse();
    SecretFile.create(file, first::text);
    later(Duration.ofSeconds(1));
    assertThat(isValid(first)).isTrue();

    Files.writeString(file, "not a token\n");
    later(Duration.ofSeconds(1));
    assertThat(isValid(first)).isFalse();
  }

  @Test
  void itsUseIsAnEventOnceADay() {
    bootstrap.recordUse(database.ledger());
    assertThat(uses()).isEmpty();
    for (int day = 1; day <= 3; day++) {
      for (int i = 0; i < 10; i++) {
        assertThat(isValid(first)).isTrue();
        bootstrap.recordUse(database.ledger());
      }
      assertThat(uses()).hasSize(day);
      later(Duration.ofDays(1));
    }
    assertThat(uses().get(0).after().path("id").asText()).isEqualTo(first.id());
  }

  /** A thief who can write the file must not stay unseen until midnight. */
  @Test
  void theUseOfAnotherTokenOnTheSameDayIsAnEventToo() throws IOException {
    assertThat(isValid(first)).isTrue();
    bootstrap.recordUse(database.ledger());
    TokenText second = TokenText.random(new SecureRandom());
    Files.delete(file);
    SecretFile.create(file, second::text);
    later(Duration.ofSeconds(1));
    assertThat(isValid(second)).isTrue();
    bootstrap.recordUse(database.ledger());
    bootstrap.recordUse(database.ledger());

    assertThat(uses())
        .extracting(use -> use.after().path("id").asText())
        .containsExactly(first.id(), second.id());
  }

  /** No stamp of the file changes if only its folder was away for a moment. */
  @Test
  void aFailureThatPassesEndsTheTokenNotForGood() throws IOException {
    Path away = dir.resolveSibling(dir.getFileName() + ".away");
    Files.move(dir, away);
    Files.createFile(dir); // not missing, but not readable either
    later(Duration.ofSeconds(1));
    assertThat(isValid(first)).isFalse();
    Files.delete(dir);
    Files.move(away, dir);
    later(Duration.ofSeconds(1));
    assertThat(isValid(first)).isTrue();
  }

  @Test
  void aTokenOfTheLedgerIsValidUntilItExpires() {
    TokenText text = TokenText.random(new SecureRandom());
    Instant expires = clock.now.plus(Duration.ofHours(1));
    AccessToken token =
        new AccessToken(
            text.id(),
            "reader",
            text.hash(),
            Role.AUDITOR,
            clock.now,
            expires,
            TokenState.ACTIVE,
            Bounds.NONE);
    boolean unused =
        database
            .ledger()
            .change(
                transaction -> {
                  transaction.tokens().add(token, AuditContext.service("test", "a test"));
                  return true;
                });
    assertThat(isValid(text)).as("before a read").isFalse();
    known.reload();
    assertThat(isValid(text)).isTrue();
    later(Duration.ofHours(1).minusMillis(1));
    assertThat(isValid(text)).isTrue();
    later(Duration.ofMillis(1));
    assertThat(isValid(text)).isFalse();
  }

  private List<Event> uses() {
    return database.ledger().read(queries -> queries.allEvents().toList()).stream()
        .filter(event -> event.kind().equals("use-bootstrap"))
        .toList();
  }
}
