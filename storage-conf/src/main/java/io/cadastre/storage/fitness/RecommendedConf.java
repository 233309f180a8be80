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
 * Writes the storage.conf that is right for what is known of a node: overlay on a local file
 * system, and ignore_chown_errors only where it is needed. It is right as the user's own file and
 * as the system's, under both editions of the rules, unless it says otherwise.
 */
public final class RecommendedConf {
  /** Where a graphroot may lie if the home folder will not do. */
  public static final List<String> CANDIDATES = List.of("/var/tmp", "/tmp", "/dev/shm");

  private final Facts facts;
  private final StringBuilder text = new StringBuilder();

  private RecommendedConf(Facts facts) {
    this.facts = facts;
  }

  /** The text of the file. */
  public static String of(Facts facts, StorageUser user) {
    RecommendedConf conf = new RecommendedConf(facts);
    conf.line("# For this node and user, as cadastre-node found them.");
    if (user.rootless()) {
      conf.write(user.home());
    } else {
      conf.writeRoots();
    }
    return conf.text.toString();
  }

  private void writeRoots() {
    comment("Root's own containers: Podman 4 wants both folders, and newer rules give them to");
    comment("everybody who reads this file.");
    storage(
        "overlay",
        "runroot = \"/run/containers/storage\"",
        "graphroot = \"/var/lib/containers/storage\"");
  }

  private void write(String home) {
    Optional<String> local = CANDIDATES.stream().filter(this::fit).findFirst();
    if (fit(home)) {
      comment(
          "%s lies on %s: the default graphroot below it will do.".formatted(home, title(home)));
      local();
    } else if (local.isPresent()) {
      comment("%s lies on %s: images belong on a local file system.".formatted(home, title(home)));
      comment("%s lies on %s.".formatted(local.get(), title(local.get())));
      local("rootless_storage_path = \"%s/containers-$UID\"".formatted(local.get()));
    } else {
      comment(
          "%s lies on %s, and there is no local file system to have images on."
              .formatted(home, title(home)));
      comment(
          "Under Podman 4 this has to be the user's own file: the system's flag for vfs does not");
      comment("reach him there.");
      storage("vfs");
      flag("vfs", "A chown to subordinate IDs may fail there: files then all belong to the user.");
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
      flag(driver, "The user has no subordinate IDs. Take it out when he has.");
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

  /** Whether a folder takes files of several owners, lets them be run, and lets the user in. */
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
