/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui;

import io.cadastre.service.registry.AuditReport;
import io.cadastre.service.registry.StateQueries.ServiceState;
import io.cadastre.service.ui.page.Moment;
import io.cadastre.service.ui.page.OverviewPage.Fact;
import io.cadastre.subid.Printable;
import io.cadastre.subid.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says in words how the service is. */
final class OverviewFacts {
  private static final Duration OLD = Duration.ofMinutes(5);
  private static final String GOOD = "info";
  private static final String WARNING = "warning";
  private static final String ERROR = "error";

  private OverviewFacts() {}

  static List<Fact> of(ServiceState state, Optional<AuditReport> audit, Instant now) {
    return List.of(
        changes(state), accounts(state, now), outbox(state), findings(audit, now), head(state));
  }

  private static Fact changes(ServiceState state) {
    return fact(
        "Changes",
        state.changeObstacle().isPresent() ? ERROR : GOOD,
        state.changeObstacle().isPresent() ? "held back" : "possible",
        state.changeObstacle().orElse("The ledger is verified, and compared with the directory."),
        "");
  }

  private static Fact accounts(ServiceState state, Instant now) {
    String title = "Read of the accounts";
    if (!state.published()) {
      return fact(title, GOOD, "none", "No directory is configured.", "");
    }
    String age =
        state
            .accountsRead()
            .map(at -> age(at, now) + " ago, at " + Moment.of(at))
            .orElse("not yet");
    return state
        .accountsObstacle()
        .map(why -> fact(title, ERROR, "too old", why, ""))
        .orElseGet(() -> fact(title, GOOD, "fresh", age, ""));
  }

  private static Fact outbox(ServiceState state) {
    String title = "Outbox";
    if (!state.published()) {
      return fact(title, GOOD, "none", "No directory is configured.", "");
    }
    if (state.publishRefusal().isPresent()) {
      return fact(title, ERROR, "refused", state.publishRefusal().get(), "");
    }
    long owners = state.outbox().owners();
    Duration oldest = state.outbox().oldest();
    return owners == 0
        ? fact(title, GOOD, "empty", "Every change is published.", "")
        : fact(
            title,
            oldest.compareTo(OLD) > 0 ? ERROR : GOOD,
            oldest.compareTo(OLD) > 0 ? "late" : "in work",
            "%s owners wait, the oldest for %s".formatted(number(owners), words(oldest)),
            "");
  }

  private static Fact findings(Optional<AuditReport> audit, Instant now) {
    String title = "Findings";
    if (audit.isEmpty()) {
      return fact(title, WARNING, "unknown", "No audit has run since the start.", "/audit");
    }
    long errors = count(audit.get(), Severity.ERROR);
    long warnings = count(audit.get(), Severity.WARNING);
    return fact(
        title,
        errors > 0 ? ERROR : warnings > 0 ? WARNING : GOOD,
        errors > 0 ? "errors" : warnings > 0 ? "warnings" : "none open",
        "%s errors, %s warnings, %s notes; %s acknowledged; %s ago"
            .formatted(
                number(errors),
                number(warnings),
                number(count(audit.get(), Severity.INFO)),
                number(audit.get().acknowledged().size()),
                age(audit.get().at(), now)),
        "/audit");
  }

  private static long count(AuditReport report, Severity severity) {
    return report.findings().stream().filter(each -> each.severity() == severity).count();
  }

  private static Fact head(ServiceState state) {
    return fact(
        "Ledger",
        GOOD,
        "serial " + state.head().serial(),
        "event %s of the ledger %s"
            .formatted(number(state.head().lastEvent()), state.head().uuid()),
        "/events");
  }

  private static Fact fact(String title, String tone, String word, String text, String link) {
    return new Fact(title, tone, word, Printable.of(text), link);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String age(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    return words(age.isNegative() ? Duration.ZERO : age);
  }

  private static String words(Duration age) {
    return age.compareTo(Duration.ofMinutes(2)) < 0
        ? age.toSeconds() + " s"
        : age.compareTo(Duration.ofHours(2)) < 0
            ? age.toMinutes() + " min"
            : age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " days";
  }
}
