/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.cli.ServiceCommand.Action;
import io.cadastre.service.registry.SitePlan;
import io.cadastre.service.registry.SitePlan.Choice;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.ReservedRange;
import java.util.Optional;
import java.util.stream.Collectors;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code plan --accounts N|--filter F [--growth PERCENT] [--years Y]}: prints which counts and
 * segments carry a site. Only {@code --filter} asks the service.
 */
final class PlanCommand implements Action {
  private static final long FULL = 65536;

  @Override
  public void arguments(Subparser parser) {
    parser
        .addArgument("--accounts")
        .type(Long.class)
        .metavar("N")
        .help("the accounts that get a range now");
    parser
        .addArgument("--filter")
        .metavar("FILTER")
        .help("count the entitled accounts that this LDAP filter matches; asks the service");
    parser
        .addArgument("--growth")
        .type(Double.class)
        .setDefault(5.0)
        .metavar("PERCENT")
        .help("new accounts in a year, leavers not deducted: their ranges are never used again; 5");
    parser
        .addArgument("--years")
        .type(Integer.class)
        .setDefault(10)
        .metavar("Y")
        .help("the years to plan for; 10");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    try {
      print(
          new SitePlan(
              accounts(arguments, service),
              arguments.getDouble("growth"),
              arguments.getInt("years")));
    } catch (IllegalArgumentException e) {
      throw new CommandFailed(CommandStatus.USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private static long accounts(Namespace arguments, ServiceClient service) {
    Long given = arguments.getLong("accounts");
    String filter = arguments.getString("filter");
    if ((given == null) == (filter == null)) {
      throw new CommandFailed(CommandStatus.USAGE, "give either --accounts N or --filter FILTER");
    }
    return given != null ? given : FilterRun.run(filter, service).accounts().size();
  }

  private static void print(SitePlan plan) {
    Output.line(
        "%d accounts, %s %% more each year: %d ranges after %d years; a tenth of each pool stays free"
            .formatted(plan.accounts(), plan.growth(), plan.ranges(), plan.years()));
    for (long count : SitePlan.COUNTS) {
      Output.line(
          plan.choice(count)
              .map(choice -> line(plan, choice))
              .orElseGet(() -> "count %d: does not fit".formatted(count)));
    }
    Optional<Choice> full = plan.choice(FULL);
    Optional<Choice> fits = full.filter(choice -> !choice.isAbove2Gi());
    Optional<Choice> smaller = plan.recommended();
    if (fits.isEmpty()) {
      doesNotFit(plan, smaller, full);
    }
    fits.or(() -> smaller).or(() -> full).ifPresent(PlanCommand::recommend);
  }

  private static String line(SitePlan plan, Choice choice) {
    return "count %d: %d slots, %d %% used, segments %s%s"
        .formatted(
            choice.count(),
            choice.slots(),
            plan.ranges() * 100 / choice.slots(),
            choice.segments().stream()
                .map(s -> "[%d, %d]".formatted(s.start(), s.last()))
                .collect(Collectors.joining(", ")),
            choice.isAbove2Gi() ? ", with allowAbove2Gi: true" : "");
  }

  private static void doesNotFit(SitePlan plan, Optional<Choice> smaller, Optional<Choice> full) {
    Output.line(
        "%d ranges of 65536 do not fit below 2^31: there are %d slots in all, and one in ten stays free. What does:"
            .formatted(plan.ranges(), SitePlan.slotsBelow2Gi(FULL)));
    smaller.ifPresent(
        choice ->
            Output.line(
                " * a count of %d: images with files of higher IDs (nobody is 65534) fail, and so do image stores of another account, rootless Docker and Apptainer (docs/id-space.md)"
                    .formatted(choice.count())));
    Output.line(
        " * a range only for accounts that use containers (identity.entitlementFilter): up to %d in the default pool"
            .formatted(SitePlan.ownersOfTheDefaultPool(FULL)));
    full.ifPresent(
        choice ->
            Output.line(
                " * IDs of 2^31 and above (allowAbove2Gi: true): devpts, setfsuid and some programs break there"));
  }

  private static void recommend(Choice choice) {
    Output.line("For cadastre.yml, before the first start:");
    if (choice.isAbove2Gi()) {
      Output.line("allowAbove2Gi: true");
    }
    Output.line("pools:");
    Output.line("  - name: default");
    Output.line("    count: " + choice.count());
    Output.line("    segments:");
    for (IdRange segment : choice.segments()) {
      Output.line("      - first: " + segment.start());
      Output.line("        last: " + segment.last());
    }
    Output.line(
        "These segments cross the IDs of %s; \"cadastre check\" says what to do about each (docs/id-space.md)"
            .formatted(
                choice.claims().stream()
                    .map(ReservedRange::keyword)
                    .distinct()
                    .collect(Collectors.joining(", "))));
  }
}
