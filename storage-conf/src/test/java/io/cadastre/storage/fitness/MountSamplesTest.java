/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.subid.IdRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The recorded mountinfo of a client of each file system, with the findings about some arrangements
 * for a user with ranges and one without. The golden files have the findings; {@code
 * -Dcadastre.golden=write} writes them anew.
 */
final class MountSamplesTest {
  private static final Optional<List<IdRange>> RANGES =
      Optional.of(List.of(new IdRange(1001062400, 65536)));

  @ParameterizedTest
  @ValueSource(strings = {"lustre", "gpfs", "nfs", "cephfs", "beegfs", "ext4", "xfs", "tmpfs"})
  void findingsAreAsRecorded(String sample) throws IOException {
    StringBuilder found = new StringBuilder();
    for (Map.Entry<String, Arrangement> arrangement : arrangements().entrySet()) {
      describe(found, arrangement, "with ranges", facts(sample, RANGES));
      describe(found, arrangement, "without ranges", facts(sample, Optional.of(List.of())));
    }
    describe(
        found,
        Map.entry("overlay", new Arrangement()),
        "unknown ranges",
        facts(sample, Optional.empty()));
    if ("write".equals(System.getProperty("cadastre.golden"))) {
      Files.writeString(
          Path.of("src/test/resources/io/cadastre/storage/fitness", sample + ".findings"), found);
    }
    assertThat(found).hasToString(resource(sample + ".findings"));
  }

  private static Map<String, Arrangement> arrangements() {
    Map<String, Arrangement> all = new LinkedHashMap<>();
    all.put("overlay", new Arrangement());
    all.put(
        "overlay, fuse-overlayfs, flag",
        new Arrangement().option("mount_program", "/usr/bin/fuse-overlayfs").flag("true"));
    all.put("vfs, flag false", new Arrangement().driver("vfs").flag("false"));
    all.put(
        "overlay on /tmp, runroot at home, images on /software",
        new Arrangement()
            .graphroot("/tmp/zoe/storage")
            .runroot("/home/zoe/run")
            .imageStore("/software/images"));
    return all;
  }

  private static Facts facts(String sample, Optional<List<IdRange>> ranges) throws IOException {
    return new Facts(
        Optional.of(MountTable.parse(resource(sample + ".mountinfo"))),
        Map.of(),
        ranges,
        ranges,
        Optional.of("6.1.0-18-amd64"),
        Optional.of(true),
        Optional.empty());
  }

  private static void describe(
      StringBuilder out, Map.Entry<String, Arrangement> arrangement, String user, Facts facts) {
    out.append("== %s; user %s%n".formatted(arrangement.getKey(), user));
    for (StorageFinding found : arrangement.getValue().findings(facts)) {
      out.append(
          "%s %s %s%n  %s%n  %s%n"
              .formatted(
                  found.finding().severity().word(),
                  found.finding().rule(),
                  found.finding().subject(),
                  found.finding().message(),
                  found.finding().remedy()));
      found.instead().ifPresent(line -> line.lines().forEach(l -> out.append("  > " + l + "\n")));
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = MountSamplesTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
