/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.check.SystemPrograms.ProgramResult;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N09 and N10: what Podman 4.3.1 with shadow 4.13 printed, and the next step for it. */
class PodmanFailureTest {
  private static final UserAccount ZOE =
      new UserAccount("zoe", 4242, 4242, Set.of(4242L), "/home/zoe");

  private static CheckOutcome mapped(String output, IdRange... ranges) {
    return Probe.of(new ProgramResult(125, output)).mapped(ZOE, List.of(ranges));
  }

  /** Review F22. */
  @Test
  void newgrpIsRecognised() {
    CheckOutcome outcome =
        mapped(
            "level=error msg=\"running `/usr/bin/newuidmap 31032 0 4242 1 1 1001062400 65536`:"
                + " newuidmap: Target process 31032 is owned by a different user: uid:4242"
                + " pw_uid:4242 st_uid:4242, gid:5005 pw_gid:4242 st_gid:5005\\n"
                + "\"");
    assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(outcome.why()).contains("newgrp");
    assertThat(outcome.remedy()).contains("\"GRANT_AUX_GROUP_SUBIDS yes\" into /etc/login.defs");
    assertThat(
            mapped(
                "newuidmap: Target process 1 is owned by a different user: uid:4242 pw_uid:4243"
                    + " st_uid:4242, gid:4242 pw_gid:4242 st_gid:4242"))
        .satisfies(other -> assertThat(other.remedy()).contains("a uid of its own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "newuidmap: write to uid_map failed: Invalid argument | N06",
        "invalid configuration: the specified mapping 4200:65536 in \"/etc/subuid\" includes the"
            + " user UID | N06",
        "newuidmap: subuid overflow detected. | N06",
        "newuidmap: write to uid_map failed: Operation not permitted | N04",
        "newgidmap: open of gid_map failed: Permission denied | N04",
        "newuidmap: Could not set caps | CapabilityBoundingSet=",
        "newuidmap: uid range [1-65537) -> [1001062400-1001127936) not allowed | cadastre-node"
            + " verify",
        "cannot find UID/GID for user zz: cannot read subids - check rootless mode in man pages. |"
            + " N05",
        "Error: cannot set up namespace using \"/usr/bin/newuidmap\": exit status 1 | N05",
        "exec: \"newuidmap\": executable file not found in $PATH | N04",
        "cannot clone: Operation not permitted | N01",
        "something else | Repair what this message names.",
      })
  void aRawErrorHasANextStep(String said, String step) {
    assertThat(mapped(said).remedy()).contains(step);
    assertThat(mapped(said).why()).contains(said);
  }

  /** A session that maps only the user's own uid does not fail, but Podman has said why. */
  @Test
  void whyNothingIsMappedIsSaid() {
    Probe probe =
        Probe.of(
            new ProgramResult(
                0,
                "level=error msg=\"cannot find UID/GID for user zoe: cannot read subids - check"
                    + " rootless mode in man pages.\"\n"
                    + "map          0       4242          1\n"));
    CheckOutcome outcome = probe.linked(List.of(new IdRange(1001062400L, 65536)));
    assertThat(outcome.remedy()).contains("N05");
    assertThat(outcome.why())
        .startsWith("Podman maps only the user's own uid: libsubid finds no range of the user");
  }

  /** Review F16: podman#10422. */
  @Test
  void podmanSortsTheRangesByStart() {
    CheckOutcome outcome =
        mapped(
            """
            map          0       4242          1
            map          1     100000       1000
            map       1001     524288      65536
            """,
            new IdRange(524288, 65536),
            new IdRange(100000, 1000));
    assertThat(outcome.verdict()).as(outcome.why()).isEqualTo(Verdict.PASS);
  }
}
