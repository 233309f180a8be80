/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.session;

import io.cadastre.service.access.Authenticator;
import io.cadastre.service.access.Presented;
import io.cadastre.service.access.Principal;
import io.cadastre.service.access.Role;
import io.cadastre.service.access.Unauthenticated;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions of this process. A session lasts for as long as its token is valid, and for at most
 * 8 hours: each request shows the token again to the authenticators that a program's request would
 * meet. The token is kept sealed by a secret that only the browser has, so that the memory of the
 * process holds no credential. Thread-safe.
 */
public final class Sessions implements Authenticator {
  /** How long a session lasts at most. */
  public static final Duration LONGEST = Duration.ofHours(8);

  /** The roles that may look at the pages. */
  public static final Set<Role> ROLES = Set.of(Role.AUDITOR, Role.ADMIN);

  /** Sessions of one credential; the oldest ends for one more. */
  private static final int MOST_OF_ONE = 20;

  /** Sessions of all credentials; the oldest ends for one more. */
  private static final int MOST = 2000;

  private final List<Authenticator> authenticators;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** The secret of the forms where nobody signs in. */
  private final SecretText nobody = SecretText.random(random);

  /** By the name that the secret has here; the oldest first. */
  private final Map<String, Session> sessions = new LinkedHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Session(Instant until, String credential, byte[] sealed) {}

  /**
   * A session that was begun.
   *
   * @param secret the text for the cookie, which is nowhere else
   */
  public record Begun(String secret, Principal principal) {
    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
      return "Begun[%s]".formatted(principal.name());
    }
  }

  /** Sessions of tokens that one of these recognizes. */
  public Sessions(List<Authenticator> authenticators, Clock clock) {
    this.authenticators = List.copyOf(authenticators);
    this.clock = clock;
  }

  /**
   * Begins a session.
   *
   * @throws Unauthenticated if the token is not valid, or its role may not look at the pages
   */
  public Begun begin(String token) throws Unauthenticated {
    Principal principal = holder(token);
    if (!ROLES.contains(principal.role())) {
      throw new Unauthenticated(
          "the token %s has the role %s; the pages take a token of the role auditor or admin"
              .formatted(principal.name(), principal.role().word()));
    }
    SecretText secret = SecretText.random(random);
    Session session =
        new Session(
            clock.instant().plus(LONGEST), principal.credentialText(), secret.seal(token, random));
    add(secret.name(), session);
    return new Begun(secret.text(), principal);
  }

  private synchronized void add(String name, Session session) {
    Instant now = clock.instant();
    boolean unused = sessions.values().removeIf(each -> !now.isBefore(each.until()));
    long same =
        sessions.values().stream()
            .filter(each -> each.credential().equals(session.credential()))
            .count();
    Iterator<Session> oldest = sessions.values().iterator();
    while (oldest.hasNext() && (same >= MOST_OF_ONE || sessions.size() >= MOST)) {
      boolean own = oldest.next().credential().equals(session.credential());
      if (own || sessions.size() >= MOST) {
        oldest.remove();
        same -= own ? 1 : 0;
      }
    }
    sessions.put(name, session);
  }

  /** Ends a session; the secret is worth nothing from now on. */
  public synchronized void end(String secret) {
    sessions.remove(SecretText.of(secret).name());
  }

  @Override
  public Optional<Principal> authenticate(Presented presented) throws Unauthenticated {
    return presented.session().isEmpty()
        ? Optional.empty()
        : Optional.of(principal(SecretText.of(presented.session().get())));
  }

  private Principal principal(SecretText secret) throws Unauthenticated {
    Optional<String> token = living(secret.name()).flatMap(each -> secret.open(each.sealed()));
    if (token.isEmpty()) {
      throw new Unauthenticated("the session has ended: sign in again");
    }
    try {
      return holder(token.get());
    } catch (Unauthenticated e) {
      end(secret.text());
      throw e;
    }
  }

  private synchronized Optional<Session> living(String name) {
    Optional<Session> found = Optional.ofNullable(sessions.get(name));
    if (found.filter(each -> !clock.instant().isBefore(each.until())).isPresent()) {
      sessions.remove(name);
      return Optional.empty();
    }
    return found;
  }

  private Principal holder(String token) throws Unauthenticated {
    Presented presented = new Presented(Optional.of(token), List.of());
    for (Authenticator authenticator : authenticators) {
      Optional<Principal> principal = authenticator.authenticate(presented);
      if (principal.isPresent()) {
        return principal.get();
      }
    }
    throw new Unauthenticated("the text is of no kind of token that this service knows");
  }

  /**
   * The token that every form on a page of this session carries. No page of another origin can read
   * it.
   *
   * @param secret the session's cookie; empty where nobody is signed in
   */
  public String formToken(Optional<String> secret) {
    return secret.map(SecretText::of).orElse(nobody).formToken();
  }

  /** Whether a form carries the token of the session that sends it. */
  public boolean isOwnForm(Optional<String> secret, String formToken) {
    return SecretText.equal(formToken(secret), formToken);
  }
}
