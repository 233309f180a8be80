/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.settings.NodeSettings;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.pem.PemCertificates;
import io.cadastre.pem.PemRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a node needs for TLS: the certificates that must sign those of a service, and the node's
 * own. Without {@code ca-file} they are those of the system, which its updates keep current: the
 * runtime of the package has those of the day on which it was built.
 */
final class Trust {
  /** Debian, Ubuntu, SUSE, Alpine; then Fedora, RHEL. */
  private static final List<String> BUNDLES =
      List.of("etc/ssl/certs/ca-certificates.crt", "etc/pki/tls/certs/ca-bundle.crt");

  private static final byte[] NOTHING = {};

  private Trust() {}

  /**
   * Prepares the connections of these settings; empty if there is neither a file nor a system's
   * bundle, or no service is asked by https.
   *
   * @throws TreeUnfit if a file cannot be used, or a key has no certificate
   */
  static Optional<SSLSocketFactory> of(NodeTree tree, NodeSettings settings)
      throws IOException, TreeUnfit {
    Optional<Path> caFile = settings.caFile();
    Optional<Path> certificate = settings.certificateFile();
    Optional<Path> key = settings.keyFile();
    if (certificate.isPresent() != key.isPresent()) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "certificate-file and key-file in node.conf belong together: set both, or neither");
    }
    Optional<TrustManager[]> trusted =
        caFile.isPresent() ? Optional.of(load(tree, caFile.get())) : bundle(tree, settings);
    if (trusted.isEmpty() && certificate.isEmpty()) {
      return Optional.empty();
    }
    TrustManager[] managers = trusted.isPresent() ? trusted.get() : null;
    KeyManager[] keys =
        certificate.isPresent() ? ClientKey.load(tree, certificate.get(), key.orElseThrow()) : null;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, managers, null);
      return Optional.of(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /**
   * The certificates of the tree's own system, else of the running one; empty if neither has any,
   * or none is needed. To read 140 certificates takes longer than a run over http.
   */
  private static Optional<TrustManager[]> bundle(NodeTree tree, NodeSettings settings)
      throws IOException, TreeUnfit {
    if (!asksByHttps(settings.urls())) {
      return Optional.empty();
    }
    for (NodeTree system : List.of(tree, new NodeTree(Path.of("/")))) {
      for (String file : BUNDLES) {
        byte[] pem =
            new TreeFileReader(system)
                .readLinked(system.root().resolve(file))
                .orElse(NOTHING);
        if (pem.length > 0) {
          return Optional.of(
              managers(system.root().resolve(file), pem, "set ca-file in node.conf"));
        }
      }
    }
    return Optional.empty();
  }

  /** Not by a stream: the timer's run has no lambda of its own (docs/decisions/0083). */
  private static boolean asksByHttps(List<String> urls) {
    for (String url : urls) {
      if (url.startsWith("https:")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Loads the certificates of a file; no others are trusted.
   *
   * @param file one or more certificates in PEM; an absolute path, of the image if the tree is one
   * @throws TreeUnfit if the file holds no certificate
   */
  private static TrustManager[] load(NodeTree tree, Path file) throws IOException, TreeUnfit {
    Path path = tree.root().resolve(Path.of("/").relativize(file));
    byte[] pem = new TreeFileReader(tree).readLinked(path).orElseGet(() -> new byte[0]);
    return managers(path, pem, "name another one in node.conf");
  }

  private static TrustManager[] managers(Path path, byte[] pem, String remedy) throws TreeUnfit {
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(PemCertificates.trusting(pem));
      return managers.getTrustManagers();
    } catch (PemRefused | GeneralSecurityException e) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "the CA file %s cannot be used: it holds no certificates in PEM, or one of them is damaged; %s"
              .formatted(path, remedy));
    }
  }
}
