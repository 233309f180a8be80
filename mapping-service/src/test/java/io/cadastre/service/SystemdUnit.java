/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A systemd unit, read as systemd.syntax(7) has it, as far as ours go. */
record SystemdUnit(List<String> sections, List<String> commands, String text) {
  private static final Set<String> SECTIONS = Set.of("Unit", "Service", "Timer", "Install");
  private static final Pattern SECTION = Pattern.compile("\\[(\\w+)]");
  private static final Pattern SETTING = Pattern.compile("([A-Z]\\w+)=(.*)");
  private static final Pattern MAIN_CLASS =
      Pattern.compile("io\\.cadastre(?:\\.[a-z]+)+\\.[A-Z]\\w+");

  static SystemdUnit parse(String text) {
    List<String> sections = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher section = SECTION.matcher(line);
      Matcher setting = SETTING.matcher(line);
      if (section.matches()) {
        sections.add(section.group(1));
      } else if (setting.matches()) {
        if (setting.group(1).startsWith("Exec")) {
          commands.add(setting.group(2));
        }
      } else {
        assertThat(line).matches("#.*|");
      }
    }
    return new SystemdUnit(sections, commands, text);
  }

  /** Only writable folders, and among them that of the metrics in this node.conf. */
  void checkDropIn(String nodeConf) {
    assertThat(sections).containsExactly("Service");
    assertThat(commands).isEmpty();
    Matcher folder = Pattern.compile("(?m)^# metrics = (/.+)/[^/]+[.]prom$").matcher(nodeConf);
    assertThat(folder.find()).isTrue();
    assertThat(text.lines().filter(line -> line.matches("[A-Z].*")))
        .containsExactly("ReadWritePaths=-" + folder.group(1));
  }

  /** Each section once; commands by their full path, and of Java classes that there are. */
  void check(Path root) throws Exception {
    assertThat(sections).isSubsetOf(SECTIONS).doesNotHaveDuplicates().contains("Unit");
    assertThat(commands).allSatisfy(command -> assertThat(command).startsWith("/"));
    assertThat(text).contains("\nDescription=");
    Matcher name = MAIN_CLASS.matcher(text);
    while (name.find()) {
      String source = "src/main/java/" + name.group().replace('.', '/') + ".java";
      assertThat(List.of("mapping-service", "nss-client"))
          .as(name.group())
          .anyMatch(module -> Files.exists(root.resolve(module).resolve(source)));
    }
  }
}
