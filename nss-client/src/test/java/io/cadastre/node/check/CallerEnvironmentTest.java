/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.tree.NodeTree;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The environment in which a user calls Podman, on the running system. */
class CallerEnvironmentTest {
  private static final Map<String, String> OURS =
      Map.of(
          "HOME", "/root",
          "CONTAINERS_STORAGE_CONF", "site.conf",
          "XDG_CONFIG_HOME", "conf",
          "STORAGE_OPTS", "");

  private static HostInspector system() throws Exception {
    return new HostInspector(NodeTree.open(Path.of("/")));
  }

  private static UserAccount account(String name) {
    return new UserAccount(name, 4242, 4242, Set.of(), "/home/" + name);
  }

  @Test
  void variablesOfTheSiteCountForOtherUsersToo() throws Exception {
    assertThat(CallerEnvironment.observe(system(), account("zoe-of-a-test"), OURS))
        .containsEntry("HOME", "/home/zoe-of-a-test")
        .containsEntry("STORAGE_OPTS", "")
        .containsEntry("CONTAINERS_STORAGE_CONF", here("site.conf"))
        .doesNotContainKey("XDG_CONFIG_HOME");
  }

  @Test
  void relativePathsOfTheCallerStartInTheWorkingDirectory() throws Exception {
    assertThat(CallerEnvironment.observe(system(), account(CheckRunner.callerName()), OURS))
        .containsEntry("HOME", "/root")
        .containsEntry("CONTAINERS_STORAGE_CONF", here("site.conf"))
        .containsEntry("XDG_CONFIG_HOME", here("conf"));
  }

  @Test
  void groupsComeFromNss() throws Exception {
    assertThat(new UserAccounts(system()).withGroups(account("root")).groups()).contains(0L);
  }

  private static String here(String name) {
    return Path.of("").toAbsolutePath().resolve(name).toString();
  }
}
