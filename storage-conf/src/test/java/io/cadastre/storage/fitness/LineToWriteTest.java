/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.Engine;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line of flag-missing, written to its file, sets the flag. */
class LineToWriteTest {
  private static final StorageUser ZOE = new StorageUser("zoe", 4242, "/home/zoe");
  private static final String USER = "/home/zoe/.config/containers/storage.conf";
  private static final String OPTS = "STORAGE_OPTS=";
  private static final Facts LUSTRE =
      new Facts(
          Optional.of(MountTable.parse("1 0 0:1 / / rw - lustre mgs:/home rw,user_xattr\n")),
          Map.of(),
          Optional.of(List.of()),
          Optional.of(List.of()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static Explanation explained(
      Engine engine, Map<String, String> files, Map<String, String> environment) {
    return Explanation.of(
        new StorageRequest(
            StorageFiles.of(
                files.entrySet().stream()
                    .map(file -> new StorageFile(file.getKey(), file.getValue()))
                    .toArray(StorageFile[]::new)),
            environment,
            ZOE,
            engine,
            LUSTRE.support(ZOE)),
        LUSTRE);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,,",
    "/etc/containers/storage.conf,overlay,",
    "/etc/containers/storage.conf,vfs,",
    "/usr/share/containers/storage.conf,vfs,",
    USER + ",overlay,",
    USER + ",vfs,",
    "/site.conf,vfs,",
    "NONE,,overlay.mountopt=nodev",
    USER + ",overlay,''",
    USER + ",overlay,overlay.ignore_chown_errors=false",
    "/etc/containers/storage.conf,overlay,overlay.mountopt=nodev"
  })
  void isRead(String file, String driver, String options) {
    for (Engine engine : List.of(Engine.LEGACY, Engine.MERGED)) {
      Map<String, String> files = new HashMap<>();
      Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/zoe"));
      if (!file.equals("NONE")) {
        files.put(file, "[storage]\ndriver = \"%s\"\n".formatted(driver));
      }
      if (file.equals("/site.conf")) {
        environment.put("CONTAINERS_STORAGE_CONF", file);
      }
      if (options != null) {
        environment.put("STORAGE_OPTS", options);
        environment.put("STORAGE_DRIVER", "overlay");
      }

      StorageFinding missing =
          explained(engine, files, environment).findings().stream()
              .filter(found -> found.rule() == StorageRule.FLAG_MISSING_WITHOUT_RANGES)
              .findFirst()
              .orElseThrow();
      String line = missing.instead().orElseThrow();
      if (line.startsWith(OPTS)) {
        environment.put("STORAGE_OPTS", line.substring(OPTS.length()));
      } else {
        files.merge(missing.finding().subject(), line, String::concat);
      }

      assertThat(explained(engine, files, environment).judgement().effective())
          .as("%s: %s in %s", engine, line, missing.finding().subject())
          .hasValueSatisfying(
              effective -> assertThat(effective.ignoreChownErrors().value()).isTrue());
    }
  }
}
