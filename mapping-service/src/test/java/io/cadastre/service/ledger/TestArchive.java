/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ledger;

import io.cadastre.service.event.Event;
import io.cadastre.service.event.EventJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Forged archives: changed events with correct hashes. */
public final class TestArchive {
  private TestArchive() {}

  /** The archive of a ledger. */
  public static List<String> of(Ledger ledger) {
    List<String> lines = new ArrayList<>();
    new EventArchive(ledger).export(lines::add);
    return lines;
  }

  /** The same events at other times, by number. */
  public static List<String> dated(List<String> lines, Function<Long, Instant> times) {
    List<String> changed = new ArrayList<>();
    long number = 1;
    for (String line : lines) {
      changed.add(
          line.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"" + times.apply(number++) + "\""));
    }
    return sealed(changed, line -> line);
  }

  /** Changed lines with correct numbers and hashes. */
  public static List<String> sealed(List<String> lines, UnaryOperator<String> change) {
    List<String> sealed = new ArrayList<>();
    String previous = "";
    for (String line : lines) {
      Event event =
          EventJson.read(
              change
                  .apply(line)
                  .replaceFirst("\"seq\":\\d+", "\"seq\":" + (sealed.size() + 1))
                  .replaceFirst(
                      "\"previousHash\":\"[^\"]*\"", "\"previousHash\":\"" + previous + "\""));
      Event with = EventJson.sealed(event);
      previous = with.hash();
      sealed.add(EventJson.write(with));
    }
    return sealed;
  }
}
