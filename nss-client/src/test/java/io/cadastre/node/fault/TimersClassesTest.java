/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.Main;
import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The classes that the timer's run loads when nothing has changed. Each one that is not in the
 * archive, or that the JVM makes at its first use, costs every node time every quarter of an hour
 * (docs/decisions/0083).
 */
@Tag("slow")
final class TimersClassesTest {
  private static final int SKIPPED = 77;
  private static final Path LAUNCHER =
      Path.of(System.getProperty("cadastre.root"), "config/node/cadastre-node");

  /** What such a run must not load, by the start of the name. */
  private static final List<String> TOO_SLOW =
      List.of(
          "java.lang.runtime.ObjectMethods", // toString, equals and hashCode of a record
          "java.text.",
          "java.util.Formatter",
          "javax.crypto.",
          "com.",
          "org.",
          "picocli.",
          "io.cadastre.node.sync.NodeState", // all files in memory
          "io.cadastre.node.sync.Plan",
          "io.cadastre.subid.Snapshot ");

  @TempDir Path root;
  @TempDir Path library;
  @TempDir Path output;
  private ScratchNode node;

  /** Installs the classes under test: only those of jar files can be archived. */
  @BeforeEach
  void setUp() throws IOException {
    node = new ScratchNode(root);
    List<String> command = NodeProcess.java(Main.class);
    int number = 0;
    for (String part : command.get(command.indexOf("-cp") + 1).split(":", -1)) {
      Path jar = library.resolve("%02d.jar".formatted(number++));
      if (Files.isDirectory(Path.of(part))) {
        pack(Path.of(part), jar);
      } else {
        Files.copy(Path.of(part), jar);
      }
    }
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
        out.write(Files.readAllBytes(each));
        out.closeEntry();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "plugin"})
  void aSyncWithoutNewsLoadsAllItsClassesFromTheArchive(String mode) throws Exception {
    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
      configure(registry, mode);
      run(Map.of("CADASTRE_NODE_ARCHIVE", "write"), "sync");
      assertThat(library.resolve("node.jsa")).exists();

      checkClasses();
    }
  }

  /** As the package makes it at its installation, before there is a configuration. */
  @ParameterizedTest
  @ValueSource(strings = {"files", "plugin"})
  void soItDoesWithTheArchiveOfTheInstallation(String mode) throws Exception {
    run(Map.of("CADASTRE_NODE_ARCHIVE", "write"));
    assertThat(library.resolve("node.jsa")).exists();
    assertThat(node.path("var/lib/cadastre")).doesNotExist();

    try (TestRegistry registry = TestRegistry.serving(Snapshots.three(42))) {
      configure(registry, mode);
      run(Map.of(), "sync");
      checkClasses();
    }
  }

  private void configure(TestRegistry registry, String mode) throws IOException {
    node.write("etc/nsswitch.conf", mode.equals("plugin") ? "subid: cadastre\n" : "");
    node.write(
        "etc/cadastre/node.conf",
        "url = %s\nmode = %s\nmetrics = /var/lib/cadastre/cadastre.prom\n"
            .formatted(registry.url(), mode));
  }

  private void checkClasses() throws IOException, InterruptedException {
    Path log = output.resolve("classes");
    String said = run(Map.of("_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), "sync");

    assertThat(said).contains("3 rows: unchanged");
    assertThat(node.read("var/lib/cadastre/cadastre.prom")).contains("cadastre_node_rows 3");
    List<String> loaded =
        Files.readAllLines(log).stream()
            .filter(line -> line.contains(" source: "))
            .map(line -> line.substring(line.lastIndexOf(']') + 1).strip())
            .toList();
    assertThat(loaded).anyMatch(line -> line.startsWith("io.cadastre.node.sync.Settled "));
    // One or two are of the JDK's own lambdas; the first operator + with texts makes 17 of them.
    // Events of JFR are never in an archive.
    assertThat(loaded)
        .filteredOn(line -> !line.contains("source: shared objects file"))
        .filteredOn(line -> !line.startsWith("jdk.internal.event."))
        .allMatch(line -> line.startsWith("java.lang.invoke.LambdaForm$"))
        .hasSizeLessThanOrEqualTo(2);
    assertThat(loaded).filteredOn(line -> TOO_SLOW.stream().anyMatch(line::startsWith)).isEmpty();
    assertThat(loaded)
        .filteredOn(line -> line.matches("io\\.cadastre\\..*\\$\\$Lambda.*"))
        .isEmpty();
  }

  private String run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("src/test/sh/on-the-files-of").toAbsolutePath().toString(),
                root.toString(),
                LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    Path said = output.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("CADASTRE_NODE_LIB", library.toString());
    environment.putAll(variables);
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    environment.merge("PATH", java, (path, first) -> first + ":" + path);
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(said);
    assumeTrue(process.exitValue() != SKIPPED, text);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
