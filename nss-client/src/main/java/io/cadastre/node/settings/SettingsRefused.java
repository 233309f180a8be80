/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.failure.NodeFailure;
import java.util.List;
import java.util.stream.Stream;

/** A settings file or a file of acceptances has mistakes; each is named with its file and line. */
public final class SettingsRefused extends NodeFailure {
  private static final long serialVersionUID = 1L;

  /** All mistakes, each as {@code FILE:LINE: what is wrong}. */
  public SettingsRefused(List<String> mistakes) {
    super(ExitStatus.CONFIGURATION, indented(mistakes));
  }

  private static List<String> indented(List<String> mistakes) {
    return Stream.concat(
            mistakes.stream().limit(1), mistakes.stream().skip(1).map(mistake -> "  " + mistake))
        .toList();
  }
}
