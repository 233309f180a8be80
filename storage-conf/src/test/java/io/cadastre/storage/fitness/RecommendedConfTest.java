/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.storage.DriverSupport;
import io.cadastre.storage.Engine;
import io.cadastre.storage.PathState.Kind;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageUser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The recommended storage.conf. A test of the node gives it to Podman itself. */
class RecommendedConfTest {
  private static final StorageUser ZOE = new StorageUser("zoe", 4242, "/home/zoe");

  private static PathFacts path(String path, boolean exists) {
    Optional<Boolean> yes = Optional.of(true);
    return new PathFacts(
        path,
        exists ? Kind.FOLDER : Kind.MISSING,
        yes,
        yes,
        yes,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String written(StorageUser user, String kernel, String home, boolean fuse) {
    return RecommendedConf.of(request(user, Engine.LEGACY), facts(kernel, home, fuse));
  }

  private static StorageRequest request(StorageUser user, Engine engine, StorageFile... files) {
    return new StorageRequest(
        StorageFiles.of(files), Map.of(), user, engine, DriverSupport.usual());
  }

  private static Facts facts(String kernel, String home, boolean fuse) {
    Map<String, PathFacts> paths = new HashMap<>();
    List.of("/home/zoe", "/root", "/var/tmp").forEach(path -> paths.put(path, path(path, true)));
    paths.put(Facts.FUSE_OVERLAYFS, path(Facts.FUSE_OVERLAYFS, fuse));
    return new Facts(
        Optional.of(
            MountTable.parse(
                "1 0 8:1 / / rw - xfs /dev/sda1 rw\n2 1 8:2 / /home %s\n".formatted(home))),
        paths,
        Optional.of(List.of()),
        Optional.of(List.of()),
        Optional.of(kernel),
        Optional.of(true),
        Optional.empty());
  }

  @Test
  void aNoexecHomeIsNoPlaceForImages() {
    assertThat(written(ZOE, "6.1.0", "rw - ext4 /dev/sda2 rw", true))
        .contains("driver = \"overlay\"")
        .doesNotContain("rootless_storage_path");
    assertThat(written(ZOE, "6.1.0", "rw,noexec - ext4 /dev/sda2 rw", true))
        .contains("rootless_storage_path = \"/var/tmp/containers-$UID\"");
  }

  @Test
  void anOldKernelGetsFuseOverlayfsOrVfs() {
    assertThat(written(ZOE, "4.18.0", "rw - ext4 /dev/sda2 rw", true))
        .contains("driver = \"overlay\"")
        .contains("mount_program = \"/usr/bin/fuse-overlayfs\"");
    assertThat(written(ZOE, "4.18.0", "rw - ext4 /dev/sda2 rw", false))
        .contains("driver = \"vfs\"")
        .doesNotContain("mount_program")
        .contains("[storage.options.vfs]");
  }

  @Test
  void rootsFileSetsBothFoldersAndNoFlag() {
    assertThat(
            written(new StorageUser("root", 0, "/root"), "6.1.0", "rw - ext4 /dev/sda2 rw", true))
        .contains("runroot = \"/run/containers/storage\"")
        .contains("graphroot = \"/var/lib/containers/storage\"")
        .doesNotContain("ignore_chown_errors");
  }
}
