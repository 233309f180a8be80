/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.Bindings;
import io.cadastre.node.guard.Hold;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.tree.Checksum;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import io.cadastre.subid.SnapshotRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files that must change so that the node serves a snapshot, and what the guards say. Pure.
 *
 * <p>The order of writing gives these guarantees, whatever interrupts it and whatever another
 * program then does to the files:
 *
 * <ol>
 *   <li>A line that is removed from a managed block was kept in {@code removed} before, a local row
 *       that moves into it in {@code taken}, and a file that is created is noted.
 *   <li>{@code snapshot.next} has every row that stands in the files and is not in the last
 *       snapshot: the next sync knows the row without marker lines.
 *   <li>The files that serve owners come next, then how they serve and the state, last the
 *       snapshot: until it is there, the guards compare with the snapshot before it.
 * </ol>
 *
 * @param replacements in the order of writing
 * @param warnings breaches that an acceptance lets pass, and warnings
 * @param held the rows that this node does not serve
 * @param leavesNext whether {@code snapshot.next} exists after the writing and has to be removed
 */
record Plan(
    List<Replacement> replacements, List<Finding> warnings, List<Hold> held, boolean leavesNext) {
  private static final byte[] NOTE = utf8("created by cadastre-node\n");

  /**
   * Plans to serve {@code snapshot}.
   *
   * @throws io.cadastre.node.guard.SyncRefused if a guard refuses it
   */
  static Plan of(NodeState nodeState, Snapshot snapshot, Optional<String> etag, SyncOptions options)
      throws NodeFailure {
    Optional<Snapshot> last = nodeState.lastGood();
    Optional<SyncState> before = nodeState.lastState();
    Mode mode = options.settings().mode();
    Bindings bindings = before.map(SyncState::bound).orElse(Bindings.NONE);
    Acceptances accepted =
        bindings.holding(options.fromFiles(), snapshot).and(options.fromCommandLine());
    byte[] bytes = snapshot.render();
    String checksum = new Checksum().add(bytes).hex();
    if (last.isEmpty()
        || last.get().digest().equals(snapshot.digest())
        || before.filter(state -> state.snapshot().equals(checksum)).isPresent()) {
      // An acceptance holds on for the rows that it was given for, not for every snapshot of that
      // serial.
      accepted = accepted.and(before.map(SyncState::accepted).orElse(Acceptances.NONE));
    }
    LocalFiles local = LocalFiles.of(nodeState, snapshot, options);
    GuardReport report = GuardReport.of(nodeState, last, snapshot, local, options, accepted);
    report.require(snapshot);
    Snapshot served = report.served(snapshot);
    local = local.beside(served, report, nodeState, options);
    Rendering rendering = Rendering.of(nodeState, local, served, options.settings());
    Served how =
        nodeState.howServed().after(mode, report.held(), rendering.twins(served), last, snapshot);
    NodeTree tree = nodeState.tree();
    SyncState state =
        new SyncState(
            etag,
            snapshot.serial(),
            snapshot.rows().size(),
            checksum,
            rendering.served(),
            nodeState.after(rendering, how, snapshot).inputs(options.fingerprint()),
            Acceptances.of(report.accepted(), snapshot),
            bindings.after(options.fromFiles(), report.accepted(), last, snapshot),
            how.identities(),
            Optional.of(snapshot.ledger()));
    List<Replacement> serving = changed(rendering.replacements(nodeState, mode));
    List<Replacement> created = created(tree, serving);
    boolean writesRows = mode == Mode.FILES && !serving.isEmpty();
    List<Replacement> next = new ArrayList<>();
    if (writesRows) {
      boolean isWhole = report.held().isEmpty() && nodeState.interrupted().isEmpty();
      byte[] rows = isWhole ? bytes : next(nodeState, served).render();
      next.add(new Replacement(tree.next(), nodeState.next(), rows));
    }
    List<Replacement> all =
        changed(
            local.keep(nodeState),
            local.keepTaken(nodeState, served, options),
            created,
            next,
            serving,
            List.of(
                new Replacement(tree.served(), nodeState.servedFile(), utf8(how.encode())),
                new Replacement(tree.state(), nodeState.state(), utf8(state.encode())),
                new Replacement(tree.snapshot(), nodeState.snapshot(), bytes)));
    List<Finding> warnings = new ArrayList<>(report.passed());
    warnings.addAll(local.findings());
    Nsswitch.check(nodeState.nsswitch(), mode, tree.live()).ifPresent(warnings::add);
    return new Plan(all, warnings, report.held(), writesRows || nodeState.next().isPresent());
  }

  /** Notes of /etc/subuid and /etc/subgid, where there is none yet: leaving removes them then. */
  private static List<Replacement> created(NodeTree tree, List<Replacement> serving) {
    List<Replacement> notes = new ArrayList<>();
    for (IdType type : IdType.values()) {
      for (Replacement file : serving) {
        if (file.isNew() && file.path().equals(tree.file(type))) {
          notes.add(new Replacement(tree.created(type), Optional.empty(), NOTE));
        }
      }
    }
    return notes;
  }

  @SafeVarargs
  private static List<Replacement> changed(List<Replacement>... parts) {
    List<Replacement> all = new ArrayList<>();
    for (List<Replacement> part : parts) {
      part.stream().filter(Replacement::changes).forEach(all::add);
    }
    return all;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The rows to write, and those that an interrupted sync may have written. */
  private static Snapshot next(NodeState nodeState, Snapshot served) {
    Optional<Snapshot> interrupted = nodeState.interrupted();
    if (interrupted.isEmpty()) {
      return served;
    }
    Set<SnapshotRow> rows = new LinkedHashSet<>(served.rows());
    rows.addAll(interrupted.get().rows());
    return Snapshot.of(served.ledger(), served.serial(), served.head(), List.copyOf(rows));
  }

  /** The files that serve owners, or say how: not those that only help the next run. */
  List<Replacement> shown(NodeTree tree) {
    Set<Path> others =
        Set.of(tree.next(), tree.taken(), tree.created(IdType.SUBUID), tree.created(IdType.SUBGID));
    return replacements.stream().filter(file -> !others.contains(file.path())).toList();
  }

  /** Whether there is nothing to write. */
  boolean isEmpty() {
    return replacements.isEmpty() && !leavesNext;
  }
}
