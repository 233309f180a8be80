/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.settings;

import io.cadastre.node.guard.GuardSettings;
import io.cadastre.node.guard.Window;
import io.cadastre.node.render.ManagedFile.OwnerKey;
import io.cadastre.subid.NodeName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a node, with defaults where the settings file has none.
 *
 * @param urls the services, tried in turn; empty if the command line has to name one
 * @param mode how the node serves
 * @param owners how rows name their owners
 * @param guards how strict the node is
 * @param caFile the certificates in PEM that must sign a service's; empty for those of the system
 * @param certificateFile the certificate in PEM that services ask for; empty if they ask for none
 * @param keyFile its key
 * @param tokenFile holds the token that services ask for; empty if they ask for none
 * @param timeout of the one attempt that is made while a last good snapshot is served
 * @param patience how long to keep trying while there is none
 * @param monitoring how a stale node is seen
 * @param reporting whether the node tells the service what it serves
 */
public record NodeSettings(
    List<String> urls,
    Mode mode,
    OwnerKey owners,
    GuardSettings guards,
    Optional<Path> caFile,
    Optional<Path> certificateFile,
    Optional<Path> keyFile,
    Optional<Path> tokenFile,
    Duration timeout,
    Duration patience,
    Monitoring monitoring,
    Reporting reporting) {

  /** The two ways in which a node serves ranges; a node has one of them. */
  public enum Mode {
    /** Rows in a managed block of /etc/subuid and /etc/subgid. */
    FILES,
    /** The map that libsubid's plugin reads; the two files hold only local rows. */
    PLUGIN
  }

  /** The settings without a settings file. */
  public static final NodeSettings DEFAULT =
      new NodeSettings(
          List.of(),
          Mode.FILES,
          OwnerKey.NAME,
          GuardSettings.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Monitoring.NONE,
          Reporting.NONE);

  /** Copies the list. */
  public NodeSettings {
    urls = List.copyOf(urls);
  }

  /** These settings with other services. */
  public NodeSettings withUrls(List<String> others) {
    return new NodeSettings(
        others,
        mode,
        owners,
        guards,
        caFile,
        certificateFile,
        keyFile,
        tokenFile,
        timeout,
        patience,
        monitoring,
        reporting);
  }

  /** Collects the values of a settings file; begins with the defaults. Not thread-safe. */
  static final class Builder {
    final List<String> urls = new ArrayList<>();
    Mode mode = DEFAULT.mode;
    OwnerKey owners = DEFAULT.owners;
    Window window = GuardSettings.DEFAULT.window();
    int maxShrinkPercent = GuardSettings.DEFAULT.maxShrinkPercent();
    boolean refuseNewIdentity = GuardSettings.DEFAULT.refuseNewIdentity();
    boolean singleGidGrants = GuardSettings.DEFAULT.singleGidGrants();
    boolean refuseConflicts = GuardSettings.DEFAULT.refuseConflicts();
    Optional<Path> caFile = DEFAULT.caFile;
    Optional<Path> certificateFile = DEFAULT.certificateFile;
    Optional<Path> keyFile = DEFAULT.keyFile;
    Optional<Path> tokenFile = DEFAULT.tokenFile;
    Duration timeout = DEFAULT.timeout;
    Duration patience = DEFAULT.patience;
    Optional<Duration> maxAge = Optional.empty();
    Optional<Path> metrics = Optional.empty();
    boolean report = DEFAULT.reporting.on();
    Optional<NodeName> nodeName = DEFAULT.reporting.node();

    /** The settings. */
    NodeSettings build() {
      return new NodeSettings(
          urls,
          mode,
          owners,
          new GuardSettings(
              window, maxShrinkPercent, refuseNewIdentity, singleGidGrants, refuseConflicts),
          caFile,
          certificateFile,
          keyFile,
          tokenFile,
          timeout,
          patience,
          new Monitoring(maxAge, metrics),
          new Reporting(report, nodeName));
    }
  }
}
