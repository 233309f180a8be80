/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.owner;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.cadastre.schema.Profile;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An entry on a real slapd has the attributes that stock SSSD asks for, a search of SSSD finds it,
 * and its other attributes are of our own class. The names are from sssd-ldap-attributes(5) and the
 * map of the IPA provider, not from this code.
 */
@Tag("slow")
class EntryAttributesTest {
  private static final List<String> OURS =
      List.of(
          "cadastreAllocationId",
          "cadastreStableId",
          "cadastreOwnerName",
          "cadastreOwnerUid",
          "cadastreOwnerGid",
          "cadastrePool",
          "cadastreState",
          "cadastreSerial");

  private static Optional<Slapd> running = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    running = Optional.of(Slapd.start());
  }

  @AfterAll
  static void stop() {
    running.ifPresent(Slapd::close);
  }

  private static Slapd slapd() {
    return running.orElseThrow();
  }

  @AfterEach
  void clear() {
    TestTree.as(
        slapd()::root,
        c -> {
          for (SearchResultEntry e :
              c.search(Slapd.SUBIDS, SearchScope.SUB, "(objectClass=cadastreAllocation)", "1.1")
                  .getSearchEntries()) {
            c.delete(e.getDN());
          }
          return true;
        });
  }

  /**
   * Searches as an ordinary account, with the filter of SSSD; new SSSD uses the DN of the owner.
   */
  private static SearchResultEntry seenBySssd(Profile profile, String objectClass, String owner) {
    try (PublishDirectory publish =
        new PublishDirectory(slapd().configuration().publish(), profile)) {
      assertThat(publish.publish(List.of(state(active(1)), state(active(2))))).isEmpty();
    }
    String filter =
        "(&(objectClass=%s)(%s=%s))".formatted(objectClass, owner, owner(1).dn().orElseThrow());
    return TestTree.as(
        () -> new LDAPConnection("127.0.0.1", slapd().port(), Slapd.ORDINARY_DN, Slapd.PASSWORD),
        c -> {
          List<SearchResultEntry> found =
              c.search(Slapd.SUBIDS, SearchScope.SUB, filter).getSearchEntries();
          assertThat(found).hasSize(1);
          return found.get(0);
        });
  }

  private static void assertAttributes(SearchResultEntry entry, List<String> sssd) {
    TreeSet<String> expected = new TreeSet<>(OURS);
    expected.add("objectClass");
    expected.addAll(sssd);
    assertThat(entry.getAttributes())
        .extracting(Attribute::getName)
        .containsExactlyInAnyOrderElementsOf(expected);
    for (String name : sssd) {
      assertThat(entry.getAttribute(name).size()).as(name).isEqualTo(1);
    }
  }

  private static void assertRange(SearchResultEntry entry, String prefix) {
    String start = Long.toString(active(1).uidRange().start());
    assertThat(entry.getAttributeValue(prefix + "UidNumber")).isEqualTo(start);
    assertThat(entry.getAttributeValue(prefix + "UidCount")).isEqualTo("16384");
    assertThat(entry.getAttributeValue(prefix + "GidNumber")).isEqualTo(start);
    assertThat(entry.getAttributeValue(prefix + "GidCount")).isEqualTo("16384");
  }

  @Test
  void genericEntryHasTheDefaultAttributesOfTheLdapProvider() {
    SearchResultEntry entry = seenBySssd(Profile.GENERIC, "subordinateIdEntry", "subidRangeOwner");
    assertAttributes(
        entry,
        List.of("subUidNumber", "subUidCount", "subGidNumber", "subGidCount", "subidRangeOwner"));
    assertRange(entry, "sub");
    assertThat(entry.getObjectClassValues())
        .containsExactlyInAnyOrder("top", "subordinateIdEntry", "cadastreAllocation");
  }

  @Test
  void ipaEntryHasTheAttributesOfTheIpaProvider() {
    SearchResultEntry entry = seenBySssd(Profile.IPA, "ipaSubordinateIdEntry", "ipaOwner");
    assertAttributes(
        entry,
        List.of(
            "ipaUniqueID",
            "ipaSubUidNumber",
            "ipaSubUidCount",
            "ipaSubGidNumber",
            "ipaSubGidCount",
            "ipaOwner"));
    assertRange(entry, "ipaSub");
    assertThat(entry.getObjectClassValues())
        .containsExactlyInAnyOrder(
            "top",
            "ipaSubordinateIdEntry",
            "ipaSubordinateId",
            "ipaSubordinateUid",
            "ipaSubordinateGid",
            "cadastreAllocation");
  }

  @Test
  void ipaEntryIsFoundByTheObjectClassOfOldSssd() {
    assertRange(seenBySssd(Profile.IPA, "ipasubordinateid", "ipaOwner"), "ipaSub");
  }
}
