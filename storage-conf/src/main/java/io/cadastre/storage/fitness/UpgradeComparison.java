/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.EffectiveStorage;
import io.cadastre.storage.Engine;
import io.cadastre.storage.SettingPlace;
import io.cadastre.storage.Step;
import io.cadastre.storage.StorageJudgement;
import io.cadastre.storage.StorageRequest;
import io.cadastre.storage.fitness.UpgradeChange.Aspect;
import io.cadastre.storage.fitness.UpgradeChange.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares the answers of two editions for the same files. */
final class UpgradeComparison {
  /** An edition between the two, and the step that it has or lacks unlike the one before it. */
  private record Link(Step step, UpgradeAspects aspects) {}

  private final StorageRequest request;
  private final Engine installed;
  private final Facts facts;
  private final StorageJudgement first;
  private final StorageJudgement last;
  private final UpgradeAspects before;
  private final UpgradeAspects after;

  UpgradeComparison(StorageRequest request, Engine installed, Facts facts) {
    this.request = request;
    this.installed = installed;
    this.facts = facts;
    this.first = judged(installed);
    this.last = judged(request.engine());
    this.before = UpgradeAspects.of(first);
    this.after = UpgradeAspects.of(last);
  }

  private StorageJudgement judged(Engine engine) {
    return Explanation.judge(request.withEngine(engine), facts);
  }

  List<UpgradeChange> changes() {
    List<Aspect> changed =
        Stream.concat(before.values().keySet().stream(), after.values().keySet().stream())
            .distinct()
            .sorted(UpgradeAspects.ORDER)
            .filter(aspect -> !before.text(aspect).equals(after.text(aspect)))
            .filter(this::comparable)
            .toList();
    List<Link> chain = changed.isEmpty() ? List.of() : chain();
    UpgradeRemedies remedies = new UpgradeRemedies(request, facts, before, last);
    return changed.stream().map(aspect -> change(aspect, chain, remedies)).toList();
  }

  /**
   * Returns whether both editions have an answer: the options and keys of a file that is refused
   * are not known, and those of a file that only one of them reads are not news.
   */
  private boolean comparable(Aspect aspect) {
    if (aspect.kind() == Kind.REFUSED) {
      return true;
    } else if (aspect.kind().compareTo(Kind.IMAGESTORE) <= 0) {
      return first.effective().isPresent() && last.effective().isPresent();
    }
    return !first.refused()
        && !last.refused()
        && (aspect.kind() != Kind.KEY
            || place(aspect).filter(at -> reads(first, at) && reads(last, at)).isPresent());
  }

  private static boolean reads(StorageJudgement judgement, SettingPlace place) {
    return judgement
        .effective()
        .map(EffectiveStorage::files)
        .filter(files -> files.contains(place.source()))
        .isPresent();
  }

  private Optional<SettingPlace> place(Aspect aspect) {
    return after.place(aspect).or(() -> before.place(aspect));
  }

  private UpgradeChange change(Aspect aspect, List<Link> chain, UpgradeRemedies remedies) {
    Optional<Step> step = cause(aspect, chain);
    UpgradeChange bare =
        new UpgradeChange(
            aspect,
            before.text(aspect),
            after.text(aspect),
            place(aspect),
            step,
            breaks(aspect, remedies),
            UpgradeChange.Advice.of(""));
    return bare.with(remedies.advice(bare));
  }

  private boolean breaks(Aspect aspect, UpgradeRemedies remedies) {
    if (first.refused()) {
      return false;
    }
    return switch (aspect.kind()) {
      case REFUSED, GRAPHROOT -> true;
      case RUNROOT, IMAGESTORE -> remedies.isShared(after.place(aspect));
      case IGNORE_CHOWN_ERRORS -> before.text(aspect).equals(Optional.of("true"));
      case FILES, DRIVER, ADDITIONALIMAGESTORES, OPTION, KEY -> false;
    };
  }

  private Optional<Step> cause(Aspect aspect, List<Link> chain) {
    Optional<Step> cause = Optional.empty();
    Optional<String> value = before.text(aspect);
    for (Link link : chain) {
      Optional<String> next = link.aspects().text(aspect);
      if (!next.equals(value)) {
        cause = Optional.of(link.step());
        value = next;
      }
    }
    return cause;
  }

  /** Returns the editions between the two, each with one step more or one less. */
  private List<Link> chain() {
    Engine engine = request.engine();
    List<Step> gained = steps(engine, installed);
    List<Step> lost = steps(installed, engine);
    Collections.reverse(lost);
    List<Link> chain = new ArrayList<>();
    Set<Step> lacking = EnumSet.noneOf(Step.class);
    for (Step step : lost) {
      lacking.add(step);
      chain.add(new Link(step, UpgradeAspects.of(judged(installed.without(lacking)))));
    }
    lacking = EnumSet.noneOf(Step.class);
    lacking.addAll(gained);
    for (Step step : gained) {
      lacking.remove(step);
      chain.add(new Link(step, UpgradeAspects.of(judged(engine.without(lacking)))));
    }
    return chain;
  }

  /** Returns the steps that only the first of two editions has, in their order. */
  private static List<Step> steps(Engine has, Engine lacks) {
    return new ArrayList<>(
        Arrays.stream(Step.values()).filter(step -> has.has(step) && !lacks.has(step)).toList());
  }
}
