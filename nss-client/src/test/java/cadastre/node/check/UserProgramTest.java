/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cadastre.node.check.Commands.Answer;
import cadastre.node.tree.NodeTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program has of the user that it runs as, and of its caller. */
@Timeout(60)
class UserProgramTest {
  private static final String SHOW =
      "id -u; id -g; id -G; grep -E '^(Cap(Inh|Prm|Eff|Amb)|NoNewPrivs)' /proc/self/status; echo $HOME";

  @Test
  void anotherUsersHasTheIdsOfThatUserAndNoCapability() throws Exception {
    assumeTrue(Surroundings.isRoot(), "only root runs programs as others");
    Accounts accounts = new Accounts(new Sight(NodeTree.at(Path.of("/"))));
    Account daemon = accounts.withGroups(accounts.of(List.of("daemon")).get(0));
    Answer answer =
        UserProgram.run(
            daemon, false, Map.of("HOME", "/home/d"), List.of("sh", "-c", SHOW), Commands.LIMITS);
    assertThat(answer.said())
        .isEqualTo(
            """
            %d
            %d
            %s
            CapInh:\t0000000000000000
            CapPrm:\t0000000000000000
            CapEff:\t0000000000000000
            CapAmb:\t0000000000000000
            NoNewPrivs:\t0
            /home/d
            """
                .formatted(
                    daemon.uid(),
                    daemon.gid(),
                    Commands.run("id", "-G", "--", daemon.name()).said().strip()));
  }

  @Test
  void theCallersOwnHasASessionOfItsOwnToo() throws Exception {
    Answer answer =
        UserProgram.run(
            new Account(Checkup.self(), 0, 0, Set.of(), "/"),
            true,
            Map.of(),
            List.of("cut", "-d", " ", "-f", "7", "/proc/self/stat"),
            Commands.LIMITS);
    assertThat(answer).isEqualTo(new Answer(0, "0\n"));
  }

  @Test
  void theSystemsOwnProgramsAreLimitedToo() {
    assertThat(catchThrowable(() -> Commands.run("yes")))
        .isInstanceOf(Unseen.class)
        .hasMessageStartingWith("yes printed more than");
  }
}
