/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.render.SubidMap;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether libsubid can use the plugin: with {@code subid: cadastre} and without a library shadow
 * reads the files instead, and without a fit map every look-up fails.
 */
public final class PluginFitness {
  /** The folders in which the loader looks for the plugin, in its order. */
  public static final List<String> LIBRARY_FOLDERS =
      List.of(
          "/usr/lib64/",
          "/usr/lib/x86_64-linux-gnu/",
          "/usr/lib/aarch64-linux-gnu/",
          "/usr/lib/powerpc64le-linux-gnu/",
          "/usr/lib/riscv64-linux-gnu/",
          "/usr/local/lib/",
          "/usr/lib/",
          "/lib64/",
          "/lib/");

  private static final String LIBRARY = "libsubid_cadastre.so";
  private static final List<String> READERS = List.of("usr/bin/newuidmap", "usr/bin/getsubids");
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  /**
   * The header of an ELF file up to the machine: class, byte order, machine and what is between.
   */
  private static final int ELF_HEADER = 20;

  private PluginFitness() {}

  /**
   * Requires a library of the plugin that fits the tree's own newuidmap.
   *
   * @throws TreeUnfit with the remedy
   */
  static void requireLibrary(NodeTree tree) throws IOException, TreeUnfit {
    for (String folder : LIBRARY_FOLDERS) {
      Path path = tree.root().resolve(folder.substring(1)).resolve(LIBRARY);
      Optional<byte[]> bytes = new TreeFileReader(tree).readLinked(path);
      if (bytes.isPresent()) {
        requireFit(tree, tree.shown(path), bytes.get());
        return;
      }
    }
    throw unfit("%s is in none of the loader's folders".formatted(LIBRARY));
  }

  private static void requireFit(NodeTree tree, String path, byte[] library)
      throws IOException, TreeUnfit {
    // shadow 4.16 and later ignores a plugin without this symbol and prints nothing.
    if (!isElf(library)
        || !new String(library, StandardCharsets.ISO_8859_1).contains("shadow_subid_free")) {
      throw unfit(path + " is not the plugin, or is damaged");
    }
    for (String reader : READERS) {
      Optional<byte[]> program =
          new TreeFileReader(tree).readLinked(tree.root().resolve(reader), ELF_HEADER);
      if (program.isPresent() && isElf(program.get())) {
        if (!machine(program.get()).equals(machine(library))) {
          throw unfit("%s is for another architecture than /%s".formatted(path, reader));
        }
        return;
      }
    }
  }

  private static boolean isElf(byte[] file) {
    return file.length >= ELF_HEADER && Arrays.equals(file, 0, ELF.length, ELF, 0, ELF.length);
  }

  /** Class, byte order and machine, as elf(5) has them. */
  private static List<Byte> machine(byte[] elf) {
    return List.of(elf[4], elf[5], elf[18], elf[19]);
  }

  private static TreeUnfit unfit(String what) {
    return new TreeUnfit(
        ExitStatus.CONFIGURATION,
        what
            + ", so nothing was changed; install the package cadastre-libs, then run"
            + " \"cadastre-node plugin on\" again");
  }

  /**
   * Requires a whole map that only root may write, beside a plugin that answers.
   *
   * @throws TreeUnfit with the remedy
   */
  static void requireMap(NodeTree tree) throws IOException, TreeUnfit {
    Optional<String> wrong = wrong(read(tree));
    if (wrong.isPresent()) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "%s %s, so every look-up fails. Run \"cadastre-node plugin off\", then \"cadastre-node plugin on\", which makes an empty map, then \"cadastre-node sync\""
              .formatted(tree.shown(tree.map()), wrong.get()));
    }
  }

  /** An empty map, to be written before a plugin that is off is set; empty if the map is fit. */
  static Optional<Replacement> map(NodeTree tree) throws IOException, TreeUnfit {
    Optional<FileContent> map = read(tree);
    return wrong(map).isEmpty()
        ? Optional.empty()
        : Optional.of(new Replacement(tree.map(), map, SubidMap.empty(false)));
  }

  private static Optional<FileContent> read(NodeTree tree) throws IOException, TreeUnfit {
    return new TreeFileReader(tree).readAll(tree.stateDirectory(), false, "subid.map").get(0);
  }

  private static Optional<String> wrong(Optional<FileContent> map) {
    if (map.isEmpty()) {
      return Optional.of("is missing");
    }
    if (!map.get().fit()) {
      return Optional.of("does not belong to root with mode 0644");
    }
    return SubidMap.isWhole(map.get().bytes()) ? Optional.empty() : Optional.of("is no whole map");
  }
}
