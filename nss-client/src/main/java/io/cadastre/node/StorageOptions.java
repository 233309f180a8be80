/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import io.cadastre.storage.Engine;
import io.cadastre.subid.IdRange;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of commands that check a storage.conf. */
final class StorageOptions {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})");

  @Option(
      names = "--engine",
      paramLabel = "VERSION",
      description =
          "The Podman whose rules apply: a version (4.3.1, 5.4), legacy (the first edition), or"
              + " merged (the last); default: the installed one")
  private Optional<String> engine = Optional.empty();

  @Option(
      names = "--nodemap",
      paramLabel = "FIRST-LAST",
      description =
          "The IDs that the nodemap of the Lustre servers allows this node, both inclusive")
  private Optional<String> nodemap = Optional.empty();

  /** The edition on the command line. */
  Optional<Engine> engine(CommandSpec spec) {
    return engine.map(name -> engine(spec, "--engine", name));
  }

  /**
   * The edition of this name.
   *
   * @param option the option that has the name, for the message
   */
  static Engine engine(CommandSpec spec, String option, String name) {
    return Engine.of(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "%s \"%s\" is not known; it takes %s".formatted(option, name, Engine.names())));
  }

  /** The IDs on the command line. */
  Optional<IdRange> nodemap(CommandSpec spec) {
    return nodemap.map(text -> range(spec, text));
  }

  private static IdRange range(CommandSpec spec, String text) {
    Matcher range = RANGE.matcher(text);
    try {
      if (range.matches()) {
        return IdRange.between(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
      }
    } catch (IllegalArgumentException e) {
      // reported below
    }
    throw new ParameterException(
        spec.commandLine(), "--nodemap must be FIRST-LAST, not \"%s\"".formatted(text));
  }
}
