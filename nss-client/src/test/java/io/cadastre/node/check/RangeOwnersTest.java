/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.Snapshots;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.check.RangeOwners.RangeOwner;
import io.cadastre.node.guard.LocalAccounts.Account;
import io.cadastre.node.settings.SettingsFile;
import io.cadastre.node.sync.NodeState;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owners of IDs in local rows. */
class RangeOwnersTest {
  private final List<String> asked = new ArrayList<>();
  @TempDir private Path root;
  private ScratchNode node;

  @BeforeEach
  void node() {
    node = new ScratchNode(root);
  }

  private RangeOwners owners(String settings) throws Exception {
    NodeState state = NodeState.read(NodeTree.open(root));
    return RangeOwners.of(
            new NodeAccounts(state, SettingsFile.settings("node.conf", settings), this::lookUp),
            IdType.SUBUID)
        .orElseThrow();
  }

  private Optional<Account> lookUp(String owner) {
    asked.add(owner);
    return owner.equals("4242") ? Optional.of(new Account("zoe", 4242)) : Optional.empty();
  }

  /** A look-up reads passwd(5) and starts getent(1), and who(1) may have thousands of lines. */
  @ParameterizedTest
  @ValueSource(strings = {"", "mode = plugin\n"})
  void anOwnerIsLookedUpOnceAndOnlyIfNeeded(String settings) throws Exception {
    node.write("etc/subuid", "4242:300000:65536\ngone:400000:65536\nnever:500000:65536\n");
    RangeOwners owners = owners(settings);
    for (long i = 0; i < 1000; i++) {
      assertThat(owners.find(300000 + i).map(RangeOwner::name)).contains("zoe");
      assertThat(owners.find(400000 + i).orElseThrow().uid()).isEmpty();
      assertThat(owners.find(900000 + i)).isEmpty();
    }
    assertThat(asked).containsExactly("4242", "gone");
  }

  /** The node holds alice's row back, and programs read the local one. */
  @Test
  void theLocalRowThatServesAHeldRangeHasTheOwner() throws Exception {
    node.write("etc/subuid", "bob:1001062400:65536\n");
    try (TestRegistry registry =
        TestRegistry.serving(Snapshots.of(1, Snapshots.row("alice", 1001)))) {
      assertThat(node.sync(registry).status()).isZero();
    }
    assertThat(owners("").find(1001062401))
        .contains(new RangeOwner("bob", Optional.empty(), new IdRange(1001062400, 65536)));
    assertThat(node.run("who", "1001062401").out()).isEqualTo("1001062401 bob - 2\n");
    assertThat(node.run("who", "-g", "1001062401").status()).isEqualTo(67);
  }
}
