/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.ImportPlan.Pin;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges the files of several nodes together. The order of the files does not matter. */
public final class ImportJudge {
  private final ImportFacts facts;
  private final FindingGroups groups = new FindingGroups();
  private final List<Finding> findings = new ArrayList<>();

  private ImportJudge(ImportFacts facts) {
    this.facts = facts;
  }

  /** Returns what an import of these files would record, and the findings. */
  public static ImportPlan judge(List<NodeFile> files, ImportFacts facts) {
    return new ImportJudge(facts).judge(files);
  }

  private ImportPlan judge(List<NodeFile> files) {
    GidKeys.Result keys = GidKeys.leftOut(read(files), facts.gids(), groups);
    Overlaps.Result overlaps = Overlaps.of(keys.rows());
    findings.addAll(overlaps.findings());
    LocalRows localRows = new LocalRows(facts, groups);
    List<Pin> pins = new ArrayList<>();
    byOwner(keys.rows())
        .forEach(
            (key, rows) -> {
              NodeRow first = rows.get(0);
              if (first.accounts().isEmpty()) {
                rows.forEach(row -> localRows.judge(row, overlaps.shared().contains(row)));
              } else if (first.owner().isEmpty()) {
                findings.add(FieldJudge.finding(first));
              } else if (!keys.ownerKeys().contains(key)) {
                judge(first.owner().get(), rows)
                    .filter(pin -> !overlaps.ownerKeys().contains(key))
                    .ifPresent(pins::add);
              }
            });
    findings.addAll(localRows.findings());
    findings.addAll(groups.findings());
    pins.sort(Comparator.comparing(Pin::uidRange));
    return new ImportPlan(pins, localRows.blocks(), findings);
  }

  private List<NodeRow> read(List<NodeFile> files) {
    NodeFileReader reader = new NodeFileReader(facts.accounts(), groups);
    files.stream()
        .sorted(
            Comparator.comparing(NodeFile::node)
                .thenComparing(NodeFile::type)
                .thenComparing(
                    file -> new String(file.file().encode(), StandardCharsets.ISO_8859_1)))
        .forEach(reader::read);
    findings.addAll(reader.findings());
    return reader.rows();
  }

  private static Map<String, List<NodeRow>> byOwner(List<NodeRow> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(NodeRow::ownerKey, LinkedHashMap::new, Collectors.toList()));
  }

  private Optional<Pin> judge(Owner owner, List<NodeRow> rows) {
    OwnerJudge judge = new OwnerJudge(owner, rows, facts, groups);
    Optional<Pin> pin = judge.judge();
    findings.addAll(judge.findings());
    if (pin.isPresent() && facts.reserved().test(owner.name())) {
      findings.add(reservedName(owner, rows.get(0)));
      return Optional.empty();
    }
    return pin;
  }

  private static Finding reservedName(Owner owner, NodeRow first) {
    return new Finding(
        "reserved-name",
        Severity.ERROR,
        first.place(),
        "the name %s is reserved: it gets no new range; its range %s is not pinned"
            .formatted(owner.name(), first.range()),
        "Nothing for a node's own account; otherwise take the name out of reservedNames.");
  }
}
