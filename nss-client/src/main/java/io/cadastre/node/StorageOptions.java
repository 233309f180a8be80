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

/** The options of commands that judge a storage.conf. */
final class StorageOptions {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})");

  @Option(
      names = "--engine",
      paramLabel = "legacy|merged",
      description =
          "The edition of storage.conf's rules that Podman was built with; default: by its version")
  private Optional<String> engine = Optional.empty();

  @Option(
      names = "--nodemap",
      paramLabel = "FIRST-LAST",
      description = "The IDs that the Lustre servers' nodemap lets this node use, both inclusive")
  private Optional<String> nodemap = Optional.empty();

  /** The edition that was named. */
  Optional<Engine> engine(CommandSpec spec) {
    if (engine.isPresent() && Engine.of(engine.get()).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--engine is legacy or merged, and not \"%s\"".formatted(engine.get()));
    }
    return engine.flatMap(Engine::of);
  }

  /** The IDs that were named. */
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
      // said below
    }
    throw new ParameterException(
        spec.commandLine(), "--nodemap is FIRST-LAST, and not \"%s\"".formatted(text));
  }
}
