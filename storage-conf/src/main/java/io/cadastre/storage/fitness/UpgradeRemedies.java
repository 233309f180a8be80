/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.Step;
import io.cadastre.storage.StorageFile;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StoragePaths;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.fitness.UpgradeChange.Advice;
import io.cadastre.storage.fitness.UpgradeChange.Aspect;
import io.cadastre.storage.fitness.UpgradeChange.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What to do about a change. A drop-in is offered only if the rules of the second edition give the
 * user the present value with it; editions before {@link Step#MERGED} read no drop-ins, so that it
 * changes nothing before the upgrade.
 */
final class UpgradeRemedies {
  private static final Pattern ENTRY = Pattern.compile("\\s*([A-Za-z_-]+)\\s*=\\s*([\"'\\[]).*");
  private static final String BEFORE = "before the upgrade; Podman before 6.0 does not read it.";

  private final StorageRequest request;
  private final Facts facts;
  private final UpgradeAspects before;
  private final SharedPaths shared;
  private final String driver;

  /**
   * Creates the remedies for a request with the second edition.
   *
   * @param before the answer of the first edition
   * @param last the answer of the second edition
   */
  UpgradeRemedies(
      StorageRequest request, Facts facts, UpgradeAspects before, StorageJudgement last) {
    this.request = request;
    this.facts = facts;
    this.before = before;
    Optional<EffectiveStorage> effective = last.effective();
    this.shared =
        effective
            .map(
                settings ->
                    SharedPaths.of(
                        new SettingsContext(new FileContext(request, last, facts), settings)))
            .orElse(new SharedPaths(List.of()));
    this.driver = effective.map(settings -> settings.driver().value()).orElse("");
  }

  /** Returns whether all users share the path at this place. */
  boolean isShared(Optional<SettingPlace> place) {
    return shared.has(place);
  }

  /** Returns what to do about a change. */
  Advice advice(UpgradeChange change) {
    Optional<String> keeping = keeping(change);
    return keeping.isPresent()
        ? Advice.of(keepingRemedy(change)).write(keeping.get())
        : Advice.of(remedy(change));
  }

  private String keepingRemedy(UpgradeChange change) {
    return change.place().filter(place -> SystemFiles.isVendor(request, place)).isPresent()
        ? "Nothing if the new package brings another %s. Else write the file below %s"
            .formatted(change.place().orElseThrow().source(), BEFORE)
        : switch (change.aspect().kind()) {
          case REFUSED -> "If the setting is root's, write the file below " + BEFORE;
          case OPTION, ADDITIONALIMAGESTORES, IGNORE_CHOWN_ERRORS ->
              (change.breaks() ? "" : "Nothing if it suits users. ")
                  + "To keep the present value, write the file below "
                  + BEFORE;
          default -> "To keep the present value, write the file below " + BEFORE;
        };
  }

  private String remedy(UpgradeChange change) {
    String before = change.before().orElse("");
    boolean lost = change.after().isEmpty();
    return switch (change.aspect().kind()) {
      case REFUSED ->
          lost
              ? "Nothing: each call works then; see the findings of that edition."
              : "Correct or remove the setting before the upgrade.";
      case FILES -> "Nothing: each effect is a change of its own here.";
      case DRIVER ->
          "Images of %s are not visible to another driver. To keep them, set driver = \"%s\" in %s; else pull them again."
              .formatted(before, before, usersFile());
      case GRAPHROOT ->
          "To keep the store, set graphroot to %s in a file that both editions read, or move the store."
              .formatted(before);
      case RUNROOT ->
          change.step().equals(Optional.of(Step.RUNTIME_FOLDER))
              ? "Let XDG_RUNTIME_DIR name a folder that exists, or unset it."
              : "Stop the user's containers before the upgrade: \"podman stop --all\" as the user.";
      case IMAGESTORE ->
          "Nothing if images are to lie there: those of the present place are pulled again.";
      case ADDITIONALIMAGESTORES, OPTION, IGNORE_CHOWN_ERRORS ->
          lost || change.breaks()
              ? "To keep it, set it in [storage.options.%s] of %s.".formatted(driver, usersFile())
              : "Nothing if it suits the user; else remove it.";
      case KEY ->
          lost
              ? "Nothing: the key has an effect then. Delete it if that is not wanted."
              : "Delete it, unless an older Podman reads this file too.";
    };
  }

  private String usersFile() {
    return StoragePaths.of(request.environment(), request.user()).user();
  }

  /** Returns the first drop-in with which the user keeps the present value. */
  private Optional<String> keeping(UpgradeChange change) {
    if (!request.engine().has(Step.MERGED) || change.step().isEmpty()) {
      return Optional.empty();
    }
    return candidates(change).stream().filter(text -> keeps(change, text)).findFirst();
  }

  private List<String> candidates(UpgradeChange change) {
    List<String> candidates = new ArrayList<>();
    if (shared.has(change.place())) {
      candidates.add(shared.usersFile());
    }
    ownDropIn(change).ifPresent(candidates::add);
    Aspect aspect = change.aspect();
    Optional<String> value = change.before().filter(text -> !text.matches("(?s).*[\"\\\\\n].*"));
    if (aspect.kind() == Kind.DRIVER && value.isPresent()) {
      candidates.add(dropIn("storage", "driver = \"%s\"".formatted(value.get())));
    }
    change
        .place()
        .filter(place -> SystemFiles.isForAll(request, place))
        .flatMap(this::unsetting)
        .ifPresent(candidates::add);
    if (aspect.kind() == Kind.OPTION || aspect.kind() == Kind.IGNORE_CHOWN_ERRORS) {
      String key = aspect.kind() == Kind.OPTION ? aspect.name() : FlagLine.KEY;
      value.ifPresent(
          text ->
              candidates.add(
                  dropIn("storage.options." + driver, "%s = \"%s\"".formatted(key, text))));
    }
    return candidates;
  }

  /**
   * Returns the user's own drop-in with the paths of the user's file, one of which a drop-in of the
   * system takes away: it hides the one with its name, and comes after those with smaller names.
   */
  private Optional<String> ownDropIn(UpgradeChange change) {
    String own = usersFile();
    List<String> lines =
        Stream.of(Kind.GRAPHROOT, Kind.RUNROOT, Kind.IMAGESTORE)
            .map(Aspect::new)
            .filter(path -> before.place(path).filter(at -> at.source().equals(own)).isPresent())
            .map(path -> "%s = \"%s\"".formatted(path.words(), before.text(path).orElse("")))
            .filter(line -> line.matches("[^\"\\\\\n]*\"[^\"\\\\\n]*\""))
            .toList();
    boolean taken = before.place(change.aspect()).filter(at -> at.source().equals(own)).isPresent();
    String name = SystemFiles.USERS.substring(SystemFiles.USERS.lastIndexOf('/') + 1);
    return taken && !lines.isEmpty()
        ? Optional.of("# %s.d/%s\n[storage]\n%s".formatted(own, name, String.join("\n", lines)))
        : Optional.empty();
  }

  /** Returns the drop-in that unsets the key of a line: an empty text or list is no value. */
  private Optional<String> unsetting(SettingPlace place) {
    return request
        .files()
        .at(place.source())
        .flatMap(file -> file.text().lines().skip(place.line() - 1).findFirst())
        .map(ENTRY::matcher)
        .filter(Matcher::matches)
        .map(
            entry ->
                dropIn(
                    place.table(),
                    entry.group(1) + (entry.group(2).equals("[") ? " = []" : " = \"\"")));
  }

  private String dropIn(String table, String line) {
    return "# %s\n[%s]\n%s".formatted(dropInPath(), table, line);
  }

  private String dropInPath() {
    return request.user().rootless() ? SystemFiles.USERS : SystemFiles.ROOT;
  }

  private boolean keeps(UpgradeChange change, String text) {
    String path = text.lines().findFirst().orElseThrow().substring("# ".length());
    if (request.files().exists(path)) {
      return false; // a table may be in a file only once
    }
    StorageRequest with = request.withFiles(request.files().with(new StorageFile(path, text)));
    return UpgradeAspects.of(Explanation.judge(with, facts))
        .text(change.aspect())
        .equals(change.before());
  }
}
