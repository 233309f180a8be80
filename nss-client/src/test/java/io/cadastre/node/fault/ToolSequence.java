/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cadastre.node.ScratchNode;
import io.cadastre.node.ScratchNode.Run;
import io.cadastre.node.TestRegistry;
import io.cadastre.node.render.SubidMap;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** One node, and what happens to its files between syncs: chosen by a seed, and noted. */
final class ToolSequence {
  /** The steps that a run chooses from. */
  static final List<String> STEPS =
      List.of(
          "useradd",
          "useradd",
          "newusers",
          "userdel",
          "usermod --add-subuids",
          "usermod --del-subuids",
          "usermod --del-subuids of an owner",
          "userdel of an owner",
          "apptainer --add",
          "apptainer --disable",
          "apptainer --disable of an owner",
          "apptainer --enable",
          "apptainer --remove of an owner",
          "a local line",
          "a damaged marker",
          "snapshot",
          "snapshot",
          "mode",
          "owners");

  /** The steps that a sync follows at once: what they leave is judged by the markers alone. */
  static final List<String> ALONE = List.of("an edit inside", "yesterday's file", "no state");

  private static final List<String> TWINS = List.of("twin1", "twin2");

  private final Random random;
  private final TestRegistry registry;
  private final SystemTree tree;
  private final ScratchNode node;
  private final LocalLines lines;
  private final OwnerChanges owners;
  private final List<String> history = new ArrayList<>();
  private final Map<String, Integer> done = new TreeMap<>();
  private final Map<String, Long> accounts = new TreeMap<>(Map.of("admin", 1000L));
  private final Map<String, Long> guests = new TreeMap<>();
  private final List<String> twins = new ArrayList<>(TWINS);
  private final Map<IdType, String> yesterday = new EnumMap<>(IdType.class);
  private final Map<IdType, List<String>> yesterdayLocal = new EnumMap<>(IdType.class);
  private Optional<String> unknown = Optional.empty();
  private boolean plugin;
  private boolean appliedPlugin;
  private boolean asked;
  private boolean byUid;
  private long nextUid = 3001;

  /** A node in a new folder, with two owners of the registry among its own accounts. */
  ToolSequence(Path root, TestRegistry registry, long seed)
      throws IOException, InterruptedException {
    this.random = new Random(seed);
    this.registry = registry;
    this.tree = new SystemTree(root);
    this.node = tree.node();
    node.write("etc/subuid", "# subuid of this node\nadmin:100000:65536\n");
    node.write("etc/subgid", "admin:100000:65536\n");
    for (int i = 0; i < TWINS.size(); i++) {
      long uid = OwnerChanges.FIRST_UID + i;
      String account = "%s:x:%d:%d::/:/bin/sh%n".formatted(TWINS.get(i), uid, uid);
      node.write("etc/passwd", node.read("etc/passwd") + account);
      node.write("etc/shadow", node.read("etc/shadow") + TWINS.get(i) + ":*:1::::::\n");
      node.write("etc/group", node.read("etc/group") + "%s:x:%d:%n".formatted(TWINS.get(i), uid));
    }
    this.lines = new LocalLines(node);
    this.owners = new OwnerChanges(random, TWINS, 12);
    configure();
  }

  /** What happened, a line for each step. */
  String history() {
    return String.join("\n", history);
  }

  /** How often each step was taken. */
  Map<String, Integer> done() {
    return done;
  }

  /** Runs this many rounds, each of some steps and a sync. */
  void run(int rounds) throws IOException, InterruptedException {
    plugin = random.nextInt(3) == 0;
    asked = random.nextInt(3) == 0;
    byUid = random.nextInt(3) == 0;
    configure();
    sync(owners.snapshot());
    for (int round = 0; round < rounds; round++) {
      Snapshot last = owners.snapshot();
      if (random.nextInt(3) == 0) {
        take(ALONE.get(random.nextInt(ALONE.size())), "");
      } else {
        for (int steps = 1 + random.nextInt(3); steps > 0; steps--) {
          take(STEPS.get(random.nextInt(STEPS.size())), "");
        }
      }
      sync(owners.changed() ? owners.snapshot() : last);
    }
  }

