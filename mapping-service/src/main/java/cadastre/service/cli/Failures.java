/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.directory.DirectoryUnavailable;
import cadastre.service.failure.ConfigurationRefused;
import cadastre.service.failure.LedgerUnusable;
import cadastre.service.failure.Refused;
import cadastre.service.failure.Unavailable;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.UndefinedEnvironmentVariableException;
import java.io.FileNotFoundException;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.ArgumentParserException;

/** What a failed command says and exits with. */
public final class Failures {
  private Failures() {}

  /** Prints what is wrong, for people, and gives the status, for scripts. */
  public static ExitStatus report(Throwable t) {
    if (t instanceof ArgumentParserException) {
      return ExitStatus.USAGE; // the parser has said what is wrong
    }
    Optional<ExitStatus> expected = expected(t);
    if (expected.isPresent()) {
      say(isConfiguration(t), String.valueOf(t.getMessage()).strip());
      return expected.get();
    }
    if (isPortTaken(t)) {
      say(false, "a port of the configuration is taken: " + t.getMessage());
    } else {
      Output.trace(t);
    }
    return ExitStatus.UNAVAILABLE;
  }

  /** The status of what tells people all they need: a stack trace would bury it. */
  private static Optional<ExitStatus> expected(Throwable t) {
    if (t instanceof CommandFailed failed) {
      return Optional.of(failed.status());
    }
    if (t instanceof Refused) {
      return Optional.of(ExitStatus.REFUSED);
    }
    if (t instanceof FileNotFoundException) {
      return Optional.of(ExitStatus.NO_INPUT);
    }
    if (t instanceof Unavailable || t instanceof DirectoryUnavailable) {
      return Optional.of(ExitStatus.TRY_AGAIN);
    }
    return isConfiguration(t) ? Optional.of(ExitStatus.CONFIGURATION) : Optional.empty();
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
   * Says it in one line, or in several where the line ends are the program's own: a list of
   * mistakes in a configuration.
   */
  private static void say(boolean list, String message) {
    if (!message.isEmpty()) {
      Output.complaint(list ? message.lines().toList() : List.of(message));
    }
  }
}
