/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
    Set<CommandStatus> refusals = EnumSet.noneOf(CommandStatus.class);
    for (T argument : arguments) {
      try {
        work.accept(argument);
      } catch (CommandFailed e) {
        if (e.status() != CommandStatus.REFUSED && e.status() != CommandStatus.NO_OWNER) {
          throw e;
        }
        refusals.add(e.status());
        Output.complaint(List.of(String.valueOf(e.getMessage())));
      }
    }
    if (!refusals.isEmpty()) {
      throw new CommandFailed(
          refusals.contains(CommandStatus.REFUSED) ? CommandStatus.REFUSED : CommandStatus.NO_OWNER,
          "");
    }
  }
}
