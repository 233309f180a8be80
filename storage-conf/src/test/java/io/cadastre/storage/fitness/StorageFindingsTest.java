/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.Refusal.Code;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.StorageUser;
import io.cadastre.storage.UnusedSetting.Why;
import io.cadastre.storage.fitness.FileSystem.Giving;
import io.cadastre.subid.IdRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each rule, with and without a finding. */
final class StorageFindingsTest {
  private static final String GRAPHROOT = "/home/zoe/.local/share/containers/storage";
  private static final String VFS = "storage.options.vfs";
  private static final String OVERLAY = "storage.options.overlay";
  private static final String FUSE_OVERLAYFS = "/usr/bin/fuse-overlayfs";

  /** A local disk, a user with ranges: nothing is wrong. */
  private static Facts local() {
    return facts("xfs", "rw", "", PathFacts.unknown(GRAPHROOT));
  }

  private static Facts facts(String type, String options, String superOptions, PathFacts path) {
    Optional<List<IdRange>> ranges = Optional.of(List.of(new IdRange(1001062400, 65536)));
    return new Facts(
        Optional.of(
            MountTable.parse(
                "1 0 8:1 / / rw - xfs /dev/sda1 rw\n2 1 8:2 / /home %s - %s home %s\n"
                    .formatted(options, type, superOptions))),
        Map.of(path.real(), path),
        ranges,
        ranges,
        Optional.of("6.1.0-18-amd64"),
        Optional.of(true),
        Optional.empty());
  }

