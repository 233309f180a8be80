/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger on a file system of 3 MiB, in a mount namespace of its own. */
@Tag("slow")
class FullDiskTest {
  @TempDir Path folder;

  @BeforeEach
  void asRoot() {
    assumeTrue(
        System.getProperty("user.name").equals("root"), "SKIPPED: only root may mount a tmpfs");
  }

  private ServiceProcess service() throws Exception {
    ServiceProcess service = new ServiceProcess(folder, "caller", "");
    Files.createDirectory(folder.resolve("small"));
    String yaml = Files.readString(service.configuration());
    Files.writeString(
        service.configuration(), yaml.replace(folder + "/ledger", folder + "/small/ledger"));
    return service;
  }

  /** The words before a command: a small file system, and what else the shell does on it. */
  private String[] onASmallDisk(String first) {
    return new String[] {
      "unshare",
      "-m",
      "sh",
      "-c",
      "mount -t tmpfs -o size=3m tmpfs \"$0\" && " + first + " exec \"$@\"",
      folder.resolve("small").toString()
    };
  }

  @Test
  void changesAnswer503AndTheLogSaysThatTheDiskIsFull() throws Exception {
    try (ServiceProcess service = service()) {
      service.start(List.of(onASmallDisk("")));
      String answer = "";
      for (int i = 0; i < 2_000 && !answer.contains("\"status\":503"); i++) {
        answer =
            service.send(
                "PUT",
                "/v1/owners/u" + i,
                "application/json",
                "{\"uidNumber\":%d,\"gidNumber\":1,\"stableId\":\"%1$d\"}".formatted(2000 + i));
      }
      assertThat(answer).contains("\"status\":503");
    }
    assertThat(folder.resolve("service.log")).content().contains("No space left on device");
  }

  @Test
  void startOnAFullDiskExits75AndSaysSo() throws Exception {
    service();

    CommandLine ran =
        CommandLine.inAProcess(
            onASmallDisk("dd if=/dev/zero of=\"$0/full\" bs=4k status=none 2>&- ;"),
            "server",
            folder.resolve("cadastre.yml").toString());

    assertThat(ran.status()).as(ran.err()).isEqualTo(75);
    assertThat(ran.err()).contains("No space left on device").doesNotContain("\tat ");
  }

  @Test
  void compactingWithoutSpaceLeavesTheFileAsItWas() throws Exception {
    service();
    CompactionTest.grown(folder, 60);

    CommandLine ran =
        CommandLine.inAProcess(
            new String[] {
              "unshare",
              "-m",
              "sh",
              "-c",
              """
              mount -t tmpfs -o size=6m tmpfs "$0" && cp "$0/../ledger.mv.db" "$0/"
              dd if=/dev/zero of="$0/full" bs=4k status=none 2>&-
              "$@"
              status=$?
              cmp "$0/../ledger.mv.db" "$0/ledger.mv.db" && ls "$0"
              exit $status
              """,
              folder.resolve("small").toString()
            },
            "ledger",
            "compact",
            Files.writeString(
                    folder.resolve("cadastre.yml"),
                    Files.readString(folder.resolve("cadastre.yml"))
                        .replace("user: cadastre", "user: \"\""))
                .toString());

    assertThat(ran.status()).as(ran.err()).isEqualTo(75);
    assertThat(ran.err()).contains("0 MiB are free").doesNotContain("\tat ");
    assertThat(ran.out()).isEqualTo("full\nledger.mv.db\n");
  }
}
