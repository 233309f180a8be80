/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.cli;

import cadastre.service.failure.ConfigurationRefused;
import cadastre.service.failure.Refused;
import cadastre.service.failure.Unavailable;
import io.dropwizard.configuration.ConfigurationException;

/** What a failed command says and exits with. */
public final class Failures {
  private Failures() {}

  /** Prints what is wrong, for people, and gives the status, for scripts. */
  public static ExitStatus report(Throwable t) {
    if (t instanceof CommandFailed failed) {
      say(String.valueOf(failed.getMessage()));
      return failed.status();
    }
    if (t instanceof Refused) {
      say(String.valueOf(t.getMessage()));
      return ExitStatus.REFUSED;
    }
    if (t instanceof Unavailable) {
      say(String.valueOf(t.getMessage()));
      return ExitStatus.TRY_AGAIN;
    }
    if (t instanceof ConfigurationRefused || t instanceof ConfigurationException) {
      say(String.valueOf(t.getMessage()));
      return ExitStatus.CONFIGURATION;
    }
    return ExitStatus.UNAVAILABLE;
  }

  /** Whether {@link #report} tells people all they need, so that a stack trace would bury it. */
  public static boolean isExpected(Throwable t) {
    return t instanceof CommandFailed
        || t instanceof Refused
        || t instanceof Unavailable
        || t instanceof ConfigurationRefused
        || t instanceof ConfigurationException;
  }

  private static void say(String message) {
    if (!message.isEmpty()) {
      System.err.println("cadastre: " + message);
    }
  }
}
