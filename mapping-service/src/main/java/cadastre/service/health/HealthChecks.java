/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.health;

import cadastre.service.directory.Directory;
import cadastre.service.directory.DirectoryUnavailable;
import cadastre.service.failure.Unavailable;
import cadastre.service.ledger.Head;
import cadastre.service.ledger.Ledger;
import cadastre.service.ledger.OutboxAge;
import cadastre.service.registry.Accounts;
import cadastre.service.registry.DirectoryGuard;
import cadastre.service.registry.DirectoryGuard.Part;
import cadastre.service.registry.Publisher;
import com.codahale.metrics.health.HealthCheck.Result;
import com.codahale.metrics.health.HealthCheckRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the parts that the service stands on do their work, each with what to do if not. */
public record HealthChecks(
    Ledger ledger,
    Optional<Directory> directory,
    Accounts accounts,
    Publisher publisher,
    DirectoryGuard guard) {
  private static final Duration OLD = Duration.ofMinutes(5);

  /** Registers a check for each part. */
  public void register(HealthCheckRegistry healthChecks) {
    TimedChecks registry = new TimedChecks(healthChecks);
    add(registry, "ledger", this::ledgerAnswers);
    add(registry, "ledger-verified", () -> holds(Part.LEDGER));
    directory.ifPresent(
        d -> {
          add(registry, "identity-directory", () -> answers(d.identity()::ping));
          add(registry, "publish-directory", () -> answers(d.publish()::ping));
          add(registry, "accounts-read", this::accountsRead);
          add(registry, "directory-compared", () -> holds(Part.DIRECTORY));
          add(registry, "outbox-age", this::outboxIsYoung);
        });
  }

  private static void add(TimedChecks registry, String name, Supplier<Result> check) {
    registry.register(
        name,
        () -> {
          try {
            return check.get();
          } catch (Unavailable | DirectoryUnavailable e) {
            return Result.unhealthy(e.getMessage());
          }
        });
  }

  private Result ledgerAnswers() {
    Head head = ledger.head();
    return Result.healthy("ledger %s, serial %d", head.uuid(), head.serial());
  }

  private static Result answers(Runnable ping) {
    ping.run();
    return Result.healthy();
  }

  private Result accountsRead() {
    return accounts
        .latest()
        .map(read -> Result.healthy("%d accounts at %s", read.owners().size(), read.time()))
        .orElseGet(() -> Result.unhealthy("the accounts have not been read since the start"));
  }

  private Result holds(Part part) {
    return guard.obstacle(part).map(Result::unhealthy).orElseGet(Result::healthy);
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
