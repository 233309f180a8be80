/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.service.config.ConnectionConfiguration;
import io.cadastre.service.config.Security;
import io.cadastre.service.config.ServerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Missing passwords are refused when the directory is opened, before it connects. */
class PasswordTest {
  @TempDir Path dir;

  private static void open(Optional<Path> file, Optional<String> variable) {
    ConnectionConfiguration c =
        new ConnectionConfiguration(
            List.of(new ServerAddress("127.0.0.1", 1)),
            Security.NONE,
            Optional.empty(),
            Optional.of(Slapd.SERVICE_DN),
            file,
            variable,
            false,
            null,
            null,
            1);
    LdapConnections.open("identity directory", c).close();
  }

  @Test
  void missingFileIsNamed() {
    Path missing = dir.resolve("none");
    assertThatThrownBy(() -> open(Optional.of(missing), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining(Slapd.SERVICE_DN);
  }

  @Test
  void emptyFileIsRefusedSinceItsBindWouldBeAnonymous() throws Exception {
    Path empty = Files.writeString(dir.resolve("empty"), "\n");
    assertThatThrownBy(() -> open(Optional.of(empty), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the first line of " + empty + " is empty");
  }

  @Test
  void aFileWithoutAnEndIsRefused() {
    assertThatThrownBy(() -> open(Optional.of(Path.of("/dev/zero")), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read from /dev/zero")
        .hasMessageContaining("it is no regular file");
  }

  @Test
  void unsetVariableIsNamed() {
    assertThatThrownBy(() -> open(Optional.empty(), Optional.of("CADASTRE_NO_SUCH_VARIABLE")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"CADASTRE_NO_SUCH_VARIABLE\" is empty or not set");
  }
}
