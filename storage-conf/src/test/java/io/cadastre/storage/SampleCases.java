/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The samples of config/storage, in every place for them. */
final class SampleCases {
  static final List<String> NAMES = List.of("lustre-site", "vfs-shared", "local-disk");

  private SampleCases() {}

  static List<StorageCase> cases() {
    List<StorageCase> cases = new ArrayList<>();
    for (String name : NAMES) {
      // The oracle's machine has no /scratch.
      String text = text(name).replace("/scratch/images", "/tmp/store/a");
      cases.add(StorageCase.of("sample-%s-named".formatted(name)).named(text));
      cases.add(StorageCase.of("sample-%s-user".formatted(name)).user(text));
      cases.add(StorageCase.of("sample-%s-system".formatted(name)).system(text));
    }
    return cases;
  }

  /** Returns a sample of config/storage. */
  static String text(String name) {
    try {
      return Files.readString(Path.of("../config/storage", name + ".conf"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
