/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.directory.Slapd;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AccountSynchronizer.Followed;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners with accounts that the ledger cannot record or that no node would serve. */
@Tag("slow")
class OddAccountLifeTest {
  private final TestLedger database = TestLedger.inMemory();
  private Slapd slapd;
  private Site site;
  private Allocation zoe;

  @BeforeEach
  void start() {
    slapd = Slapd.start();
    slapd.load(account(Slapd.PEOPLE));
    slapd.addAccount("yan", 5002, 5002);
    site = Site.ready(database.ledger(), slapd.configuration());
    zoe = site.allocate("zoe").allocation();
    site.allocate("yan");
    site.drain();
  }

  @AfterEach
  void stop() {
    site.close();
    slapd.close();
    database.close();
  }

  private static String account(String base) {
    return """
    dn: uid=zoe,%s
    objectClass: account
    objectClass: posixAccount
    uid: zoe
    cn: zoe
    uidNumber: 5001
    gidNumber: 5001
    homeDirectory: /home/zoe
    entryUUID: 5a3d1c52-6f0e-4c55-9c6f-1f6a0f7f3b01

    """
        .formatted(base);
  }

  @Test
  void ownerMovedToADnThatIsTooLongKeepsTheRecordedState() {
    StringBuilder units = new StringBuilder();
    String base = Slapd.PEOPLE;
    for (int i = 0; i < 17; i++) {
      String name = i + "x".repeat(240);
      base = "ou=" + name + "," + base;
      units.append("dn: %s\nobjectClass: organizationalUnit\nou: %s\n\n".formatted(base, name));
    }
    slapd.delete("zoe");
    slapd.load(units + account(base));
    slapd.rename("yan", "yan2");

    Followed followed = site.follow();
    assertThat(followed.followed()).isEqualTo(1);
    assertThat(followed.withheld()).isZero();
    assertThat(site.present("zoe")).isEqualTo(zoe);
    assertThat(site.present("yan2")).isNotNull();
    assertThatThrownBy(() -> site.allocate("zoe"))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.INVALID_IDENTITY));
    assertThat(site.accounts.latest().orElseThrow().findings())
        .extracting(Finding::rule)
        .containsExactly("account-refused");
  }

  @Test
  void reservedNameIsAWarningForAnEntitledAccountElseAnInfo() {
    DirectoryConfiguration all = slapd.configuration();
    IdentityConfiguration here = all.identity();
    IdentityConfiguration from5000 =
        new IdentityConfiguration(
            here.connection(),
            here.base(),
            here.accountFilter(),
            here.groupBase(),
            here.groupFilter(),
            here.nameAttribute(),
            here.stableIdAttribute(),
            here.entitlementFilter(),
            5000,
            List.of(),
            null,
            List.of());
    slapd.addAccount("root", 4000, 4000);
    slapd.addAccount("ftp", 6000, 6000);
    DirectoryConfiguration bounded =
        new DirectoryConfiguration(
            all.mode(), all.profile(), from5000, all.publish(), all.embedded());
    try (Site other = new Site(database.ledger(), bounded)) {
      ReservedAccounts reserved =
          new ReservedAccounts(other.ledger, other.accounts, other.rules.reservedNames());

      assertThat(reserved.findings())
          .extracting(f -> f.subject() + " " + f.severity())
          .containsExactlyInAnyOrder("root INFO", "ftp WARNING");
    }
  }

  @Test
  void ownerIsNotFollowedToAReservedName() {
    slapd.rename("zoe", "daemon");

    assertThat(site.follow()).isEqualTo(new Followed(0, 0, 0, 0, Renames.NONE));
    assertThat(site.present("zoe")).isEqualTo(zoe);
    ReservedAccounts reserved =
        new ReservedAccounts(site.ledger, site.accounts, site.rules.reservedNames());
    assertThat(reserved.findings())
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("keeps the range"));

    slapd.addAccount("zoe", 5003, 5003);
    assertThat(site.follow().withheld()).isEqualTo(1);
  }
}
