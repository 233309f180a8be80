/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldif.LDIFException;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names by which the service binds: a DN, or what Active Directory takes beside it. */
class BindNameTest {
  @TempDir Path dir;

  private ConnectionConfiguration connection(int port, String bindName) {
    Path password = dir.resolve("password");
    try {
      Files.writeString(password, "open-sesame\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new ConnectionConfiguration(
        List.of(new ServerAddress("127.0.0.1", port)),
        Security.NONE,
        Optional.empty(),
        Optional.of(bindName),
        Optional.of(password),
        Optional.empty(),
        false,
        null,
        null,
        1);
  }

  private List<String> mistakes(String bindName) {
    return Validation.buildDefaultValidatorFactory()
        .getValidator()
        .validate(connection(389, bindName))
        .stream()
        .map(ConstraintViolation::getMessage)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cn=cadastre,ou=services,dc=example,dc=org",
        "cadastre@site.example",
        "svc-cadastre@site",
        "SITE\\cadastre",
        "SITE\\svc cadastre$"
      })
  void dnPrincipalNameAndDownLevelNameAreTaken(String name) {
    assertThat(mistakes(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cadastre", "", "@site", "cadastre@", "SITE\\", "\\cadastre", "a@b@c"})
  void anyOtherTextIsRefusedAndTheFormsAreNamed(String name) {
    assertThat(mistakes(name))
        .singleElement()
        .satisfies(m -> assertThat(m).contains("is not a DN", "name@domain", "DOMAIN\\name"));
  }

  /** Finds the account of a name as a domain controller does, wherever the account lies. */
  private static final class Names extends InMemoryOperationInterceptor {
    private final AtomicReference<String> dn;

    Names(AtomicReference<String> dn) {
      this.dn = dn;
    }

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request)
        throws LDAPException {
      SimpleBindRequest bind = request.getRequest();
      String name = bind.getBindDN();
      if (name.equals("cadastre@site.example") || name.equals("SITE\\cadastre")) {
        request.setRequest(new SimpleBindRequest(dn.get(), bind.getPassword().getValue()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cadastre@site.example", "SITE\\cadastre"})
  void accountThatWasMovedStillBindsByName(String name) throws LDAPException {
    AtomicReference<String> dn = new AtomicReference<>("cn=cadastre,ou=old,dc=site,dc=example");
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=site,dc=example");
    config.addInMemoryOperationInterceptor(new Names(dn));
    config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
    try (InMemoryDirectoryServer server = new InMemoryDirectoryServer(config)) {
      server.add("dn: dc=site,dc=example", "objectClass: domain", "dc: site");
      for (String ou : List.of("old", "new")) {
        server.add(
            new Entry(
                "dn: ou=%s,dc=site,dc=example".formatted(ou),
                "objectClass: organizationalUnit",
                "ou: " + ou));
      }
      server.add(
          "dn: " + dn.get(),
          "objectClass: person",
          "cn: cadastre",
          "sn: cadastre",
          "userPassword: open-sesame");
      server.startListening();
      pings(server.getListenPort(), name);

      String moved = "cn=cadastre,ou=new,dc=site,dc=example";
      server.modifyDN(dn.get(), "cn=cadastre", true, "ou=new,dc=site,dc=example");
      dn.set(moved);
      pings(server.getListenPort(), name);
    } catch (LDIFException e) {
      throw new AssertionError(e);
    }
  }

  private void pings(int port, String name) {
    try (LdapPool pool = LdapConnections.open("identity directory", connection(port, name))) {
      pool.ping("dc=site,dc=example");
    }
  }
}
