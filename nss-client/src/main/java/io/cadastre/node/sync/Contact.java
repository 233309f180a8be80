/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.sync;

import io.cadastre.node.guard.Rule;
import io.cadastre.node.tree.FileContent;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.node.tree.UnsyncedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a service last answered this node. The file /var/lib/cadastre/confirmed holds it in one line
 * of ASCII, with times in whole seconds since the epoch:
 *
 * <pre>{@code
 * confirmed 1795791600 answered 1795795200 refused shrunk
 * }</pre>
 *
 * {@code confirmed unknown} stands for no such time, and {@code refused none} for an answer that
 * was not refused. Any other text reads as {@link #UNKNOWN}, and a time in the future as unknown.
 *
 * @param confirmed when a service last sent a snapshot that was applied, or that there is nothing
 *     new
 * @param answered when a service last sent anything, whether it was refused or not
 * @param refusal the rule that refused the last answer; empty if it was not refused
 */
public record Contact(
    Optional<Instant> confirmed, Optional<Instant> answered, Optional<Rule> refusal) {
  /** Nothing is known. */
  static final Contact UNKNOWN = new Contact(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int LONGEST = 200;
  private static final int MOST_DIGITS = 12;
  private static final String NO_TIME = "unknown";
  private static final String NO_RULE = "none";

  /** The contact of a run that a service confirmed at this time. */
  static Contact confirmedAt(Instant now) {
    return new Contact(Optional.of(now), Optional.of(now), Optional.empty());
  }

  /** This contact after an answer that a rule refused. */
  Contact refusedAt(Instant now, Rule rule) {
    return new Contact(confirmed, Optional.of(now), Optional.of(rule));
  }

  /**
   * Whether syncs of this tree record their contact: on a running system. Those of an image do not.
   */
  public static boolean isRecorded(NodeTree tree) throws IOException, TreeUnfit {
    return tree.live() || tree.stat(tree.confirmed()).isPresent();
  }

  /**
   * Reads the contact of a tree.
   *
   * @throws TreeUnfit if the file is a link or no regular file
   */
  public static Contact read(NodeTree tree, Instant now) throws IOException, TreeUnfit {
    return new TreeFileReader(tree)
        .readAll(tree.stateDirectory(), false, tree.confirmed().getFileName().toString())
        .get(0)
        .map(FileContent::bytes)
        .filter(bytes -> bytes.length <= LONGEST)
        .map(bytes -> decode(new String(bytes, StandardCharsets.US_ASCII), now))
        .orElse(UNKNOWN);
  }

  /** Writes the contact of a tree, whose state directory exists. */
  void write(NodeTree tree) throws IOException, TreeUnfit {
    new UnsyncedFile(tree, tree.confirmed()).replace(encode().getBytes(StandardCharsets.US_ASCII));
  }

  /** Parses the line of the file. */
  static Contact decode(String text, Instant now) {
    String[] words = text.split(" ", -1);
    if (words.length != 6
        || !words[0].equals("confirmed")
        || !words[2].equals("answered")
        || !words[4].equals("refused")
        || !words[5].endsWith("\n")) {
      return UNKNOWN;
    }
    String rule = words[5].substring(0, words[5].length() - 1);
    Optional<Rule> refusal = Rule.of(rule);
    if (!isTime(words[1]) || !isTime(words[3]) || (refusal.isEmpty() && !rule.equals(NO_RULE))) {
      return UNKNOWN;
    }
    return new Contact(time(words[1], now), time(words[3], now), refusal);
  }

  private static boolean isTime(String word) {
    return word.equals(NO_TIME)
        || (!word.isEmpty()
            && word.length() <= MOST_DIGITS
            && word.chars().allMatch(c -> c >= '0' && c <= '9'));
  }

  private static Optional<Instant> time(String word, Instant now) {
    return word.equals(NO_TIME)
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(Long.parseLong(word)))
            .filter(time -> !time.isAfter(now));
  }

  /** The line of the file. Not by the operator +: its first use makes 17 classes at run time. */
  String encode() {
    StringBuilder line = new StringBuilder();
    append(line.append("confirmed "), confirmed);
    append(line.append(" answered "), answered);
    line.append(" refused ").append(refusal.isPresent() ? refusal.get().word() : NO_RULE);
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, Optional<Instant> time) {
    if (time.isPresent()) {
      line.append(time.get().getEpochSecond());
    } else {
      line.append(NO_TIME);
    }
  }

  /**
   * Why this contact does not satisfy a maximum age; empty if it does.
   *
   * @return words for a message, without the remedy
   */
  public Optional<String> stale(Duration maxAge, Instant now) {
    if (confirmed.isPresent() && Duration.between(confirmed.get(), now).compareTo(maxAge) <= 0) {
      return Optional.empty();
    }
    String refused =
        refusal
            .map(
                rule ->
                    "; its last answer%s was refused (%s)"
                        .formatted(
                            answered.map(time -> ", %s ago,".formatted(age(time, now))).orElse(""),
                            rule.word()))
            .orElse("");
    String limit = shown(maxAge);
    // The units are coarse: 60 min and a second is shown as 60 min.
    String last = last(now).replace(" was " + limit + " ago", " was more than " + limit + " ago");
    return Optional.of("%s, the limit is %s%s".formatted(last, limit, refused));
  }

  /** When the last contact was: words for a message. */
  public String last(Instant now) {
    return confirmed
        .map(time -> "the last contact with the service was %s ago".formatted(age(time, now)))
        .orElse("it is not known when the last contact with the service was");
  }

  /** What an admin of a stale node runs next. */
  public String nextStep() {
    return refusal.isPresent()
        ? "\"cadastre-node sync\", which prints what it refuses and the remedy"
        : "\"cadastre-node sync\", which prints why no service answers, then"
            + " \"systemctl status cadastre-node.timer\"";
  }

  private static String age(Instant time, Instant now) {
    return shown(Duration.between(time, now));
  }

  private static String shown(Duration age) {
    if (age.compareTo(Duration.ofHours(3)) < 0) {
      return age.toMinutes() + " min";
    }
    return age.compareTo(Duration.ofDays(3)) < 0 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
