/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.health;

import com.codahale.metrics.health.HealthCheck.Result;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.cadastre.service.directory.Directory;
import io.cadastre.service.directory.PublishDirectory;
import io.cadastre.service.event.LedgerHead;
import io.cadastre.service.failure.Unavailable;
import io.cadastre.service.ledger.Ledger;
import io.cadastre.service.ledger.OutboxAge;
import io.cadastre.service.periodic.PeriodicWork;
import io.cadastre.service.registry.AccountSynchronizer;
import io.cadastre.service.registry.Accounts;
import io.cadastre.service.registry.Audit;
import io.cadastre.service.registry.ChangeGate;
import io.cadastre.service.registry.ChangeGate.Part;
import io.cadastre.service.registry.NewlyEntitledAccounts;
import io.cadastre.service.registry.Publisher;
import io.cadastre.subid.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Checks the parts that the service depends on; each message has a remedy. */
public record HealthChecks(
    Ledger ledger,
    Optional<Directory> directory,
    Accounts accounts,
    Optional<NewlyEntitledAccounts> entitled,
    Publisher publisher,
    ChangeGate gate,
    AccountSynchronizer synchronizer,
    Audit audit,
    List<PeriodicWork> background) {
  private static final Duration OLD = Duration.ofMinutes(5);

  /** Registers a check for each part. */
  public void register(HealthCheckRegistry healthChecks) {
    TimedChecks checks = new TimedChecks(healthChecks);
    add(checks, "ledger", this::ledgerAnswers);
    add(checks, "ledger-verified", () -> holds(Part.LEDGER));
    directory.ifPresent(
        d -> {
          add(checks, "identity-directory", () -> answers(d.identity()::ping));
          add(checks, "publish-directory", () -> publishes(d.publish()));
          add(checks, "accounts-read", this::accountsRead);
          add(checks, "directory-compared", () -> holds(Part.DIRECTORY));
          add(checks, "accounts-followed", this::accountsFollowed);
          add(checks, "outbox-age", this::outboxIsYoung);
        });
    entitled.ifPresent(e -> add(checks, "entitled-accounts", () -> noneWaits(e)));
    add(checks, "background", this::backgroundWorks);
    add(checks, "audit", this::lastAudit);
  }

  private static void add(TimedChecks checks, String name, Supplier<Result> check) {
    checks.register(
        name,
        () -> {
          try {
            return check.get();
          } catch (Unavailable e) {
            return Result.unhealthy(e.getMessage());
          }
        });
  }

  private Result ledgerAnswers() {
    LedgerHead head = ledger.head();
    return Result.healthy("ledger %s, serial %d", head.uuid(), head.serial());
  }

  private static Result answers(Runnable ping) {
    ping.run();
    return Result.healthy();
  }

  /** A server that is slow for the lack of an index is healthy, with a word about it. */
  private static Result publishes(PublishDirectory directory) {
    directory.ping();
    return directory.findings().isEmpty()
        ? Result.healthy()
        : Result.healthy(sentences(directory.findings()));
  }

  private static String sentences(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.message() + " -> " + finding.remedy())
        .collect(Collectors.joining("; "));
  }

  private Result accountsRead() {
    String last =
        accounts
            .latest()
            .map(read -> read.census().summary() + ", read at " + read.time())
            .orElse("no read yet");
    if (accounts.obstacle().isPresent()) {
      return Result.unhealthy("nothing is allocated: " + accounts.obstacle().get() + "; " + last);
    }
    String errors = sentences(accounts.census().errors());
    return errors.isEmpty() ? Result.healthy(last) : Result.unhealthy(errors + "; " + last);
  }

  /** Shows the last audit. It is never unhealthy: findings do not keep the service from working. */
  private Result lastAudit() {
    return Result.healthy(
        audit
            .last()
            .map(report -> report.summary() + ", at " + report.at())
            .orElse("no audit has run since the start"));
  }

  /** Warns of what waits for an admin; it is no reason to take the service out of use. */
  private Result accountsFollowed() {
    return synchronizer
        .warning()
        .map(why -> Result.healthy("warning: %s", why))
        .orElseGet(Result::healthy);
  }

  /** Shows the periodic work. It is never unhealthy: the other checks are, when work is overdue. */
  private Result backgroundWorks() {
    return Result.healthy(
        background.stream().map(HealthChecks::state).collect(Collectors.joining("; ")));
  }

  private static String state(PeriodicWork work) {
    return "%s: last success %s%s"
        .formatted(
            work.name(),
            work.lastSuccess().map(Instant::toString).orElse("never"),
            work.failure().map(why -> ", now fails: " + why).orElse(""));
  }

  /** A warning: accounts that wait do not keep the service from its work. */
  private static Result noneWaits(NewlyEntitledAccounts entitled) {
    return entitled.findings().stream()
        .findFirst()
        .map(f -> Result.healthy("warning: %s. %s", f.message(), f.remedy()))
        .orElseGet(Result::healthy);
  }

  private Result holds(Part part) {
    return gate.obstacle(part).map(Result::unhealthy).orElseGet(Result::healthy);
  }

  private Result outboxIsYoung() {
    if (publisher.refusal().isPresent()) {
      return Result.unhealthy(
          "the publish directory refuses every change: %s".formatted(publisher.refusal().get()));
    }
    OutboxAge age = publisher.age();
    String state =
        "%d owners wait, the oldest for %d s".formatted(age.owners(), age.oldest().toSeconds());
    return age.oldest().compareTo(OLD) > 0
        ? Result.unhealthy(state + "; see the log for what the publish directory refuses")
        : Result.healthy(state);
  }
}
