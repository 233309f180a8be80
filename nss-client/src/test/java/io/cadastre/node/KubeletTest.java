/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Review R27: check N25 on a node with a kubelet. */
class KubeletTest {
  private static final String PASSWD =
      "root:x:0:0:root:/root:/bin/bash\nkubelet:x:998:998::/:/sbin/nologin\n";

  @TempDir Path root;
  private ScratchNode node;
  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));

  @BeforeEach
  void sync() {
    node = new ScratchNode(root);
    node.write("var/lib/kubelet/config.yaml", "kind: KubeletConfiguration\n");
    assertThat(node.sync(registry).status()).isZero();
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private JsonNode check() throws IOException {
    JsonNode report = new ObjectMapper().readTree(node.run("check", "--json").out());
    return StreamSupport.stream(report.path("checks").spliterator(), false)
        .filter(check -> check.path("check").asText().equals("N25"))
        .findFirst()
        .orElseThrow();
  }

  private void local(String rows) {
    for (String file : new String[] {"etc/subuid", "etc/subgid"}) {
      node.write(file, node.read(file) + rows);
    }
  }

  private void assertWarns(String text) throws IOException {
    JsonNode check = check();
    assertThat(check.path("verdict").asText()).isEqualTo("warn");
    assertThat(check.toString()).contains(text);
  }

  @Test
  void kubeletWithoutAUserTakesAnyId() throws IOException {
    assertWarns("there is no user kubelet, so its pods take any IDs from 65536 up");
  }

  @Test
  void kubeletWithoutAnAnswerOfGetsubidsDoesNotStart() throws IOException {
    node.write("etc/passwd", PASSWD);

    assertWarns("must give one range");
  }

  @Test
  void kubeletWithARangeOfItsOwnIsRight() throws IOException {
    node.write("etc/passwd", PASSWD);
    local("kubelet:1879048192:8388608\n");

    assertThat(check().path("verdict").asText()).isEqualTo("pass");
  }

  @Test
  void kubeletWithARangeOverAnOwnersIsNamed() throws IOException {
    node.write("etc/passwd", PASSWD);
    local("kubelet:1001062400:7208960\n");

    assertWarns("overlaps 1001062400:65536 of ");
  }

  /** Review F18: kubernetes#141345. */
  @Test
  void kubeletWithARangeBeyondTheLastIdIsNamed() throws IOException {
    node.write("etc/passwd", PASSWD);
    local("kubelet:1879048192:4294836224\n");

    assertWarns("(kubelet:1879048192:4294836224) goes beyond the last ID");
  }
}