  private static PathFacts path(
      String path, boolean exists, boolean read, boolean write, boolean x) {
    return new PathFacts(
        path,
        exists ? Kind.FOLDER : Kind.MISSING,
        Optional.of(read),
        Optional.of(write),
        Optional.of(x),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Facts with(PathFacts path) {
    return facts("xfs", "rw", "", path);
  }

  private static Facts kernel(String release) {
    Facts local = local();
    return new Facts(
        local.mounts(),
        local.paths(),
        local.subuids(),
        local.subgids(),
        Optional.of(release),
        Optional.of(false),
        Optional.of(IdRange.between(0, 1001100000)));
  }

  private static List<String> rules(Arrangement arrangement, Facts facts) {
    return arrangement.findings(facts).stream()
        .map(found -> found.finding().severity().word() + " " + found.finding().rule())
        .toList();
  }

  private static StorageFinding only(Arrangement arrangement, Facts facts) {
    List<StorageFinding> found = arrangement.findings(facts);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    assertThat(rules(new Arrangement(), local())).isEmpty();
  }

  @Test
  void unknownFactsAreReported() {
    assertThat(rules(new Arrangement(), Facts.NONE)).containsExactly("info flag-unjudged");
  }

  @Test
  void theResultOfATriedChownOverridesTheFileSystem() {
    PathFacts refused =
        new PathFacts(
            GRAPHROOT,
            Kind.FOLDER,
            Optional.of(true),
            Optional.of(true),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Giving.REFUSED));
    assertThat(rules(new Arrangement(), facts("fuse", "rw", "rw", refused)))
        .containsExactly("error flag-missing");
    assertThat(rules(new Arrangement().flag("true"), facts("fuse", "rw", "rw", refused))).isEmpty();
    assertThat(rules(new Arrangement(), facts("fuse.bindfs", "rw", "rw", PathFacts.unknown("/x"))))
        .containsExactly("info flag-unjudged");
  }

  @Test
  void aFlagThatIsNotNeededHidesErrors() {
    StorageFinding found = only(new Arrangement().flag("true"), local());
    assertThat(found.rule()).isEqualTo(StorageRule.FLAG_HIDES_ERRORS);
    assertThat(found.finding().subject()).isEqualTo(Arrangement.MAIN + ":1");
    assertThat(found.instead()).contains("ignore_chown_errors = \"false\"");
  }

  @Test
  void theLineToWriteIsInTheTableThatTheDriverReads() {
    Facts lustre = facts("lustre", "rw", "rw", PathFacts.unknown("/x"));
    StorageFinding missing = new Arrangement().driver("vfs").findings(lustre).get(0);
    assertThat(missing.instead()).contains("[storage.options.vfs]\nignore_chown_errors = \"true\"");
    assertThat(missing.place()).isEmpty();
    StorageFinding isFalse = new Arrangement().flag("false").findings(lustre).get(0);
    assertThat(isFalse.instead()).contains("ignore_chown_errors = \"true\"");
    assertThat(isFalse.place()).contains(new SettingPlace(Arrangement.MAIN, 1, "storage"));
  }

  @Test
  void rootNeedsNoFlag() {
    assertThat(
            rules(new Arrangement().ofRoot(), facts("lustre", "rw", "rw", PathFacts.unknown("/x"))))
        .isEmpty();
  }

  @Test
  void valuesThatAreNoTruthValues() {
    StorageFinding type =
        only(
            new Arrangement()
                .refused(Code.WRONG_TYPE, "ignore_chown_errors = true # why not", "incompatible"),
            local());
    assertThat(type.rule()).isEqualTo(StorageRule.FLAG_WRONG_TYPE);
    assertThat(type.instead()).contains("ignore_chown_errors = \"true\"");
    assertThat(
            rules(
                new Arrangement()
                    .refused(Code.UNPARSABLE_VALUE, "ignore_chown_errors = \"yes\"", "ParseBool"),
                local()))
        .containsExactly("error flag-unparsable");
    assertThat(
            rules(
                new Arrangement().unused(VFS, Arrangement.FLAG, "yes", Why.OTHER_DRIVER), local()))
        .containsExactly("warning flag-unparsable", "warning flag-wrong-table");
    assertThat(
            rules(
                new Arrangement().refused(Code.BAD_PATH, "graphroot = \"x\"", "relative"), local()))
        .containsExactly("error refused");
  }

  @Test
  void aFlagInTheTableOfAnotherDriver() {
    StorageFinding table =
        only(new Arrangement().unused(VFS, Arrangement.FLAG, "true", Why.OTHER_DRIVER), local());
    assertThat(table.rule()).isEqualTo(StorageRule.FLAG_WRONG_TABLE);
    assertThat(table.instead())
        .contains("[storage.options.overlay]\nignore_chown_errors = \"true\"");
    assertThat(rules(new Arrangement().driver("btrfs").option(Arrangement.FLAG, "true"), local()))
        .containsExactly("warning flag-unknown-to-driver");
  }

  @Test
  void aFlagInAFileThatAnotherReplaces() {
    String flagged = "[storage.options.overlay]\nignore_chown_errors = \"true\"\n";
    assertThat(rules(new Arrangement().shadowing(flagged), local()))
        .containsExactly("info shadowed", "warning flag-shadowed");
    StorageFinding flag = new Arrangement().shadowing(flagged).findings(local()).get(1);
    assertThat(flag.finding().subject()).isEqualTo(Arrangement.SYSTEM + ":2");
    assertThat(rules(new Arrangement().shadowing("# ignore_chown_errors = \"true\"\n"), local()))
        .containsExactly("info shadowed");
    assertThat(rules(new Arrangement().shadowing("ignore_chown_errors = \"false\""), local()))
        .containsExactly("info shadowed");
  }

  @Test
  void aFlagThatIsOverridden() {
    assertThat(
            rules(
                new Arrangement().unused(OVERLAY, Arrangement.FLAG, "true", Why.OVERRIDDEN),
                local()))
        .containsExactly("warning flag-shadowed");
    assertThat(
            rules(
                new Arrangement().unused(OVERLAY, Arrangement.FLAG, "true", Why.NOT_FOR_USERS),
                local()))
        .containsExactly("warning flag-shadowed");
    assertThat(
            rules(
                new Arrangement().unused(OVERLAY, Arrangement.FLAG, "false", Why.OVERRIDDEN),
                local()))
        .isEmpty();
  }

  @Test
  void settingsWithoutEffect() {
    assertThat(
            rules(
                new Arrangement()
                    .unused("storage.options", "mount_programme", "/x", Why.UNKNOWN_KEY)
                    .unused(OVERLAY, "mount_program", "/x", Why.OVERRIDDEN)
                    .unused(VFS, "mountopt", "nodev", Why.OTHER_DRIVER)
                    .unused("storage", "graphroot", "/x", Why.NOT_FOR_USERS),
                local()))
        .containsExactly(
            "warning overridden", "info other-driver", "warning unknown-key", "info not-for-users");
  }

  @Test
  void squashmountIsKnown() {
    assertThat(
            rules(
                new Arrangement().unused(OVERLAY, "squashmount", "true", Why.UNKNOWN_KEY), local()))
        .containsExactly("info squashmount");
  }

  @Test
  void twoGraphroots() {
    assertThat(
            rules(
                new Arrangement()
                    .graphroot("/home/zoe/a")
                    .unused("storage", "rootless_storage_path", "/home/zoe/b", Why.OVERRIDDEN),
                local()))
        .containsExactly("warning storage-path-beside-graphroot");
    assertThat(
            rules(
                new Arrangement()
                    .unused("storage", "rootless_storage_path", "/home/zoe/b", Why.OVERRIDDEN),
                local()))
        .isEmpty();
  }

  @Test
  void pathsThatTheUserMayNotUse() {
    assertThat(rules(new Arrangement(), with(path(GRAPHROOT, true, true, false, true))))
        .containsExactly("error not-writable");
  }

  /** Seen with Podman 5.4.2: the mount of overlay is a mount of its own, without noexec. */
  @Test
  void noexecIsForContainersThatRunInGraphroot() {
    Facts noexec = facts("xfs", "rw,noexec", "rw", PathFacts.unknown(GRAPHROOT));
    assertThat(rules(new Arrangement().driver("vfs"), noexec))
        .containsExactly("error mounted-noexec", "info vfs-copies");
    assertThat(rules(new Arrangement(), noexec)).isEmpty();
  }

  @Test
  void imageStores() {
    Arrangement store = new Arrangement().imageStore("/images");
    assertThat(rules(store, local())).isEmpty();
    assertThat(rules(store, with(path("/images", true, true, false, true)))).isEmpty();
    assertThat(rules(store, with(path("/images", false, true, true, true))))
        .containsExactly("error image-store-missing");
    assertThat(rules(store, with(path("/images", true, false, false, false))))
        .containsExactly("error image-store-unreadable");
    assertThat(rules(store, with(path("/images", true, true, true, true))))
        .containsExactly("warning image-store-writable");
  }

  @Test
  void mountPrograms() {
    Arrangement program = new Arrangement().option("mount_program", FUSE_OVERLAYFS);
    assertThat(rules(program, with(path(FUSE_OVERLAYFS, true, true, false, true)))).isEmpty();
    assertThat(rules(program, with(path(FUSE_OVERLAYFS, false, true, false, true))))
        .containsExactly("error mount-program-missing");
    assertThat(rules(program, with(path(FUSE_OVERLAYFS, true, true, false, false))))
        .containsExactly("error mount-program-not-executable");
    assertThat(rules(program, kernel("5.4.0")))
        .containsExactly("error no-fuse-device", "error range-outside-nodemap");
  }

  @Test
  void podmanUsesFuseOverlayfsIfTheKernelDoesNotMount() {
    PathFacts installed = path(FUSE_OVERLAYFS, true, true, false, true);
    PathFacts missing = path(FUSE_OVERLAYFS, false, true, false, true);
    for (String type : List.of("overlay", "fuse.sshfs", "nfs4", "lustre")) {
      assertThat(supports(facts(type, "rw", "rw", installed))).as(type).isFalse();
    }
    assertThat(supports(local())).isTrue();
    assertThat(rules(new Arrangement().flag("true"), facts("lustre", "rw", "rw", installed)))
        .containsExactly("warning graphroot-shared", "error force-mask-without-xattrs");
    assertThat(rules(new Arrangement().flag("true"), facts("lustre", "rw", "rw", missing)))
        .containsExactly("error graphroot-shared");
    assertThat(
            rules(
                new Arrangement().ofRoot().option("mount_program", FUSE_OVERLAYFS),
                facts("lustre", "rw", "rw", installed)))
        .isEmpty();
  }

  private static boolean supports(Facts facts) {
    return facts.support(new StorageUser("zoe", 1000, "/home/zoe")).nativeOverlay().test(GRAPHROOT);
  }

  @Test
  void anOldKernelIsNoFindingWithFuseOverlayfs() {
    PathFacts installed = path(FUSE_OVERLAYFS, true, true, false, true);
    Facts old =
        new Facts(
            local().mounts(),
            Map.of(FUSE_OVERLAYFS, installed),
            local().subuids(),
            local().subgids(),
            Optional.of("4.18.0-513.el8"),
            Optional.of(true),
            Optional.empty());
    assertThat(rules(new Arrangement(), old)).isEmpty();
    assertThat(old.support(new StorageUser("root", 0, "/root")).nativeOverlay().test(GRAPHROOT))
        .isTrue();
  }

  @Test
  void kernelsOlderThanRootlessOverlay() {
    assertThat(rules(new Arrangement(), kernel("5.12.8")))
        .containsExactly("error no-fuse-device", "error old-kernel", "error range-outside-nodemap");
    assertThat(rules(new Arrangement(), kernel("4.18.0-513.el8"))).contains("error old-kernel");
    for (String release : List.of("5.12.9-300.fc34", "5.13", "6.1.0", "what")) {
      assertThat(rules(new Arrangement(), kernel(release)))
          .containsExactly("error range-outside-nodemap");
    }
    assertThat(rules(new Arrangement().driver("vfs"), kernel("3.10")))
        .containsExactly("info vfs-copies", "error range-outside-nodemap");
  }

  @Test
  void forceMaskNeedsAttributes() {
    Arrangement mask = new Arrangement().flag("true").option("force_mask", "700");
    Facts without = facts("lustre", "rw", "rw,nouser_xattr", PathFacts.unknown("/x"));
    assertThat(rules(mask, without)).contains("error force-mask-without-xattrs");
    Facts taking = facts("lustre", "rw", "rw,user_xattr", PathFacts.unknown("/x"));
    assertThat(rules(mask, taking)).noneMatch(rule -> rule.matches(".*(mask|xattrs).*"));
    Facts unknown = facts("gpfs", "rw", "rw", PathFacts.unknown("/x"));
    assertThat(rules(mask, unknown)).contains("info xattrs-unjudged");
  }

  @Test
  void findingsAreTrees() {
    assertThat(only(new Arrangement().flag("true"), local()).tree())
        .containsEntry("rule", "flag-hides-errors")
        .containsEntry("severity", "warning")
        .containsEntry("file", Arrangement.MAIN)
        .containsEntry("line", 1)
        .containsEntry("instead", "ignore_chown_errors = \"false\"")
        .containsKeys("subject", "message", "remedy");
  }
}
