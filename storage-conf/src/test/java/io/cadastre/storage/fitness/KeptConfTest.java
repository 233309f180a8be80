/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.DriverSupport;
import io.cadastre.storage.Engine;
import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.Release;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recommended storage.conf for a user who has one. */
class KeptConfTest {
  private static final StorageUser ZOE = new StorageUser("zoe", 4242, "/home/zoe");
  private static final String USER = "/home/zoe/.config/containers/storage.conf";
  private static final String SYSTEM = "/etc/containers/storage.conf";
  private static final String GRAPHROOT = "/home/zoe/.local/share/containers/storage";
  private static final String EXT4 = "ext4 /dev/sda2 rw";
  private static final String LUSTRE = "lustre mds@tcp:/home rw";

  private Engine engine = Engine.LEGACY;
  private String home = EXT4;
  private boolean ranges = true;
  private final Map<String, UsedStore> stores = new HashMap<>();
  private final Map<String, PathFacts> paths = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/zoe"));

  KeptConfTest() {
    List.of("/home/zoe", "/var/tmp", "/sw/images").forEach(path -> path(path, true));
  }

  private void path(String path, boolean exists) {
    Optional<Boolean> yes = Optional.of(exists);
    paths.put(
        path,
        new PathFacts(
            path,
            exists ? Kind.FOLDER : Kind.MISSING,
            yes,
            Optional.of(!path.startsWith("/sw")),
            yes,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private Facts facts() {
    Optional<List<IdRange>> ids =
        Optional.of(ranges ? List.of(new IdRange(1_001_062_400, 65_536)) : List.of());
    return new Facts(
        Optional.of(
            MountTable.parse(
                "1 0 8:1 / / rw - xfs /dev/sda1 rw\n2 1 8:2 / /home rw - %s\n".formatted(home))),
        paths,
        ids,
        ids,
        Optional.of("6.1.0"),
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        stores);
  }

  private StorageRequest request(StorageFile... files) {
    Facts known = facts();
    DriverSupport support = known.support(ZOE);
    return new StorageRequest(StorageFiles.of(files), environment, ZOE, engine, support);
  }

  private String written(String path, String text) {
    return RecommendedConf.of(request(new StorageFile(path, text)), facts());
  }

  /** Returns the settings of a text: its lines without comments. */
  private static List<String> settings(String text) {
    return text.lines().filter(line -> !line.startsWith("#") && !line.isEmpty()).toList();
  }

  private List<StorageFinding> findings(String text) {
    return Explanation.of(request(new StorageFile(USER, text)), facts()).findings().stream()
        .filter(found -> found.finding().severity() != Severity.INFO)
        .toList();
  }

  @Test
  void aNoteNamesTheKeyThatItIsAbout() {
    String text = "[storage]\ndriver = \"overlay\"\nfirst = 1\nsecond = 2\n";
    assertThat(written(USER, text))
        .contains("# Not changed: storage.first: Podman has no key first")
        .contains("# Not changed: storage.second: Podman has no key second");
  }

  /** Java leaves out seconds that are zero, and TOML 1.0 requires them. */
  @Test
  void aTimeKeepsItsSeconds() {
    String text =
        """
        a = 1979-05-27T07:32:00Z
        b = 07:32:00
        c = 1979-05-27T07:32:00
        d = 1979-05-27
        e = 1979-05-27T07:32:00-07:00
        f = 07:32:01
        [storage]
        driver = "overlay"
        """;
    assertThat(settings(written(USER, text))).containsAll(text.lines().toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"V4_3", "V5_4", "V5_8", "V6_1"})
  void whatWorksIsKept(Release release) {
    engine = release.engine();
    String own =
        """
        [storage]
        driver = "overlay"
        graphroot = "/var/tmp/zoe"
        runroot = "/run/user/4242/mine"
        [storage.options]
        additionalimagestores = [
          "/sw/images",
          "/sw/images",
        ]
        additionallayerstores = ["/sw/layers:ref"]
        [storage.options.pull_options]
        enable_partial_images = "true"
        [storage.options.overlay]
        mountopt = "nodev"
        mount_program = "/usr/bin/fuse-overlayfs"
        """;
    assertThat(settings(written(USER, own))).isEqualTo(settings(own));
  }

  @Test
  void settingsOfAnotherEditionAreKept() {
    assertThat(written(USER, "[storage]\ndriver = \"overlay\"\ntransient_store = true\n"))
        .contains("\ntransient_store = true\n");
  }

  @Test
  void aMissingImageStoreIsLeftOutWithTheReason() {
    path("/gone", false);
    String written =
        written(
            USER,
            "[storage]\ndriver = \"overlay\"\n[storage.options]\nadditionalimagestores ="
                + " [\"/sw/images\", \"/gone\"]\n");
    assertThat(written)
        .contains("additionalimagestores = [\"/sw/images\"]")
        .containsPattern(
            "# Left out: additionalimagestores = /gone: .*can't stat imageStore dir /gone");
    assertThat(findings(written)).isEmpty();
  }

  @Test
  void graphrootOnLustreMovesAndTheStoresStay() {
    home = LUSTRE;
    String written =
        written(
            USER,
            """
            [storage]
            driver = "vfs"
            graphroot = "/home/zoe/images"
            [storage.options]
            additionalimagestores = ["/sw/images"]
            """);
    assertThat(written)
        .containsPattern("# Left out: graphroot = /home/zoe/images: .*Lustre")
        .contains("rootless_storage_path = \"/var/tmp/containers-$UID\"")
        .contains("driver = \"vfs\"")
        .contains("additionalimagestores = [\"/sw/images\"]");
    assertThat(findings(written)).isEmpty();
  }

  @Test
  void aWorkingGraphrootOnLustreIsTheUsersDecision() {
    home = LUSTRE;
    String own =
        """
        [storage]
        driver = "vfs"
        graphroot = "/home/zoe/images"
        [storage.options.vfs]
        ignore_chown_errors = "true"
        """;
    assertThat(settings(written(USER, own))).isEqualTo(settings(own));
  }

  @Test
  void withoutALocalFileSystemTheFlagIsSet() {
    home = LUSTRE;
    paths.remove("/var/tmp");
    String written = written(USER, "[storage]\ndriver = \"overlay\"\n");
    assertThat(written).contains("driver = \"vfs\"").contains("ignore_chown_errors = \"true\"");
    assertThat(findings(written)).isEmpty();
  }

  @Test
  void aForceMaskNeedsNoFlag() {
    home = LUSTRE;
    ranges = false;
    String own =
        """
        [storage]
        driver = "overlay"
        [storage.options.overlay]
        mount_program = "/usr/bin/fuse-overlayfs"
        force_mask = "700"
        """;
    paths.put("/home/zoe", paths.get("/home/zoe").tried(Optional.of(true), Optional.empty()));
    paths.put(GRAPHROOT, paths.get("/home/zoe"));
    assertThat(settings(written(USER, own))).isEqualTo(settings(own));
  }

  @Test
  void aUserWithoutRangesGetsTheFlag() {
    ranges = false;
    assertThat(written(USER, "[storage]\ndriver = \"overlay\"\n"))
        .contains("# The user has no subordinate IDs.")
        .contains("[storage.options.overlay]\n")
        .contains("ignore_chown_errors = \"true\"");
  }

  @Test
  void anUnquotedFlagIsQuoted() {
    ranges = false;
    String written =
        written(
            USER,
            "[storage]\ndriver = \"vfs\"\n[storage.options.vfs]\nignore_chown_errors = true\n");
    assertThat(written).contains("must be a string").contains("\nignore_chown_errors = \"true\"");
    assertThat(findings(written)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"V4_3", "V5_4", "V5_8", "V6_1"})
  void theDriverOfTheDatabaseIsHonoured(Release release) {
    engine = release.engine();
    stores.put(GRAPHROOT, new UsedStore(List.of("vfs"), true));
    String own =
        "[storage]\ndriver = \"overlay\"\n[storage.options]\nmount_program ="
            + " \"/usr/bin/fuse-overlayfs\"\nadditionalimagestores = [\"/sw/images\"]\n";
    assertThat(Explanation.of(request(new StorageFile(USER, own)), facts()).judgement().refused())
        .isTrue();
    String written = written(USER, own);
    assertThat(written)
        .contains("libpod's database below " + GRAPHROOT + " records vfs")
        .contains("driver = \"vfs\"")
        .contains("additionalimagestores = [\"/sw/images\"]")
        .containsPattern("# Left out: mount_program");
    assertThat(findings(written)).isEmpty();
  }

  @Test
  void aNewFileHasTheDriverOfTheDatabase() {
    stores.put(GRAPHROOT, new UsedStore(List.of("vfs"), true));
    assertThat(RecommendedConf.of(request(), facts()))
        .contains("records driver vfs")
        .contains("driver = \"vfs\"");
    stores.put(GRAPHROOT, new UsedStore(List.of("vfs", "overlay"), true));
    assertThat(RecommendedConf.of(request(), facts())).contains("driver = \"overlay\"");
    stores.put(GRAPHROOT, new UsedStore(List.of("vfs"), false));
    assertThat(RecommendedConf.of(request(), facts())).contains("driver = \"overlay\"");
  }

  @Test
  void settingsThatDoNotReachTheUserAreLeftOut() {
    String written =
        written(
            SYSTEM,
            "[storage]\ndriver = \"overlay\"\nrunroot = \"/run/containers/storage\"\ngraphroot ="
                + " \"/var/lib/containers/storage\"\nrootless_storage_path = \"/var/tmp/$USER\"\n");
    assertThat(settings(written))
        .containsExactly(
            "[storage]", "driver = \"overlay\"", "rootless_storage_path = \"/var/tmp/$USER\"");
    assertThat(written)
        .contains("# Left out: graphroot = /var/lib/containers/storage: in " + SYSTEM);
  }

  @Test
  void theFileOfTheVariableIsTheOneThatIsKept() {
    environment.put("CONTAINERS_STORAGE_CONF", "/etc/site.conf");
    String named = "[storage]\ndriver = \"vfs\"\n";
    assertThat(
            settings(
                RecommendedConf.of(
                    request(
                        new StorageFile(USER, "[storage]\ndriver = \"overlay\"\n"),
                        new StorageFile("/etc/site.conf", named)),
                    facts())))
        .isEqualTo(settings(named));
  }

  @Test
  void aBrokenFileIsNamed() {
    assertThat(written(USER, "[storage\n")).contains(USER + ":1 is not read").contains("driver =");
  }

  @Test
  void nothingEscapesFromAValue() {
    String written =
        written(USER, "[storage]\ndriver = \"\\u001b[31m\\n[x]\"\n\"\\u202e\" = \"\\\"\\\\\"\n");
    assertThat(written).doesNotContain("\u001b", "\u202e", "\n[x]");
    assertThat(StorageFiles.of(new StorageFile(USER, written)).files()).hasSize(1);
    assertThat(
            Explanation.of(request(new StorageFile(USER, written)), facts()).judgement().refused())
        .isFalse();
  }
}
