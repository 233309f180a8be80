/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.config.NameCase;
import io.cadastre.service.directory.LookupResult.Account;
import io.cadastre.service.directory.LookupResult.NoAccount;
import io.cadastre.service.directory.LookupResult.RefusedAccount;
import io.cadastre.service.directory.UglyDirectory.Case;
import io.cadastre.service.directory.UglyDirectory.Outcome;
import io.cadastre.subid.Finding;
import io.cadastre.subid.NameRefused;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reads {@code ugly.ldif}, whole and name by name, from any server: {@link #load} it once into a
 * server of its own.
 */
abstract class UglyDirectoryContract {
  /** The gidNumber is no integer; posixAccount requires gidNumber and uidNumber (RFC 2307). */
  private static final List<String> REFUSED_BY_THE_SCHEMA =
      List.of(
          "cn=Johann Bach,ou=people,dc=example,dc=org",
          "uid=nogid,ou=people,dc=example,dc=org",
          "uid=nouid,ou=people,dc=example,dc=org");

  private IdentityDirectory identity;

  abstract TestServer server();

  /** The DNs that the server itself refused. */
  abstract List<String> refusedByTheServer();

  static List<String> load(TestServer server) {
    return UglyDirectory.load(server.root());
  }

  @BeforeEach
  void open() {
    identity = server().identity();
  }

  @AfterEach
  void close() {
    identity.close();
  }

  private Stream<Case> stored(Outcome outcome) {
    return UglyDirectory.cases().stream()
        .filter(c -> c.outcome() == outcome)
        .filter(c -> !refusedByTheServer().contains(c.dn()))
        .filter(c -> !c.isRefusedAtAdmissionOnly());
  }

  private LookupResult find(String name) {
    OwnerName asked = new OwnerName(name);
    return identity.findAll(List.of(asked)).getOrDefault(asked, new NoAccount());
  }

  @Test
  void serverItselfRefusesOnlyWhatItsSchemaForbids() {
    assertThat(refusedByTheServer()).containsExactlyInAnyOrderElementsOf(REFUSED_BY_THE_SCHEMA);
    assertThat(stored(Outcome.OWNER).count() + stored(Outcome.REFUSED).count())
        .isGreaterThanOrEqualTo(30);
  }

  @Test
  void ownersAreThoseThatTheFileExpects() {
    AccountIndex read = identity.readAll();
    assertThat(
            read.owners().stream()
                .filter(owner -> !read.isAmbiguous(owner.stableId()))
                .filter(owner -> owner.uidNumber() != UglyDirectory.UID_REFUSED_AT_ADMISSION)
                .map(owner -> owner.name().value()))
        .containsExactlyInAnyOrderElementsOf(stored(Outcome.OWNER).map(Case::login).toList());
  }

  @Test
  void eachOwnerIsFoundByItsLoginName() {
    assertThat(stored(Outcome.OWNER))
        .allSatisfy(
            c ->
                assertThat(find(c.login()))
                    .isInstanceOfSatisfying(
                        Account.class,
                        account -> {
                          assertThat(account.ambiguous()).isFalse();
                          assertThat(account.owner().name().value()).isEqualTo(c.login());
                        }));
  }

  @Test
  void eachRefusedAccountIsAFindingOfTheWholeRead() {
    AccountIndex read = identity.readAll();
    String findings = String.join("\n", read.findings().stream().map(Finding::message).toList());
    assertThat(stored(Outcome.REFUSED)).allSatisfy(c -> assertThat(findings).contains(c.dn()));
  }

  @Test
  void eachRefusedAccountIsRefusedByNameAndNeverUnknown() {
    assertThat(stored(Outcome.REFUSED).flatMap(c -> c.names().stream()))
        .allSatisfy(name -> assertThat(isSaidToBeRefused(name)).isTrue());
  }

  private boolean isSaidToBeRefused(String name) {
    try {
      LookupResult result = find(name);
      return result instanceof RefusedAccount
          || result.account().filter(Account::ambiguous).isPresent();
    } catch (NameRefused e) {
      return true;
    }
  }

  @Test
  void whatIsNoAccountIsNeitherOwnerNorFound() {
    AccountIndex read = identity.readAll();
    assertThat(stored(Outcome.NO_ACCOUNT))
        .allSatisfy(
            c ->
                assertThat(read.owners().stream().map(Owner::dn))
                    .doesNotContain(Optional.of(c.dn())));
    assertThat(find("robot")).isEqualTo(new NoAccount());
  }

  @Test
  void secondValueIsRefusedAndTheLoginNameIsNamed() {
    assertThat(find("joe.fisher"))
        .isInstanceOfSatisfying(
            RefusedAccount.class,
            refused ->
                assertThat(refused.finding().message())
                    .contains("another value", "login name", "jfisher"));
  }

  @Test
  void nameThatEndsWithASpaceIsRefusedUnderTheNameWithoutIt() {
    assertThat(find("carl"))
        .isInstanceOfSatisfying(
            RefusedAccount.class,
            refused -> assertThat(refused.finding().message()).contains("U+0020"));
  }

  @Test
  void anotherCaseOrNormalFormIsUnknownAndTheAccountIsNamed() {
    assertThat(find("asmith"))
        .isEqualTo(new NoAccount(Optional.of("there is ASMITH; names count byte for byte")));
    assertThat(find("JDoe"))
        .isEqualTo(new NoAccount(Optional.of("there is jdoe; names count byte for byte")));
    assertThat(find("ren\u00e9"))
        .isEqualTo(
            new NoAccount(
                Optional.of(
                    "there is rene\u0301 in Unicode's form NFD, not NFC; names count byte for byte")));
  }

  @Test
  void loweredNamesAreFoundInAnyCaseAndCollide() {
    try (IdentityDirectory lowered = server().identity(NameCase.LOWER)) {
      AccountIndex read = lowered.readAll();
      Map<OwnerName, LookupResult> found =
          lowered.findAll(List.of(new OwnerName("asmith"), new OwnerName("bob")));
      assertThat(found.get(new OwnerName("asmith")))
          .isInstanceOfSatisfying(
              Account.class, a -> assertThat(a.owner().name().value()).isEqualTo("asmith"));
      assertThat(found.get(new OwnerName("bob")))
          .isInstanceOfSatisfying(Account.class, a -> assertThat(a.ambiguous()).isTrue());
      assertThat(read.byName(new OwnerName("ASMITH"))).isPresent();
      assertThat(read.byName(new OwnerName("bob"))).isEmpty();
      assertThat(read.holders().unfitNamed("BOB"))
          .isEqualTo(read.holders().unfitNamed("bob"))
          .isNotEmpty();
      assertThat(read.findings())
          .filteredOn(f -> f.rule().equals("account-name-shared") && f.subject().equals("bob"))
          .hasSize(2);
    }
  }
}
