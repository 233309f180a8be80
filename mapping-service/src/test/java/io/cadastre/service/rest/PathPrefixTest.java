/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of roles holds for a service whose paths begin with a prefix of the operator's. */
@Tag("slow")
class PathPrefixTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "applicationContextPath: /cadastre, /cadastre",
    "rootPath: /api/, /api",
    "rootPath: /api/*, /api",
  })
  void everyRoleMayCallWhatTheTableSays(String setting, String prefix) throws IOException {
    Path file = dir.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    String access = "{bootstrapTokenFile: %s, snapshot: everyone}".formatted(file);
    try (Service service = Service.closedUnder(dir, setting, access)) {
      String hook =
          service
              .as(
                  BOOTSTRAP.text(),
                  "POST",
                  prefix + "/v1/admin/tokens",
                  "{\"name\":\"hook\",\"role\":\"provisioner\",\"uids\":\"1001-1009\"}")
              .json()
              .path("secret")
              .asText();
      String zoe = prefix + "/v1/owners/zoe";
      String identity = "{\"uidNumber\":%d,\"gidNumber\":100}";

      assertThat(service.as(hook, "PUT", zoe, identity.formatted(1001)).status()).isEqualTo(201);
      assertThat(service.as(hook, "PUT", zoe, identity.formatted(1010)).problem())
          .isEqualTo("out-of-scope");
      assertThat(service.as(hook, "GET", prefix + "/v1/events", "").problem())
          .isEqualTo("forbidden");
      String node =
          service
              .as(
                  BOOTSTRAP.text(),
                  "POST",
                  prefix + "/v1/admin/tokens",
                  "{\"name\":\"rack\",\"role\":\"node\",\"nodes\":\"r*.example.org\"}")
              .json()
              .path("secret")
              .asText();
      String nodes = prefix + "/v1/nodes/";
      assertThat(service.as(node, "PUT", nodes + "r1.example.org/report", "{}").problem())
          .isEqualTo("bad-request");
      assertThat(service.as(node, "PUT", nodes + "s1.example.org/report", "{}").problem())
          .isEqualTo("out-of-scope");
      assertThat(service.get(prefix + "/v1/snapshot").status()).isEqualTo(200);
      assertThat(service.get(prefix + "/ui/overview?x=1").header("Location"))
          .startsWith(prefix + "/ui/sign-in?to=%2Fui%2Foverview");
      assertThat(service.get(prefix + "/ui/sign-in").text())
          .contains("href=\"%s/ui/static/cadastre.".formatted(prefix))
          .contains("action=\"%s/ui/sign-in\"".formatted(prefix));
      for (String path :
          List.of(
              prefix + "/v1/events",
              prefix + prefix + "/v1/snapshot",
              prefix + "/v1/snapshot/../events",
              prefix + "/../v1/snapshot",
              prefix + "/v1" + prefix + "/v1/snapshot")) {
        assertThat(service.get(path).status()).as(path).isIn(400, 401, 404);
      }
    }
  }
}
