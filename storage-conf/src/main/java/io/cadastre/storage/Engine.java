/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A build of Podman: its release and the storage library inside, which has most of the rules for
 * storage.conf. A distribution can build a release with a newer library: Debian's 5.8.4 and later
 * 5.8 follow the rules of 6.0. Immutable.
 *
 * @param word the version as it was named, or {@code legacy} or {@code merged}
 * @param podman the release of Podman
 * @param library the release of Podman that has this build's storage library
 * @param lacking steps that this build does not have, although its releases do
 */
public record Engine(String word, Release podman, Release library, Set<Step> lacking) {
  /** The oldest edition: Podman 4.3. */
  public static final Engine LEGACY = new Engine("legacy", Release.V4_3, Release.V4_3);

  /** The newest edition that the rules know. */
  public static final Engine MERGED = new Engine("merged", Release.last(), Release.last());

  private static final Pattern VERSION =
      Pattern.compile(
          "(?:[0-9]:)?([0-9]{1,3}\\.[0-9]{1,3})(?:\\.([0-9]{1,3})([-+~][0-9A-Za-z.+~-]{0,40})?)?");

  /** The first 5.8 that Debian built with the library of 6.0; its versions have "+ds". */
  private static final int DEBIAN_MERGED_PATCH = 4;

  /** Copies the set. */
  public Engine {
    lacking = Set.copyOf(lacking);
  }

  /** Creates a build with all steps of its releases. */
  public Engine(String word, Release podman, Release library) {
    this(word, podman, library, Set.of());
  }

  /**
   * Returns the edition of this name: {@code legacy} (the first), {@code merged} (the last), or a
   * version of Podman as {@code podman --version} or the package manager prints it ({@code 5.4},
   * {@code 4.3.1}, {@code 5.8.6+ds1-3}, {@code 5:5.4.2-1.fc41}). A version stands for the release
   * as its authors built it; one with {@code +ds}, for Debian's build. Empty for a release that the
   * rules do not know.
   */
  public static Optional<Engine> of(String name) {
    if (name.equals(LEGACY.word)) {
      return Optional.of(LEGACY);
    } else if (name.equals(MERGED.word)) {
      return Optional.of(MERGED);
    }
    Matcher version = VERSION.matcher(name);
    return version.matches()
        ? Release.of(version.group(1))
            .map(release -> new Engine(name, release, builtWith(release, version)))
        : Optional.empty();
  }

  /**
   * Returns the edition of an installed Podman. A release that is newer than the rules gets the
   * last one, an older one the first.
   *
   * @param version three numbers with dots between them
   */
  public static Engine installed(String version) {
    return of(version)
        .orElseGet(
            () -> {
              int[] asked = numbers(version);
              Release nearest = Release.V4_3;
              for (Release release : Release.values()) {
                nearest = Arrays.compare(numbers(release.podman()), asked) <= 0 ? release : nearest;
              }
              return new Engine(version, nearest, nearest);
            });
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  private static Release builtWith(Release release, Matcher version) {
    boolean debian = Optional.ofNullable(version.group(3)).orElse("").startsWith("+ds");
    return release == Release.V5_8
            && debian
            && Integer.parseInt(version.group(2)) >= DEBIAN_MERGED_PATCH
        ? Release.V6_0
        : release;
  }

  /** Returns the names that {@link #of} takes, for messages. */
  public static String names() {
    return Arrays.stream(Release.values())
        .map(Release::podman)
        .collect(
            Collectors.joining(
                ", ",
                "legacy, merged, or a version of Podman, with or without its third number: ",
                ""));
  }

  /** Returns this build with the rules of the newest library. */
  public Engine merged() {
    return new Engine(word, podman, Release.last());
  }

  /** Returns this build without some steps, to find the step that makes a difference. */
  public Engine without(Set<Step> steps) {
    return new Engine(word, podman, library, steps);
  }

  /** Returns whether this build has the rule of the step. */
  public boolean has(Step step) {
    return !lacking.contains(step)
        && (step.inPodman() ? podman : library).compareTo(step.since()) >= 0;
  }

  /** Returns the edition in words: the version, and the library if it is another release's. */
  public String title() {
    return podman == library
        ? "Podman " + podman.podman()
        : "Podman %s built with the storage library of %s"
            .formatted(podman.podman(), library.podman());
  }
}
