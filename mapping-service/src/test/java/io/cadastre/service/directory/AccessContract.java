/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.allocation;
import static io.cadastre.service.directory.TestAllocations.in;
import static io.cadastre.service.directory.TestAllocations.owner;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import io.cadastre.schema.Profile;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of the shipped access rules, for every real server: write access to entries is
 * access to ranges, so it is refused to all but the service.
 */
abstract class AccessContract {
  private static final String ZOE = "uid=zoe," + Slapd.PEOPLE;

  abstract TestServer server();

  @BeforeEach
  void publishTwo() {
    server().clear();
    server().addAccount("zoe", 5000, 5000);
    try (PublishDirectory publish = server().publish(Profile.GENERIC)) {
      assertThat(
              publish.publish(
                  List.of(state(active(1)), state(in(AllocationState.RETIRED, active(2))))))
          .isEmpty();
    }
  }

  /** Users that are not the service. */
  enum User {
    ANONYMOUS("", ""),
    AN_ACCOUNT(ZOE, Slapd.PASSWORD),
    ANOTHER_SERVICE(Slapd.READER_DN, Slapd.PASSWORD);

    private final String dn;
    private final String password;

    User(String dn, String password) {
      this.dn = dn;
      this.password = password;
    }

    LDAPConnection connect(TestServer server) throws LDAPException {
      return server.connect(dn, password);
    }
  }

  private void refused(User user, TestTree.Work<?> work) throws LDAPException {
    try (LDAPConnection connection = user.connect(server())) {
      assertThatThrownBy(() -> work.on(connection))
          .isInstanceOfSatisfying(
              LDAPException.class,
              e ->
                  // NO_SUCH_OBJECT: without read access, an entry seems not to exist.
                  assertThat(e.getResultCode())
                      .isIn(
                          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
                          ResultCode.STRONG_AUTH_REQUIRED,
                          ResultCode.NO_SUCH_OBJECT));
    }
  }

  private static Entry forged() {
    return forged(Profile.GENERIC, active(7));
  }

  private static Entry forged(Profile profile, Allocation a) {
    return new EntryCodec(profile, Slapd.SUBIDS, Slapd.RETIRED).encode(a);
  }

  private static String dnOfActive() {
    return forged(Profile.GENERIC, active(1)).getDN();
  }

  private static String dnOfRetired() {
    return forged(Profile.GENERIC, in(AllocationState.RETIRED, active(2))).getDN();
  }

  @ParameterizedTest
  @EnumSource
  void noOtherUserAddsAnEntry(User user) throws Exception {
    refused(user, c -> c.add(forged()));
    refused(user, c -> c.add(forged(Profile.IPA, active(7))));
    refused(user, c -> c.add(forged(Profile.GENERIC, in(AllocationState.RETIRED, active(7)))));
  }

  @ParameterizedTest
  @EnumSource
  void noOtherUserChangesAnEntry(User user) throws Exception {
    for (String dn : List.of(dnOfActive(), dnOfRetired())) {
      for (String attribute : List.of("subidRangeOwner", "description", "cadastreOwnerName")) {
        refused(
            user, c -> c.modify(dn, new Modification(ModificationType.REPLACE, attribute, ZOE)));
      }
    }
    refused(
        user,
        c ->
            c.modify(
                Slapd.SUBIDS, new Modification(ModificationType.REPLACE, "description", "mine")));
  }

  @ParameterizedTest
  @EnumSource
  void noOtherUserRenamesOrMovesAnEntry(User user) throws Exception {
    refused(user, c -> c.modifyDN(dnOfActive(), "subUidNumber=5", true));
    refused(user, c -> c.modifyDN(dnOfActive(), "subUidNumber=5", true, Slapd.PEOPLE));
    refused(user, c -> c.modifyDN(dnOfRetired(), "subUidNumber=5", false, Slapd.SUBIDS));
    refused(user, c -> c.modifyDN(ZOE, "uid=zoe", false, Slapd.SUBIDS));
  }

