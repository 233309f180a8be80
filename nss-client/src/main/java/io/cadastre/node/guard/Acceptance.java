/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import io.cadastre.node.guard.Rule.Scope;
import io.cadastre.subid.Finding;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An acceptance of an admin, which lets a breach of one rule pass: {@code RULE@REFERENCE}. Each
 * meaning has one spelling.
 *
 * @param rule the rule
 * @param about a serial in decimal digits, or the UUID of a ledger or of an allocation
 */
public record Acceptance(Rule rule, String about) implements Comparable<Acceptance> {
  private static final Pattern FORM = Pattern.compile("([a-z-]+)@([0-9A-Fa-f-]+)");
  private static final Pattern SERIAL = Pattern.compile("-?[0-9]+");
  private static final Pattern ID =
      Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String MALFORMED =
      "it is not of the form RULE@SERIAL, ledger@UUID or identity-changed@ALLOCATION";

  /**
   * Parses an acceptance.
   *
   * @throws IllegalArgumentException saying what is wrong without quoting the text: it may come
   *     from a file that was read by mistake
   */
  public static Acceptance of(String word) {
    Matcher form = FORM.matcher(word);
    if (!form.matches()) {
      throw new IllegalArgumentException(MALFORMED);
    }
    Rule rule =
        Rule.of(form.group(1))
            .orElseThrow(() -> new IllegalArgumentException("there is no rule of that name"));
    if (!rule.acceptable()) {
      throw new IllegalArgumentException("no acceptance passes the rule %s".formatted(rule.word()));
    }
    String about = form.group(2);
    if (SERIAL.matcher(about).matches()) {
      if (rule.scope() == Scope.ALLOCATION) {
        throw new IllegalArgumentException(
            "the rule %s is accepted for an allocation, not for a serial".formatted(rule.word()));
      }
      return new Acceptance(rule, serial(about));
    }
    if (!ID.matcher(about).matches()) {
      throw new IllegalArgumentException(MALFORMED);
    }
    if (rule.scope() == Scope.SERIAL) {
      throw new IllegalArgumentException(
          "the rule %s is accepted for a serial, not for a UUID".formatted(rule.word()));
    }
    return new Acceptance(rule, UUID.fromString(about).toString());
  }

  /** Parses any serial that a snapshot may have, also that of a forged one. */
  private static String serial(String digits) {
    try {
      return Long.toString(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a serial is at most " + Long.MAX_VALUE, e);
    }
  }

  /**
   * The acceptance that lets a finding about the snapshot of this serial pass. The rule is
   * acceptable.
   */
  static Acceptance of(Rule rule, Finding finding, long serial) {
    return rule.scope() == Scope.ALLOCATION
        ? new Acceptance(rule, allocation(finding))
        : new Acceptance(rule, Long.toString(serial));
  }

  /** The allocation that a finding of {@link Rule#IDENTITY_CHANGED} is about. */
  private static String allocation(Finding finding) {
    return finding.subject().substring(SuccessionGuard.ALLOCATION.length());
  }

  /** Whether it refers to a serial, and not to a ledger or an allocation. */
  public boolean isForOneSerial() {
    return serial().isPresent();
  }

  /** The serial; empty if it refers to a UUID. */
  Optional<Long> serial() {
    return SERIAL.matcher(about).matches() ? Optional.of(Long.parseLong(about)) : Optional.empty();
  }

  /** The order of the spellings, which is that of the state file. */
  @Override
  public int compareTo(Acceptance other) {
    return toString().compareTo(other.toString());
  }

  /** The spelling. */
  @Override
  public String toString() {
    return rule.word() + "@" + about;
  }
}
