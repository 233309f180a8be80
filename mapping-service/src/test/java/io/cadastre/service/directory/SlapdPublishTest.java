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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import io.cadastre.schema.Profile;
import io.cadastre.subid.AllocationState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the contract of publishing with a real slapd. */
@Tag("slow")
class SlapdPublishTest extends PublishContract {
  private static Optional<TestServer> server = Optional.empty();

  @BeforeAll
  static void start() {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    server = Optional.of(TestServer.slapd());
  }

  @AfterAll
  static void stop() {
    server.ifPresent(TestServer::close);
  }

  @Override
  TestServer server() {
    return server.orElseThrow();
  }

  /** Retired entries are moved first: the server would refuse the other order. */
  @Test
  void supersedingNeverMakesTwoActiveEntriesOfAnOwner() {
    EntryCodec codec = new EntryCodec(Profile.GENERIC, Slapd.SUBIDS, Slapd.RETIRED);
    OwnerPublication.Attempt attempt =
        TestTree.as(
            () -> {
              LDAPConnection connection = server().root().connect();
              connection.bind(server().bind());
              return connection;
            },
            c -> {
              OwnerPublication publication =
                  new OwnerPublication(
                      codec, new EntryConnection(c, List.of(Slapd.SUBIDS)), Set.of());
              publication.run(state(active(1)));
              return publication.run(
                  state(
                      in(AllocationState.SUPERSEDED, active(1)),
                      allocation(2, owner(1), AllocationState.ACTIVE)));
            });
    assertThat(attempt).isEqualTo(OwnerPublication.Attempt.PUBLISHED);
  }
}
