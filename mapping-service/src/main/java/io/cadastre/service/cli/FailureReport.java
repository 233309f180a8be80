/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.failure.ConfigurationRefused;
import io.cadastre.service.failure.LedgerUnusable;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.failure.Unavailable;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.UndefinedEnvironmentVariableException;
import java.io.FileNotFoundException;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.ArgumentParserException;

/** Prints the message of a failed command and chooses its exit status. */
public final class FailureReport {
  private FailureReport() {}

  /** Prints the mistake for people, and returns the status for scripts. */
  public static CommandStatus report(Throwable t) {
    if (t instanceof ArgumentParserException) {
      return CommandStatus.USAGE; // the parser has said what is wrong
    }
    Optional<ConfigurationRefused> yaml = YamlMistake.of(t);
    if (yaml.isPresent()) {
      return report(yaml.get());
    }
    Optional<CommandStatus> expected = expected(t);
    if (expected.isPresent()) {
      say(isConfiguration(t), String.valueOf(t.getMessage()).strip());
      return expected.get();
    }
    if (isPortTaken(t)) {
      say(false, "a port of the configuration is taken: " + t.getMessage());
      return CommandStatus.UNAVAILABLE;
    }
    Output.trace(t);
    return t instanceof OutOfMemoryError ? CommandStatus.NO_MEMORY : CommandStatus.SOFTWARE;
  }

  /** Prints that the command line names no command. */
  public static CommandStatus noCommand() {
    say(false, "name a command; to list all of them, run: cadastre --help");
    return CommandStatus.USAGE;
  }

  /** The status of a failure with a complete message, which needs no stack trace. */
  private static Optional<CommandStatus> expected(Throwable t) {
    if (t instanceof CommandFailed failed) {
      return Optional.of(failed.status());
    }
    if (t instanceof Refused) {
      return Optional.of(CommandStatus.REFUSED);
    }
    if (t instanceof FileNotFoundException) {
      return Optional.of(CommandStatus.NO_INPUT);
    }
    if (t instanceof Unavailable) {
      return Optional.of(CommandStatus.TRY_AGAIN);
    }
    return isConfiguration(t) ? Optional.of(CommandStatus.CONFIGURATION) : Optional.empty();
  }

  private static boolean isConfiguration(Throwable t) {
    return t instanceof ConfigurationRefused
        || t instanceof LedgerUnusable
        || t instanceof ConfigurationException
        || t instanceof UndefinedEnvironmentVariableException;
  }

  private static boolean isPortTaken(Throwable t) {
    return Stream.iterate(t, Objects::nonNull, Throwable::getCause)
        .anyMatch(BindException.class::isInstance);
  }

  /**
   * Prints a message as one line, or as several if the line ends are the program's own: a list of
   * mistakes in a configuration.
   */
  private static void say(boolean list, String message) {
    if (!message.isEmpty()) {
      Output.complaint(list ? message.lines().toList() : List.of(message));
    }
  }
}
