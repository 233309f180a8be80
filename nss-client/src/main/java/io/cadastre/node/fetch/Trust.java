/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The certificates that must sign those of a service, where they are not those of the JRE. */
final class Trust {
  private Trust() {}

  /**
   * Loads the certificates of a file; no others are trusted.
   *
   * @param file one or more certificates in PEM; an absolute path, of the image if the tree is one
   * @throws TreeUnfit if the file holds no certificate
   */
  static SSLSocketFactory load(NodeTree tree, Path file) throws IOException, TreeUnfit {
    Path path = tree.root().resolve(Path.of("/").relativize(file));
    byte[] pem = new TreeFileReader(tree).readLinked(path).orElseGet(() -> new byte[0]);
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        store.setCertificateEntry("ca" + store.size(), certificate);
      }
      if (store.size() == 0) {
        throw new GeneralSecurityException("it holds no certificate");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      // The message of e is not printed: it quotes the file.
      throw new TreeUnfit(
          ExitStatus.CONFIGURATION,
          "the CA file %s cannot be used: it holds no certificates in PEM, or one of them is damaged"
              .formatted(path));
    }
  }
}
