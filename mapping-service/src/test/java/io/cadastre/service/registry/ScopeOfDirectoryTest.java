/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import static io.cadastre.service.registry.Provisioners.ADMIN;
import static io.cadastre.service.registry.Provisioners.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.access.Bounds;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.OwnerHeld;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.ledger.TestLedger;
import io.cadastre.service.registry.AllocationResult.NotNow;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.AllocationState;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provisioner may change, where the directory says who an account is. */
class ScopeOfDirectoryTest {
  private static final Optional<String> NONE = Optional.empty();

  @TempDir Path dir;
  private final TestLedger database = TestLedger.inMemory();
  private Optional<Site> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(Site::close);
    database.close();
  }

  private Site site(EmbeddedAccounts accounts) {
    open.ifPresent(Site::close);
    Site site = Site.ready(database.ledger(), accounts.in(dir, "entryUUID"));
    open = Optional.of(site);
    return site;
  }

  private static Allocation put(Site site, String name, boolean reinstate, AuditContext caller) {
    return site.ownerCommands.allocate(request(name, reinstate), caller).allocation();
  }

  private static AllocateRequest request(String name, boolean reinstate) {
    return new AllocateRequest(new OwnerName(name), NONE, Optional.empty(), reinstate);
  }

  private static void assertOutOfScope(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.code()).isEqualTo(RefusalCode.OUT_OF_SCOPE))
        .hasMessageContaining(part);
  }

  /** The directory says who an account is, so a credential without bounds may be about all. */
  @Test
  void boundsHoldTheAccountThatIsFound() {
    Site site = site(new EmbeddedAccounts().with("zoe", 47001).withUnit("yan", 5001));
    AuditContext hook = within(Provisioners.uids());
    AuditContext staff =
        within(
            new Bounds(
                NONE,
                Optional.empty(),
                NONE,
                Optional.of("OU=Staff,ou=people,dc=example,dc=org"),
                NONE));
    AuditContext prefix =
        within(
            new Bounds(
                NONE,
                Optional.empty(),
                Optional.of("00000000-0000-4000-8000-000000005"),
                NONE,
                NONE));

    assertOutOfScope(() -> put(site, "yan", false, hook), "the uid 5001");
    assertOutOfScope(() -> put(site, "zoe", false, staff), "the DN uid=zoe,ou=people");
    assertOutOfScope(() -> put(site, "zoe", false, prefix), "the stable id 00000000");
    assertThat(put(site, "zoe", false, hook).state()).isEqualTo(AllocationState.ACTIVE);
    assertThat(put(site, "yan", false, staff).id()).isEqualTo(put(site, "yan", false, prefix).id());
    put(site, "yan", false, within(Bounds.NONE));
    for (AuditContext other : List.of(staff, prefix)) {
      assertOutOfScope(
          () -> site.ownerCommands.retire(new OwnerName("zoe"), NONE, false, other), "zoe");
    }
    site.ownerCommands.retire(new OwnerName("zoe"), NONE, false, hook);
    assertThat(site.present("zoe").state()).isEqualTo(AllocationState.RETIRED);
  }

  @Test
  void whatAnAdminRetiredAnAdminReinstates() {
    Site site = site(new EmbeddedAccounts().with("zoe", 47001));
    AuditContext hook = within(Bounds.NONE);
    put(site, "zoe", false, hook);
    site.ownerCommands.retire(new OwnerName("zoe"), NONE, false, ADMIN);

    assertOutOfScope(() -> put(site, "zoe", false, hook), "by the role admin");
    assertOutOfScope(() -> put(site, "zoe", true, hook), "cadastre allocate --reinstate zoe");
    put(site, "zoe", true, ADMIN);
    site.ownerCommands.retire(new OwnerName("zoe"), NONE, false, hook);
    assertThat(put(site, "zoe", true, hook).state()).isEqualTo(AllocationState.ACTIVE);
  }

  /** The read decides whether another is withheld, also how many at once. */
  @Test
  void anotherIsWithheldByTheReadAndNotByAProvisioner() {
    Allocation old = put(site(new EmbeddedAccounts().with("zoe", 47001)), "zoe", false, ADMIN);
    // the account was made anew: another uid, another entryUUID
    Site site = site(new EmbeddedAccounts().with("zoe", 47002));
    AuditContext hook = within(Bounds.NONE);

    assertThatThrownBy(() -> put(site, "zoe", false, hook))
        .isInstanceOf(OwnerHeld.class)
        .hasMessageContaining("the name zoe")
        .hasMessageContaining("cadastre follow");
    assertThat(
            site.ownerCommands.allocateAll(
                List.of(request("zoe", false)), site.ownerCommands.runner(false), hook))
        .singleElement()
        .isInstanceOf(NotNow.class);
    assertThat(site.present("zoe")).isEqualTo(old);

    site.follow();

    Allocation anew = put(site, "zoe", false, within(Provisioners.uids()));
    assertThat(anew.id()).isNotEqualTo(old.id());
    assertThat(site.ledger.read(q -> q.byId(old.id())).orElseThrow().state())
        .isEqualTo(AllocationState.WITHHELD);
  }

  /** What the directory withheld comes back with its account, for each caller. */
  @Test
  void anAccountThatIsBackIsRestored() {
    Owner zoe = put(site(new EmbeddedAccounts().with("zoe", 47001)), "zoe", false, ADMIN).owner();
    assertThat(site(new EmbeddedAccounts().with("yan", 47002)).follow().withheld()).isEqualTo(1);
    Site site = site(new EmbeddedAccounts().with("zoe", 47001).with("yan", 47002));

    assertThat(put(site, "zoe", false, within(Bounds.NONE)).owner()).isEqualTo(zoe);
    assertThat(site.present("zoe").state()).isEqualTo(AllocationState.ACTIVE);
  }
}
