/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.directory.Slapd;
import io.cadastre.service.directory.UglyDirectory;
import io.cadastre.service.directory.UglyDirectory.Case;
import io.cadastre.service.directory.UglyDirectory.Outcome;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Asks for a range for each account of the ugly directory, in a real slapd. */
@Tag("slow")
class UglyAccountsTest {
  private static final Set<RefusalCode> REFUSED =
      Set.of(RefusalCode.INVALID_IDENTITY, RefusalCode.AMBIGUOUS_ACCOUNT, RefusalCode.INVALID_NAME);

  private static final TestLedger DATABASE = TestLedger.inMemory();
  private static Slapd slapd;
  private static Site site;
  private static List<String> notStored;

  @BeforeAll
  static void start() {
    slapd = Slapd.start();
    notStored = UglyDirectory.load(slapd);
    site = Site.ready(DATABASE.ledger(), slapd.configuration());
  }

  @AfterAll
  static void stop() {
    site.close();
    slapd.close();
    DATABASE.close();
  }

  private static Stream<Case> stored(Outcome outcome) {
    return UglyDirectory.cases().stream()
        .filter(c -> c.outcome() == outcome && !notStored.contains(c.dn()));
  }

  /** The code of the refusal of a request. */
  private static RefusalCode refusal(String name) {
    try {
      throw new AssertionError(site.allocate(name));
    } catch (Refused e) {
      return e.code();
    } catch (NameRefused e) {
      return RefusalCode.INVALID_NAME;
    }
  }

  @Test
  void eachOwnerGetsARangeUnderItsLoginName() {
    assertThat(stored(Outcome.OWNER))
        .isNotEmpty()
        .allSatisfy(
            c ->
                assertThat(site.allocate(c.login()).allocation().owner().name())
                    .isEqualTo(new OwnerName(c.login())));
  }

  @Test
  void eachRefusedAccountIsRefusedForWhatItIsNeverAsUnknown() {
    assertThat(stored(Outcome.REFUSED).flatMap(c -> c.names().stream()))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(REFUSED).contains(refusal(name)));
  }

  @Test
  void whatIsNoAccountIsUnknown() {
    assertThat(refusal("robot")).isEqualTo(RefusalCode.UNKNOWN_ACCOUNT);
    assertThat(refusal("elsewhere")).isEqualTo(RefusalCode.UNKNOWN_ACCOUNT);
  }

  @Test
  void otherFormsOfANameAreToldApart() {
    assertThat(refusal("joe.fisher")).isEqualTo(RefusalCode.INVALID_IDENTITY);
    assertThat(refusal("carl")).isEqualTo(RefusalCode.INVALID_IDENTITY);
    assertThat(refusal("asmith")).isEqualTo(RefusalCode.UNKNOWN_ACCOUNT);
    assertThat(refusal("ren\u00e9")).isEqualTo(RefusalCode.UNKNOWN_ACCOUNT);
  }
}
