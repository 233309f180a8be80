/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.token;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.access.CredentialKind;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.file.SecretFile.Stamp;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.subid.ShellWord;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token of {@code access.bootstrapTokenFile}, which is an admin's. The file is read again when
 * it changes: a new token counts within a second, and a file that is gone, or that others may read,
 * ends the former one. Its use is an event, at most once for each token, start and day (UTC).
 * Thread-safe.
 */
public final class BootstrapToken {
  private static final Logger LOG = LoggerFactory.getLogger(BootstrapToken.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final String NAME = "bootstrap";

  private final Path file;
  private final Clock clock;
  private Instant looked;
  private Optional<Stamp> stamp = Optional.empty();
  private Optional<TokenText> token = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private Optional<Use> unrecorded = Optional.empty();
  private Optional<Use> recorded = Optional.empty();

  private record Use(TokenText token, LocalDate day) {}

  private BootstrapToken(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.looked = clock.instant();
  }

  /**
   * Opens the file at a start.
   *
   * @throws ConfigurationRefused if it is missing, others may read it, or it holds no token
   */
  public static BootstrapToken open(Path file, Clock clock) {
    BootstrapToken opened = new BootstrapToken(file, clock);
    try {
      opened.read();
    } catch (NoSuchFileException e) {
      throw refused(
          "%s is missing; to make it, run: cadastre token bootstrap %s"
              .formatted(file, ShellWord.of(file.toString())),
          e);
    } catch (IOException e) {
      throw refused(String.valueOf(e.getMessage()), e);
    }
    return opened;
  }

  private static ConfigurationRefused refused(String why, IOException cause) {
    ConfigurationRefused refused =
        new ConfigurationRefused(List.of("access.bootstrapTokenFile: " + why));
    Throwable unused = refused.initCause(cause);
    return refused;
  }

  private void read() throws IOException {
    Stamp read = SecretFile.stamp(file);
    SecretFile.requireOwn(file);
    String line = SecretFile.line(file);
    token =
        Optional.of(
            TokenText.parse(line)
                .orElseThrow(
                    () ->
                        new IOException(
                            "%s holds no token; to make one, remove it and run: cadastre token bootstrap %s"
                                .formatted(file, ShellWord.of(file.toString())))));
    stamp = Optional.of(read);
    failure = Optional.empty();
  }

  /** Returns the admin that this token shows; empty if it is another token. */
  synchronized Optional<Principal> principal(TokenText shown) {
    look();
    Optional<TokenText> match = token.filter(known -> shown.hashesTo(known.hash()));
    Optional<Use> use = match.map(known -> new Use(known, today()));
    if (use.isPresent() && !recorded.equals(use)) {
      unrecorded = use;
    }
    return match.map(BootstrapToken::principalOf);
  }

  private static Principal principalOf(TokenText token) {
    return new Principal(
        NAME, Role.ADMIN, CredentialKind.BOOTSTRAP, Optional.of(token.id()), Bounds.NONE);
  }

  private void look() {
    Instant now = clock.instant();
    if (Duration.between(looked, now).abs().compareTo(LOOK_EVERY) < 0) {
      return;
    }
    looked = now;
    try {
      if (!stamp.equals(Optional.of(SecretFile.stamp(file)))) {
        read();
        LOG.info("the bootstrap token was read again from {}", file);
      }
    } catch (IOException e) {
      String why =
          e instanceof NoSuchFileException ? file + " is missing" : String.valueOf(e.getMessage());
      if (!failure.equals(Optional.of(why))) {
        LOG.warn("there is no bootstrap token from now on: {}", why);
      }
      failure = Optional.of(why);
      token = Optional.empty();
      stamp = Optional.empty(); // a failure may pass without a change of the file
    }
  }

  /** Records a use that is not recorded yet; to be called in the background. */
  public void recordUse(Ledger ledger) {
    Optional<Use> used = takeUnrecorded();
    if (used.isEmpty()) {
      return;
    }
    TokenText shown = used.get().token();
    AuditContext context = AuditContext.of(principalOf(shown), Optional.empty(), Optional.empty());
    ledger.change(
        transaction -> {
          transaction.tokens().useBootstrap(shown.id(), context);
          return true;
        });
    keepRecorded(used);
  }

  private synchronized Optional<Use> takeUnrecorded() {
    return unrecorded;
  }

  private synchronized void keepRecorded(Optional<Use> used) {
    recorded = used;
    if (unrecorded.equals(used)) {
      unrecorded = Optional.empty();
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
