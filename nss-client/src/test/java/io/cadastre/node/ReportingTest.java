/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.failure.ExitStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that print and write nothing: verify, status, who, and the dry run of sync. */
final class ReportingTest {
  private final TestRegistry registry = TestRegistry.serving(Snapshots.three(42));
  private ScratchNode node;

  @BeforeEach
  void setUp(@TempDir Path root) {
    node = new ScratchNode(root);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void dryRunShowsAPatchAndWritesNothing() {
    node.write("etc/subuid", "admin:100000:65536\n");
    Map<String, String> before = node.files();
    Run run = node.sync(registry, "--dry-run");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            --- /etc/subuid
            +++ /etc/subuid
            @@ -1,1 +1,6 @@
             admin:100000:65536
            +# BEGIN cadastre (managed; do not edit)
            +alice:1001062400:65536
            +bob:1001127936:65536
            +zoë:1001193472:65536
            +# END cadastre
            --- /etc/subgid
            +++ /etc/subgid
            @@ -0,0 +1,5 @@
            +# BEGIN cadastre (managed; do not edit)
            +alice:1001062400:65536
            +bob:1001127936:65536
            +zoë:1001193472:65536
            +# END cadastre
            """);
    assertThat(node.files()).isEqualTo(before);
    assertThat(node.path("var")).doesNotExist();
  }

  @Test
  void thePatchAppliesToTheFile(@TempDir Path scratch) throws Exception {
    node.write("etc/subuid", "admin:100000:65536\ncontainers:200000:65536");
    Path copy = Files.copy(node.path("etc/subuid"), scratch.resolve("subuid"));
    String patch = node.sync(registry, "--dry-run").out();
    Path file =
        Files.writeString(
            scratch.resolve("diff"), patch.substring(0, patch.indexOf("--- /etc/subgid")));
    node.sync(registry);
    Process process =
        new ProcessBuilder("patch", "-s", copy.toString(), file.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    assertThat(copy).hasSameBinaryContentAs(node.path("etc/subuid"));
  }

  @Test
  void dryRunOfManyChangesIsQuickAndStillAPatch() {
    registry.serve(Snapshots.many(42, 20_000));
    node.write("etc/subuid", "admin:100000:65536\n");
    assertThat(node.sync(registry, "--dry-run").out().lines()).hasSizeGreaterThan(40_000);
    node.sync(registry);
    node.write("etc/cadastre/node.conf", "owners = uid\n");
    assertThat(node.sync(registry, "--dry-run").out().lines())
        .contains("-u1001:1001062400:2048", "+1001:1001062400:2048");
  }

  @Test
  void dryRunHasTheExitStatusOfTheSync() {
    node.write("etc/cadastre/node.conf", "local-conflicts = refuse\n");
    node.write("etc/subuid", "alice:1:1\n");
    assertThat(node.sync(registry, "--dry-run").status()).isEqualTo(90);
  }

  @Test
  void resultAsJson() {
    assertThat(node.sync(registry, "--json", "--dry-run").out())
        .isEqualTo(
            "{\"serial\":42,\"rows\":3,\"dryRun\":true,\"written\":[\"/etc/subuid\",\"/etc/subgid\","
                + "\"/var/lib/cadastre/served\",\"/var/lib/cadastre/state\",\"/var/lib/cadastre/snapshot\"],\"warnings\":[],\"holds\":0,\"held\":[]}\n");
    node.sync(registry);
    registry.answerWith(500);
    assertThat(node.sync(registry, "--json").out())
        .startsWith("{\"serial\":42,\"rows\":3,\"dryRun\":false,\"written\":[],\"warnings\":[],")
        .contains("\"unavailable\":\"http");
  }

  @Test
  void verifyIsSilentAboutAGoodNode() {
    node.sync(registry);
    Run run = node.run("verify");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(node.run("verify", "--json").out()).isEqualTo("{\"findings\":[],\"held\":[]}\n");
  }

  @Test
  void verifyNamesWhatDiffers() throws IOException {
    node.sync(registry);
    node.write("etc/subuid", node.read("etc/subuid").replace("bob", "eve"));
    Files.setPosixFilePermissions(
        node.path("etc/subgid"), PosixFilePermissions.fromString("rw-rw-r--"));
    Run run = node.run("verify");
    assertThat(run.status()).isEqualTo(ExitStatus.DATA_REFUSED);
    assertThat(run.err())
        .contains(
            "error: differs: /etc/subuid: it is not what the stored snapshot gives",
            "error: mode: /etc/subgid");
    assertThat(node.run("verify", "--json").out())
        .contains("{\"rule\":\"differs\",\"severity\":\"error\",\"subject\":\"/etc/subuid\"");
  }

  @Test
  void verifyFindsADamagedSnapshotAndDamagedMarkers() {
    assertThat(node.run("verify").err()).contains("error: snapshot: /var/lib/cadastre/snapshot");
    node.sync(registry);
    node.write("etc/subgid", "# END cadastre\n");
    assertThat(node.run("verify").err()).contains("error: differs: /etc/subgid");
    node.write("etc/subgid", "zo\0e:1:1\n");
    assertThat(node.run("verify").err()).contains("error: markers", "NUL byte");
    node.write(
        "var/lib/cadastre/snapshot", node.read("var/lib/cadastre/snapshot").replace("bob", "eve"));
    assertThat(node.run("verify").err()).contains("it is damaged");
  }

  @Test
  void statusSaysWhatIsServed() {
    assertThat(node.run("status").status()).isEqualTo(ExitStatus.TRY_AGAIN);
    node.sync(registry);
    Run run = node.run("status");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("mode: files\n", "serial: 42\n", "rows: 3\n", "verified: true\n");
    node.write("etc/subuid", "");
    assertThat(node.run("status", "--json").out())
        .contains("\"serial\":42", "\"verified\":false", "\"ledger\":\"" + Snapshots.LEDGER);
    assertThat(node.run("status").status()).isEqualTo(ExitStatus.DATA_REFUSED);
  }

  @Test
  void whoNamesOwnersOfIds() {
    node.sync(registry);
    Run run = node.run("who", "1001062400", "1001129170", "1001259007");
    assertThat(run.out())
        .isEqualTo(
            "1001062400 alice 1001 1\n1001129170 bob 1002 1235\n1001259007 zoë 1003 65536\n");
    assertThat(run.status()).isZero();
    assertThat(node.run("who", "-g", "--json", "1001062401").out())
        .isEqualTo("{\"id\":\"1001062401\",\"owner\":\"alice\",\"uid\":1001,\"inside\":2}\n");
  }

  @Test
  void whoPrintsADashForAnIdWithoutOwner() {
    node.sync(registry);
    Run run = node.run("who", "1001062399", "x", "99999999999", "1001259008");
    assertThat(run.out()).isEqualTo("1001062399 -\nx -\n99999999999 -\n1001259008 -\n");
    assertThat(run.status()).isEqualTo(ExitStatus.NO_OWNER);
  }

  @Test
  void whoIsAFilter() {
    node.sync(registry);
    InputStream stdin = System.in;
    try {
      System.setIn(new ByteArrayInputStream("1001062400\n0\n".getBytes(StandardCharsets.US_ASCII)));
      assertThat(node.run("who").out()).isEqualTo("1001062400 alice 1001 1\n0 -\n");
    } finally {
      System.setIn(stdin);
    }
  }

  @Test
  void whoKnowsTheOwnersOfLocalRows() {
    node.write("etc/subuid", "1000:300000:65536\ngone:400000:10\n#old:500000:10\n!off:500000:10\n");
    assertThat(node.run("who", "300001", "400000", "500000").out())
        .isEqualTo("300001 admin 1000 2\n400000 gone - 1\n500000 -\n");
    node.sync(registry);
    assertThat(node.run("who", "--json", "400001", "1001062400").out())
        .isEqualTo(
            """
            {"id":"400001","owner":"gone","inside":2}
            {"id":"1001062400","owner":"alice","uid":1001,"inside":1}
            """);
  }

  @Test
  void whoNeedsASnapshot() {
    assertThat(node.run("who", "1").status()).isEqualTo(ExitStatus.TRY_AGAIN);
  }
}
