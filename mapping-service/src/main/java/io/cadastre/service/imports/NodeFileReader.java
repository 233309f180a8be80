/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.service.imports.FindingGroups.Kind;
import io.cadastre.subid.Finding;
import io.cadastre.subid.Severity;
import io.cadastre.subid.SubidFile;
import io.cadastre.subid.SubidRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the rows of files, and says why a line is none. Used once, by one thread. */
final class NodeFileReader {
  /** The bytes EF BB BF, one character for each byte. */
  private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

  private static final Kind DISABLED =
      new Kind(
          "disabled-row",
          Severity.INFO,
          "rows are nobody's, since no login name contains # or begins with ! (as \"apptainer config fakeroot --disable\" writes it)",
          "Nothing: the rows are passed over.");

  private final Function<String, List<FieldAccount>> accounts;
  private final Map<String, List<FieldAccount>> known = new LinkedHashMap<>();
  private final List<NodeRow> rows = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final FindingGroups groups;

  NodeFileReader(Function<String, List<FieldAccount>> accounts, FindingGroups groups) {
    this.accounts = accounts;
    this.groups = groups;
  }

  List<NodeRow> rows() {
    return rows;
  }

  List<Finding> findings() {
    return findings;
  }

  /** Reads a file. */
  void read(NodeFile file) {
    List<SubidFile.Line> lines = file.file().lines();
    Kind carriageReturn = carriageReturn(file);
    for (int i = 0; i < lines.size(); i++) {
      String place = file.place(i + 1);
      String text = lines.get(i).text();
      Optional<SubidRow> row = lines.get(i).row();
      if (i == 0 && text.startsWith(BYTE_ORDER_MARK)) {
        findings.add(byteOrderMark(file, place));
      } else if (row.isPresent()) {
        add(file, place, row.get());
      } else if (text.endsWith("\r") && !text.isBlank() && !text.startsWith("#")) {
        groups.add(carriageReturn, place, shown(text.strip()));
      } else if (!text.isBlank() && !text.startsWith("#")) {
        findings.add(malformed(place, text));
      }
    }
  }

  private void add(NodeFile file, String place, SubidRow row) {
    String field = SubidFile.ownerOf(row);
    if (field.startsWith("!") || field.indexOf('#') >= 0) {
      groups.add(DISABLED, place, "%s (%s)".formatted(SubidFile.utf8(row.toString()), place));
    } else {
      rows.add(
          new NodeRow(
              file.node(),
              place,
              file.type(),
              field,
              known.computeIfAbsent(field, accounts),
              row.range()));
    }
  }

  private static Finding malformed(String place, String text) {
    return new Finding(
        "malformed-line",
        Severity.WARNING,
        place,
        "%s is no row: shadow passes over it".formatted(shown(text)),
        "Nothing, or correct it: owner:start:count, as subuid(5) says.");
  }

  private static String shown(String text) {
    return "\"%s\"".formatted(SubidFile.utf8(text));
  }

  private static Finding byteOrderMark(NodeFile file, String place) {
    return new Finding(
        "byte-order-mark",
        Severity.ERROR,
        place,
        "the file begins with a byte order mark, which shadow reads as a part of the first owner: the row is nobody's",
        "Remove it, and import again: LC_ALL=C sed -i '1s/^[^[:alnum:]_]*//' /etc/"
            + file.type().word());
  }

  private static Kind carriageReturn(NodeFile file) {
    return new Kind(
        "carriage-return",
        Severity.ERROR,
        "lines of %s end in a carriage return, as on DOS, and shadow passes over them"
            .formatted(file.name()),
        "Remove it, and import again: sed -i 's/[[:cntrl:]]$//' /etc/" + file.type().word());
  }
}
