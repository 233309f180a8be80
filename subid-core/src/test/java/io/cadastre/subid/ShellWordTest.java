/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/cadastre/cadastre.yml",
        "a b",
        "ou=o'hara",
        "''",
        "",
        "'$(id)'",
        "a;b",
        "$HOME `id` \"x\" *",
        "uid=a\\,b,ou=o'hara",
        "so\u00adft\u202e",
        "\ud83c\udf88",
        "\udb40\udc41tag"
      })
  void isOneWordAgainAsItIsPrinted(String word) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", "printf %s " + Printable.of(ShellWord.of(word)));
    shell.environment().put("LC_ALL", "C.UTF-8");
    Process process = shell.start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo(word);
    assertThat(process.waitFor()).isZero();
  }
}
