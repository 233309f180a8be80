/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.Entry;
import io.cadastre.service.config.AliasDereferencing;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.config.SearchBase;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bases, aliases, real IDs and counts of a real slapd's accounts. */
@Tag("slow")
class SlapdBasesTest {
  private static final String GUESTS = "ou=guests," + Slapd.SUFFIX;
  private static final String ROBOTS = "ou=robots," + Slapd.SUFFIX;
  private static final String ALIASES = "ou=aliases," + Slapd.SUFFIX;
  private static final String EMPTY = "ou=empty," + Slapd.SUFFIX;
  private static final int ALIASED = 1100;

  private static Optional<Slapd> running = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    running = Optional.of(Slapd.start());
    StringBuilder ldif = new StringBuilder();
    for (String base : List.of(GUESTS, ROBOTS, ALIASES, EMPTY)) {
      ldif.append(TestTree.unit(base).toLDIFString()).append('\n');
    }
    for (int i = 0; i < ALIASED; i++) {
      ldif.append(account("guest" + i, 10_000 + i, GUESTS).toLDIFString()).append('\n');
      ldif.append(
          """
          dn: uid=guest%1$d,%2$s
          objectClass: alias
          objectClass: extensibleObject
          uid: guest%1$d
          aliasedObjectName: uid=guest%1$d,%3$s

          """
              .formatted(i, ALIASES, GUESTS));
    }
    ldif.append(account("zoe", 5000, Slapd.PEOPLE).toLDIFString()).append('\n');
    Entry left = account("left", 1_001_127_999L, Slapd.PEOPLE);
    left.addAttribute("description", "disabled");
    ldif.append(left.toLDIFString()).append('\n');
    ldif.append(account("robot", 1_001_193_535L, ROBOTS).toLDIFString()).append('\n');
    slapd().load(ldif.toString());
  }

  @AfterAll
  static void stop() {
    running.ifPresent(Slapd::close);
  }

  private static Slapd slapd() {
    return running.orElseThrow();
  }

  private static Entry account(String name, long uid, String base) {
    Entry entry = TestTree.account(name, uid, uid);
    entry.setDN("uid=%s,%s".formatted(name, base));
    return entry;
  }

  /** The settings of a test; those left out have their defaults. */
  private record Settings(
      List<SearchBase> bases,
      List<SearchBase> realIdBases,
      String accountFilter,
      String stableIdAttribute,
      Optional<String> entitlementFilter,
      long minimumUid) {
    static Settings of(String... bases) {
      return new Settings(
          List.of(bases).stream().map(SearchBase::of).toList(),
          List.of(),
          "(objectClass=posixAccount)",
          "entryUUID",
          Optional.empty(),
          0);
    }

    Settings accountFilter(String filter) {
      return new Settings(
          bases, realIdBases, filter, stableIdAttribute, entitlementFilter, minimumUid);
    }

    Settings entitlement(String filter, long uid) {
      return new Settings(
          bases, realIdBases, accountFilter, stableIdAttribute, Optional.of(filter), uid);
    }

    Settings stableId(String attribute) {
      return new Settings(
          bases, realIdBases, accountFilter, attribute, entitlementFilter, minimumUid);
    }

    Settings realIds(String base) {
      return new Settings(
          bases,
          List.of(SearchBase.of(base)),
          accountFilter,
          stableIdAttribute,
          entitlementFilter,
          minimumUid);
    }

    Settings aliases(AliasDereferencing aliases) {
      return new Settings(
          bases.stream().map(b -> new SearchBase(b.dn(), Optional.of(aliases))).toList(),
          realIdBases,
          accountFilter,
          stableIdAttribute,
          entitlementFilter,
          minimumUid);
    }

    <T> T with(Function<IdentityDirectory, T> work) {
      IdentityConfiguration configuration =
          new IdentityConfiguration(
              slapd().connection(),
              null,
              accountFilter,
              Optional.of(Slapd.GROUPS),
              null,
              null,
              stableIdAttribute,
              entitlementFilter,
              minimumUid,
              bases,
              null,
              realIdBases);
      try (IdentityDirectory directory = new IdentityDirectory(configuration, Clock.systemUTC())) {
        return work.apply(directory);
      }
    }

    AccountIndex read() {
      return with(IdentityDirectory::readAll);
    }
  }

  private static List<String> rules(AccountIndex read) {
    return read.census().findings().stream().map(Finding::rule).toList();
  }

  @Test
  void accountsBehindAliasesAreReadInPagesIfTheBaseSaysSo() {
    AccountIndex read = Settings.of(ALIASES).aliases(AliasDereferencing.ALWAYS).read();

    assertThat(read.owners()).hasSize(ALIASED);
    assertThat(read.byName(new OwnerName("guest7")).orElseThrow().dn())
        .contains("uid=guest7," + GUESTS);
    assertThat(
            Settings.of(ALIASES)
                .aliases(AliasDereferencing.ALWAYS)
                .<Boolean>with(d -> d.find(new OwnerName("guest7")).isPresent()))
        .isTrue();
    assertThat(rules(read)).isEmpty();
  }

  @Test
  void treeOfAliasesThatAreNotFollowedIsAnErrorThatSaysHow() {
    AccountIndex read = Settings.of(ALIASES).read();

    assertThat(read.owners()).isEmpty();
    assertThat(read.census().errors())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.message()).contains("0 entries below " + ALIASES, "aliases");
              assertThat(f.remedy()).contains("dereferenceAliases: always");
            });
  }

  @Test
  void accountsOfSeveralBasesAreReadAndThoseOfTwoBasesOnce() {
    AccountIndex apart = Settings.of(Slapd.PEOPLE, GUESTS).read();
    AccountIndex nested = Settings.of(Slapd.SUFFIX, GUESTS).read();
    AccountIndex aliased = Settings.of(GUESTS, ALIASES).aliases(AliasDereferencing.ALWAYS).read();

    assertThat(apart.owners()).hasSize(ALIASED + 2);
    assertThat(apart.census().summary())
        .contains("1102 accounts match", "2 below " + Slapd.PEOPLE, "1100 below " + GUESTS);
    assertThat(nested.owners()).hasSize(ALIASED + 3);
    assertThat(nested.findings()).isEmpty();
    assertThat(aliased.owners()).hasSize(ALIASED);
    assertThat(aliased.findings()).isEmpty();
    Map<OwnerName, LookupResult> ofBoth =
        Settings.of(Slapd.PEOPLE, GUESTS)
            .with(d -> d.findAll(List.of(new OwnerName("zoe"), new OwnerName("guest3"))));
    assertThat(ofBoth.values()).allMatch(LookupResult.Account.class::isInstance);
    Optional<LookupResult.Account> twice =
        Settings.of(GUESTS, ALIASES)
            .aliases(AliasDereferencing.ALWAYS)
            .with(d -> d.find(new OwnerName("guest3")));
    assertThat(twice.orElseThrow().ambiguous()).isFalse();
  }

  @Test
  void idsOfARobotOutsideTheBasesOfAccountsAreRealIds() {
    IdRange slot = new IdRange(1_001_127_936L + 65_536, 65_536);

    assertThat(Settings.of(Slapd.PEOPLE).read().touches(slot)).isFalse();
    AccountIndex read = Settings.of(Slapd.PEOPLE).realIds(ROBOTS).read();
    assertThat(read.touches(IdType.SUBUID, slot)).isTrue();
    assertThat(read.byName(new OwnerName("robot"))).isEmpty();
    assertThat(rules(read)).isEmpty();
    assertThat(rules(Settings.of(Slapd.PEOPLE).realIds(EMPTY).read()))
        .containsExactly("no-real-ids");
  }

  /** The last filter is undefined for all accounts, and so is its negation. */
  @ParameterizedTest
  @CsvSource({
    "(&(objectClass=posixAccount)(!(description=disabled)))",
    "(&(objectClass=posixAccount)(uid=zoe))",
    "(|(uid=zoe)(memberOff=x))",
  })
  void idsOfAccountsThatTheFilterLeavesOutAreRealIds(String filter) {
    AccountIndex read = Settings.of(Slapd.PEOPLE).accountFilter(filter).read();

    assertThat(read.owners()).extracting(o -> o.name().value()).containsExactly("zoe");
    assertThat(read.touches(IdType.SUBUID, new IdRange(1_001_127_936L, 65_536))).isTrue();
    assertThat(read.touches(IdType.SUBGID, new IdRange(1_001_127_936L, 65_536))).isTrue();
  }

  @Test
  void idsOfEntriesThatAreNoAccountsAreRealIds() {
    String dn = "cn=counter," + Slapd.PEOPLE;
    slapd()
        .add(
            """
            dn: %s
            objectClass: device
            objectClass: extensibleObject
            cn: counter
            uidNumber: 1001324544
            """
                .formatted(dn));

    assertThat(Settings.of(Slapd.PEOPLE).read().touches(new IdRange(1_001_324_544L, 1))).isTrue();
    slapd().deleteEntry(dn);
  }

  @Test
  void filterThatEntitlesNoneIsAnErrorWithCounts() {
    AccountIndex read =
        Settings.of(Slapd.PEOPLE).entitlement("(description=rootless)", 1000).read();

    assertThat(read.census().errors())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.message())
                  .contains("2 match accountFilter, 0 are entitled", "(description=rootless)");
            });
    assertThat(read.census().entitled().orElseThrow()).isEmpty();
    assertThat(Settings.of(Slapd.PEOPLE).entitlement("(uid=zoe)", 1000).read().census())
        .satisfies(census -> assertThat(census.entitled().orElseThrow()).hasSize(1))
        .satisfies(census -> assertThat(census.findings()).isEmpty());
  }

  /** slapd without the memberof overlay knows no memberOf. */
  @ParameterizedTest
  @CsvSource({
    "(memberOf=cn=containers), attribute memberOf",
    "(!(memberOff=x)), attribute memberOff",
    "(objectClass=posixAcount), object class posixAcount",
  })
  void nameThatTheSchemaLacksIsSaid(String filter, String name) {
    assertThat(Settings.of(Slapd.PEOPLE).entitlement(filter, 0).read().census().errors())
        .anySatisfy(
            f -> {
              assertThat(f.rule()).isEqualTo("attribute-unknown");
              assertThat(f.message()).contains("entitlementFilter names the " + name);
            });
    assertThatThrownBy(() -> Settings.of(Slapd.PEOPLE).with(d -> d.search(filter, found -> {})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no " + name);
  }

  @Test
  void forgottenStableIdAttributeIsAnErrorThatNamesIt() {
    AccountIndex read = Settings.of(Slapd.PEOPLE).stableId("objectGUID").read();

    assertThat(read.owners()).isEmpty();
    assertThat(read.census().errors())
        .extracting(Finding::message)
        .anyMatch(m -> m.contains("2 accounts match accountFilter, and 0 of them can own a range"))
        .anyMatch(m -> m.contains("none has a readable objectGUID"));
  }

  @Test
  void defaultFilterThatMatchesNoneIsAnErrorWithTheBase() {
    AccountIndex read = Settings.of(Slapd.PEOPLE).accountFilter("(objectClass=person)").read();

    assertThat(read.census().errors())
        .singleElement()
        .satisfies(
            f ->
                assertThat(f.message())
                    .contains(
                        "0 entries below " + Slapd.PEOPLE,
                        "(objectClass=person)",
                        "the service sees 3 entries there"));
    AccountIndex two = Settings.of(Slapd.PEOPLE, EMPTY).read();
    assertThat(two.census().errors()).isEmpty();
    assertThat(rules(two)).containsExactly("no-accounts");
  }

  @Test
  void filterRunCountsWhatMatchesButIsNotEntitled() {
    FilteredAccounts none =
        Settings.of(Slapd.PEOPLE)
            .entitlement("(uid=zoe)", 0)
            .with(d -> d.search("(uid=left)", found -> {}));
    FilteredAccounts all =
        Settings.of(Slapd.PEOPLE, GUESTS).with(d -> d.search("(uid=*)", found -> {}));

    assertThat(none.names()).isEmpty();
    assertThat(none.matched()).hasValue(1);
    assertThat(all.names()).hasSize(ALIASED + 2);
    assertThat(all.matched()).isEmpty();
  }
}
