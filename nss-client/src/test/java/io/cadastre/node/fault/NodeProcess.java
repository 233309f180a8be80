/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import com.github.difflib.DiffUtils;
import io.cadastre.node.Main;
import io.cadastre.subid.Snapshot;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command as a process, which can be killed and traced. */
public final class NodeProcess {
  private NodeProcess() {}

  /** A command line that runs a main class of the client, or of these tests. */
  public static List<String> java(Class<?> main, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-cp",
                classPath(main),
                main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static String classPath(Class<?> main) {
    return Stream.of(main, Main.class, Snapshot.class, CommandLine.class, DiffUtils.class)
        .map(NodeProcess::location)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
