/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile files get a clear refusal. The time-out only guards against an endless loop. */
@Tag("slow")
@Timeout(60)
class HostileFilesTest {
  private static final String SYSTEM = "/etc/containers/storage.conf";

  /** A length below the limit, so that the parser reads the text. */
  private static final int MOST = StorageFile.MAX_LENGTH - 1000;

  private static StorageJudgement judged(Engine engine, String text) {
    return StorageRules.judge(
        new StorageRequest(
            StorageFiles.of(new StorageFile(SYSTEM, text)),
            Map.of("HOME", "/home/zoe"),
            new StorageUser("zoe", 4242, "/home/zoe"),
            engine,
            DriverSupport.usual()));
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("a 100 MB file", "#".repeat(100_000_000), "characters"),
        Arguments.of("deep lists", "x = " + "[".repeat(100_000), "brackets"),
        Arguments.of("deep inline tables", "x = " + "{a = ".repeat(20_000), "brackets"),
        Arguments.of("blank lines", "\n".repeat(MOST), "lines in a row"),
        Arguments.of("comments", "#\n".repeat(MOST / 2), "lines in a row"),
        Arguments.of("runs", ("\n".repeat(299) + "a = 1\n").repeat(400), "in all"),
        Arguments.of("tables again and again", "[a]\n".repeat(MOST / 4), "previously defined"),
        Arguments.of("a duplicate key", "[storage]\ndriver = \"vfs\"\ndriver = \"vfs\"\n", ":3:"),
        Arguments.of("a NUL", "[storage]\ndriver = \"v\0fs\"\n", "U+0000"),
        Arguments.of("an open text", "x = \"" + "\\u0041".repeat(MOST / 6), "not TOML"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedWithAReason(String name, String text, String said) {
    for (Engine engine : List.of(Engine.LEGACY, Engine.MERGED)) {
      StorageJudgement judgement = judged(engine, text);
      assertThat(judgement.refusal())
          .as(name)
          .hasValueSatisfying(
              refusal -> {
                assertThat(refusal.reason()).contains(SYSTEM).contains(said);
                assertThat(refusal.reason()).hasSizeLessThan(1000);
              });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V4_3", "V5_4", "V6_1"})
  void aByteOrderMarkIsReadAsPodmanReadsIt(Release release) {
    assertThat(judged(release.engine(), "\uFEFF[storage]\ndriver = \"vfs\"\n").refused())
        .isEqualTo(release == Release.V4_3);
  }

  /** Podman ignores an unknown key at any depth. */
  @ParameterizedTest
  @EnumSource(names = {"V4_3", "V5_4", "V6_1"})
  void deepKeysAreReadToTheEnd(Release release) {
    String deep = "a" + ".a".repeat(MOST / 2);
    assertThat(judged(release.engine(), deep + " = 1\n").refused()).isFalse();
    assertThat(judged(release.engine(), "[" + deep + "]\n").refused()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"V4_3", "V5_4", "V6_1"})
  void manyTablesAreReadToTheEnd(Release release) {
    String text =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "[t%d]\nk = %d\n".formatted(i, i))
            .collect(Collectors.joining());
    assertThat(judged(release.engine(), text).refused()).isFalse();
  }
}
