/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.cadastre.service.directory.LookupResult.Account;
import io.cadastre.service.directory.LookupResult.NoAccount;
import io.cadastre.service.directory.LookupResult.RefusedAccount;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of reading accounts, for every server. */
abstract class AccountsContract {
  private IdentityDirectory identity;

  abstract TestServer server();

  @BeforeEach
  void open() {
    server().clear();
    identity = server().identity();
  }

  @AfterEach
  void close() {
    identity.close();
  }

  private String add(String name, long uid) {
    return server().addAccount(name, uid, uid);
  }

  private void add(Entry entry) {
    TestTree.as(server().root(), c -> c.add(entry));
  }

  private Optional<Account> find(String name) {
    return identity.find(new OwnerName(name));
  }

  @Test
  void findsAnAccountWithItsIdentity() {
    String stableId = server().addAccount("zoe", 5000, 5001);
    Account zoe = find("zoe").orElseThrow();
    assertThat(zoe.owner().name().value()).isEqualTo("zoe");
    assertThat(zoe.owner().uidNumber()).isEqualTo(5000);
    assertThat(zoe.owner().gidNumber()).isEqualTo(5001);
    assertThat(zoe.owner().dn()).contains("uid=zoe," + Slapd.PEOPLE);
    assertThat(zoe.owner().stableId()).isEqualTo(stableId);
    assertThat(zoe.entitled()).isTrue();
    assertThat(zoe.ambiguous()).isFalse();
  }

  @Test
  void stableIdSurvivesARenameAndEndsWithTheAccount() {
    add("zoe", 5000);
    String before = find("zoe").orElseThrow().owner().stableId();
    TestTree.rename(server().root(), "zoe", "zara");
    assertThat(find("zoe")).isEmpty();
    assertThat(find("zara").orElseThrow().owner().stableId()).isEqualTo(before);
    TestTree.delete(server().root(), "zara");
    add("zara", 5000);
    assertThat(find("zara").orElseThrow().owner().stableId()).isNotEqualTo(before);
  }

