/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.StorageFiles;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.StorageRules;
import io.cadastre.storage.StorageUser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the recommended storage.conf for the facts about a node: overlay on a local file system,
 * and ignore_chown_errors only if it is needed. The file serves as the user's own file and as the
 * system file, in both editions of the rules, unless its comments say otherwise. If the user has a
 * file already, its settings are kept: {@link KeptConf}.
 */
public final class RecommendedConf {
  static final String NO_RANGES =
      "The user has no subordinate IDs. Remove this line when the user has some.";

  static final String FIRST_LINE = "For this node and user, from the facts that the node shows.";

  private final StorageRequest request;
  private final Facts facts;
  private final LocalFolders folders;
  private final StringBuilder text = new StringBuilder();

  private RecommendedConf(StorageRequest request, Facts facts) {
    this.request = request;
    this.facts = facts;
    this.folders = new LocalFolders(facts);
  }

  /**
   * Returns the text of the file.
   *
   * @param request the files that the user has now
   * @param facts also about {@link #paths}
   */
  public static String of(StorageRequest request, Facts facts) {
    return KeptConf.of(request, facts)
        .orElseGet(
            () -> {
              RecommendedConf conf = new RecommendedConf(request, facts);
              conf.comment(FIRST_LINE);
              conf.write();
              return conf.text.toString();
            });
  }

  /** Returns the paths that may become part of the file. */
  public static List<String> paths(StorageUser user) {
    return LocalFolders.CANDIDATES.stream()
        .flatMap(folder -> Stream.of(folder, folder + "/containers-" + user.uid()))
        .toList();
  }

  private void write() {
    StorageRules.judge(request)
        .broken()
        .forEach(
            file ->
                comment(
                    "%s is not read: %s"
                        .formatted(file.place(), file.message())
                        .replaceAll("\\p{C}", "?")));
    if (request.user().rootless()) {
      write(request.user().home());
    } else {
      writeRoots();
    }
  }

  private void writeRoots() {
    comment(
        "For root's containers: Podman 4 requires both folders. Newer rules apply them to every");
    comment("user that reads this file.");
    storage(
        driver(LocalFolders.ROOTS_GRAPHROOT),
        "runroot = \"%s\"".formatted(LocalFolders.ROOTS_RUNROOT),
        "graphroot = \"%s\"".formatted(LocalFolders.ROOTS_GRAPHROOT));
  }

  private void write(String home) {
    Optional<String> local = folders.firstFit();
    if (folders.fit(home)) {
      comment(lies(home) + ": the default graphroot below it is fit.");
      local(graphroot());
    } else if (local.isPresent()) {
      comment(folders.whyNot(home) + ": images belong on a local file system.");
      comment(lies(local.get()) + ".");
      local(
          "%s/containers-%d".formatted(local.get(), request.user().uid()),
          "rootless_storage_path = \"%s/containers-$UID\"".formatted(local.get()));
    } else {
      comment(folders.whyNot(home) + ", and there is no local file system for images.");
      comment(
          "For Podman 4 this must be the user's own file: a flag for vfs in the system file has");
      comment("no effect for the user.");
      boolean recorded = facts.store(graphroot()).recordedDriver().isPresent();
      String driver = recorded ? driver(graphroot()) : "vfs";
      storage(driver);
      flag(driver, "A chown to subordinate IDs may fail there: all files then belong to the user.");
    }
  }

  private String lies(String folder) {
    return "%s lies on %s".formatted(folder, folders.title(folder));
  }

  /** Returns the default graphroot of the user. */
  private String graphroot() {
    return StorageRules.judge(request.withFiles(StorageFiles.of()))
        .effective()
        .map(effective -> effective.graphroot().value())
        .orElse("");
  }

  /** Returns the driver for a graphroot, with a comment if libpod's database decides it. */
  private String driver(String graphroot) {
    Optional<String> recorded = facts.store(graphroot).recordedDriver();
    recorded.ifPresent(
        driver ->
            comment(
                "libpod's database below %s records driver %s: Podman uses no other one there."
                    .formatted(graphroot, driver)));
    return recorded.orElseGet(() -> request.user().rootless() ? folders.usualDriver() : "overlay");
  }

  private void local(String graphroot, String... lines) {
    boolean oldKernel = facts.kernel().filter(KernelRelease::beforeRootlessOverlay).isPresent();
    String driver = driver(graphroot);
    boolean fuse = driver.equals("overlay") && folders.fuseOverlayfs();
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
      flag(driver, NO_RANGES);
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

  private void comment(String words) {
    line("# " + words);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
