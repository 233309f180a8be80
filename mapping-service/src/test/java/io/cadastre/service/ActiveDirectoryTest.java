/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryDirectoryServerSnapshot;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.schema.Schema;
import io.cadastre.schema.SchemaFiles;
import io.cadastre.service.config.CadastreConfiguration;
import io.dropwizard.testing.DropwizardTestSupport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample configuration for Active Directory, with a directory whose accounts look like those of
 * a domain controller. {@code bin/soak ad} has a real one.
 */
@Tag("slow")
class ActiveDirectoryTest {
  private static final String SUFFIX = "dc=site,dc=example";
  private static final String SAMPLE = "config/examples/active-directory.yml";

  /** The domain; SSSD's first slice of it is 1940600000-1940799999. */
  private static final long[] DOMAIN = {21, 1_111_111_111L, 2_222_222_222L, 3_333_333_333L};

  private static final String SID = "S-1-5-21-1111111111-2222222222-3333333333";
  private static final int USERS = 1200;

  private static InMemoryDirectoryServer server;
  private static InMemoryDirectoryServerSnapshot filled;

  @TempDir Path dir;

  @BeforeAll
  static void start() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(SUFFIX);
    config.setSchema(schema());
    config.setEnforceAttributeSyntaxCompliance(false);
    server = new InMemoryDirectoryServer(config);
    server.startListening();
    server.add(new Entry("dn: " + SUFFIX, "objectClass: domain", "dc: site"));
    server.add(new Entry("dn: cn=Users," + SUFFIX, "objectClass: container", "cn: Users"));
    for (int i = 1; i <= USERS; i++) {
      server.add(user(i));
    }
    filled = server.createSnapshot();
  }

  @BeforeEach
  void forgetWhatATestWrote() {
    server.restoreSnapshot(filled);
  }

  /** The attributes and classes of Active Directory that the sample names, and Cadastre's. */
  private static Schema schema() throws Exception {
    Entry activeDirectory =
        new Entry(
            "dn: cn=schema",
            "objectClass: top",
            "objectClass: ldapSubentry",
            "objectClass: subschema",
            "attributeTypes: ( 1.3.6.1.1.1.1.0 NAME 'uidNumber' EQUALITY integerMatch )",
            "attributeTypes: ( 1.3.6.1.1.1.1.1 NAME 'gidNumber' EQUALITY integerMatch )",
            "attributeTypes: ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY"
                + " caseIgnoreMatch )",
            "attributeTypes: ( 1.2.840.113556.1.4.146 NAME 'objectSid' EQUALITY"
                + " octetStringMatch )",
            "attributeTypes: ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch )",
            "objectClasses: ( 1.2.840.113556.1.3.23 NAME 'container' SUP top STRUCTURAL MUST cn )",
            "objectClasses: ( 1.2.840.113556.1.5.67 NAME 'domain' SUP top STRUCTURAL MUST dc )",
            "objectClasses: ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST cn )",
            "objectClasses: ( 1.2.840.113556.1.5.9 NAME 'user' SUP top STRUCTURAL MUST cn MAY ("
                + " sAMAccountName $ uidNumber $ gidNumber $ objectSid $ objectGUID ) )",
            "objectClasses: ( 1.2.840.113556.1.3.30 NAME 'computer' SUP user STRUCTURAL )");
    return Schema.mergeSchemas(
        Schema.getDefaultStandardSchema(),
        new Schema(activeDirectory),
        Schema.getSchema(SchemaFiles.open(SchemaFiles.CADASTRE_389DS)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Entry user(int number) throws Exception {
    String name = "User%04d".formatted(number);
    Entry user =
        new Entry(
            "dn: cn=" + name + ",cn=Users," + SUFFIX,
            "objectClass: top",
            "objectClass: user",
            "cn: " + name,
            "sAMAccountName: " + name,
            "uidNumber: " + (30000 + number),
            "gidNumber: 29999");
    ByteBuffer sid = ByteBuffer.allocate(28);
    sid.put((byte) 1).put((byte) 5).put(new byte[] {0, 0, 0, 0, 0, 5});
    sid.order(ByteOrder.LITTLE_ENDIAN);
    for (long part : DOMAIN) {
      sid.putInt((int) part);
    }
    user.addAttribute("objectSid", sid.putInt(1000 + number).array());
    user.addAttribute(
        "objectGUID", ByteBuffer.allocate(16).putLong(0x000A_8000_FFFFL).putLong(number).array());
    return user;
  }

  /** The sample, with this server in place of the site's. */
  private String configuration(String idMapping) throws Exception {
    String connection =
        "connection: {servers: [\"127.0.0.1:%d\"], security: none}\n"
            .formatted(server.getListenPort());
    String text =
        Files.readString(Path.of(System.getProperty("cadastre.root"), SAMPLE))
            .replaceAll("(?s)connection:\\n.*?\\n( +)base:", connection + "$1base:")
            .replace("/var/lib/cadastre/service/", dir + "/")
            .replace("  user: cadastre\n", "  user: cadastre\n  create: ifMissing\n")
            .replace("  sssdIdMapping: none\n", idMapping)
            .replaceAll("port: 808[01]", "port: 0");
    return Files.writeString(dir.resolve("cadastre.yml"), text).toString();
  }

  private interface Work {
    void run(String url) throws Exception;
  }

  private void withService(String idMapping, Work work) throws Exception {
    DropwizardTestSupport<CadastreConfiguration> service =
        new DropwizardTestSupport<>(CadastreApplication.class, configuration(idMapping));
    service.before();
    try {
      work.run("http://127.0.0.1:" + service.getLocalPort());
    } finally {
      service.after();
    }
  }

  @Test
  void anAccountIsServedUnderTheNameThatSssdGives() throws Exception {
    withService(
        "  sssdIdMapping: none\n",
        url -> {
          CommandLine allocated = CommandLine.run("allocate", "--url", url, "User0003");

          assertThat(allocated.status()).as(allocated.err()).isZero();
          assertThat(allocated.out()).contains("user0003").doesNotContain("User0003");
          assertThat(CommandLine.run("audit", "--url", url).out())
              .doesNotContain("sssd-id-mapping");
        });
  }

  @Test
  void accountsWithAnObjectSidAreAFindingUntilTheIdMappingIsKnown() throws Exception {
    withService(
        "",
        url ->
            assertThat(CommandLine.run("audit", "--url", url).out())
                .contains("sssd-id-mapping", "1200 accounts", "domainSids: [" + SID + "]"));
  }

  @Test
  void aDomainThatIsNotListedIsAnErrorOfTheAudit() throws Exception {
    withService(
        "  sssdIdMapping: {domainSids: [S-1-5-21-1-2-3]}\n",
        url -> {
          CommandLine audit = CommandLine.run("audit", "--url", url);

          assertThat(audit.status()).isEqualTo(65);
          assertThat(audit.out()).contains("sssd-id-mapping", SID, "does not list them");
        });
  }

  @Test
  void checkWarnsWhileTheIdMappingIsUnknown() throws Exception {
    CommandLine silent = CommandLine.run("check", configuration(""));
    CommandLine none = CommandLine.run("check", configuration("  sssdIdMapping: none\n"));
    CommandLine listed =
        CommandLine.run(
            "check",
            configuration("  sssdIdMapping: {domainSids: [" + SID + "], rangeSize: 1000000}\n"));

    assertThat(silent.status()).as(silent.out() + silent.err()).isZero();
    assertThat(silent.out()).contains("warning: identity.sssdIdMapping is not set");
    assertThat(none.out()).doesNotContain("warning: identity.sssdIdMapping");
    assertThat(listed.out())
        .containsPattern("keeps [0-9]+ of the 13397 slots of pool default free");
  }

  @Test
  void checkNamesAMistakeOfTheIdMapping() throws Exception {
    CommandLine word = CommandLine.run("check", configuration("  sssdIdMapping: off\n"));
    CommandLine sid =
        CommandLine.run("check", configuration("  sssdIdMapping: {domainSids: [S-1-5-32]}\n"));
    CommandLine key = CommandLine.run("check", configuration("  sssdIdMapping: {sids: []}\n"));

    assertThat(word.status()).isEqualTo(78);
    assertThat(sid.status()).isEqualTo(78);
    assertThat(sid.err()).contains("S-1-5-32", "S-1-5-21-A-B-C");
    assertThat(key.status()).isEqualTo(78);
  }

  @Test
  void checkRefusesTrustedCertificatesWithoutACertificate() throws Exception {
    Path ldif = Files.writeString(dir.resolve("accounts.ldif"), "dn: dc=site\nobjectClass: top\n");
    String good = Files.readString(Path.of(configuration("  sssdIdMapping: none\n")));
    String file =
        Files.writeString(
                dir.resolve("bad.yml"),
                good.replaceFirst(
                    "security: none", "security: ldaps, trustedCertificates: " + ldif))
            .toString();

    CommandLine check = CommandLine.run("check", file);

    assertThat(check.status()).isEqualTo(78);
    assertThat(check.err())
        .contains("directory: identity.connection.trustedCertificates: ", ldif.toString());
  }
}
