/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Entry;
import io.cadastre.service.config.NameCase;
import io.cadastre.subid.Finding;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one entry says of an account, without a server: some forms no server of ours stores. */
class AccountRowTest {
  private static AccountRow row(NameCase nameCase, String stableIdAttribute, Entry entry) {
    return new AccountReader(new LoginName("uid", nameCase), new StableId(stableIdAttribute))
        .row(entry);
  }

  private static Entry ugly(String dn) {
    Entry entry =
        UglyDirectory.cases().stream()
            .filter(c -> c.dn().equals(dn))
            .findFirst()
            .orElseThrow()
            .entry()
            .duplicate();
    entry.addAttribute("entryUUID", "5a3d1c52-6f0e-4c55-9c6f-1f6a0f7f3b01");
    return entry;
  }

  private static String refusal(Entry entry) {
    return row(NameCase.PRESERVE, "entryUUID", entry).refusal().map(Finding::message).orElseThrow();
  }

  @Test
  void severalNamesWithoutOneInTheRdnAreRefused() {
    Entry bach = ugly("cn=Johann Bach,ou=people,dc=example,dc=org");
    bach.setAttribute("gidNumber", "100000");
    assertThat(refusal(bach)).contains("3 values of uid, and its RDN names none of them");
  }

  @Test
  void accountWithoutGidNumberIsRefused() {
    assertThat(refusal(ugly("uid=nogid,ou=people,dc=example,dc=org"))).contains("gidNumber");
  }

  @Test
  void entryWithoutUidNumberIsNoAccount() {
    AccountRow row =
        row(NameCase.PRESERVE, "entryUUID", ugly("uid=nouid,ou=people,dc=example,dc=org"));
    assertThat(row.isAccount()).isFalse();
  }

  @Test
  void amongSeveralNamesTheOneOfTheRdnCountsAsTheAttributeSpellsIt() {
    Entry entry = TestTree.account("jdoe", 5000, 5000);
    entry.setDN("uid=JDoe,ou=people,dc=example,dc=org");
    entry.addAttribute("uid", "alias");
    entry.addAttribute("entryUUID", "5a3d1c52-6f0e-4c55-9c6f-1f6a0f7f3b01");
    assertThat(row(NameCase.PRESERVE, "entryUUID", entry).owner().orElseThrow().name().value())
        .isEqualTo("jdoe");
  }

  @ParameterizedTest
  @CsvSource({
    "ThePlague, theplague",
    "J\u00dcRGEN, j\u00fcrgen",
    "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c2"
  })
  void nameInLowerCaseIsThatOfSssd(String spelled, String lower) {
    Entry entry = TestTree.account(spelled, 5000, 5000);
    entry.addAttribute("entryUUID", "5a3d1c52-6f0e-4c55-9c6f-1f6a0f7f3b01");
    assertThat(row(NameCase.LOWER, "entryUUID", entry).owner().orElseThrow().name().value())
        .isEqualTo(lower);
  }

  private static Entry withGuid(byte... value) {
    Entry entry = TestTree.account("zoe", 5000, 5000);
    entry.addAttribute("guid", value);
    return entry;
  }

  private static AccountRow row(byte... guid) {
    return row(NameCase.PRESERVE, "GUID", withGuid(guid));
  }

  @ParameterizedTest
  @ValueSource(strings = {"808182838485868788898a8b8c8d8e8f", "909192939495969798999a9b9c9d9e9f"})
  void binaryStableIdIsWrittenInHexAndKnowsItsLossyForm(String hex) {
    AccountRow row = row(HexFormat.of().parseHex(hex));
    assertThat(row.stableId()).contains("guid:hex:" + hex);
    assertThat(row.formerStableId()).contains("guid:" + "\uFFFD".repeat(16));
  }

  @Test
  void printableStableIdIsWrittenAsItIs() {
    AccountRow row = row("4711-\u00e4".getBytes(StandardCharsets.UTF_8));
    assertThat(row.stableId()).contains("guid:4711-\u00e4");
    assertThat(row.formerStableId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hex:00", "a\u0000b", "a\nb", "\uFFFD", "a\u200Bb"})
  void textThatCouldBeTakenForAnotherIdIsWrittenInHex(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    assertThat(row(value).stableId()).contains("guid:hex:" + HexFormat.of().formatHex(value));
  }

  @Test
  void objectGuidKeepsItsKnownForm() {
    Entry entry = TestTree.account("zoe", 5000, 5000);
    entry.addAttribute("objectGUID", HexFormat.of().parseHex("33221100554477668899aabbccddeeff"));
    AccountRow row = row(NameCase.PRESERVE, "objectguid", entry);
    assertThat(row.stableId()).contains("objectGUID:00112233-4455-6677-8899-aabbccddeeff");
    assertThat(row.formerStableId()).isEmpty();
  }
}
