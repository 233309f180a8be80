/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.service.directory.Slapd;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Owners that a caller vouches for, beside a directory that knows other accounts. */
@Tag("slow")
class CallerWithDirectoryTest {
  @TempDir Path folder;

  @Test
  void callersOwnersArePublishedAndKeepClearOfTheDirectorysIds() throws Exception {
    try (Slapd slapd = Slapd.start();
        ServiceProcess service = new ServiceProcess(folder, "caller", slapd.yaml())) {
      slapd.addAccount("clash", 1001062400 + 5, 5000);
      service.start();

      String answer =
          service.send(
              "PUT",
              "/v1/owners/zoe",
              "application/json",
              "{\"uidNumber\":1001,\"gidNumber\":1001,\"stableId\":\"z\",\"dn\":\"uid=zoe,%s\"}"
                  .formatted(Slapd.PEOPLE));

      assertThat(answer).contains("\"start\":1001127936").contains("\"published\"");
      assertThat(slapd.count(Slapd.SUBIDS)).isEqualTo(1);

      String followed = service.send("POST", "/v1/admin/follow", "application/json", "");
      assertThat(followed).contains("identity.source: caller");
      assertThat(service.send("GET", "/v1/owners/zoe", "application/json", ""))
          .contains("\"active\"")
          .doesNotContain("\"withheld\"");
    }
  }
}
