/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.failure.NodeFailure;
import io.cadastre.node.settings.NodeSettings.Mode;
import io.cadastre.node.tree.EtcLock;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.Replacement;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeRemoval;
import io.cadastre.node.tree.TreeWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets {@code subid: cadastre} in nsswitch.conf, and takes it out. What stood there before is kept
 * in /var/lib/cadastre/nsswitch: it is written before nsswitch.conf is, and removed after it, so a
 * run that was killed is completed by the next one.
 */
public final class PluginSwitch {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(15);
  private static final String FORMAT = "# cadastre-node nsswitch 1";
  private static final String LINE = "line ";
  private static final String NO_LINE = "no line";
  private static final String NO_FILE = "no file";

  private final NodeTree tree;

  private PluginSwitch(NodeTree tree) {
    this.tree = tree;
  }

  /**
   * Sets the line. Where the map is missing or not fit, an empty one is written first: with it the
   * plugin reads /etc/subuid and /etc/subgid until a sync writes the rows.
   *
   * @param dryRun whether to write nothing
   * @return the change of nsswitch.conf; empty if the line was there
   * @throws NodeFailure if the plugin is not fit, or the file is managed by another program
   */
  public static Optional<Replacement> on(NodeTree tree, boolean dryRun)
      throws IOException, NodeFailure {
    PluginFitness.requireLibrary(tree);
    return new PluginSwitch(tree).run(true, dryRun);
  }

  /**
   * Takes the line out; what stood there before comes back.
   *
   * @param dryRun whether to write nothing
   * @return the change of nsswitch.conf; empty if the line was not there
   * @throws NodeFailure if the file is managed by another program
   */
  public static Optional<Replacement> off(NodeTree tree, boolean dryRun)
      throws IOException, NodeFailure {
    return new PluginSwitch(tree).run(false, dryRun);
  }

  /** Whether libsubid asks the plugin. */
  public static boolean isOn(NodeTree tree) throws IOException, NodeFailure {
    return NsswitchEdit.isOn(new PluginSwitch(tree).text());
  }

  /**
   * Refuses the mode {@code plugin} on a running system whose libsubid does not ask the plugin: a
   * sync would take the rows out of /etc/subuid and /etc/subgid, and no program would read the map
   * (docs/decisions/0095). An image can be rendered before its nsswitch.conf is complete.
   *
   * @throws PluginIsOff with the commands that end it
   */
  static void requireFor(NodeTree tree, Mode mode) throws IOException, NodeFailure {
    // The file is read in an image too, so that the archive of classes has what this needs.
    if (mode == Mode.PLUGIN && !isOn(tree) && tree.live()) {
      throw new PluginIsOff();
    }
  }

  private Optional<Replacement> run(boolean on, boolean dryRun) throws IOException, NodeFailure {
    String text = text();
    if (NsswitchEdit.isOn(text) == on) {
      if (on) {
        PluginFitness.requireMap(tree);
      } else if (!dryRun) {
        TreeRemoval.remove(tree, tree.formerNsswitch()); // a run that was killed left it
      }
      return Optional.empty();
    }
    ManagedNsswitch.refuse(tree, text, on);
    return dryRun ? Optional.of(change(on)) : written(on);
  }

  @SuppressWarnings("try") // the lock is held for its scope
  private Optional<Replacement> written(boolean on) throws IOException, NodeFailure {
    if (on) {
      tree.createStateDirectory();
    }
    try (EtcLock lock = EtcLock.acquire(tree, LOCK_PATIENCE)) {
      Replacement change = change(on);
      if (on) {
        List<Replacement> all = new ArrayList<>();
        PluginFitness.map(tree).ifPresent(all::add);
        all.addAll(List.of(kept(change), change));
        TreeWriter.write(tree, all);
        return Optional.of(change);
      }
      if (change.after().length == 0 && former().equals(Optional.of(NO_FILE))) {
        TreeRemoval.remove(tree, tree.nsswitch());
      } else {
        TreeWriter.write(tree, List.of(change));
      }
      TreeRemoval.remove(tree, tree.formerNsswitch());
      return Optional.of(change);
    }
  }

  private Replacement change(boolean on) throws IOException, NodeFailure {
    Optional<FileContent> before = file();
    String text = before.map(PluginSwitch::latin).orElse("");
    String after =
        on
            ? NsswitchEdit.on(text)
            : NsswitchEdit.off(
                text,
                former()
                    .filter(word -> word.startsWith(LINE))
                    .map(word -> word.substring(LINE.length())));
    return Replacement.keeping(tree.nsswitch(), before, bytes(after), tree.stat(tree.nsswitch()));
  }

  private Replacement kept(Replacement change) {
    String word =
        change.isNew()
            ? NO_FILE
            : NsswitchEdit.line(new String(change.before(), StandardCharsets.ISO_8859_1))
                .map(line -> LINE + line)
                .orElse(NO_LINE);
    return new Replacement(
        tree.formerNsswitch(), Optional.empty(), bytes("%s\n%s\n".formatted(FORMAT, word)));
  }

  /** What the file of the former line says; empty if there is none, or another version wrote it. */
  private Optional<String> former() throws IOException, NodeFailure {
    return new TreeFileReader(tree)
        .readAll(tree.stateDirectory(), false, String.valueOf(tree.formerNsswitch().getFileName()))
        .get(0)
        .map(file -> List.of(latin(file).split("\n", -1)))
        .filter(lines -> lines.size() > 1 && lines.get(0).equals(FORMAT))
        .map(lines -> lines.get(1));
  }

  private Optional<FileContent> file() throws IOException, NodeFailure {
    return new TreeFileReader(tree).readAll(tree.etc(), false, "nsswitch.conf").get(0);
  }

  private String text() throws IOException, NodeFailure {
    // Without a lambda: the timer's run comes here (docs/decisions/0083).
    Optional<byte[]> bytes = new TreeFileReader(tree).readLinked(tree.nsswitch());
    return bytes.isPresent() ? new String(bytes.get(), StandardCharsets.ISO_8859_1) : "";
  }

  private static String latin(FileContent file) {
    return new String(file.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
