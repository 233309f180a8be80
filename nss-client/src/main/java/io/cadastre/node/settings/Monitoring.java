/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a stale node is seen.
 *
 * @param maxAge how old the last contact with a service may be; empty if {@code verify} does not
 *     ask for it
 * @param metrics the file for node_exporter, an absolute path; empty for none
 */
public record Monitoring(Optional<Duration> maxAge, Optional<Path> metrics) {
  /** The settings where the file has none. */
  static final Monitoring NONE = new Monitoring(Optional.empty(), Optional.empty());
}
