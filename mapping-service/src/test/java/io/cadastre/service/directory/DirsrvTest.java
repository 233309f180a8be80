/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.in;
import static io.cadastre.service.directory.TestAllocations.owner;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import io.cadastre.schema.Profile;
import io.cadastre.subid.AllocationState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the pages for directory servers say about 389-DS, on a real one. */
@Tag("slow")
class DirsrvTest {
  private static final String DATABASES = "cn=ldbm database,cn=plugins,cn=config";
  private static final String REFERINT =
      "cn=referential integrity postoperation,cn=plugins,cn=config";
  private static Optional<TestServer> shared = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(
        Dirsrv.isInstalled(), "SKIPPED: 389-DS is not installed (Debian package 389-ds-base)");
    shared = Optional.of(TestServer.dirsrv());
    server().clear();
  }

  @AfterAll
  static void stop() {
    shared.ifPresent(TestServer::close);
  }

  private static TestServer server() {
    return shared.orElseThrow();
  }

  private static void set(String dn, String attribute, String... values) {
    TestTree.as(
        server().root(),
        c -> c.modify(dn, new Modification(ModificationType.REPLACE, attribute, values)));
  }

  @Test
  void serviceReadsMoreAccountsThanTheServersLimits() throws Exception {
    for (int i = 0; i < 30; i++) {
      server().addAccount("user" + i, 10_000 + i, 10_000 + i);
    }
    set("cn=config", "nsslapd-sizelimit", "10");
    set("cn=config," + DATABASES, "nsslapd-lookthroughlimit", "20");
    try (IdentityDirectory identity = server().identity();
        LDAPConnection other = server().connect(Slapd.READER_DN, Slapd.PASSWORD)) {
      assertThat(identity.readAll().owners()).hasSize(30);
      assertThatThrownBy(
              () -> other.search(Slapd.PEOPLE, SearchScope.SUB, "(objectClass=posixAccount)"))
          .isInstanceOfSatisfying(
              LDAPSearchException.class,
              e ->
                  assertThat(e.getResultCode())
                      .isIn(ResultCode.SIZE_LIMIT_EXCEEDED, ResultCode.ADMIN_LIMIT_EXCEEDED));
    } finally {
      set("cn=config", "nsslapd-sizelimit", "2000");
      set("cn=config," + DATABASES, "nsslapd-lookthroughlimit", "5000");
      server().clear();
    }
  }

  @Test
  void bindOfTheSampleSssdConfReadsTheAccountAndTheEntry() throws Exception {
    server().addAccount("user1", 100_001, 100_001);
    try (PublishDirectory publish = server().publish(Profile.GENERIC)) {
      assertThat(publish.publish(List.of(state(active(1))))).isEmpty();
    }
    assertThat(SssdSample.read(Dirsrv.shared().share()).rows(Dirsrv.shared().port(), "user1"))
        .containsExactly("100001 %d 16384".formatted(active(1).uidRange().start()));
    server().clear();
  }

  /** FreeIPA lists ipaOwner, which is a MUST. */
  @Test
  void accountOfAnIpaEntryIsDeletableUnderReferentialIntegrityOnceRetired() {
    set("cn=config", "nsslapd-dynamic-plugins", "on");
    set(REFERINT, "referint-membership-attr", "ipaOwner");
    set(REFERINT, "nsslapd-pluginEnabled", "on");
    try (PublishDirectory publish = server().publish(Profile.IPA)) {
      server().addAccount("user1", 100_001, 100_001);
      assertThat(publish.publish(List.of(state(active(1))))).isEmpty();

      assertThat(deleted("user1")).isEqualTo(ResultCode.OBJECT_CLASS_VIOLATION);
      TestTree.rename(server().root(), "user1", "zara");
      assertThat(publish.entries())
          .extracting(e -> ((PublishedEntry.Ours) e).allocation().owner().dn().orElseThrow())
          .containsExactly("uid=zara," + Slapd.PEOPLE);

      assertThat(publish.publish(List.of(state(in(AllocationState.RETIRED, active(1)))))).isEmpty();
      assertThat(deleted("zara")).isEqualTo(ResultCode.SUCCESS);
      assertThat(publish.entries())
          .extracting(e -> ((PublishedEntry.Ours) e).allocation().owner().stableId())
          .containsExactly(owner(1).stableId());
    } finally {
      set(REFERINT, "nsslapd-pluginEnabled", "off");
      set("cn=config", "nsslapd-dynamic-plugins", "off");
      server().clear();
    }
  }

  private static ResultCode deleted(String name) {
    return TestTree.as(
        server().root(),
        c -> {
          try {
            return c.delete(TestTree.dn(name)).getResultCode();
          } catch (LDAPException e) {
            return e.getResultCode();
          }
        });
  }
}
