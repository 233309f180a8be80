/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.SimpleBindRequest;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The accounts of a large site on a real slapd, with its usual limit of 500 entries. */
@Tag("slow")
class ManyAccountsTest {
  private static final int ACCOUNTS = 20_000;
  private static Optional<Slapd> running = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    running = Optional.of(Slapd.start());
    slapd()
        .load(
            IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> TestTree.account("user" + i, 10_000 + i, 10_000 + i))
                .map(e -> e.toLDIFString() + "\n")
                .collect(Collectors.joining()));
  }

  @AfterAll
  static void stop() {
    running.ifPresent(Slapd::close);
  }

  private static Slapd slapd() {
    return running.orElseThrow();
  }

  @Test
  void allAreReadInPages() {
    try (IdentityDirectory identity =
        new IdentityDirectory(slapd().configuration().identity(), Clock.systemUTC())) {
      AccountIndex read = identity.readAll();
      assertThat(read.owners())
          .extracting(Owner::uidNumber)
          .hasSize(ACCOUNTS)
          .doesNotHaveDuplicates();
      assertThat(read.findings()).isEmpty();
      assertThat(read.byName(new OwnerName("user19999"))).isPresent();
      assertThat(identity.search("(uidNumber=10007)", found -> {}).names()).hasSize(1);
    }
  }

  /** With half of the accounts, the others would seem to be deleted. */
  @Test
  void readThatTheServerEndsEarlyFails() {
    ConnectionConfiguration c = slapd().connection();
    try (IdentityDirectory limited =
        new IdentityDirectory(
            slapd().configuration().identity(),
            Clock.systemUTC(),
            LdapConnections.open(
                "identity directory",
                c,
                Optional.of(new SimpleBindRequest(Slapd.ORDINARY_DN, Slapd.PASSWORD))))) {
      assertThatThrownBy(limited::readAll)
          .isInstanceOf(DirectoryUnavailable.class)
          .hasMessageContaining("size limit exceeded");
    }
  }
}
