/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a request for a range answers by the account: each status says what a caller may do. */
class WhoAnAccountIsTest {
  @TempDir static Path directory;
  private static Service service;

  private static String account(String rdn, int uid, String more) {
    return """
    dn: uid=%1$s,ou=people,dc=example,dc=org
    objectClass: inetOrgPerson
    objectClass: posixAccount
    cn: x
    sn: x
    uidNumber: %2$d
    gidNumber: %2$d
    homeDirectory: /home/x
    entryUUID: 00000000-0000-4000-8000-%2$012d
    %3$s
    """
        .formatted(rdn, uid, more);
  }

  @BeforeAll
  static void start() throws IOException {
    StringBuilder ldif = new StringBuilder();
    ldif.append("dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n\n");
    for (String unit : new String[] {"people", "groups", "subids"}) {
      ldif.append(
          "dn: ou=%1$s,dc=example,dc=org\nobjectClass: organizationalUnit\nou: %1$s\n\n"
              .formatted(unit));
    }
    ldif.append(account("plain", 5000, "uid: plain\nemployeeNumber: 1\n"));
    ldif.append(account("twin1", 5001, "uid: twin1\nemployeeNumber: 4711\n"));
    ldif.append(account("twin2", 5002, "uid: twin2\nemployeeNumber: 4711\n"));
    ldif.append(account("JDoe", 5003, "uid: jdoe\nemployeeNumber: 3\n"));
    ldif.append(account("jfisher", 5004, "uid: jfisher\nuid: joe.fisher\nemployeeNumber: 4\n"));
    ldif.append(account("ASMITH", 5005, "uid: ASMITH\nemployeeNumber: 5\n"));
    ldif.append(account("low", 99, "uid: low\nemployeeNumber: 6\n"));
    ldif.append(account("padded\\20", 5007, "uid:: cGFkZGVkIA==\nemployeeNumber: 7\n"));
    ldif.append(account("same", 5008, "uid: same\nemployeeNumber: 8\n"));
    ldif.append(account("other", 5009, "uid: other\nuid: same\nemployeeNumber: 9\n"));
    Path accounts = Files.writeString(directory.resolve("ugly.ldif"), ldif);
    service =
        Service.ofYaml(
            directory,
            "directory: {mode: embedded, embedded: {port: 0, accounts: %s}, identity: {stableIdAttribute: employeeNumber, minimumUid: 1000}}\n"
                .formatted(accounts));
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> service.put("/v1/owners/plain", "").status() < 300);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Answer put(String name) {
    return service.put("/v1/owners/" + name, "");
  }

  private static void isRefused(String name, int status, String problem, String... says) {
    Answer answer = put(name);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
    assertThat(answer.text()).contains(says);
  }

  @Test
  void accountsWithOneStableIdAreAmbiguous() {
    isRefused("twin1", 409, "ambiguous-account", "4711");
    isRefused("twin2", 409, "ambiguous-account", "4711");
    assertThat(service.post("/v1/audit", "").text()).contains("account-stable-id-shared");
  }

  @Test
  void onlyValueOfTheAttributeIsTheNameNotTheRdn() {
    assertThat(put("jdoe").status()).isLessThan(300);
    isRefused("JDoe", 404, "unknown-account", "there is jdoe; names count byte for byte");
  }

  @Test
  void secondValueIsAnAccountThatCannotOwnARange() {
    isRefused("joe.fisher", 422, "invalid-identity", "jfisher");
    assertThat(put("jfisher").status()).isLessThan(300);
  }

  @Test
  void nameThatASecondAccountHasAsAnotherValueIsAmbiguous() {
    isRefused("same", 409, "ambiguous-account", "same");
    assertThat(put("other").status()).isLessThan(300);
  }

  @Test
  void anotherCaseIsUnknownAndNamesTheAccount() {
    isRefused("asmith", 404, "unknown-account", "there is ASMITH; names count byte for byte");
  }

  @Test
  void nameWithASpaceAtTheEndIsRefusedWithTheReason() {
    isRefused("padded", 422, "invalid-identity", "U+0020", "at the end");
  }

  @Test
  void accountThatIsNotEntitledIsRefusedWithoutBlamingTheCredential() {
    isRefused("low", 422, "not-entitled", "minimumUid");
  }

  @Test
  void unknownNameIsUnknown() {
    isRefused("nobody-here", 404, "unknown-account", "no account named nobody-here\"");
  }
}
