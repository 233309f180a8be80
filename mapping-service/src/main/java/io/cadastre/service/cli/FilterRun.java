/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AccountsJson;
import io.cadastre.service.api.AccountsJson.Counts;
import io.cadastre.service.api.AccountsProgressJson;
import io.cadastre.service.api.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the accounts of {@code --filter}, and says what the filter does. */
final class FilterRun {
  /** A search of fewer seconds needs no word. */
  private static final long SLOW_SECONDS = 5;

  private FilterRun() {}

  /**
   * Finds the entitled accounts that the filter matches.
   *
   * @throws CommandFailed if the service refuses the filter
   */
  static AccountsJson run(String filter, ServiceClient service) {
    List<AccountsJson> answers = new ArrayList<>(1);
    long begun = System.nanoTime();
    service.getLines(
        Paths.admin(Paths.ACCOUNTS),
        Map.of("filter", filter),
        AccountsProgressJson.class,
        line -> {
          line.found().ifPresent(found -> progress(found, begun));
          line.answer().ifPresent(answers::add);
          line.failed()
              .ifPresent(
                  problem -> {
                    throw new CommandFailed(CommandStatus.TRY_AGAIN, problem.detail());
                  });
        });
    AccountsJson answer =
        answers.stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailed(
                        CommandStatus.TRY_AGAIN, "the service's answer broke off; try again"));
    Output.notice(summary(answer));
    if (answer.longestSilenceSeconds() >= SLOW_SECONDS) {
      Output.notice(
          "this filter is slow: the directory needed up to %d s before it answered. Give it an index for the attributes of the filter, or choose the accounts by an equality, as (memberOf=...)"
              .formatted(answer.longestSilenceSeconds()));
    }
    return answer;
  }

  private static void progress(long found, long begun) {
    Output.notice(
        "%d accounts found after %d s"
            .formatted(found, (System.nanoTime() - begun) / 1_000_000_000));
  }

  private static String summary(AccountsJson answer) {
    Counts counts = answer.counts();
    String all =
        "%d accounts match accountFilter, %s are entitled"
            .formatted(
                counts.accounts(),
                counts.entitled().map(number -> Long.toString(number)).orElse("an unknown number"));
    return counts
        .matched()
        .map(number -> all + "; %d match this filter, 0 of these are entitled".formatted(number))
        .orElseGet(
            () ->
                "%s; %d of these match this filter, and %d that cannot own a range"
                    .formatted(all, answer.accounts().size(), answer.refused().size()));
  }
}
