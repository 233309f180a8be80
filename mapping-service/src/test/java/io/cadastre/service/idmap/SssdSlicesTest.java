/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.idmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cadastre.subid.IdRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The slices, compared with the answers of SSSD's own library. */
class SssdSlicesTest {
  private static final String SID = "S-1-5-21-1111111111-2222222222-3333333333";

  /** One question to SSSD's library: a line of {@code sssd-idmap.txt}. */
  private record Vector(Map<String, String> fields) {
    static Vector of(String line) {
      Map<String, String> fields = new HashMap<>();
      for (String field : line.split(" ", -1)) {
        fields.put(field.split("=", 2)[0], field.split("=", 2)[1]);
      }
      return new Vector(fields);
    }

    private long number(String name, long otherwise) {
      return Optional.ofNullable(fields.get(name)).map(Long::parseLong).orElse(otherwise);
    }

    private List<String> list(String name) {
      return List.of(fields.get(name).split(","));
    }

    SssdSlices slices() {
      return SssdSlices.of(
          new SssdIdMap(
              list("domains").stream().map(DomainSid::new).toList(),
              Optional.ofNullable(fields.get("default")).map(DomainSid::new),
              number("min", SssdIdMap.DEFAULT_MIN),
              number("max", SssdIdMap.DEFAULT_MAX),
              number("size", SssdIdMap.DEFAULT_SIZE),
              (int) number("helpers", SssdIdMap.DEFAULT_HELPERS),
              fields.containsKey("autorid")));
    }

    long firstRidBeyondTheHelperTable() {
      return number("size", SssdIdMap.DEFAULT_SIZE)
          * (number("helpers", SssdIdMap.DEFAULT_HELPERS) + 1);
    }

    /** The IDs that SSSD gave, with the domain and the RID. */
    List<Answer> answers() {
      List<Answer> answers = new ArrayList<>();
      List<String> ids = list("ids");
      List<String> rids = list("rids");
      for (int i = 0; i < ids.size(); i++) {
        if (!ids.get(i).equals("-")) {
          answers.add(
              new Answer(
                  new DomainSid(list("domains").get(i / rids.size())),
                  Long.parseLong(rids.get(i % rids.size())),
                  Long.parseLong(ids.get(i))));
        }
      }
      return answers;
    }

    @Override
    public String toString() {
      return fields.get("domains");
    }
  }

  private record Answer(DomainSid domain, long rid, long id) {}

  static Stream<Vector> vectors() {
    try (var file = SssdSlicesTest.class.getResourceAsStream("/sssd-idmap.txt")) {
      return Arrays.stream(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
          .filter(line -> !line.startsWith("#"))
          .map(Vector::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyIdThatSssdComputesLiesInASlice(Vector vector) {
    SssdSlices slices = vector.slices();
    for (Answer answer : vector.answers()) {
      assertThat(slices.touching(new IdRange(answer.id(), 1)).isPresent())
          .as("%s", answer)
          .isEqualTo(answer.rid() < vector.firstRidBeyondTheHelperTable());
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theFirstSliceOfADomainIsTheOneThatSssdUses(Vector vector) {
    SssdSlices slices = vector.slices();
    for (Answer answer : vector.answers()) {
      if (answer.rid() == 500) {
        SssdSlice slice = slices.touching(new IdRange(answer.id(), 1)).orElseThrow();
        assertThat(slice.isFirst()).isTrue();
        assertThat(slice.domain()).isEqualTo(answer.domain());
        assertThat(answer.id() - slice.ids().start()).isEqualTo(500);
      }
    }
  }

  @Test
  void aDomainHasItsFirstSliceAndThoseOfTheHelperTable() {
    SssdSlices slices = SssdSlices.of(byDefault(List.of(new DomainSid(SID)), 10));

    assertThat(slices.all()).hasSize(11);
    assertThat(slices.all().stream().filter(SssdSlice::isFirst).map(SssdSlice::ids))
        .containsExactly(IdRange.between(1_940_600_000L, 1_940_799_999L));
  }

  @Test
  void theSlicesDoNotDependOnTheOrderOfTheDomains() {
    List<DomainSid> domains =
        Stream.of("1-2-3", "4-5-6", "7-8-9", "10-11-12", "13-14-15")
            .map(numbers -> new DomainSid("S-1-5-21-" + numbers))
            .toList();
    List<DomainSid> reversed = new ArrayList<>(domains);
    java.util.Collections.reverse(reversed);

    assertThat(few(reversed).all().stream().map(SssdSlice::ids))
        .containsExactlyElementsOf(few(domains).all().stream().map(SssdSlice::ids).toList());
  }

  /** Ten slices for five domains with one helper each: all of them are in use. */
  private static SssdSlices few(List<DomainSid> domains) {
    return SssdSlices.of(
        new SssdIdMap(domains, Optional.empty(), 1_000_000, 2_000_000, 100_000, 1, false));
  }

  private static SssdIdMap byDefault(List<DomainSid> domains, int helpers) {
    return new SssdIdMap(
        domains,
        Optional.empty(),
        SssdIdMap.DEFAULT_MIN,
        SssdIdMap.DEFAULT_MAX,
        SssdIdMap.DEFAULT_SIZE,
        helpers,
        false);
  }

  @Test
  void readsTheDomainOfAnObjectSid() {
    // S-1-5-21-1004336348-1177238915-682003330-512, the example of MS-DTYP
    byte[] sid =
        HexFormat.of().parseHex("010500000000000515000000dcf4dc3b833d2b46828ba62800020000");

    assertThat(DomainSid.ofObjectSid(sid))
        .contains(new DomainSid("S-1-5-21-1004336348-1177238915-682003330"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01020000000000052000000020020000", // S-1-5-32-544, a builtin group
        "010500000000000115000000dcf4dc3b833d2b46828ba62800020000", // another authority
        "010400000000000515000000dcf4dc3b833d2b46828ba628" // the domain itself
      })
  void otherSidsHaveNoDomain(String hex) {
    assertThat(DomainSid.ofObjectSid(HexFormat.of().parseHex(hex.replace(" ", "")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "S-1-5-21-1-2",
        "S-1-5-21-1-2-3-512",
        "S-1-5-32-544",
        "s-1-5-21-1-2-3",
        "S-1-5-21-1-2-4294967296",
        "S-1-5-21-01-2-3",
        "example.org"
      })
  void refusesWhatIsNoDomain(String text) {
    assertThatThrownBy(() -> new DomainSid(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("S-1-5-21-A-B-C");
  }

  @Test
  void refusesRangesThatSssdRefuses() {
    List<DomainSid> one = List.of(new DomainSid(SID));

    assertThatThrownBy(() -> new SssdIdMap(one, Optional.empty(), 2000, 1000, 10, 10, false))
        .hasMessageContaining("rangeMin 2000 and rangeMax 1000");
    assertThatThrownBy(() -> new SssdIdMap(one, Optional.empty(), 1000, 2000, 1001, 10, false))
        .hasMessageContaining("rangeSize 1001 must be a number from 1 to 1000");
    assertThatThrownBy(() -> byDefault(List.of(), 10)).hasMessageContaining("domainSids is empty");
  }
}
