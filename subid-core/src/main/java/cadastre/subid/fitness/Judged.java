/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.subid.fitness;

import cadastre.subid.Finding;
import cadastre.subid.Severity;
import cadastre.subid.storage.Place;
import java.util.Optional;

/**
 * A rule's finding while it is put together: why, what to do, the place, the line to write instead.
 */
record Judged(
    Severity severity, String why, String remedy, Optional<Place> place, Optional<String> instead) {

  static Judged error(String why, String remedy) {
    return new Judged(Severity.ERROR, why, remedy, Optional.empty(), Optional.empty());
  }

  static Judged warning(String why, String remedy) {
    return new Judged(Severity.WARNING, why, remedy, Optional.empty(), Optional.empty());
  }

  static Judged info(String why, String remedy) {
    return new Judged(Severity.INFO, why, remedy, Optional.empty(), Optional.empty());
  }

  Judged at(Place where) {
    return new Judged(severity, why, remedy, Optional.of(where), instead);
  }

  Judged at(Optional<Place> where) {
    return new Judged(severity, why, remedy, where, instead);
  }

  Judged write(String line) {
    return new Judged(severity, why, remedy, place, Optional.of(line));
  }

  StorageFinding by(StorageRule rule, String subject) {
    return new StorageFinding(
        rule,
        new Finding(rule.word(), severity, place.map(Place::toString).orElse(subject), why, remedy),
        place,
        instead);
  }
}
