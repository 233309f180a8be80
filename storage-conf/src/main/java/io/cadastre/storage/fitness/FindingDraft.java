/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.SettingPlace;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import java.util.Optional;

/**
 * A finding before its rule is known: what is wrong, the remedy, the place, and the line to write
 * instead.
 */
record FindingDraft(
    Severity severity,
    String why,
    String remedy,
    Optional<SettingPlace> place,
    Optional<String> instead) {

  static FindingDraft error(String why, String remedy) {
    return new FindingDraft(Severity.ERROR, why, remedy, Optional.empty(), Optional.empty());
  }

  static FindingDraft warning(String why, String remedy) {
    return new FindingDraft(Severity.WARNING, why, remedy, Optional.empty(), Optional.empty());
  }

  static FindingDraft info(String why, String remedy) {
    return new FindingDraft(Severity.INFO, why, remedy, Optional.empty(), Optional.empty());
  }

  FindingDraft at(SettingPlace where) {
    return new FindingDraft(severity, why, remedy, Optional.of(where), instead);
  }

  FindingDraft at(Optional<SettingPlace> where) {
    return new FindingDraft(severity, why, remedy, where, instead);
  }

  FindingDraft write(String line) {
    return new FindingDraft(severity, why, remedy, place, Optional.of(line));
  }

  StorageFinding by(StorageRule rule, String subject) {
    return new StorageFinding(
        rule,
        new Finding(
            rule.word(), severity, place.map(SettingPlace::toString).orElse(subject), why, remedy),
        place,
        instead);
  }
}