  static List<String> hostileNames() {
    return List.of(
        "*",
        "z*",
        "zoe)(uid=*",
        "zoe)(|(uid=*))",
        "(objectClass=*)",
        "\\",
        "\\2a",
        "zoe\\",
        "zoe,ou=people",
        "uid=zoe",
        "zoe+cn=x",
        "\"zoe\"",
        "zoe;",
        "<zoe>",
        "zo\u00eb",
        "z".repeat(200), // slapd 2.5 takes RDNs up to some 240 bytes
        "nobody-of-that-name");
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileNamesAreUnknown(String name) {
    add("zoe", 5000);
    add("yan", 5001);
    assertThat(find(name)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileNamesOfAccountsAreFound(String name) {
    add("zoe", 5000);
    add(name, 5001);
    assertThat(find(name).orElseThrow().owner().uidNumber()).isEqualTo(5001);
    assertThat(identity.readAll().byName(new OwnerName(name))).isPresent();
  }

  @Test
  void longestNameIsUnknown() {
    assertThat(find("z".repeat(256))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:0:65536", "+zoe", "12345", "zoe yan", "zo\u200be"})
  void accountWithANameThatCouldForgeALineIsAFinding(String name) {
    add(name, 5000);
    AccountIndex read = identity.readAll();
    assertThat(read.owners()).isEmpty();
    assertThat(read.findings()).extracting(Finding::rule).containsOnly("account-refused");
    assertThat(read.touches(IdType.SUBUID, new IdRange(5000, 1))).isTrue();
  }

  @Test
  void nameIsComparedByteForByte() {
    add("Zoe", 5000);
    assertThat(find("zoe")).isEmpty();
    assertThat(find("Zoe")).isPresent();
  }

  @Test
  void nameIsTheValueInTheRdnIfTheAttributeHasMore() {
    Entry entry = TestTree.account("zoe", 5000, 5000);
    entry.addAttribute("uid", "alias");
    add(entry);
    assertThatThrownBy(() -> find("alias"))
        .isInstanceOf(AccountRefused.class)
        .hasMessageContaining("zoe");
    assertThat(find("zoe")).isPresent();
    assertThat(identity.readAll().owners()).extracting(o -> o.name().value()).containsOnly("zoe");
  }

  @Test
  void twoAccountsWithOneUidAreAmbiguous() {
    add("zoe", 5000);
    add("yan", 5000);
    add("xia", 5001);
    assertThat(find("zoe").orElseThrow().ambiguous()).isTrue();
    assertThat(find("yan").orElseThrow().ambiguous()).isTrue();
    assertThat(find("xia").orElseThrow().ambiguous()).isFalse();
    AccountIndex read = identity.readAll();
    assertThat(read.findings()).extracting(Finding::rule).containsOnly("account-uid-shared");
    assertThat(read.findings())
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("yan", "zoe");
    assertThat(read.byUid(5000)).isEmpty();
    assertThat(read.byName(new OwnerName("zoe"))).isEmpty();
    assertThat(read.owners()).hasSize(3);
    assertThat(read.holders().unfitNamed("zoe")).hasSize(1);
    assertThat(read.holders().unfitNumbered(5000)).hasSize(2);
    assertThat(read.holders().unfitNumbered(5001)).isEmpty();
  }

  @Test
  void twoAccountsWithOneNameAreAmbiguous() {
    add("zoe", 5000);
    Entry other = TestTree.account("zoe", 5001, 5001);
    TestTree.as(server().root(), c -> c.add(TestTree.unit("ou=guests," + Slapd.PEOPLE)));
    other.setDN("uid=zoe,ou=guests," + Slapd.PEOPLE);
    add(other);
    try {
      assertThat(find("zoe").orElseThrow().ambiguous()).isTrue();
      assertThat(identity.readAll().findings())
          .extracting(Finding::rule)
          .containsOnly("account-name-shared");
    } finally {
      server().clear();
      TestTree.as(server().root(), c -> c.delete("ou=guests," + Slapd.PEOPLE));
    }
  }

  /** Review R4 and R20: who has an ID, and who cannot own a range under a name or uid. */
  @Test
  void readTellsWhoHasAnIdAndWhoCannotOwnARange() {
    add("zoe", 5000);
    Entry digits = TestTree.account("80025037", 5001, 5007);
    add(digits);
    AccountHolders holders = identity.readAll().holders();

    assertThat(holders.in(new IdRange(5001, 1))).contains("uid 5001 of " + digits.getDN());
    assertThat(holders.in(IdType.SUBGID, new IdRange(5001, 10)))
        .contains("gid 5007 of " + digits.getDN());
    assertThat(holders.in(new IdRange(5002, 5))).isEmpty();
    assertThat(holders.unfitNamed("80025037"))
        .singleElement()
        .satisfies(account -> assertThat(account.reason()).contains("all digits"));
    assertThat(holders.unfitNumbered(5001)).hasSize(1);
    assertThat(holders.unfitNamed("zoe")).isEmpty();
  }

  @Test
  void minimumUidAndEntitlementFilterDecideTheEntitlement() {
    add("low", 999);
    add("zoe", 1000);
    add("yan", 1001);
    TestTree.as(
        server().root(),
        c ->
            c.modify(
                TestTree.dn("yan"),
                new Modification(ModificationType.ADD, "description", "rootless")));
    try (IdentityDirectory byUid = server().identity(Optional.empty(), 1000);
        IdentityDirectory byFilter =
            server().identity(Optional.of("(description=rootless)"), 1000)) {
      assertThat(byUid.find(new OwnerName("low")).orElseThrow().entitled()).isFalse();
      assertThat(byUid.find(new OwnerName("zoe")).orElseThrow().entitled()).isTrue();
      assertThat(byFilter.find(new OwnerName("zoe")).orElseThrow().entitled()).isFalse();
      assertThat(byFilter.find(new OwnerName("yan")).orElseThrow().entitled()).isTrue();
      assertThat(names(byFilter.search("(uid=*)", found -> {}))).containsExactly("yan");
    }
  }

  @Test
  void searchUsesTheFilterOfTheCaller() {
    add("zoe", 1000);
    add("yan", 1001);
    assertThat(names(identity.search("(uid=z*)", found -> {}))).containsExactly("zoe");
    assertThatThrownBy(() -> identity.search("(uid=z*", found -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"(uid=z*\" is no LDAP filter");
  }

  private static List<String> names(FilteredAccounts found) {
    return found.names().stream().map(OwnerName::value).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 65534, 0xFFFF_FFFFL})
  void accountThatCannotOwnARangeIsRefusedAndItsNumbersAreReal(long uid) {
    server().addAccount("zoe", uid, 5001);
    assertThatThrownBy(() -> find("zoe"))
        .isInstanceOf(AccountRefused.class)
        .hasMessageContaining("zoe");
    AccountIndex read = identity.readAll();
    assertThat(read.owners()).isEmpty();
    assertThat(read.findings()).extracting(Finding::rule).containsOnly("account-refused");
    assertThat(read.touches(IdType.SUBGID, new IdRange(5001, 1))).isTrue();
    assertThat(read.touches(IdType.SUBUID, new IdRange(5001, 1))).isFalse();
  }

  @Test
  void realIdsAreThoseOfAccountsAndGroups() {
    add("zoe", 200_000);
    Entry group = new Entry("cn=lab," + Slapd.GROUPS);
    group.addAttribute("objectClass", "posixGroup");
    group.addAttribute("cn", "lab");
    group.addAttribute("gidNumber", "300000");
    add(group);
    AccountIndex read = identity.readAll();
    assertThat(read.touches(new IdRange(199_999, 1))).isFalse();
    assertThat(read.touches(new IdRange(199_999, 2))).isTrue();
    assertThat(read.touches(new IdRange(200_001, 50_000))).isFalse();
    assertThat(read.touches(IdType.SUBGID, new IdRange(262_144, 65_536))).isTrue();
    assertThat(read.touches(IdType.SUBUID, new IdRange(262_144, 65_536))).isFalse();
  }

  @Test
  void readsMoreAccountsThanAPageHolds() {
    TestTree.as(
        server().root(),
        c -> {
          for (int i = 0; i < 1100; i++) {
            c.add(TestTree.account("user" + i, 10_000 + i, 10_000 + i));
          }
          return true;
        });
    assertThat(identity.readAll().owners())
        .extracting(Owner::uidNumber)
        .hasSize(1100)
        .doesNotHaveDuplicates();
  }

  @Test
  void entryOfAnotherKindIsNoAccount() {
    Entry entry = new Entry("uid=printer," + Slapd.PEOPLE);
    entry.addAttribute("objectClass", "account");
    entry.addAttribute("uid", "printer");
    add(entry);
    assertThat(find("printer")).isEmpty();
    assertThat(identity.readAll().owners()).isEmpty();
  }

  @Test
  void manyNamesAreFoundAtOnceAndNoneAffectsTheOthers() {
    add("low", 1);
    add("root", 0);
    add("twin", 6000);
    add("twin2", 6000);
    add("CASE", 6001);
    List<OwnerName> asked = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      add("user" + i, 10_000 + i);
      asked.add(new OwnerName("user" + i));
      asked.add(new OwnerName("nobody" + i));
    }
    for (String name : List.of("low", "root", "twin", "case", "user0", "*", "zoe)(uid=*")) {
      asked.add(new OwnerName(name));
    }
    try (IdentityDirectory chosen = server().identity(Optional.of("(!(uid=user7))"), 1000)) {
      Map<OwnerName, LookupResult> answers = chosen.findAll(asked);
      assertThat(answers.keySet()).containsExactlyElementsOf(new LinkedHashSet<>(asked));
      assertThat(answers)
          .allSatisfy((name, answer) -> assertThat(answer).isEqualTo(oneByOne(chosen, name)));
      assertThat(answers.values().stream().filter(Account.class::isInstance)).hasSize(252);
      assertThat(answers.get(new OwnerName("root"))).isInstanceOf(RefusedAccount.class);
      assertThat(answers.get(new OwnerName("case")))
          .isEqualTo(new NoAccount(Optional.of("there is CASE; names count byte for byte")));
      assertThat(found(answers, "twin").ambiguous()).isTrue();
      assertThat(found(answers, "user6").ambiguous()).isFalse();
      assertThat(found(answers, "low").entitled()).isFalse();
      assertThat(found(answers, "user7").entitled()).isFalse();
      assertThat(found(answers, "user6").entitled()).isTrue();
    }
  }

  private static Account found(Map<OwnerName, LookupResult> answers, String name) {
    return (Account) answers.get(new OwnerName(name));
  }

  private static LookupResult oneByOne(IdentityDirectory directory, OwnerName name) {
    return directory.findAll(List.of(name)).values().iterator().next();
  }

  @Test
  void noNamesNeedNoSearch() {
    assertThat(identity.findAll(List.of())).isEmpty();
  }
}
