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
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a node needs for TLS: the certificates that must sign those of a service, where they are not
 * those of the JRE, and the node's own.
 */
final class Trust {
  private Trust() {}

  /**
   * Prepares the connections of these settings; empty if they name no file.
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
    if (caFile.isEmpty() && certificate.isEmpty()) {
      return Optional.empty();
    }
    TrustManager[] managers = caFile.isPresent() ? load(tree, caFile.get()) : null;
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
   * Loads the certificates of a file; no others are trusted.
   *
   * @param file one or more certificates in PEM; an absolute path, of the image if the tree is one
   * @throws TreeUnfit if the file holds no certificate
   */
  private static TrustManager[] load(NodeTree tree, Path file) throws IOException, TreeUnfit {
    Path path = tree.root().resolve(Path.of("/").relativize(file));
    byte[] pem = new TreeFileReader(tree).readLinked(path).orElseGet(() -> new byte[0]);
    try {
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(PemCertificates.trusting(pem));
      return managers.getTrustManagers();
    } catch (PemRefused | GeneralSecurityException e) {
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "the CA file %s cannot be used: it holds no certificates in PEM, or one of them is damaged"
              .formatted(path));
    }
  }
}
