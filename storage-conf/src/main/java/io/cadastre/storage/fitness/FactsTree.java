/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.PathState.Kind;
import io.cadastre.subid.IdRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Converts facts to and from a tree of maps, lists, texts, numbers and booleans: the node writes it
 * as JSON and the service receives it. An absent key is an unknown fact.
 */
public final class FactsTree {
  private FactsTree() {}

  /** Returns the tree of these facts. */
  public static Map<String, Object> of(Facts facts) {
    Map<String, Object> tree = new LinkedHashMap<>();
    facts.kernel().ifPresent(kernel -> tree.put("kernel", kernel));
    facts.fuseDevice().ifPresent(usable -> tree.put("fuseDevice", usable));
    facts.subuids().ifPresent(ranges -> tree.put("subuids", ranges(ranges)));
    facts.subgids().ifPresent(ranges -> tree.put("subgids", ranges(ranges)));
    facts.gid().ifPresent(gid -> tree.put("gid", gid));
    facts.nodemap().ifPresent(range -> tree.put("nodemap", range(range)));
    Map<String, Object> paths = new TreeMap<>();
    facts.paths().forEach((path, known) -> paths.put(path, path(known)));
    tree.put("paths", paths);
    Map<String, Object> stores = new TreeMap<>();
    facts.stores().forEach((graphroot, used) -> stores.put(graphroot, store(used)));
    if (!stores.isEmpty()) {
      tree.put("stores", stores);
    }
    facts.mounts().ifPresent(table -> tree.put("mountinfo", table.text()));
    return tree;
  }

  /**
   * Returns the facts of this tree.
   *
   * @throws IllegalArgumentException with the key that is unknown or has a wrong value
   */
  public static Facts read(Map<?, ?> tree) {
    TreeReader facts = new TreeReader("facts", tree);
    Facts read =
        new Facts(
            facts.text("mountinfo").map(text -> mounts(facts, text)),
            facts.object("paths").map(FactsTree::readPaths).orElse(Map.of()),
            facts.objects("subuids").map(FactsTree::readRanges),
            facts.objects("subgids").map(FactsTree::readRanges),
            facts.text("kernel"),
            facts.truth("fuseDevice"),
            facts.object("nodemap").map(FactsTree::readRange),
            facts.number("gid"),
            facts.object("stores").map(FactsTree::readStores).orElse(Map.of()));
    facts.requireNothingElse();
    return read;
  }

  private static Map<String, Object> path(PathFacts facts) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("real", facts.real());
    if (facts.kind() != Kind.UNKNOWN) {
      tree.put("kind", facts.kind().name().toLowerCase(Locale.ROOT));
    }
    facts.readable().ifPresent(value -> tree.put("readable", value));
    facts.writable().ifPresent(value -> tree.put("writable", value));
    facts.executable().ifPresent(value -> tree.put("executable", value));
    facts.magic().ifPresent(value -> tree.put("magic", value));
    facts.userXattr().ifPresent(value -> tree.put("userXattr", value));
    facts.giving().ifPresent(value -> tree.put("chown", value.name().toLowerCase(Locale.ROOT)));
    facts.owner().ifPresent(value -> tree.put("owner", owner(value)));
    return tree;
  }

  private static Map<String, Object> store(UsedStore used) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("drivers", used.drivers());
    tree.put("database", used.database());
    return tree;
  }

  private static Map<String, UsedStore> readStores(TreeReader stores) {
    return stores.keys().stream()
        .collect(
            Collectors.toMap(path -> path, path -> readStore(stores.object(path).orElseThrow())));
  }

  private static UsedStore readStore(TreeReader store) {
    UsedStore read = new UsedStore(store.texts("drivers"), store.truth("database").orElse(false));
    store.requireNothingElse();
    return read;
  }

  /** Refuses a table without any mount: its facts would pass as unknown. */
  private static MountTable mounts(TreeReader facts, String text) {
    MountTable table = MountTable.parse(text);
    if (table.mounts().isEmpty()) {
      throw facts.refused("mountinfo has no line as proc(5) describes them");
    }
    return table;
  }

  private static Map<String, PathFacts> readPaths(TreeReader paths) {
    return paths.keys().stream()
        .collect(Collectors.toMap(path -> path, path -> readPath(path, paths)));
  }

  private static PathFacts readPath(String path, TreeReader paths) {
    TreeReader facts = paths.object(path).orElseThrow();
    PathFacts read =
        new PathFacts(
            facts.text("real").orElse(path),
            facts.choice("kind", Kind.class).orElse(Kind.UNKNOWN),
            facts.truth("readable"),
            facts.truth("writable"),
            facts.truth("executable"),
            facts.number("magic"),
            facts.truth("userXattr"),
            facts.choice("chown", FileSystem.Giving.class),
            facts.object("owner").map(FactsTree::readOwner));
    facts.requireNothingElse();
    return read;
  }

  private static Map<String, Object> owner(PathFacts.Owner owner) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("uid", owner.uid());
    tree.put("gid", owner.gid());
    if (owner.overridden()) {
      tree.put("overridden", true);
    }
    return tree;
  }

  private static PathFacts.Owner readOwner(TreeReader owner) {
    Optional<Long> uid = owner.number("uid");
    Optional<Long> gid = owner.number("gid");
    boolean overridden = owner.truth("overridden").orElse(false);
    owner.requireNothingElse();
    if (uid.isEmpty() || gid.isEmpty()) {
      throw owner.refused("an owner has a uid and a gid");
    }
    return new PathFacts.Owner(uid.get(), gid.get(), overridden);
  }

  private static List<Map<String, Object>> ranges(List<IdRange> ranges) {
    return ranges.stream().map(FactsTree::range).toList();
  }

  private static Map<String, Object> range(IdRange range) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("start", range.start());
    tree.put("count", range.count());
    return tree;
  }

  private static List<IdRange> readRanges(List<TreeReader> ranges) {
    return ranges.stream().map(FactsTree::readRange).toList();
  }

  private static IdRange readRange(TreeReader range) {
    Optional<Long> start = range.number("start");
    Optional<Long> count = range.number("count");
    range.requireNothingElse();
    if (start.isEmpty() || count.isEmpty()) {
      throw range.refused("a range has a start and a count");
    }
    try {
      return new IdRange(start.get(), count.get());
    } catch (IllegalArgumentException e) {
      throw range.refused(String.valueOf(e.getMessage()));
    }
  }
}
