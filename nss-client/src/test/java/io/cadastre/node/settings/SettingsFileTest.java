/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.render.ManagedFile.OwnerKey;
import io.cadastre.node.settings.NodeSettings.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** node.conf: every key, and every mistake with its line. */
final class SettingsFileTest {

  @Test
  void anEmptyFileIsTheDefault() throws Exception {
    assertThat(SettingsFile.settings("f", "\n  # nothing\n")).isEqualTo(NodeSettings.DEFAULT);
  }

  @Test
  void readsEveryKey() throws Exception {
    NodeSettings settings =
        SettingsFile.settings(
            "f",
            """
            url = https://a.example.org
            url=http://b.example.org:8080/registry
            mode = plugin
            owners = uid
            window = 1000000000-1999999999
            max-shrink = 25%
            new-identity = refuse
            single-gid-grants = yes
            ca-file = /etc/ssl/site.pem
            token-file = /etc/cadastre/node.token
            timeout = 5
            patience = 60
            max-age = 36h
            metrics = /var/lib/prometheus/node-exporter/cadastre.prom
            """);
    assertThat(settings.urls())
        .containsExactly("https://a.example.org", "http://b.example.org:8080/registry");
    assertThat(settings.mode()).isEqualTo(Mode.PLUGIN);
    assertThat(settings.owners()).isEqualTo(OwnerKey.UID);
    assertThat(settings.guards().window().allowed().last()).isEqualTo(1_999_999_999);
    assertThat(settings.guards().maxShrinkPercent()).isEqualTo(25);
    assertThat(settings.guards().refuseNewIdentity()).isTrue();
    assertThat(settings.guards().singleGidGrants()).isTrue();
    assertThat(settings.caFile()).contains(Path.of("/etc/ssl/site.pem"));
    assertThat(settings.tokenFile()).contains(Path.of("/etc/cadastre/node.token"));
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.patience()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.monitoring().maxAge()).contains(Duration.ofHours(36));
    assertThat(settings.monitoring().metrics())
        .contains(Path.of("/var/lib/prometheus/node-exporter/cadastre.prom"));
  }

  @Test
  void namesEveryMistakeWithItsLine() {
    assertThatThrownBy(
            () ->
                SettingsFile.settings(
                    "/etc/cadastre/node.conf",
                    """
                    # comment
                    url = registry.example.org
                    mode = both
                    mode = files
                    wndow = 1-2
                    window = 0-100
                    window
                    max-shrink = 101%
                    timeout = 0
                    ca-file = site.pem
                    owners =
                    max-age = 1w
                    metrics = cadastre.prom
                    """))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContainingAll(
            "/etc/cadastre/node.conf:2: url: it is no URL of a service",
            "/etc/cadastre/node.conf:3: mode: it is none of the choices (files | plugin)",
            "/etc/cadastre/node.conf:4: mode is set a second time",
            "/etc/cadastre/node.conf:5: there is no such key; there are url, mode, owners,",
            "/etc/cadastre/node.conf:6: window: FIRST must be at least 65536",
            "/etc/cadastre/node.conf:7: it is not of the form KEY = VALUE",
            "/etc/cadastre/node.conf:8: max-shrink: it is not 0% to 100%",
            "/etc/cadastre/node.conf:9: timeout: it is not 1 to 9999 seconds",
            "/etc/cadastre/node.conf:10: ca-file: it is no absolute path",
            "/etc/cadastre/node.conf:11: owners: it is none of the choices (name | uid)",
            "/etc/cadastre/node.conf:12: max-age: it is not 1 to 9999 and one of m, h, d",
            "/etc/cadastre/node.conf:13: metrics: it is no absolute path of a file")
        .extracting(e -> ((SettingsRefused) e).exitStatus())
        .isEqualTo(ExitStatus.CONFIGURATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://h:99999", "http://h:0", "http://h:x", "http://:80", "https://[::1"})
  void refusesAUrlThatCannotWork(String url) {
    assertThatThrownBy(() -> SettingsFile.settings("f", "\nurl = " + url))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageContaining("f:2: url: it is no URL of a service");
  }

  @Test
  void agesAreMinutesHoursOrDays() {
    assertThat(SettingValue.age("30m")).isEqualTo(Duration.ofMinutes(30));
    assertThat(SettingValue.age("12h")).isEqualTo(Duration.ofHours(12));
    assertThat(SettingValue.age("1d")).isEqualTo(Duration.ofDays(1));
    assertThat(SettingValue.age("9999d")).isEqualTo(Duration.ofDays(9999));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "d", "1", "0d", "00h", "-1d", "+1d", "1.5h", "1 d", "10000d", "1D", "1d ", "x1d"
      })
  void refusesAnyOtherAge(String age) {
    assertThatThrownBy(() -> SettingValue.age(age))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("for example 1d");
  }

  @Test
  void theShippedFileLoadsAndNamesEveryKey() throws Exception {
    String text =
        Files.readString(Path.of(System.getProperty("cadastre.root"), "config/node.conf"));
    assertThat(SettingsFile.settings("node.conf", text)).isNotNull();
    for (SettingKey key : SettingKey.values()) {
      assertThat(text).containsPattern("(?m)^#? ?" + key.word() + " = ");
    }
    // The commented lines show the defaults.
    String all =
        text.replaceAll("(?m)^# ([a-z-]+ = )", "$1")
            .replaceAll(
                "(?m)^(url|ca-file|certificate-file|key-file|token-file|max-age|metrics|node-name)"
                    + " .*",
                "");
    assertThat(SettingsFile.settings("node.conf", all)).isEqualTo(NodeSettings.DEFAULT);
  }
}
