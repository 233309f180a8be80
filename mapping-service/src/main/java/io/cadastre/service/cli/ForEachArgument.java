/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a command's work for each of several arguments: a refused one does not affect the others.
 */
final class ForEachArgument {
  private ForEachArgument() {}

  /**
   * Runs the work for all arguments, and prints the reason of each refusal.
   *
   * @throws CommandFailed at the end, if one was refused; at once, if the service does not answer
   */
  static <T> void run(List<T> arguments, Consumer<T> work) {
    boolean refused = false;
    for (T argument : arguments) {
      try {
        work.accept(argument);
      } catch (CommandFailed e) {
        if (e.status() != CommandStatus.REFUSED) {
          throw e;
        }
        refused = true;
        Output.complaint(List.of(String.valueOf(e.getMessage())));
      }
    }
    if (refused) {
      throw new CommandFailed(CommandStatus.REFUSED, "");
    }
  }
}
