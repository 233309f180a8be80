/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.Unavailable;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Measures the age of the last read of all accounts. If it is too old, ranges cannot be checked
 * against the IDs of accounts: nothing is allocated, while look-ups, snapshots and all other
 * changes go on. Uses the monotonic clock. Thread-safe.
 */
public final class ReadAge {
  private static final Duration RETRY = Duration.ofSeconds(60);

  private final Duration maximum;
  private volatile Optional<Long> lastBegun = Optional.empty();
  private volatile Optional<String> failure = Optional.empty();

  /**
   * An age without a read yet.
   *
   * @param maximum the age above which nothing is allocated
   */
  public ReadAge(Duration maximum) {
    this.maximum = maximum;
  }

  /** Notes a successful read that began at this {@link System#nanoTime()}. */
  void succeeded(long begun) {
    failure = Optional.empty();
    lastBegun = Optional.of(begun);
  }

  /** Notes a failed read. */
  void failed(RuntimeException reason) {
    failure = Optional.of(String.valueOf(reason.getMessage()));
  }

  /** Whether the last successful read began after this time. */
  boolean isNewerThan(long begun) {
    return lastBegun.filter(last -> last - begun > 0).isPresent();
  }

  /** Returns why nothing is allocated; empty if the last read is young enough. */
  public Optional<String> obstacle() {
    Optional<Duration> age = lastBegun.map(begun -> Duration.ofNanos(System.nanoTime() - begun));
    String why = failure.map(f -> "; the last read failed: " + f).orElse("");
    if (age.isEmpty()) {
      return Optional.of("the directory's accounts have not been read since the start" + why);
    }
    return age.filter(a -> a.compareTo(maximum) > 0)
        .map(
            a ->
                "the directory's accounts were last read %d s ago, and identity.maximumAge is %d s%s"
                    .formatted(a.toSeconds(), maximum.toSeconds(), why));
  }

  /**
   * Returns if the last read is young enough to allocate by.
   *
   * @throws Unavailable if not
   */
  void check() {
    obstacle()
        .ifPresent(
            why -> {
              throw new Unavailable("nothing can be allocated now: " + why, RETRY);
            });
  }

  /** Returns a finding if the last read is too old. */
  public List<Finding> findings() {
    return obstacle()
        .map(
            why ->
                new Finding(
                    "accounts-not-read",
                    Severity.ERROR,
                    "the identity directory",
                    why + ": nothing is allocated, and no owner is withheld or followed",
                    "Look for what the directory refuses: a size or time limit for the service's DN, a password, an ACL. Allocating goes on after the next whole read."))
        .stream()
        .toList();
  }
}
