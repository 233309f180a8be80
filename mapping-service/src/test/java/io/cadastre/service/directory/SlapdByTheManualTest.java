/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static io.cadastre.service.directory.TestAllocations.active;
import static io.cadastre.service.directory.TestAllocations.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import io.cadastre.schema.Profile;
import io.cadastre.service.FreePort;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.config.Security;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slapd that the documented commands prepare, with every sample of ours. */
@Tag("slow")
class SlapdByTheManualTest {
  private static final Path DEBIANS = Path.of("/usr/share/slapd/slapd.init.ldif");
  private static final String SUFFIX = "dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n";

  @TempDir Path dir;
  private int port;
  private Path share;
  private final Map<String, String> replacements = new LinkedHashMap<>();
  private Optional<LdapServerProcess> running = Optional.empty();

  @BeforeEach
  void install() throws IOException {
    assumeTrue(Slapd.isInstalled(), "SKIPPED: slapd is not installed (Debian package slapd)");
    port = FreePort.next();
    share = dir.resolve("share");
    Map.Entry<String, String> folder = ManualSteps.install(share);
    String url = "ldap://127.0.0.1:" + port;
    replacements.put("-H ldapi:///", "-Q -H " + socket());
    replacements.put(" -W ", " -w %s -H %s ".formatted(Slapd.PASSWORD, url));
    replacements.put(folder.getKey(), folder.getValue());
    Files.createDirectories(dir.resolve("db"));
  }

  @AfterEach
  void stop() {
    running.ifPresent(LdapServerProcess::kill);
  }

  private String socket() {
    return "ldapi://"
        + URLEncoder.encode(dir.resolve("ldapi").toString(), StandardCharsets.UTF_8)
        + "/";
  }

  private void start(String option, Path configuration) {
    List<String> command =
        List.of(
            "/usr/sbin/slapd",
            option,
            configuration.toString(),
            "-h",
            "ldap://127.0.0.1:%d/ %s".formatted(port, socket()),
            "-d0");
    LdapServerProcess slapd =
        new LdapServerProcess(dir.resolve("slapd.log"), port, Slapd.ROOT_DN, command);
    running = Optional.of(slapd);
    slapd.start();
  }

  /** Starts the slapd that Debian's package makes, with the suffix alone. */
  private void startDebians() throws IOException {
    String init =
        Files.readString(DEBIANS)
            .replace("@BACKENDOBJECTCLASS@", "olcMdbConfig")
            .replace("@BACKEND@", "mdb")
            .replace("@BACKENDOPTIONS@", "olcDbMaxSize: 1073741824")
            .replace("@SUFFIX@", Slapd.SUFFIX)
            .replace("@PASSWORD@", Slapd.PASSWORD)
            .replace("/var/lib/ldap", dir.resolve("db").toString())
            .replace("/var/run/slapd", dir.toString());
    Path folder = Files.createDirectories(dir.resolve("slapd.d"));
    Path file = Files.writeString(dir.resolve("init.ldif"), init);
    LdapPrograms.run("/usr/sbin/slapadd", "-n0", "-F", folder, "-l", file);
    Path suffix = Files.writeString(dir.resolve("suffix.ldif"), SUFFIX);
    LdapPrograms.run("/usr/sbin/slapadd", "-n1", "-F", folder, "-l", suffix);
    start("-F", folder);
  }

  private String manual(List<String> steps) throws IOException {
    return ManualSteps.run(steps, replacements);
  }

  @Test
  void cnConfigIsPreparedByTheStepsAndServesSssd() throws Exception {
    startDebians();
    List<String> steps = new ArrayList<>(ManualSteps.of("first-day-openldap.md"));
    steps.add(step(ManualSteps.of("directory-servers.md"), "sssd-account.ldif"));
    manual(steps);
    serves();
  }

  @Test
  void sampleSlapdConfIsPreparedByTheStepsAndServesSssd() throws Exception {
    String conf =
        Files.readString(share.resolve("examples/slapd.conf"))
            .replace("/usr/share/cadastre", share.toString())
            .replace("/var/lib/ldap", dir.resolve("db").toString());
    Path file = Files.writeString(dir.resolve("slapd.conf"), conf);
    Path suffix = Files.writeString(dir.resolve("suffix.ldif"), SUFFIX);
    LdapPrograms.run("/usr/sbin/slapadd", "-f", file, "-l", suffix);
    start("-f", file);
    manual(ManualSteps.of("directory-servers.md"));
    serves();
  }

  /** The service publishes, and the bind of sssd.conf reads the account and the entry. */
  private void serves() throws Exception {
    TestTree.Root root = () -> new LDAPConnection("127.0.0.1", port, Slapd.ROOT_DN, Slapd.PASSWORD);
    TestTree.as(root, c -> c.add(TestTree.unit(Slapd.PEOPLE)));
    Entry account = TestTree.account("user1", 100_001, 100_001);
    TestTree.as(root, c -> c.add(account));
    Path password = Files.writeString(dir.resolve("password"), Slapd.PASSWORD);
    PublishConfiguration configuration =
        new PublishConfiguration(
            SlapdSettings.connection(port, Security.NONE, Optional.empty(), password),
            Slapd.SUBIDS,
            Slapd.RETIRED);
    try (PublishDirectory publish = new PublishDirectory(configuration, Profile.GENERIC)) {
      assertThat(publish.publish(List.of(state(active(1))))).isEmpty();
    }
    assertThat(SssdSample.read(share).rows(port, "user1"))
        .containsExactly("100001 %d 16384".formatted(active(1).uidRange().start()));
  }

  @Test
  void databaseBeforeItsModuleIsRefusedWholeAndRunsAfterIt() throws Exception {
    startDebians();
    List<String> steps = ManualSteps.of("first-day-openldap.md");
    String database = step(steps, "database.ldif");
    String module = step(steps, "module.ldif");
    manual(List.of(steps.get(0), step(steps, "cadastre.ldif")));
    String before = configuration();

    assertThatThrownBy(() -> manual(List.of(steps.get(0), database)))
        .isInstanceOf(IOException.class);
    assertThat(configuration()).isEqualTo(before);

    manual(List.of(steps.get(0), module, database));
    String after = configuration();
    assertThat(after).contains("olcUniqueURI", "olcLimits");
    for (String again : List.of(module, database)) {
      assertThatThrownBy(() -> manual(List.of(steps.get(0), again)))
          .isInstanceOf(IOException.class);
    }
    assertThat(configuration()).isEqualTo(after);
  }

  private String configuration() throws IOException {
    return LdapPrograms.run("/usr/sbin/slapcat", "-n0", "-F", dir.resolve("slapd.d"));
  }

  private static String step(List<String> steps, String file) {
    return steps.stream().filter(line -> line.contains(file)).findFirst().orElseThrow();
  }
}