  @ParameterizedTest
  @EnumSource
  void noOtherUserDeletesAnEntry(User user) throws Exception {
    refused(user, c -> c.delete(dnOfActive()));
    refused(user, c -> c.delete(dnOfRetired()));
    refused(user, c -> c.delete(Slapd.RETIRED));
  }

  @Test
  void boundUsersMayReadAndAnonymousUsersMayNot() throws Exception {
    String sssd = "(&(objectClass=subordinateIdEntry)(subidRangeOwner=%s))";
    String filter = sssd.formatted(owner(1).dn().orElseThrow());
    try (LDAPConnection bound = User.AN_ACCOUNT.connect(server());
        LDAPConnection anonymous = User.ANONYMOUS.connect(server())) {
      assertThat(bound.search(Slapd.SUBIDS, SearchScope.SUB, filter).getEntryCount()).isEqualTo(1);
      assertThat(seen(anonymous, filter)).isZero();
    }
  }

  /** slapd refuses such a search, 389-DS finds nothing. */
  private static int seen(LDAPConnection connection, String filter) {
    try {
      return connection.search(Slapd.SUBIDS, SearchScope.SUB, filter).getEntryCount();
    } catch (LDAPException e) {
      assertThat(e.getResultCode()).isEqualTo(ResultCode.NO_SUCH_OBJECT);
      return 0;
    }
  }

  @Test
  void serviceMayWriteNothingElse() throws Exception {
    try (LDAPConnection service = server().connect(Slapd.SERVICE_DN, Slapd.PASSWORD)) {
      assertThatThrownBy(() -> service.delete(ZOE))
          .isInstanceOfSatisfying(
              LDAPException.class,
              e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS));
      assertThatThrownBy(() -> service.add(TestTree.account("yan", 1, 1)))
          .isInstanceOfSatisfying(
              LDAPException.class,
              e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.INSUFFICIENT_ACCESS_RIGHTS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void directoryRefusesASecondEntryOfOneOwner(Profile profile) {
    Allocation first = allocation(20, owner(20), AllocationState.ACTIVE);
    Allocation second = allocation(21, owner(20), AllocationState.ACTIVE);
    refusedAsNotUnique(forged(profile, first), forged(profile, second));
  }

  @ParameterizedTest
  @EnumSource
  void directoryRefusesASecondEntryWithOneStart(Profile profile) {
    Allocation first = allocation(30, owner(30), AllocationState.ACTIVE);
    Allocation other = allocation(31, owner(31), AllocationState.ACTIVE);
    IdRange uids = new IdRange(other.uidRange().start(), 1);
    refusedAsNotUnique(
        forged(profile, first), forged(profile, with(other, uids, first.gidRange())));
    refusedAsNotUnique(
        forged(profile, first), forged(profile, with(other, first.uidRange(), uids)));
  }

  @Test
  void directoryRefusesASecondRetiredEntryWithOneStart() {
    Allocation first = allocation(40, owner(40), AllocationState.RETIRED);
    Allocation other = allocation(41, owner(41), AllocationState.RETIRED);
    refusedAsNotUnique(
        forged(Profile.GENERIC, first),
        forged(Profile.GENERIC, with(other, first.uidRange(), other.gidRange())));
  }

  private static Allocation with(Allocation a, IdRange uidRange, IdRange gidRange) {
    return new Allocation(
        UUID.randomUUID(), a.owner(), a.pool(), uidRange, gidRange, a.state(), a.serial());
  }

  /** Adds as the service, since uniqueness does not apply to the rootdn. */
  private void refusedAsNotUnique(Entry first, Entry second) {
    TestTree.Root service = () -> server().connect(Slapd.SERVICE_DN, Slapd.PASSWORD);
    TestTree.as(service, c -> c.add(first));
    try {
      TestTree.as(
          service,
          c -> {
            assertThatThrownBy(() -> c.add(second))
                .isInstanceOfSatisfying(
                    LDAPException.class,
                    e ->
                        assertThat(e.getResultCode())
                            .isIn(
                                ResultCode.CONSTRAINT_VIOLATION, ResultCode.ENTRY_ALREADY_EXISTS));
            return true;
          });
    } finally {
      TestTree.as(service, c -> c.delete(first.getDN()));
    }
  }
}
