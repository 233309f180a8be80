/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static io.cadastre.node.check.NodeCheck.N08;
import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.check.CheckedTree.Outcome;
import io.cadastre.node.guard.Acceptances;
import io.cadastre.node.guard.Hold;
import io.cadastre.node.settings.SettingsFile;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.sync.Verification;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.Finding;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Severity;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** N08: which problem it prints, and where the others are printed. */
class UnexpectedRowsTest {
  private static final String ROW = "/etc/subuid, row zoe:300000:65536";
  private static final Finding WARNING =
      new Finding(
          "local-row",
          Severity.WARNING,
          ROW,
          "the registry gives this owner 1101004800:65536, which counts in plugin mode",
          "remove the row");
  private static final Hold HOLD =
      new Hold(
          new Finding("local-overlap", Severity.ERROR, ROW, "it overlaps", "remove the row"),
          Snapshots.row("alice", 1001),
          false);

  @TempDir private Path root;
  private CheckedTree tree;

  @BeforeEach
  void tree() {
    tree = new CheckedTree(root);
    tree.rows("# a comment\nzoe:0x493E0:65536\n", "");
  }

  private CheckOutcome outcome(List<Finding> findings, List<Hold> held) throws Exception {
    NodeTree node = NodeTree.open(root);
    return UnexpectedRows.of(
        CheckedNode.inspect(
            new HostInspector(node),
            NodeState.observe(node),
            SettingsFile.settings("node.conf", "mode = plugin\n"),
            Acceptances.NONE),
        Optional.of(new Verification.Result(42, findings, held)));
  }

  /** In plugin mode the local row of a registry owner serves no container. */
  @Test
  void aWarningAboutALocalRowNamesItsLine() throws Exception {
    assertThat(outcome(List.of(WARNING), List.of()))
        .isEqualTo(
            CheckOutcome.warn(
                "local-row: %s: %s".formatted(ROW, WARNING.message()),
                "Remove the row (line 2 of /etc/subuid (zoe:0x493E0:65536))."));
  }

  @Test
  void aWarningThatIsNotAboutARowIsNotPrintedHere() throws Exception {
    Finding state = new Finding("state", Severity.WARNING, "/state", "damaged", "none");
    assertThat(outcome(List.of(state), List.of()).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void theWorstIsPrintedFirst() throws Exception {
    tree.rows("junk\nzoe:300000:65536\n", "\nmore junk\n");
    Finding error = new Finding("differs", Severity.ERROR, "/x", "it differs", "run it");
    assertThat(outcome(List.of(WARNING, error), List.of(HOLD)))
        .isEqualTo(
            CheckOutcome.fail(
                "differs: /x: it differs, and 4 more",
                "Run it. \"cadastre-node verify\" prints the others, but for lines that are no"
                    + " rows: line 1 of /etc/subuid, line 2 of /etc/subgid."));
    assertThat(outcome(List.of(WARNING), List.of(HOLD)).why())
        .startsWith("the row of alice is held: local-overlap: ")
        .endsWith(", and 3 more");
    assertThat(outcome(List.of(WARNING), List.of()).remedy())
        .isEqualTo(
            "Remove the row (line 2 of /etc/subuid (zoe:300000:65536))."
                + " Lines that are no rows: line 1 of /etc/subuid, line 2 of /etc/subgid.");
  }

  @Test
  void moreThanVerifyPrintsInWordsAreInItsJson() throws Exception {
    assertThat(outcome(List.of(), Collections.nCopies(10, HOLD)).remedy())
        .endsWith(" \"cadastre-node verify\" prints the others.");
    assertThat(outcome(List.of(), Collections.nCopies(11, HOLD)).remedy())
        .endsWith(" \"cadastre-node verify --json\" prints the others.");
  }

  @Test
  void manyLinesThatAreNoRowsAreCounted() throws Exception {
    tree.rows("junk\n".repeat(12), "");
    CheckOutcome outcome = outcome(List.of(), List.of());
    assertThat(outcome.why())
        .isEqualTo("line 1 of /etc/subuid is not a row and is ignored: junk, and 11 more");
    assertThat(outcome.remedy())
        .startsWith("Edit or remove line 1 of /etc/subuid, line 2 of /etc/subuid, ")
        .endsWith(", line 10 of /etc/subuid and 2 more.");
  }

  @Test
  void aHeldRowIsPrintedBeforeLinesThatAreNoRows() {
    tree.rows("junk\nother:1101004800:10\n");
    try (TestRegistry registry =
        TestRegistry.serving(
            Snapshots.of(1, Snapshots.row("zoe", 4242, 1, new IdRange(1101004800L, 65536))))) {
      assertThat(tree.node.sync(registry).status()).isZero();
    }
    Outcome outcome = tree.check(N08);
    assertThat(outcome.verdict()).isEqualTo("warn");
    assertThat(outcome.text()).startsWith("the row of zoe is held: local-overlap: ");
  }
}
