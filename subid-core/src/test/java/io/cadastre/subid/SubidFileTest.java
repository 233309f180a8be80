/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The codec of subuid(5): foreign bytes survive, and rows are found among them. */
class SubidFileTest {

  @Property
  void keepsAnyBytes(@ForAll byte[] bytes) {
    assertThat(SubidFile.decode(bytes).encode()).isEqualTo(bytes);
  }

  @Property
  void keepsAnyLines(@ForAll("fileLike") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

    SubidFile file = SubidFile.decode(bytes);

    assertThat(file.encode()).isEqualTo(bytes);
    assertThat(file.lines()).noneMatch(line -> line.text().contains("\n"));
    assertThat(file.lines().stream().filter(line -> line.end().isEmpty()).count())
        .isEqualTo(text.isEmpty() || text.endsWith("\n") ? 0 : 1);
  }

  @Provide
  Arbitrary<String> fileLike() {
    return Arbitraries.strings().withChars("\n\n:a0x9 \r\u0000\u00ff#").ofMaxLength(60);
  }

  @Property
  void readsANumberInEveryBaseOfStrtoul(
      @ForAll @LongRange(min = 0, max = 4294901760L) long start,
      @ForAll @LongRange(min = 1, max = 65535) long count) {
    for (String format : List.of("%d", "0x%x", "0X%X", "0%o", "+%d", " %d")) {
      String line =
          "a:%s:%s"
              .formatted(format.formatted(start), format.toLowerCase(Locale.ROOT).formatted(count));
      assertThat(SubidRow.parse(line)).contains(new SubidRow("a", new IdRange(start, count)));
    }
  }

  @Example
  void findsTheRowsAndReadsOwnersAsUtf8() {
    String text = "# local\nzoë:100000:65536\n\nbroken:1\n1000:0x40000:0200000\nlast:5:5";

    SubidFile file = SubidFile.decode(text.getBytes(StandardCharsets.UTF_8));

    assertThat(file.rows())
        .extracting(SubidRow::toString)
        .containsExactly("zoë:100000:65536", "1000:262144:65536", "last:5:5");
    assertThat(file.lines()).hasSize(6);
  }
}
