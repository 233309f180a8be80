/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.subid.Finding;
import io.cadastre.subid.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The acceptances of {@code --accept} and accept.d. */
final class AcceptanceTest {
  private static final UUID ID = UUID.fromString("5b2a7f6e-0c1d-4e2f-8a3b-9c4d5e6f7081");
  private static final long[] SERIALS = {
    Long.MIN_VALUE,
    -5,
    -1,
    0,
    7,
    999_999_999_999_999_999L,
    1_000_000_000_000_000_000L,
    Long.MAX_VALUE
  };

  @ParameterizedTest
  @EnumSource
  void theAcceptanceInARefusalParsesAndPasses(Rule rule) {
    for (long serial : SERIALS) {
      Snapshot snapshot = Snapshot.of(ID, serial, "", List.of());
      Finding finding = rule.broken("allocation " + ID, "message", "remedy");
      String said = SyncRefused.of(snapshot, List.of(finding), Optional.empty()).getMessage();
      Matcher word = Pattern.compile("--accept (\\S+)").matcher(said);
      assertThat(word.find()).as(said).isEqualTo(rule.acceptable());
      if (rule.acceptable()) {
        Acceptances accepted = new Acceptances(Set.of(Acceptance.of(word.group(1))));
        assertThat(accepted.pass(finding, Optional.empty(), snapshot)).as(said).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "older@007, older@7",
    "older@-05, older@-5",
    "ledger@9223372036854775807, ledger@9223372036854775807",
    "ledger@5B2A7F6E-0C1D-4E2F-8A3B-9C4D5E6F7081, ledger@5b2a7f6e-0c1d-4e2f-8a3b-9c4d5e6f7081",
  })
  void oneMeaningHasOneSpelling(String word, String spelling) {
    assertThat(Acceptance.of(word)).isEqualTo(Acceptance.of(spelling)).hasToString(spelling);
  }

  @ParameterizedTest
  @CsvSource({
    "older@9223372036854775808, a serial is at most 9223372036854775807",
    "ledger@99999999999999999999, a serial is at most 9223372036854775807",
    "older@, not of the form RULE@SERIAL",
    "older, not of the form RULE@SERIAL",
    "older@1-2, not of the form RULE@SERIAL",
    "nothing@5, there is no rule of that name",
    "window@5, no acceptance passes the rule window",
    "older@5b2a7f6e-0c1d-4e2f-8a3b-9c4d5e6f7081, the rule older is accepted for a serial",
    "identity-changed@5, the rule identity-changed is accepted for an allocation",
  })
  void aMistakeIsNamedWithoutQuotingTheText(String word, String said) {
    assertThatThrownBy(() -> Acceptance.of(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .message()
        .doesNotContain(word);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 6, 1008, Long.MAX_VALUE, Long.MIN_VALUE})
  void aLossPassesForTheNextThousandSerialsOnly(long serial) {
    Snapshot last = Snapshot.of(ID, 1, "", List.of());
    Snapshot next = Snapshot.of(ID, serial, "", List.of());
    Acceptances accepted = new Acceptances(Set.of(Acceptance.of("shrunk@7")));
    Finding finding = Rule.SHRUNK.broken("the snapshot", "message", "remedy");
    assertThat(accepted.pass(finding, Optional.of(last), next)).isFalse();
  }

  @Test
  void aFarNegativeSerialPassesNothingByOverflow() {
    Snapshot last = Snapshot.of(ID, 1, "", List.of());
    Snapshot next = Snapshot.of(ID, Long.MAX_VALUE, "", List.of());
    Acceptances accepted = new Acceptances(Set.of(Acceptance.of("shrunk@" + Long.MIN_VALUE)));
    Finding finding = Rule.SHRUNK.broken("the snapshot", "message", "remedy");
    assertThat(accepted.pass(finding, Optional.of(last), next)).isFalse();
  }
}
