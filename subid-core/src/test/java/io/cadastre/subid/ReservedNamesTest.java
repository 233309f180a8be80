/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedNamesTest {
  @Test
  void defaultIsExactlyTheListThatTheDocumentsGive() {
    assertThat(String.join(" ", ReservedNames.DEFAULT))
        .isEqualTo(
            "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc _apt nobody adm shutdown halt operator ftp dbus polkitd sshd systemd-*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "daemon", "_apt", "www-data", "systemd-", "systemd-timesync"})
  void holdsNamesAndWhatAPatternMatches(String name) {
    assertThat(ReservedNames.byDefault().contains(new OwnerName(name))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zoe", "Root", "root2", "systemd", "xsystemd-a", "daemons"})
  void holdsNoOther(String name) {
    assertThat(ReservedNames.byDefault().contains(new OwnerName(name))).isFalse();
  }

  @Test
  void anEmptyListReservesNothing() {
    assertThat(new ReservedNames(List.of()).contains(new OwnerName("root"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "a*b", "*a", "a**", "a b", "-x", "12"})
  void refusesWhatIsNeitherANameNorAPattern(String text) {
    assertThatThrownBy(() -> new ReservedNames(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