  private void take(String step, String detail) throws IOException, InterruptedException {
    history.add(step + detail);
    boolean taken = take(step);
    if (taken) {
      done.merge(step, 1, Integer::sum);
    }
  }

  private void say(String detail) {
    history.set(history.size() - 1, history.get(history.size() - 1) + " " + detail);
  }

  private boolean take(String step) throws IOException, InterruptedException {
    boolean taken =
        switch (step) {
          case "useradd" -> useradd();
          case "newusers" -> newusers();
          case "userdel" -> userdel();
          case "usermod --add-subuids" -> addRanges();
          case "usermod --del-subuids" -> deleteRanges();
          case "usermod --del-subuids of an owner" -> deleteFromOwner();
          case "userdel of an owner" -> deleteTwin();
          case "apptainer --add" -> apptainer(step, guest());
          case "apptainer --disable" -> disable(oneOf(withRows()));
          case "apptainer --disable of an owner" -> !appliedPlugin && disable(owners.pinned());
          case "apptainer --enable" -> enable();
          case "apptainer --remove of an owner" ->
              !appliedPlugin && apptainer(step, owners.any().name().value());
          case "a local line" -> localLine();
          case "a damaged marker" -> damagedMarker();
          case "snapshot" -> snapshot();
          case "mode" -> mode();
          case "owners" -> ownerKey();
          case "an edit inside" -> !appliedPlugin && editInside();
          case "yesterday's file" -> putBack();
          case "no state" -> noState();
          default -> throw new IllegalArgumentException(step);
        };
    if (!ALONE.contains(step)) {
      lines.note();
    }
    return taken;
  }

  private String oneOf(Iterable<String> names) {
    List<String> all = new ArrayList<>();
    names.forEach(all::add);
    return all.get(random.nextInt(all.size()));
  }

  /** Debian 13's programs refuse to change the files while libsubid asks the plugin: N24. */
  private boolean tool(String... program) throws IOException, InterruptedException {
    say(String.join(" ", program));
    return succeeded(tree.run(program));
  }

  private boolean succeeded(SystemTree.Ran ran) {
    say("-> " + ran.status());
    boolean refuses = plugin && asked && SystemTree.isDebian13();
    assertThat(refuses ? 0 : ran.status()).as(ran.said()).isZero();
    return ran.status() == 0;
  }

  private boolean useradd() throws IOException, InterruptedException {
    String name = "local" + nextUid;
    String uid = Long.toString(nextUid);
    boolean added =
        random.nextInt(3) > 0
            ? tool("useradd", "-m", "-u", uid, name)
            : tool("useradd", "-K", "SUB_UID_COUNT=0", "-K", "SUB_GID_COUNT=0", "-u", uid, name);
    return added(name, added);
  }

  private boolean newusers() throws IOException, InterruptedException {
    String name = "local" + nextUid;
    return added(name, succeeded(tree.newusers(name, nextUid)));
  }

  private boolean added(String name, boolean added) {
    if (added) {
      accounts.put(name, nextUid);
    }
    nextUid++;
    return added;
  }

  private boolean userdel() throws IOException, InterruptedException {
    if (accounts.size() < 2) {
      return false;
    }
    String name = oneOf(accounts.keySet());
    boolean deleted = tool("userdel", "-f", name);
    if (deleted) {
      accounts.remove(name);
    }
    return deleted;
  }

  private boolean addRanges() throws IOException, InterruptedException {
    String range = range(700_000_000 + random.nextInt(1000) * 1000L, 1 + random.nextInt(100));
    return tool(
        "usermod", "--add-subuids", range, "--add-subgids", range, oneOf(accounts.keySet()));
  }

