/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.StorageUser;
import io.cadastre.storage.fitness.FileSystem.Giving;
import java.util.List;
import java.util.Optional;

/**
 * Writes the recommended storage.conf for the facts about a node: overlay on a local file system,
 * and ignore_chown_errors only if it is needed. The file serves as the user's own file and as the
 * system file, in both editions of the rules, unless its comments say otherwise.
 */
public final class RecommendedConf {
  /** The folders for graphroot if the home folder is not fit. */
  public static final List<String> CANDIDATES = List.of("/var/tmp", "/tmp", "/dev/shm");

  private final Facts facts;
  private final StringBuilder text = new StringBuilder();

  private RecommendedConf(Facts facts) {
    this.facts = facts;
  }

  /** Returns the text of the file. */
  public static String of(Facts facts, StorageUser user) {
    RecommendedConf conf = new RecommendedConf(facts);
    conf.line("# For this node and user, from the facts that cadastre-node found.");
    if (user.rootless()) {
      conf.write(user.home());
    } else {
      conf.writeRoots();
    }
    return conf.text.toString();
  }

  private void writeRoots() {
    comment(
        "For root's containers: Podman 4 requires both folders. Newer rules apply them to every");
    comment("user that reads this file.");
    storage(
        "overlay",
        "runroot = \"/run/containers/storage\"",
        "graphroot = \"/var/lib/containers/storage\"");
  }

  private void write(String home) {
    Optional<String> local = CANDIDATES.stream().filter(this::fit).findFirst();
    if (fit(home)) {
      comment("%s lies on %s: the default graphroot below it is fit.".formatted(home, title(home)));
      local();
    } else if (local.isPresent()) {
      comment("%s lies on %s: images belong on a local file system.".formatted(home, title(home)));
      comment("%s lies on %s.".formatted(local.get(), title(local.get())));
      local("rootless_storage_path = \"%s/containers-$UID\"".formatted(local.get()));
    } else {
      comment(
          "%s lies on %s, and there is no local file system for images."
              .formatted(home, title(home)));
      comment(
          "For Podman 4 this must be the user's own file: a flag for vfs in the system file has");
      comment("no effect for the user.");
      storage("vfs");
      flag("vfs", "A chown to subordinate IDs may fail there: all files then belong to the user.");
    }
  }

  private void local(String... lines) {
    boolean oldKernel = facts.kernel().filter(KernelRelease::beforeRootlessOverlay).isPresent();
    boolean fuse = facts.path(Facts.FUSE_OVERLAYFS).exists().orElse(true);
    String driver = oldKernel && !fuse ? "vfs" : "overlay";
    storage(driver, lines);
    if (oldKernel && fuse) {
      line("");
      line("[storage.options.overlay]");
      comment(
          "Kernel %s has no overlay for users; it came with 5.12.9."
              .formatted(facts.kernel().orElse("")));
      line("mount_program = \"%s\"".formatted(Facts.FUSE_OVERLAYFS));
    }
    if (facts.hasRanges().filter(has -> !has).isPresent()) {
      flag(driver, "The user has no subordinate IDs. Remove this line when the user has some.");
    }
  }

  private void storage(String driver, String... lines) {
    line("[storage]");
    line("driver = \"%s\"".formatted(driver));
    for (String line : lines) {
      line(line);
    }
  }

  private void flag(String driver, String why) {
    String table = "[storage.options.%s]".formatted(driver);
    if (text.indexOf(table) < 0) {
      line("");
      line(table);
    }
    comment(why);
    line(FlagLine.saying("true"));
  }

  /**
   * Returns whether a folder accepts files of several owners, lets programs run, and lets the user
   * write.
   */
  private boolean fit(String folder) {
    return facts.giving(folder).equals(Optional.of(Giving.ALLOWED))
        && facts.path(folder).writable().orElse(false)
        && facts.mount(folder).filter(mount -> !mount.options().contains("noexec")).isPresent();
  }

  private String title(String path) {
    return facts
        .fileSystem(path)
        .map(FileSystem::title)
        .or(() -> facts.mount(path).map(Mount::type))
        .orElse("an unknown file system");
  }

  private void comment(String words) {
    line("# " + words);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
