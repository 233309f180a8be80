/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.guard.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The line of /var/lib/cadastre/confirmed, and what is stale. */
final class ContactTest {
  private static final Instant THEN = Instant.ofEpochSecond(1_795_791_600);
  private static final Instant NOW = THEN.plus(Duration.ofHours(1));

  @Test
  void aConfirmedRunIsOneLine() {
    assertThat(Contact.confirmedAt(THEN).encode())
        .isEqualTo("confirmed 1795791600 answered 1795791600 refused none\n");
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aRefusalKeepsTheConfirmedTime(Rule rule) {
    Contact contact = Contact.confirmedAt(THEN).refusedAt(NOW, rule);
    assertThat(contact.encode())
        .isEqualTo("confirmed 1795791600 answered 1795795200 refused " + rule.word() + "\n");
    assertThat(Contact.decode(contact.encode(), NOW)).isEqualTo(contact);
  }

  @Test
  void anAnswerWithoutAConfirmedTimeIsReadBack() {
    Contact contact = Contact.UNKNOWN.refusedAt(NOW, Rule.EMPTY);
    assertThat(contact.encode()).isEqualTo("confirmed unknown answered 1795795200 refused empty\n");
    assertThat(Contact.decode(contact.encode(), NOW)).isEqualTo(contact);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "confirmed",
        "confirmed 1795791600 answered 1795791600 refused none",
        "confirmed 1795791600 answered 1795791600 refused none\nmore\n",
        "confirmed 1795791600 answered 1795791600 refused none \n",
        "confirmed  1795791600 answered 1795791600 refused none\n",
        "confirmed -1 answered 1795791600 refused none\n",
        "confirmed +1 answered 1795791600 refused none\n",
        "confirmed 1795791600.5 answered 1795791600 refused none\n",
        "confirmed 9999999999999999999 answered 1795791600 refused none\n",
        "confirmed \u0661 answered 1795791600 refused none\n",
        "confirmed 1795791600 answered 1795791600 refused\n",
        "confirmed 1795791600 answered 1795791600 refused of-a-later-version\n",
        "confirmed 1795791600 replied 1795791600 refused none\n",
        "\0\0\0\0\0\0\0\0"
      })
  void damagedTextReadsAsUnknown(String text) {
    assertThat(Contact.decode(text, NOW)).isEqualTo(Contact.UNKNOWN);
  }

  @Test
  void aTimeInTheFutureIsUnknown() {
    String line = Contact.confirmedAt(THEN).refusedAt(NOW, Rule.OLDER).encode();
    assertThat(Contact.decode(line, NOW.minusSeconds(1)))
        .isEqualTo(new Contact(Optional.of(THEN), Optional.empty(), Optional.of(Rule.OLDER)));
    Contact early = Contact.decode(line, THEN.minusSeconds(1));
    assertThat(early.confirmed()).isEmpty();
    assertThat(early.stale(Duration.ofDays(9999), THEN)).isPresent();
  }

  @Test
  void isStaleOnceItIsOlderThanTheLimit() {
    Contact contact = Contact.confirmedAt(THEN);
    assertThat(contact.stale(Duration.ofHours(1), NOW)).isEmpty();
    assertThat(contact.stale(Duration.ofHours(1), NOW.plusSeconds(1)))
        .contains(
            "the last contact with the service was more than 60 min ago, the limit is 60 min");
    assertThat(contact.stale(Duration.ofDays(1), NOW.plus(Duration.ofDays(20))))
        .contains("the last contact with the service was 20 d ago, the limit is 24 h");
  }

  @Test
  void aStaleContactNamesTheLastRefusal() {
    Contact contact = Contact.confirmedAt(THEN).refusedAt(NOW, Rule.SHRUNK);
    assertThat(contact.stale(Duration.ofMinutes(30), NOW.plusSeconds(600)).orElseThrow())
        .isEqualTo(
            "the last contact with the service was 70 min ago, the limit is 30 min;"
                + " its last answer, 10 min ago, was refused (shrunk)");
    assertThat(contact.nextStep()).contains("prints what it refuses");
    assertThat(Contact.confirmedAt(THEN).nextStep()).contains("why no service answers");
  }
}
