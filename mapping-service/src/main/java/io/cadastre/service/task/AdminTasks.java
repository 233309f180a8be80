/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cadastre.service.event.AuditContext;
import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.service.imports.ImportPlan;
import io.cadastre.service.imports.NodeFile;
import io.cadastre.service.ledger.ForgottenIds;
import io.cadastre.service.ledger.LedgerReport;
import io.cadastre.service.registry.AccountSynchronizer;
import io.cadastre.service.registry.Accounts;
import io.cadastre.service.registry.AdoptionCommands;
import io.cadastre.service.registry.AdoptionCommands.Adopted;
import io.cadastre.service.registry.DismissalCommands;
import io.cadastre.service.registry.IdentityCommands;
import io.cadastre.service.registry.ImportCommands;
import io.cadastre.service.registry.LedgerVerification;
import io.cadastre.service.registry.RealIdCommands;
import io.cadastre.service.registry.Reconciler;
import io.cadastre.service.task.AdminTask.Request;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.SubidFile;
import io.dropwizard.core.setup.AdminEnvironment;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tasks of the admin connector. */
public record AdminTasks(
    Accounts accounts,
    Reconciler reconciler,
    LedgerVerification verification,
    Optional<AdoptionCommands> adoption,
    Optional<DismissalCommands> dismissal,
    IdentityCommands rebinding,
    Optional<AccountSynchronizer> synchronizer,
    RealIdCommands forgetting,
    ImportCommands importer) {

  /** Registers {@code POST /tasks/NAME} for each. */
  public void register(AdminEnvironment admin, ObjectMapper mapper) {
    admin.addTask(new AdminTask("accounts", mapper, this::searchAccounts));
    admin.addTask(new AdminTask("reconcile", mapper, this::reconcile));
    admin.addTask(new AdminTask("adopt", mapper, this::adopt));
    admin.addTask(new AdminTask("dismiss-entry", mapper, this::dismissEntry));
    admin.addTask(new AdminTask("verify-ledger", mapper, this::verifyLedger));
    admin.addTask(new AdminTask("rebind-all", mapper, this::rebindAll));
    admin.addTask(new AdminTask("follow", mapper, this::follow));
    admin.addTask(new AdminTask("import-files", mapper, request -> importFiles(request, mapper)));
  }

  /** The names of the entitled accounts that {@code filter} matches, one a line. */
  private TaskAnswer searchAccounts(Request request) {
    String filter =
        request
            .text("filter")
            .orElseThrow(
                () -> new Refused(RefusalCode.BAD_REQUEST, "the parameter filter is missing"));
    List<String> names =
        accounts.search(filter).stream().map(owner -> owner.name().value()).sorted().toList();
    return TaskAnswer.done("%d entitled accounts match".formatted(names.size()), names);
  }

  /** Compares the directory with the ledger; {@code repair=true} republishes what differs. */
  private TaskAnswer reconcile(Request request) {
    boolean repair = request.flag("repair") && !request.flag("dryRun");
    List<Finding> findings = repair ? reconciler.repair() : reconciler.report();
    return TaskAnswer.done(
        "%d differences%s"
            .formatted(findings.size(), repair ? ", every drifting owner is republished" : ""),
        findings.stream().map(AdminTasks::line).toList());
  }

  /** Holds the ledger against its own events; a difference is an error among the lines. */
  private TaskAnswer verifyLedger(Request request) {
    LedgerReport report = verification.run();
    return TaskAnswer.done(
        report.isEqual()
            ? "the ledger is what its %d events say".formatted(report.events())
            : "the ledger is not what its events say: changes answer 503 until that is mended",
        verification.findings().stream().map(AdminTasks::line).toList());
  }

  /**
   * Takes in what the directory knows and the ledger does not, then compares the two again; {@code
   * acceptSerial=N} believes the entries up to that serial.
   */
  private TaskAnswer adopt(Request request) {
    boolean dryRun = request.flag("dryRun");
    Adopted adopted =
        adoption
            .orElseThrow(AdminTasks::noDirectory)
            .adopt(request.number("acceptSerial"), dryRun, request.auditContext());
    if (!dryRun) {
      reconciler.report();
    }
    return TaskAnswer.done(
        "%d allocations %s, %d entries refused"
            .formatted(
                adopted.allocations().size(),
                dryRun ? "would be adopted" : "adopted",
                adopted.refused().size()),
        Stream.of(
                adopted.refused().stream().map(AdminTasks::line),
                adopted.allocations().stream().map(AdminTasks::line),
                warnings(adopted.allocations()))
            .flatMap(lines -> lines)
            .toList());
  }

  /** Dismisses the entry {@code dn}, so that it holds no pool, then compares again. */
  private TaskAnswer dismissEntry(Request request) {
    boolean dryRun = request.flag("dryRun");
    String dn =
        request
            .text("dn")
            .orElseThrow(() -> new Refused(RefusalCode.BAD_REQUEST, "the parameter dn is missing"));
    String dismissed =
        dismissal.orElseThrow(AdminTasks::noDirectory).dismiss(dn, dryRun, request.auditContext());
    if (!dryRun) {
      reconciler.report();
    }
    return TaskAnswer.done(
        dryRun ? "the entry would be dismissed" : "the entry is dismissed", List.of(dismissed));
  }

  private static Refused noDirectory() {
    return new Refused(RefusalCode.BAD_REQUEST, "no directory is configured");
  }

  /** The directory has the last word on what it has published: a remembered ID only warns. */
  private Stream<String> warnings(List<Allocation> adopted) {
    return adopted.stream()
        .filter(a -> accounts.onlyRemembers(a.uidRange()) || accounts.onlyRemembers(a.gidRange()))
        .map(
            a ->
                "warning former-id %s: a range of allocation %s holds the uid or gid of an account or group that is gone only lately"
                    .formatted(line(a.owner()), a.id()));
  }

  /** Rebinds every owner whose account has his name and uid under another stable id. */
  private TaskAnswer rebindAll(Request request) {
    boolean dryRun = request.flag("dryRun");
    List<IdentityCommands.Match> matches = rebinding.rebindAll(dryRun, request.auditContext());
    return TaskAnswer.done(
        "%d owners %s".formatted(matches.size(), dryRun ? "would be rebound" : "rebound"),
        matches.stream()
            .map(
                m ->
                    line(m.account())
                        + ": "
                        + m.stored().owner().stableId()
                        + " becomes "
                        + m.account().stableId())
            .toList());
  }

  /**
   * Follows the directory now; {@code acceptLoss=true} believes that many owners are gone, {@code
   * forgetIds} names a range of real IDs that are to be forgotten.
   */
  private TaskAnswer follow(Request request) {
    boolean dryRun = request.flag("dryRun");
    Optional<String> forget = request.text("forgetIds");
    List<String> lines = new ArrayList<>();
    forget.ifPresent(range -> lines.add(forget(range, dryRun, request)));
    if (forget.isEmpty() || synchronizer.isPresent()) {
      lines.addAll(follow(request, dryRun));
    }
    return TaskAnswer.done(
        "the accounts were read" + (dryRun ? "; a dry run, nothing was changed" : ""), lines);
  }

  private String forget(String range, boolean dryRun, Request request) {
    ForgottenIds forgotten = forgetting.forget(range, dryRun, request.auditContext());
    return "%s %d uids and %d gids that are gone"
        .formatted(dryRun ? "would forget" : "forgot", forgotten.uids(), forgotten.gids());
  }

  private List<String> follow(Request request, boolean dryRun) {
    AccountSynchronizer following =
        synchronizer.orElseThrow(
            () ->
                new Refused(
                    RefusalCode.BAD_REQUEST,
                    "identities come from the caller (identity.source: caller): the directory's accounts are not the owners"));
    Optional<AuditContext> acceptedBy =
        request.flag("acceptLoss") ? Optional.of(request.auditContext()) : Optional.empty();
    return following
        .readAndFollow(acceptedBy, dryRun)
        .map(
            f ->
                List.of(
                    "followed " + f.followed(),
                    "withheld " + f.withheld(),
                    "restored " + f.restored(),
                    "missing, but too many in a day to be believed " + f.spared()))
        .orElse(List.of());
  }

  /** Judges the files of the body, a JSON array of {@link ImportFile}, and pins what is clean. */
  private TaskAnswer importFiles(Request request, ObjectMapper mapper)
      throws JsonProcessingException {
    boolean dryRun = !"false".equals(request.text("dryRun").orElse("true"));
    List<NodeFile> files = new ArrayList<>();
    for (ImportFile file : mapper.readValue(request.body(), ImportFile[].class)) {
      files.add(nodeFile(file));
    }
    ImportPlan plan = importer.run(files, dryRun, request.auditContext());
    List<String> lines = new ArrayList<>();
    plan.findings().forEach(finding -> lines.add(line(finding)));
    plan.pins()
        .forEach(
            pin ->
                lines.add(
                    "%s %s: subuid %s, subgid %s"
                        .formatted(
                            dryRun ? "would pin" : "pinned",
                            line(pin.owner()),
                            pin.uidRange(),
                            pin.gidRange())));
    return TaskAnswer.done(
        "%d owners %s, %d findings"
            .formatted(
                plan.pins().size(), dryRun ? "would be pinned" : "pinned", plan.findings().size()),
        lines);
  }

  private static NodeFile nodeFile(ImportFile file) {
    for (IdType type : IdType.values()) {
      if (type.word().equals(file.type())) {
        return new NodeFile(
            file.node(), type, SubidFile.decode(Base64.getDecoder().decode(file.content())));
      }
    }
    throw new Refused(
        RefusalCode.BAD_REQUEST,
        "the type \"%s\" is neither subuid nor subgid".formatted(file.type()));
  }

  private static String line(Finding finding) {
    return "%s %s %s: %s -> %s"
        .formatted(
            finding.severity().word(),
            finding.rule(),
            finding.subject(),
            finding.message(),
            finding.remedy());
  }

  private static String line(Allocation a) {
    return "%s: %s %s, %s".formatted(line(a.owner()), a.id(), a.uidRange(), a.state().word());
  }

  private static String line(Owner owner) {
    return "%s (uid %d)".formatted(owner.name(), owner.uidNumber());
  }
}
