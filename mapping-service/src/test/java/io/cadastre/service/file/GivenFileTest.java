/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that hang, or have no end. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GivenFileTest {
  private static final int MOST = 10;
  private static final Path ENDLESS = Path.of("/dev/zero");
  @TempDir Path scratch;

  private Path written(String text) throws IOException {
    return Files.writeString(scratch.resolve("file"), text);
  }

  private List<String> lines(Path file) throws IOException {
    try (Stream<String> lines = GivenFile.lines(file, MOST)) {
      return lines.toList();
    }
  }

  @Test
  void readsWhatIsWithinTheLimit() throws IOException {
    assertThat(GivenFile.bytes(written("0123456789"), MOST)).hasSize(MOST);
    assertThat(lines(written("a\r\nb\n\n0123456789"))).containsExactly("a", "b", "", "0123456789");
    assertThat(lines(written(""))).isEmpty();
  }

  @Test
  void refusesWhatIsLargerWithoutQuotingIt() throws IOException {
    Path file = written("a\n0123456789x");
    assertThatThrownBy(() -> GivenFile.bytes(file, MOST))
        .isInstanceOf(IOException.class)
        .hasMessage("it is larger than 10 bytes, the limit");
    assertThatThrownBy(() -> lines(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("its line 2 is longer than 10 characters, the limit");
  }

  @Test
  void aDeviceIsNotOpened() {
    assertThatThrownBy(() -> GivenFile.bytes(ENDLESS, MOST)).hasMessage("it is no regular file");
    assertThatThrownBy(() -> lines(ENDLESS)).hasMessageContaining("neither a regular file nor");
    assertThatThrownBy(() -> GivenFile.bytes(scratch, MOST)).hasMessage("it is no regular file");
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    Path missing = scratch.resolve("missing");
    assertThatThrownBy(() -> GivenFile.bytes(missing, MOST))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> lines(missing)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aPipeGivesLinesAndNoBytes() throws Exception {
    Path fifo = scratch.resolve("fifo");
    assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    assertThatThrownBy(() -> GivenFile.bytes(fifo, MOST)).hasMessage("it is no regular file");
    Process writer = new ProcessBuilder("sh", "-c", "echo a > \"$0\"", fifo.toString()).start();
    assertThat(lines(fifo)).containsExactly("a");
    assertThat(writer.waitFor()).isZero();
  }
}
