/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage.fitness;

import io.cadastre.storage.SettingPlace;
import io.cadastre.subid.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A finding about a storage.conf.
 *
 * @param rule whose finding it is
 * @param finding what was found, and what to do
 * @param place the line at fault; empty where it is one that is missing
 * @param instead what to write there, or anew; empty where nothing is to be written
 */
public record StorageFinding(
    StorageRule rule, Finding finding, Optional<SettingPlace> place, Optional<String> instead) {

  /** As a tree of what JSON has. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("rule", finding.rule());
    tree.put("severity", finding.severity().word());
    tree.put("subject", finding.subject());
    tree.put("message", finding.message());
    tree.put("remedy", finding.remedy());
    place.ifPresent(at -> Explanation.put(tree, at));
    instead.ifPresent(line -> tree.put("instead", line));
    return tree;
  }
}
