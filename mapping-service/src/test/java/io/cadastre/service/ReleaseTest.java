/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.subid.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/release in a clone, with stand-ins for Maven and bin/package; and the one version. */
@Tag("slow")
class ReleaseTest {
  private static final Path ROOT = Path.of(System.getProperty("cadastre.root"));
  private static final Pattern REVISION = Pattern.compile("<revision>(.*)</revision>");

  private static final String PACKAGE =
      """
      #!/bin/sh
      version=$(sed -n 's|.*<revision>\\(.*\\)</revision>.*|\\1|p' pom.xml)
      mkdir -p target/packages && echo "$version" >"target/packages/cadastre_${version}_all.deb"
      """;
  private static final String MVN =
      """
      #!/bin/sh
      version=$(sed -n 's|.*<revision>\\(.*\\)</revision>.*|\\1|p' pom.xml)
      mkdir -p target && printf '{\\n  "version" : "%s"\\n}\\n' "$version" >target/bom.json
      """;

  @TempDir Path dir;
  private Path clone;

  private record Ran(int status, String out) {}

  @BeforeEach
  void cloneIt() throws Exception {
    assumeTrue(Files.exists(ROOT.resolve(".git")), "this is no checkout");
    clone = dir.resolve("clone");
    assertThat(run(dir, "git", "clone", "-q", ROOT.toString(), clone.toString()).status()).isZero();
    for (String file : List.of("bin/release", "pom.xml", "CHANGELOG.md")) {
      Files.copy(
          ROOT.resolve(file),
          clone.resolve(file),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    program(clone.resolve("bin/package"), PACKAGE);
    program(dir.resolve("mvn"), MVN);
    for (String setting : List.of("user.name Tester", "user.email tester@example.org")) {
      git("config", setting.split(" ", 2)[0], setting.split(" ", 2)[1]);
    }
    git("checkout", "-q", "-B", "main");
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", "Stand-ins");
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ran run(Path where, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", dir + ":" + environment.get("PATH"));
    environment.put("GNUPGHOME", dir.toString());
    environment.put("TMPDIR", dir.toString());
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out);
  }

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Ran ran = run(clone, command.toArray(String[]::new));
    assertThat(ran.status()).as(ran.out()).isZero();
    return ran.out().strip();
  }

  private Ran release(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bin/release"));
    command.addAll(List.of(words));
    return run(clone, command.toArray(String[]::new));
  }

  private void testsRan() throws IOException, InterruptedException {
    Files.createDirectories(clone.resolve("target"));
    Files.writeString(clone.resolve("target/bin-test.passed"), git("rev-parse", "HEAD") + "\n");
  }

  @Test
  void refusesWithARemedyAndChangesNothing() throws Exception {
    assertThat(release().status()).isEqualTo(64);
    assertThat(release("1.0-beta").status()).isEqualTo(64);
    assertThat(release("9.9.9"))
        .satisfies(ran -> assertThat(ran.status()).isEqualTo(65))
        .satisfies(ran -> assertThat(ran.out()).contains("run: bin/test"));
    testsRan();
    Files.writeString(clone.resolve("README.md"), "changed");
    assertThat(release("9.9.9").out()).contains("the checkout has changes");
    git("checkout", "-q", "README.md");
    git("tag", "v9.9.9");
    assertThat(release("9.9.9").out()).contains("the tag v9.9.9 is there already");
    git("tag", "-d", "v9.9.9");
    String log = Files.readString(clone.resolve("CHANGELOG.md"));
    Files.writeString(clone.resolve("CHANGELOG.md"), log.replace("## [Unreleased]", "## [Later]"));
    git("commit", "-q", "-a", "-m", "No section");
    testsRan();
    assertThat(release("9.9.9").out()).contains("has no section");
    assertThat(git("tag", "-l", "v9.9.9")).isEmpty();
  }

  @Test
  void dryRunBuildsAndLeavesTheCheckoutAsItWas() throws Exception {
    testsRan();
    Path released = clone.resolve("target/release/cadastre_1.0.0_all.deb");
    Files.createDirectories(released.getParent());
    Files.writeString(released, "of the last release");
    String before = git("rev-parse", "HEAD");

    Ran ran = release("9.9.9", "--dry-run");

    assertThat(ran.status()).as(ran.out()).isZero();
    assertThat(git("rev-parse", "HEAD")).isEqualTo(before);
    assertThat(git("status", "--porcelain")).isEmpty();
    assertThat(git("tag", "-l", "v9.9.9")).isEmpty();
    assertThat(clone.resolve("target/release-dry-run/cadastre_9.9.9_all.deb")).hasContent("9.9.9");
    assertThat(released).hasContent("of the last release");
  }

  /** Kills the release before git does this. */
  private void killedBefore(String command) throws IOException, InterruptedException {
    Path git = dir.resolve("git");
    program(
        git,
        "#!/bin/sh\n[ \"$1\" != %s ] || { kill -9 $PPID; exit; }\nPATH=${PATH#*:}\nexec git \"$@\"\n"
            .formatted(command));
    Ran ran = release("9.9.9");
    Files.delete(git);
    assertThat(ran.status()).as(ran.out()).isEqualTo(137);
  }

  @Test
  void aKilledReleaseIsWholeAfterTheNextRun() throws Exception {
    String before = git("rev-parse", "HEAD");
    for (String step : List.of("fetch", "merge", "update-ref")) {
      testsRan();
      killedBefore(step);
      assertThat(git("tag", "-l", "v9.9.9")).isEqualTo(step.equals("fetch") ? "" : "v9.9.9");

      Ran ran = release("9.9.9");

      assertThat(ran.status()).as(ran.out()).isZero();
      assertThat(git("log", "-2", "--format=%s")).isEqualTo("Begin 9.9.10-SNAPSHOT\nRelease 9.9.9");
      assertThat(git("rev-parse", "v9.9.9^{commit}")).isEqualTo(git("rev-parse", "HEAD^"));
      assertThat(git("for-each-ref", "refs/unfinished")).isEmpty();
      assertThat(clone.resolve("target/release/cadastre_9.9.9_all.deb")).hasContent("9.9.9");
      assertThat(clone.resolve("target/release.new")).doesNotExist();
      assertThat(release("9.9.9", "--undo").status()).isZero();
      assertThat(git("rev-parse", "HEAD")).isEqualTo(before);
    }
  }

  @Test
  void aKilledReleaseIsTakenBack() throws Exception {
    String before = git("rev-parse", "HEAD");
    for (String step : List.of("merge", "update-ref")) {
      testsRan();
      killedBefore(step);
      assertThat(release("9.9.9", "--dry-run").out()).contains("--undo");

      Ran ran = release("9.9.9", "--undo");

      assertThat(ran.status()).as(ran.out()).isZero();
      assertThat(git("rev-parse", "HEAD")).isEqualTo(before);
      assertThat(git("status", "--porcelain")).isEmpty();
      assertThat(git("tag", "-l", "v9.9.9") + git("for-each-ref", "refs/unfinished")).isEmpty();
      assertThat(clone.resolve("target/release.new")).doesNotExist();
    }
    assertThat(release("9.9.9", "--undo").out()).contains("there is no tag v9.9.9");
  }

  @Test
  void whatOthersMayHaveIsNotTakenBack() throws Exception {
    testsRan();
    assertThat(release("9.9.9").status()).isZero();
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    assertThat(release("9.9.9", "--undo").out()).contains("v9.9.9 was pushed");
    git("update-ref", "-d", "refs/remotes/origin/main");
    git("commit", "-q", "--allow-empty", "-m", "Later");
    assertThat(release("9.9.9", "--undo").out()).contains("there are commits after v9.9.9");
    assertThat(git("tag", "-l", "v9.9.9")).isEqualTo("v9.9.9");
  }

  @Test
  void releasesAndBeginsTheNextVersion() throws Exception {
    testsRan();

    Ran ran = release("9.9.9");

    assertThat(ran.status()).as(ran.out()).isZero();
    assertThat(ran.out()).contains("Nothing was pushed", "not signed");
    assertThat(git("cat-file", "-t", "v9.9.9")).isEqualTo("tag");
    assertThat(git("show", "v9.9.9:pom.xml")).contains("<revision>9.9.9</revision>");
    assertThat(git("show", "v9.9.9:CHANGELOG.md"))
        .containsPattern("## \\[Unreleased]\\n\\n## \\[9\\.9\\.9] - 20\\d\\d-\\d\\d-\\d\\d\\n");
    assertThat(git("show", "HEAD:pom.xml")).contains("<revision>9.9.10-SNAPSHOT</revision>");
    assertThat(git("log", "-2", "--format=%s")).isEqualTo("Begin 9.9.10-SNAPSHOT\nRelease 9.9.9");
    assertThat(run(clone.resolve("target/release"), "sha256sum", "-c", "SHA256SUMS").status())
        .isZero();
    try (Stream<Path> files = Files.list(clone.resolve("target/release"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "SHA256SUMS", "cadastre-9.9.9.sbom.json", "cadastre_9.9.9_all.deb");
    }
  }

  @Test
  void theVersionIsInOnePlace() throws IOException {
    Matcher revision = REVISION.matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(revision.find()).isTrue();
    assertThat(Version.text()).isEqualTo(revision.group(1));
    try (Stream<Path> poms = Files.walk(ROOT, 2)) {
      assertThat(poms.filter(file -> file.endsWith("pom.xml")))
          .hasSizeGreaterThan(5)
          .allSatisfy(
              pom ->
                  assertThat(Files.readString(pom))
                      .containsPattern(
                          "<artifactId>cadastre</artifactId>\\s*<version>\\$\\{revision}</version>"));
    }
  }
}
