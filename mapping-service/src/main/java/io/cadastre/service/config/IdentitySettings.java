/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.config;

import io.cadastre.service.idmap.SssdSlices;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The source of the accounts, and how current their reads must be.
 *
 * @param source {@code directory} (if left out) or {@code caller}
 * @param nameCase the case of login names; {@code preserve} if left out
 * @param readEvery the interval of reading all accounts of the directory; a minute if left out
 * @param maximumAge the age of the last read from which on nothing is allocated; 5 minutes if left
 *     out, and at least three times {@code readEvery}
 * @param realIdMemory the time for which the ID of a removed account or group keeps ranges away; 90
 *     days if left out
 * @param allocate {@code onRequest} (if left out) or {@code entitled}
 * @param acceptAbove the number of newly entitled accounts of a read above which none gets a range
 *     unasked; 200 if left out
 * @param sssdIdMapping the ID mapping of the nodes' SSSD; unknown if left out
 */
public record IdentitySettings(
    @Nullable IdentitySource source,
    @Nullable NameCase nameCase,
    @Nullable @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration readEvery,
    @Nullable @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration maximumAge,
    @Nullable @MinDuration(value = 1, unit = TimeUnit.SECONDS) Duration realIdMemory,
    @Nullable AllocationTrigger allocate,
    @Nullable @Min(1) Long acceptAbove,
    @Nullable SssdIdMapping sssdIdMapping) {
  private static final int FEWEST_INTERVALS = 3;
  private static final long ACCEPT_ABOVE = 200;

  public IdentitySource identitySource() {
    return source == null ? IdentitySource.DIRECTORY : source;
  }

  /** The case of login names. */
  public NameCase names() {
    return Objects.requireNonNullElse(nameCase, NameCase.PRESERVE);
  }

  /** Whether the owners are the directory's accounts: a caller's owners are not. */
  public boolean ownersAreAccounts() {
    return identitySource() == IdentitySource.DIRECTORY;
  }

  public Duration interval() {
    return Objects.requireNonNullElse(readEvery, Duration.minutes(1));
  }

  public java.time.Duration oldestRead() {
    return Objects.requireNonNullElse(maximumAge, Duration.minutes(5)).toJavaDuration();
  }

  public java.time.Duration memory() {
    return Objects.requireNonNullElse(realIdMemory, Duration.days(90)).toJavaDuration();
  }

  /**
   * The slices of the nodes' SSSD, none without ID mapping; empty if the configuration is silent.
   */
  public Optional<SssdSlices> idMapping() {
    return Optional.ofNullable(sssdIdMapping).map(SssdIdMapping::slices);
  }

  /** Whether accounts get ranges as soon as they are entitled. */
  public boolean allocatesUnasked() {
    return allocate == AllocationTrigger.ENTITLED;
  }

  /** How many newly entitled accounts of a read get ranges unasked, at most. */
  public long mostUnasked() {
    return Objects.requireNonNullElse(acceptAbove, ACCEPT_ABOVE);
  }

  /** The mistake of asking the directory for owners that are not its accounts. */
  List<String> mistakesOfTrigger() {
    return allocatesUnasked() && !ownersAreAccounts()
        ? List.of(
            "identity.allocate: entitled needs the accounts of the directory, but identity.source is caller; set identity.source: directory, or identity.allocate: onRequest")
        : List.of();
  }

  /** The mistakes of the settings together: one late or failed read must not end allocating. */
  List<String> mistakes() {
    long fewest = FEWEST_INTERVALS * interval().toSeconds();
    return oldestRead().toSeconds() >= fewest
        ? List.of()
        : List.of(
            "identity.maximumAge: %d s is less than %d intervals of identity.readEvery, which is %d s; set maximumAge: %ds, or readEvery: %ds"
                .formatted(
                    oldestRead().toSeconds(),
                    FEWEST_INTERVALS,
                    interval().toSeconds(),
                    fewest,
                    oldestRead().toSeconds() / FEWEST_INTERVALS));
  }
}