  private static String range(long start, long count) {
    return start + "-" + (start + count - 1);
  }

  private boolean deleteRanges() throws IOException, InterruptedException {
    String name = oneOf(accounts.keySet());
    for (String line : lines.of(IdType.SUBUID)) {
      if (line.startsWith(name + ":")) {
        long start = Long.parseLong(line.split(":", -1)[1]);
        String range = range(start + random.nextInt(3), 1 + random.nextInt(20));
        return tool("usermod", "--del-subuids", range, "--del-subgids", range, name);
      }
    }
    return false;
  }

  private boolean deleteFromOwner() throws IOException, InterruptedException {
    if (twins.isEmpty()) {
      return false;
    }
    String name = oneOf(twins);
    long start = owners.named(name).uidRange().start();
    String range = range(start + random.nextInt(60_000), 1 + random.nextInt(5000));
    return tool("usermod", "--del-subuids", range, "--del-subgids", range, name);
  }

  private boolean deleteTwin() throws IOException, InterruptedException {
    if (twins.isEmpty() || random.nextInt(3) > 0) {
      return false;
    }
    String name = oneOf(twins);
    boolean deleted = tool("userdel", name);
    if (deleted) {
      twins.remove(name);
    }
    return deleted;
  }

  /** An account that NSS knows and the registry does not. */
  private String guest() {
    String name = "guest" + nextUid;
    guests.put(name, nextUid);
    nextUid++;
    return name;
  }

  private List<String> withRows() {
    List<String> all = new ArrayList<>(accounts.keySet());
    all.addAll(guests.keySet());
    return all;
  }

  private boolean apptainer(String step, String name) {
    say(name);
    Map<String, Long> known = new TreeMap<>(owners.uids());
    known.putAll(accounts);
    known.putAll(guests);
    ApptainerRewrite rewrite = new ApptainerRewrite(known);
    boolean changed = false;
    for (IdType type : IdType.values()) {
      String file = "etc/" + type.word();
      String before = node.read(file);
      String after =
          switch (step.split(" ", -1)[1]) {
            case "--add" -> rewrite.add(before, name);
            case "--disable" -> rewrite.disable(before, name);
            case "--enable" -> rewrite.enable(before, name);
            default -> rewrite.remove(before, name);
          };
      changed |= !after.equals(before);
      node.write(file, after);
    }
    return changed;
  }

  /** Not twice: the second line would equal the first. */
  private boolean disable(String name) {
    return !isDisabled(name) && apptainer("apptainer --disable", name);
  }

  private boolean isDisabled(String name) {
    Map<String, Long> uids = owners.uids();
    uids.putAll(guests);
    String uid = Long.toString(uids.getOrDefault(name, -1L));
    return node.read("etc/subuid").contains("!" + name + ":")
        || node.read("etc/subuid").contains("!" + uid + ":");
  }

  /** In plugin mode the row of an owner of the registry would be a local row from then on. */
  private boolean enable() {
    for (String name : withRows()) {
      if (isDisabled(name)) {
        return apptainer("apptainer --enable", name);
      }
    }
    return !appliedPlugin
        && isDisabled(owners.pinned())
        && apptainer("apptainer --enable", owners.pinned());
  }

  private boolean localLine() {
    IdType type = random.nextBoolean() ? IdType.SUBUID : IdType.SUBGID;
    String number = Integer.toString(random.nextInt(1_000_000));
    String line =
        switch (random.nextInt(3)) {
          case 0 -> "# note " + number;
          case 1 -> "# old:row:" + number;
          default -> "somebody" + number + ":" + (710_000_000 + Integer.parseInt(number)) + ":1";
        };
    say(type.word() + " " + line);
    String file = "etc/" + type.word();
    boolean first = random.nextBoolean();
    String before = node.read(file);
    node.write(file, first ? line + "\n" + before : before + line + "\n");
    return true;
  }

