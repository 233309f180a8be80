/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.Step;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One difference between what two editions make of the same files. Immutable.
 *
 * @param aspect what differs
 * @param before its value in the first edition; empty if it has none
 * @param after its value in the second edition; empty if it has none
 * @param place the place of the value, of the second edition if it has one
 * @param step the step of Podman that makes the difference; empty if no single one does
 * @param breaks whether a user who works today is refused, or loses the store or
 *     ignore_chown_errors
 * @param advice what to do
 */
public record UpgradeChange(
    Aspect aspect,
    Optional<String> before,
    Optional<String> after,
    Optional<SettingPlace> place,
    Optional<Step> step,
    boolean breaks,
    Advice advice) {

  /** The kinds of aspect, in the order of the lines. */
  public enum Kind {
    /** The reason why every call fails. */
    REFUSED,
    /** The files that Podman reads, in order. */
    FILES,
    DRIVER,
    GRAPHROOT,
    RUNROOT,
    IMAGESTORE,
    ADDITIONALIMAGESTORES,
    IGNORE_CHOWN_ERRORS,
    /** An option, as the driver reads it. */
    OPTION,
    /** A key in the files: unknown, or empty if the edition knows it. */
    KEY
  }

  /**
   * What differs.
   *
   * @param kind the kind
   * @param name the name of an option or a key; empty for the other kinds
   */
  public record Aspect(Kind kind, String name) {
    Aspect(Kind kind) {
      this(kind, "");
    }

    /** Returns the words for the aspect: {@code graphroot}, {@code option mountopt}. */
    public String words() {
      return (kind.name().toLowerCase(Locale.ROOT) + " " + name).strip();
    }
  }

  /**
   * What to do about a change.
   *
   * @param remedy one sentence or more
   * @param instead the text to write; empty if there is none
   */
  public record Advice(String remedy, Optional<String> instead) {
    static Advice of(String remedy) {
      return new Advice(remedy, Optional.empty());
    }

    Advice write(String text) {
      return new Advice(remedy, Optional.of(text));
    }
  }

  /** Returns this change with other advice. */
  UpgradeChange with(Advice other) {
    return new UpgradeChange(aspect, before, after, place, step, breaks, other);
  }

  /** Returns the change in one line: {@code graphroot: BEFORE -> AFTER (PLACE)}. */
  public String line() {
    boolean key = aspect.kind() == Kind.KEY;
    String none = key ? "known" : aspect.kind() == Kind.REFUSED ? "no" : "none";
    return "%s: %s -> %s%s"
        .formatted(
            aspect.words(),
            before.orElse(none),
            after.orElse(none),
            place.map(at -> " (%s)".formatted(at)).orElse(""));
  }

  /** Returns the release and its new rule in one line; empty if no step is known. */
  public Optional<String> reason() {
    return step.map(
        since ->
            "Podman %s: %s".formatted(since.since().podman(), since.change().replace("`", "")));
  }

  /** Returns a tree of JSON values, without keys that have no value. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("what", aspect.words());
    before.ifPresent(value -> tree.put("before", value));
    after.ifPresent(value -> tree.put("after", value));
    place.ifPresent(at -> Explanation.put(tree, at));
    step.ifPresent(since -> tree.put("since", since.since().podman()));
    step.ifPresent(since -> tree.put("rule", since.change()));
    tree.put("breaks", breaks);
    tree.put("remedy", advice.remedy());
    advice.instead().ifPresent(text -> tree.put("instead", text));
    return tree;
  }
}
