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
 * @param rule the rule of the finding
 * @param finding the message and the remedy
 * @param place the wrong line; empty for a missing line
 * @param instead the line to write there, or to add; empty if there is none
 */
public record StorageFinding(
    StorageRule rule, Finding finding, Optional<SettingPlace> place, Optional<String> instead) {

  /** Returns a tree of JSON values. */
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