  private boolean damagedMarker() {
    String file = random.nextBoolean() ? "etc/subuid" : "etc/subgid";
    String marker = random.nextBoolean() ? LocalLines.BEGIN : LocalLines.END;
    String before = node.read(file);
    String after =
        random.nextBoolean()
            ? before.replace(marker + "\n", "")
            : before.replace(marker + "\n", marker + "\n" + marker + "\n");
    say(file + " " + marker);
    node.write(file, after);
    return !after.equals(before);
  }

  private boolean snapshot() {
    say(owners.change());
    return true;
  }

  private boolean mode() {
    plugin = !plugin;
    configure();
    return true;
  }

  private boolean ownerKey() {
    byUid = !byUid;
    configure();
    return true;
  }

  private void configure() {
    tree.serveFrom(plugin ? "plugin" : "files", "owners = " + (byUid ? "uid" : "name"));
    tree.ask(plugin && asked);
  }

  private boolean editInside() {
    IdType type = random.nextBoolean() ? IdType.SUBUID : IdType.SUBGID;
    String file = "etc/" + type.word();
    List<String> all = new ArrayList<>(node.read(file).lines().toList());
    int at = all.indexOf(LocalLines.BEGIN) + 1 + random.nextInt(owners.snapshot().rows().size());
    String stranger = "stranger:" + (720_000_000 + random.nextInt(1_000_000)) + ":10";
    switch (random.nextInt(3)) {
      case 0 -> all.remove(at);
      case 1 -> all.add(at, stranger);
      default -> all.set(at, stranger);
    }
    unknown = Optional.of(stranger).filter(all::contains);
    say(unknown.orElse("removes a row"));
    node.write(file, String.join("\n", all) + "\n");
    lines.ignore();
    return true;
  }

  private boolean putBack() {
    for (IdType type : IdType.values()) {
      if (yesterday.containsKey(type) && random.nextInt(3) > 0) {
        say(type.word());
        node.write("etc/" + type.word(), yesterday.get(type));
        lines.putBack(type, yesterdayLocal.get(type));
      }
    }
    return true;
  }

  /** What sorts or rewrites the files then takes the markers as well. */
  private boolean noState() throws IOException, InterruptedException {
    deleteAll(tree.root().resolve("var/lib/cadastre"));
    switch (random.nextInt(3)) {
      case 0 -> take("useradd", "");
      case 1 -> take("apptainer --add", "");
      default -> say("alone");
    }
    return true;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void sync(Snapshot snapshot) {
    history.add("sync of serial %d, plugin %s, uid %s".formatted(snapshot.serial(), plugin, byUid));
    registry.serve(snapshot);
    Run sync = node.sync(registry);
    assertThat(sync.status()).as(sync.err()).isZero();
    if (plugin) {
      lines.requireAlone("after the sync");
      assertThat(node.path("var/lib/cadastre/subid.map"))
          .hasBinaryContent(SubidMap.render(snapshot, false));
    } else {
      lines.requireWithBlock(snapshot, byUid, "after the sync");
    }
    requireSettled();
    appliedPlugin = plugin;
    owners.applied();
    if (yesterday.isEmpty() || random.nextInt(3) == 0) {
      for (IdType type : IdType.values()) {
        yesterday.put(type, node.read("etc/" + type.word()));
        yesterdayLocal.put(type, lines.of(type));
      }
    }
    unknown.ifPresent(row -> assertThat(node.read("var/lib/cadastre/removed")).contains(row));
    unknown = Optional.empty();
  }

  private void requireSettled() {
    Run verify = node.run("verify");
    assertThat(verify.status()).as(verify.err()).isZero();
    Map<String, String> before = node.files();
    Run again = node.sync(registry);
    assertThat(again.status()).as(again.err()).isZero();
    Map<String, String> after = node.files();
    // It says when the service was last reached.
    before.remove("var/lib/cadastre/confirmed");
    after.remove("var/lib/cadastre/confirmed");
    assertThat(after).as("a second sync writes nothing").isEqualTo(before);
  }
}
