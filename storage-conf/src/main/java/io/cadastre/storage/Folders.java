/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The default folders of a user, and paths from settings with their variables replaced. */
final class Folders {
  private final StorageRequest request;

  Folders(StorageRequest request) {
    this.request = request;
  }

  Setting graphroot() {
    if (!request.user().rootless()) {
      return fallback("/var/lib/containers/storage");
    }
    String data =
        request
            .filled("XDG_DATA_HOME")
            .orElseGet(
                () -> StoragePaths.home(request.environment(), request.user()) + "/.local/share");
    return fallback(data + "/containers/storage");
  }

  Setting runroot() {
    if (!request.user().rootless()) {
      return fallback("/run/containers/storage");
    }
    // Seen with 4.3.1, for example in a job of a user without a session on the node.
    boolean gone =
        !request.engine().has(Step.RUNTIME_FOLDER)
            && request.filled("XDG_RUNTIME_DIR").filter(this::isMissing).isPresent();
    return fallback((gone ? below("containers-user-") : real(runtimeFolder())) + "/containers");
  }

  /**
   * Refuses an XDG_RUNTIME_DIR that does not exist, as in a job of a user without a session on the
   * node, if the edition does not replace it.
   */
  void refuseMissingRuntimeFolder() throws StorageRefused {
    Optional<String> folder = request.filled("XDG_RUNTIME_DIR");
    if (request.user().rootless()
        && request.engine().has(Step.RUNTIME_FOLDER)
        && folder.filter(this::isMissing).isPresent()) {
      throw new StorageRefused(
          Refusal.Code.BAD_PATH,
          "lstat %s: no such file or directory".formatted(folder.get()),
          Optional.of(SettingPlace.environment("XDG_RUNTIME_DIR")));
    }
  }

  private boolean isMissing(String path) {
    return request.support().paths().apply(path).kind() == PathState.Kind.MISSING;
  }

  private String below(String name) {
    return request.filled("TMPDIR").orElse("/tmp") + "/" + name + request.user().uid();
  }

  private static Setting fallback(String path) {
    return new Setting(GoPath.clean(path), Optional.empty());
  }

  /** Returns XDG_RUNTIME_DIR, or the folder that Podman exports if it is not set. */
  private String runtimeFolder() {
    return request
        .filled("XDG_RUNTIME_DIR")
        .orElseGet(
            () -> {
              String run = "/run/user/" + request.user().uid();
              return isMissing(run) ? below("podman-run-") : run;
            });
  }

  /** Returns the path with {@code $UID} and the environment replaced and links followed. */
  Setting of(Setting setting) {
    return new Setting(expand(setting.value()), setting.place());
  }

  private String expand(String path) {
    String withUid = path.replace("$UID", Long.toString(request.user().uid()));
    Map<String, String> environment = new HashMap<>(request.environment());
    if (request.user().rootless()) {
      environment.put("XDG_RUNTIME_DIR", runtimeFolder());
    }
    return real(GoPath.expand(withUid, environment));
  }

  /** Returns the absolute path of a setting in which nothing is replaced, with links followed. */
  Setting real(Setting setting) {
    Setting absolute = absolute(setting);
    return new Setting(real(absolute.value()), absolute.place());
  }

  private String real(String path) {
    PathState state = request.support().paths().apply(path);
    return GoPath.clean(state.kind() == PathState.Kind.MISSING ? path : state.real());
  }

  /**
   * Returns the absolute path. A relative path starts in the working folder of Podman: PWD here, or
   * the home folder.
   */
  Setting absolute(Setting setting) {
    if (GoPath.isAbsolute(setting.value())) {
      return setting;
    }
    String folder =
        request
            .filled("PWD")
            .orElseGet(() -> StoragePaths.home(request.environment(), request.user()));
    return new Setting(GoPath.clean(folder + "/" + setting.value()), setting.place());
  }
}
