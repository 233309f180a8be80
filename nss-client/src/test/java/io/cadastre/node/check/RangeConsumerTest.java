/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The programs of N30 and the table of docs/nodes.md are the same. */
class RangeConsumerTest {
  private static final String HEAD =
      "| program | it reads | owners = name | owners = uid | plugin ";

  /**
   * Whether a program is served.
   *
   * @param byName in files mode with {@code owners = name}
   * @param byUid in files mode with {@code owners = uid}
   * @param inPlugin in plugin mode
   */
  private record Served(boolean byName, boolean byUid, boolean inPlugin) {}

  @Test
  void theManualHasTheSameProgramsAndOutcomes() throws IOException {
    Map<String, Served> documented = new TreeMap<>();
    for (List<String> row : rows()) {
      Served served = new Served(works(row.get(2)), works(row.get(3)), works(row.get(4)));
      if (!served.equals(new Served(true, true, true))) {
        documented.put(row.get(0), served);
      }
    }
    Map<String, Served> checked =
        Arrays.stream(RangeConsumer.values())
            .collect(
                Collectors.toMap(
                    RangeConsumer::title,
                    program ->
                        new Served(
                            program.byName().isEmpty(),
                            program.byUid().isEmpty(),
                            program.inPlugin().isEmpty())));
    assertThat(documented).isEqualTo(checked);
  }

  private static boolean works(String cell) {
    return cell.equals("works");
  }

  private static List<List<String>> rows() throws IOException {
    Path manual = Path.of(System.getProperty("cadastre.root"), "docs/nodes.md");
    List<List<String>> rows =
        Files.readAllLines(manual).stream()
            .dropWhile(line -> !line.startsWith(HEAD))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> Arrays.stream(line.split("[|]")).skip(1).map(String::strip).toList())
            .toList();
    assertThat(rows).as("the table after " + HEAD).isNotEmpty();
    return rows;
  }
}
