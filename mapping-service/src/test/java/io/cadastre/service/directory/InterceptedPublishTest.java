/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.named;
import static io.cadastre.service.directory.TestAllocations.ownedBy;
import static io.cadastre.service.directory.TestAllocations.owner;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedAddRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedModifyRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import io.cadastre.schema.Profile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server does between two requests of a publication, or instead of answering one. */
class InterceptedPublishTest {
  private final EntryCodec codec = new EntryCodec(Profile.GENERIC, Slapd.SUBIDS, Slapd.RETIRED);
  private final Intruder intruder = new Intruder();
  private InMemoryDirectoryServer server;
  private LDAPConnection connection;

  /** Publishes the entry at a newer revision right before the next modification arrives. */
  private final class Intruder extends InMemoryOperationInterceptor {
    private boolean intrudes;
    private String unwilling = "none";

    @Override
    public void processModifyRequest(InMemoryInterceptedModifyRequest request)
        throws LDAPException {
      if (intrudes) {
        intrudes = false;
        server.modify(
            request.getRequest().getDN(),
            new Modification(ModificationType.REPLACE, "cadastreRevision", "9"));
      }
    }

    @Override
    public void processAddRequest(InMemoryInterceptedAddRequest request) throws LDAPException {
      if (request.getRequest().getDN().contains(unwilling)) {
        throw new LDAPException(ResultCode.UNWILLING_TO_PERFORM, "being restored");
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(Slapd.SUFFIX);
    config.setSchema(null);
    config.addInMemoryOperationInterceptor(intruder);
    server = new InMemoryDirectoryServer(config);
    server.startListening();
    server.add("dn: " + Slapd.SUFFIX, "objectClass: domain", "dc: example");
    server.add(PublishContainers.container(Slapd.SUBIDS));
    server.add(PublishContainers.container(Slapd.RETIRED));
    connection = server.getConnection();
  }

  @AfterEach
  void stop() {
    connection.close();
    server.shutDown(true);
  }

  private List<PublishFailure> publish(OwnerState... states) throws LDAPException {
    return new BatchPublication(
            codec, new EntryConnection(connection, List.of(Slapd.SUBIDS)), Set.of())
        .run(List.of(states));
  }

  @Test
  void entryIsChangedOnlyFromTheRevisionThatWasRead() throws Exception {
    assertThat(publish(state(active(1).withRevision(7)))).isEmpty();
    OwnerState renamed = state(ownedBy(named("other", owner(1)), active(1)).withRevision(8));
    intruder.intrudes = true;

    assertThat(publish(renamed))
        .singleElement()
        .satisfies(failure -> assertThat(failure.reason()).contains("no such attribute"))
        .satisfies(failure -> assertThat(failure.isDirectoryWide()).isFalse());
    assertThat(
            server.getEntry(codec.dn(active(1)).toString()).getAttributeValue("cadastreOwnerName"))
        .isEqualTo("user1");
  }

  @Test
  void serverThatIsUnwillingIsTheDirectorysStateAlthoughItTookAnotherEntry() throws Exception {
    intruder.unwilling = Long.toString(active(1).uidRange().start());

    assertThat(publish(state(active(1)), state(active(2))))
        .singleElement()
        .satisfies(failure -> assertThat(failure.stableId()).isEqualTo(owner(1).stableId()))
        .satisfies(failure -> assertThat(failure.isDirectoryWide()).isTrue());
  }
}
