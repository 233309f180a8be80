/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.AccountsJson;
import io.cadastre.service.api.BatchRequestJson;
import io.cadastre.service.api.BatchResultJson;
import io.cadastre.service.api.FindingJson;
import io.cadastre.service.api.Paths;
import io.cadastre.service.api.Problem;
import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.service.failure.RefusalCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code allocate [--reinstate] NAME...|--filter F [--dry-run]}: a line for every owner, in order.
 * With a filter a retired owner is skipped with its line, since nothing is wrong.
 */
final class AllocateCommand implements Action {
  /** Owners of a request. A dry run is one request: the next would show the same ranges again. */
  private static final int CHUNK = 500;

  private static final int UNAVAILABLE = 503;

  /** The lines that were refused. */
  private static final class Refusals {
    private final boolean skipsRetired;
    private int all;
    private int accounts;
    private int unavailable;
    private int retired;

    Refusals(boolean skipsRetired) {
      this.skipsRetired = skipsRetired;
    }

    void count(BatchResultJson result) {
      result.refused().ifPresent(this::count);
    }

    /** An account that is not asked for, since it cannot own a range. */
    void countAccount() {
      accounts++;
      all++;
    }

    private void count(Problem problem) {
      if (skipsRetired && problem.is(RefusalCode.OWNER_RETIRED)) {
        retired++;
      } else {
        all++;
        unavailable += problem.status() == UNAVAILABLE ? 1 : 0;
      }
    }

    String counts() {
      return all + " refused" + (retired == 0 ? "" : ", %d retired and skipped".formatted(retired));
    }

    CommandStatus status() {
      return all > unavailable ? CommandStatus.REFUSED : CommandStatus.TRY_AGAIN;
    }
  }

  @Override
  public void arguments(Subparser parser) {
    parser.addArgument("name").nargs("*").metavar("NAME").help("accounts");
    parser
        .addArgument("--filter")
        .metavar("FILTER")
        .help("all entitled accounts that this LDAP filter matches");
    parser
        .addArgument("--reinstate")
        .action(Arguments.storeTrue())
        .help("give retired owners among them their ranges back");
    DryRunOption.add(parser);
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    Refusals refusals = new Refusals(arguments.getString("filter") != null);
    List<String> names = names(arguments, service, refusals);
    boolean dryRun = DryRunOption.isGiven(arguments);
    ProgressLine progress = new ProgressLine("owners", names.size());
    boolean reinstate = arguments.getBoolean("reinstate");
    int size = dryRun ? Math.max(1, names.size()) : CHUNK;
    for (int from = 0; from < names.size(); from += size) {
      int before = from;
      service.postLines(
          Paths.BATCH,
          Map.of("dryRun", dryRun),
          lines(names.subList(from, Math.min(from + size, names.size())), reinstate),
          BatchResultJson.class,
          result -> {
            Output.line(Lines.batchResult(result));
            refusals.count(result);
            progress.show(before + result.line());
          });
    }
    Output.notice(
        "%d owners asked for, %s%s"
            .formatted(
                names.size() + refusals.accounts,
                refusals.counts(),
                dryRun ? "; a dry run, nothing was changed" : ""));
    if (refusals.all > 0) {
      throw new CommandFailed(refusals.status(), "");
    }
  }

  private static List<String> names(Namespace arguments, ServiceClient service, Refusals refusals) {
    List<String> names = arguments.getList("name");
    String filter = arguments.getString("filter");
    if (names.isEmpty() == (filter == null)) {
      throw new CommandFailed(CommandStatus.USAGE, "give either names or --filter");
    }
    if (filter == null) {
      return names;
    }
    AccountsJson found = FilterRun.run(filter, service);
    for (FindingJson account : found.refused()) {
      Output.line("%s refused: %s".formatted(account.subject(), account.message()));
      refusals.countAccount();
    }
    return found.accounts();
  }

  private static String lines(List<String> names, boolean reinstate) {
    return names.stream()
        .map(name -> JsonForm.write(BatchRequestJson.named(name, reinstate)) + "\n")
        .collect(Collectors.joining());
  }
}
