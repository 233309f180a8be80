/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.node.tree.NodeTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program gets from the user that it runs as, and from its caller. */
@Timeout(60)
class UserProgramTest {
  private static final String SHOW =
      "id -u; id -g; id -G; grep -E '^(Cap(Inh|Prm|Eff|Amb)|NoNewPrivs)' /proc/self/status; echo $HOME";

  @Test
  void aProgramOfAnotherUserHasTheIdsOfThatUserAndNoCapability() throws Exception {
    assumeTrue(CallerEnvironment.isRoot(), "only root runs programs as others");
    UserAccounts accounts = new UserAccounts(new HostInspector(NodeTree.open(Path.of("/"))));
    UserAccount daemon = accounts.withGroups(accounts.find(List.of("daemon")).get(0));
    ProgramResult result =
        UserProgram.run(
            daemon,
            false,
            Map.of("HOME", "/home/d"),
            List.of("sh", "-c", SHOW),
            SystemPrograms.LIMITS);
    assertThat(result.output())
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
                    SystemPrograms.run("id", "-G", "--", daemon.name()).output().strip()));
  }

  @Test
  void aProgramOfTheCallerHasASessionOfItsOwnToo() throws Exception {
    ProgramResult result =
        UserProgram.run(
            new UserAccount(CheckRunner.callerName(), 0, 0, Set.of(), "/"),
            true,
            Map.of(),
            List.of("cut", "-d", " ", "-f", "7", "/proc/self/stat"),
            SystemPrograms.LIMITS);
    assertThat(result).isEqualTo(new ProgramResult(0, "0\n"));
  }

  @Test
  void programsOfTheSystemAreLimitedToo() {
    assertThat(catchThrowable(() -> SystemPrograms.run("yes")))
        .isInstanceOf(Unobservable.class)
        .hasMessageStartingWith("yes printed more than");
  }
}
