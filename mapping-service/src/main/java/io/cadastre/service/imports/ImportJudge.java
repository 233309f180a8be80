/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.ImportPlan.Pin;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Owner;
import io.cadastre.subid.Severity;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidRow;
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
  private final List<Finding> findings = new ArrayList<>();
  private final List<NodeRow> rows = new ArrayList<>();
  private final Map<String, Owner> owners = new LinkedHashMap<>();

  private ImportJudge(ImportFacts facts) {
    this.facts = facts;
  }

  /** Returns the ranges that an import of these files would record, and the findings. */
  public static ImportPlan judge(List<NodeFile> files, ImportFacts facts) {
    return new ImportJudge(facts).judge(files);
  }

  private ImportPlan judge(List<NodeFile> files) {
    files.stream()
        .sorted(
            Comparator.comparing(NodeFile::node)
                .thenComparing(NodeFile::type)
                .thenComparing(
                    file -> new String(file.file().encode(), StandardCharsets.ISO_8859_1)))
        .forEach(this::read);
    Map<String, List<Finding>> overlaps = Overlaps.of(rows);
    overlaps.values().forEach(findings::addAll);
    Map<String, List<NodeRow>> byOwner =
        rows.stream()
            .collect(
                Collectors.groupingBy(NodeRow::ownerKey, LinkedHashMap::new, Collectors.toList()));
    List<Pin> pins = new ArrayList<>();
    byOwner.forEach(
        (key, ownRows) ->
            Optional.ofNullable(owners.get(key))
                .ifPresentOrElse(
                    owner ->
                        judge(owner, ownRows)
                            .filter(pin -> !overlaps.containsKey(key))
                            .ifPresent(pins::add),
                    () -> findings.add(unknownOwner(ownRows))));
    pins.sort(Comparator.comparing(Pin::uidRange));
    return new ImportPlan(pins, findings);
  }

  private Optional<Pin> judge(Owner owner, List<NodeRow> ownRows) {
    OwnerJudge judge = new OwnerJudge(owner, ownRows, facts);
    Optional<Pin> pin = judge.judge();
    findings.addAll(judge.findings());
    if (pin.isPresent() && facts.reserved().test(owner.name())) {
      findings.add(reservedName(owner, ownRows.get(0)));
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

  private void read(NodeFile file) {
    List<SubidFile.Line> lines = file.file().lines();
    for (int i = 0; i < lines.size(); i++) {
      String place = file.place(i + 1);
      String text = lines.get(i).text();
      Optional<SubidRow> row = lines.get(i).row();
      if (row.isPresent()) {
        add(file, place, row.get());
      } else if (!text.isBlank() && !text.startsWith("#")) {
        findings.add(
            new Finding(
                "malformed-line",
                Severity.WARNING,
                place,
                "\"%s\" is no row: shadow passes over it".formatted(SubidFile.utf8(text)),
                "Nothing, or correct it: owner:start:count, as subuid(5) says."));
      }
    }
  }

  private void add(NodeFile file, String place, SubidRow row) {
    String field = SubidFile.ownerOf(row);
    Optional<Owner> owner = facts.owners().apply(field);
    String key = owner.map(Owner::stableId).orElse("field " + field);
    owner.ifPresent(o -> owners.put(key, o));
    rows.add(new NodeRow(file.node(), place, file.type(), field, key, row.range()));
  }

  private static Finding unknownOwner(List<NodeRow> rows) {
    NodeRow first = rows.get(0);
    return new Finding(
        "unknown-owner",
        Severity.WARNING,
        first.place(),
        "no account is called %s, nor has that uid; its range %s is not pinned"
            .formatted(first.ownerField(), first.range()),
        "Nothing for a node's own accounts and \"containers\": they stay local rows. Otherwise correct the account and import again.");
  }
}
