/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cadastre.schema.Profile;
import io.cadastre.service.config.CadastreConfiguration;
import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.DirectoryConfiguration;
import io.cadastre.service.config.EmbeddedConfiguration;
import io.cadastre.service.config.IdentityConfiguration;
import io.cadastre.service.config.IdentitySettings;
import io.cadastre.service.config.PoolConfiguration;
import io.cadastre.service.config.PublishConfiguration;
import io.cadastre.service.directory.EmbeddedDirectory;
import io.cadastre.service.idmap.SssdIdMap;
import io.cadastre.subid.ReservedNames;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Every file under config/ is loaded by what will read it; a file that nothing here knows fails.
 */
@Tag("slow")
class ConfigFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root", ".."));
  private static final Path CONFIG = ROOT.resolve("config");

  private static final String SUFFIX =
      "dn: dc=example,dc=org\nobjectClass: domain\ndc: example\n\n";

  @TempDir Path dir;

  static Stream<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(CONFIG)) {
      return all
          .filter(Files::isRegularFile)
          .map(file -> CONFIG.relativize(file).toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void loads(String name) throws Exception {
    Path file = CONFIG.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains("SPDX-License-Identifier: Apache-2.0");
    if (name.startsWith("ansible/")) {
      // run by bin/soak ansible
      assertThat(new Yaml().loadAll(name.endsWith(".j2") ? "" : text)).isNotNull();
    } else if (name.startsWith("prometheus/")) {
      // its metrics are held by MonitoringDocumentTest, its form by bin/soak image
      Map<String, Object> rules = new Yaml().load(text);
      assertThat(rules).containsOnlyKeys("groups");
    } else if (name.equals("container/cadastre.yml")) {
      // variables without a default have to be set
      String set =
          text.replace("${CADASTRE_LDAP_SERVERS}", "ldap.example.org")
              .replaceAll("\\$\\{[A-Z_]+}", "dc=example,dc=org");
      assertThat(configuration(write(set)).access().bootstrapTokenFile()).isPresent();
    } else if (name.endsWith(".yml")) {
      configuration(file);
    } else if (text.startsWith("#!") || (name.startsWith("hooks/") && !name.endsWith(".java"))) {
      run("bash", "-n", file.toString());
    } else if (name.endsWith(".java")) {
      int errors =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, "-d", dir.toString(), file.toString());
      assertThat(errors).isZero();
    } else if (name.equals("systemd/metrics.conf")) {
      SystemdUnit.parse(text).checkDropIn(Files.readString(CONFIG.resolve("node.conf")));
    } else if (name.startsWith("systemd/")) {
      SystemdUnit.parse(text).check(ROOT);
    } else if (name.equals("demo-accounts.ldif")) {
      loadIntoADirectory(file);
    } else if (name.equals("examples/services.ldif")) {
      loadIntoADirectory(write(SUFFIX + text));
    } else if (name.matches("examples/(service|sssd)-account\\.ldif")) {
      String parent = Files.readString(CONFIG.resolve("examples/services.ldif"));
      loadIntoADirectory(write(SUFFIX + parent + "\n" + text));
    } else if (name.equals("examples/slapd.conf")) {
      slaptest(text);
    } else if (name.matches("examples/sssd.*[.]conf")) {
      assertThat(settings(text)).allMatch(line -> line.matches("\\[.+]|[a-z_]+ = \\S.*"));
    } else if (name.equals("examples/nsswitch.conf")) {
      assertThat(settings(text)).allMatch(line -> line.matches("[a-z]+:( +[a-z]+)+"));
    } else if (name.equals("node.conf")) {
      // loaded by the client's own SettingsFileTest, which this module does not import
      assertThat(settings(text)).allMatch(line -> line.matches("[a-z-]+ = \\S.*"));
    } else if (name.startsWith("proxy/")) {
      // run by ReverseProxyTest
      assertThat(name).isIn("proxy/nginx.conf", "proxy/apache.conf");
    } else if (name.startsWith("storage/")) {
      // judged by SamplesTest of subid-core, and by Podman itself
      assertThat(settings(text)).allMatch(line -> line.matches("\\[.+]|[a-z_]+ = \\[?\".+\"]?"));
    } else {
      fail("config/%s is new: say here how it is loaded", name);
    }
  }

  private static CadastreConfiguration configuration(Path file) throws Exception {
    CadastreConfiguration configuration =
        new YamlConfigurationFactory<>(
                CadastreConfiguration.class,
                Validators.newValidator(),
                Jackson.newObjectMapper(),
                "dw")
            .build(
                new SubstitutingSourceProvider(
                    new FileConfigurationSourceProvider(),
                    new EnvironmentVariableSubstitutor(true)),
                file.toString());
    configuration.check();
    assertThat(configuration.pools().get(0).slots()).isEqualTo(13_397);
    return configuration;
  }

  @Test
  void theSettingsShownAsCommentsLoadToo() throws Exception {
    String text = Files.readString(CONFIG.resolve("cadastre.yml"));
    CadastreConfiguration shown = configuration(CONFIG.resolve("cadastre.yml"));
    CadastreConfiguration all =
        configuration(write(text.replaceAll("(?m)^( *)#([a-z][A-Za-z0-9]*:)", "$1$2")));

    IdentityConfiguration identity = all.directory().orElseThrow().identity();
    assertThat(identity.entitlementFilter()).isPresent();
    assertThat(identity.connection().trustedCertificates()).isPresent();
    // All others show their defaults.
    assertThat(text)
        .contains("\n#reservedNames: [" + String.join(", ", ReservedNames.DEFAULT) + "]\n");
    assertThat(all.pools()).isEqualTo(shown.pools());
    assertThat(all.directory().orElseThrow().publish())
        .isEqualTo(shown.directory().orElseThrow().publish());
  }

  @Test
  void everySettingOfOursIsShown() throws Exception {
    String text =
        Files.readString(CONFIG.resolve("cadastre.yml"))
            + Files.readString(CONFIG.resolve("demo.yml"))
            + Files.readString(CONFIG.resolve("examples/active-directory.yml"));
    Stream<String> topLevel =
        Arrays.stream(CadastreConfiguration.class.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(JsonProperty.class))
            .map(field -> field.getName());
    Stream<String> nested =
        Stream.of(
                IdentitySettings.class,
                SssdIdMap.class,
                DirectoryConfiguration.class,
                IdentityConfiguration.class,
                PublishConfiguration.class,
                ConnectionConfiguration.class,
                EmbeddedConfiguration.class,
                PoolConfiguration.class,
                PoolConfiguration.Segment.class)
            .flatMap(type -> Arrays.stream(type.getRecordComponents()))
            .map(component -> component.getName());

    assertThat(Stream.concat(topLevel, nested))
        .allSatisfy(name -> assertThat(text).containsPattern("[ #\\n]" + name + ": ?"));
  }

  /** As the unit's UMask= has it; "init" by runuser makes the ledger. */
  @Test
  void whatTheLauncherRunsMakesFilesForTheirOwnerOnly() throws Exception {
    Path java = Files.writeString(dir.resolve("java"), "#!/bin/sh\ntouch \"$HOME/made\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder launcher =
        new ProcessBuilder(
            "sh",
            "-c",
            "umask 022; exec \"$0\" init",
            CONFIG.resolve("service/cadastre").toString());
    launcher.environment().put("PATH", dir + ":/usr/bin:/bin");
    launcher.environment().put("HOME", dir.toString());
    launcher.environment().remove("JAVA_HOME");
    assertThat(launcher.inheritIO().start().waitFor()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("made"))))
        .isEqualTo("rw-------");
  }

  /** A check, and any other command, reports the error instead. */
  @Test
  void outOfMemoryEndsTheServiceInTheUnitAndTheLauncherAndNothingElse() throws Exception {
    String end = "-XX:+ExitOnOutOfMemoryError";
    SystemdUnit unit =
        SystemdUnit.parse(Files.readString(CONFIG.resolve("systemd/cadastre.service")));
    assertThat(unit.commands().stream().filter(command -> command.contains(end)))
        .singleElement()
        .asString()
        .contains(" server /etc/cadastre/cadastre.yml");

    Path script = launcher();
    assertThat(printed(script, "server", "file.yml")).contains(end);
    assertThat(printed(script, "audit", "server")).doesNotContain(end).contains("audit");
  }

  @Test
  void launchersStartTheServiceWithTheOptionsOfTheUnit() throws Exception {
    List<String> options = UnitOptions.read();

    assertThat(options).contains("-XX:+UseSerialGC");
    for (Path launcher : List.of(launcher(), CONFIG.resolve("service/cadastre"))) {
      assertThat(printed(launcher, "server", "file.yml").lines())
          .startsWith(options.toArray(String[]::new))
          .element(options.size())
          .isEqualTo("-cp");
      assertThat(printed(launcher, "audit").lines()).contains("-XX:TieredStopAtLevel=1");
    }
  }

  /** The launcher with a java that prints its arguments. */
  private Path launcher() throws Exception {
    Path java =
        Files.writeString(
            Files.createDirectories(dir.resolve("bin")).resolve("java"),
            "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    String launcher =
        Files.readString(ROOT.resolve("bin/cadastre"))
            .replace(". \"$(dirname \"$(readlink -f \"$0\")\")/lib/build.sh\"", "checkout=/")
            .replace("\nbuild mapping-service\n", "\n");
    return write(launcher);
  }

  private String printed(Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("JAVA_HOME", dir.toString());
    return new String(process.start().getInputStream().readAllBytes(), UTF_8);
  }

  @Test
  void sssdIsToldTheNamesThatAreWritten() throws Exception {
    String text = Files.readString(CONFIG.resolve("examples/sssd.conf"));

    assertThat(text)
        .contains("ldap_subid_ranges_search_base = ou=subids,dc=example,dc=org\n")
        .contains("#ldap_subid_range_owner = " + Profile.IPA.owner() + "\n")
        .contains("#ldap_subuid_number = " + Profile.IPA.uidNumber() + "\n")
        .contains("#ldap_subgid_count = " + Profile.IPA.gidCount() + "\n");
  }

  private void loadIntoADirectory(Path file) {
    EmbeddedConfiguration embedded =
        new EmbeddedConfiguration(0, "dc=example,dc=org", Optional.of(file), Optional.empty());
    try (EmbeddedDirectory directory = EmbeddedDirectory.start(embedded)) {
      assertThat(directory.port()).isPositive();
    }
  }

  private void slaptest(String text) throws Exception {
    Path slaptest = Path.of("/usr/sbin/slaptest");
    assumeTrue(Files.isExecutable(slaptest), "SKIPPED: no slapd here (Debian package slapd)");
    String here =
        text.replace("/usr/share/cadastre/ldap-schema", ROOT.resolve("ldap-schema").toString())
            .replace("/var/lib/ldap", dir.toString());
    run(slaptest.toString(), "-u", "-f", write(here).toString());
  }

  private Path write(String text) throws Exception {
    return Files.writeString(dir.resolve("written"), text);
  }

  private static List<String> settings(String text) {
    return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
