/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.node.fetch;

import io.cadastre.node.failure.ExitStatus;
import io.cadastre.node.tree.FileStat;
import io.cadastre.node.tree.NodeTree;
import io.cadastre.node.tree.TreeFileReader;
import io.cadastre.node.tree.TreeUnfit;
import io.cadastre.pem.PemCertificates;
import io.cadastre.pem.PemIdentity;
import io.cadastre.pem.PemRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The certificate that a node shows to its services. Messages quote nothing of the key. */
final class ClientKey {
  private static final int OF_OTHERS = 0_077;

  private ClientKey() {}

  /**
   * Loads a certificate and its key.
   *
   * @param certificateFile in PEM, with the CAs between it and the root; an absolute path, of the
   *     image if the tree is one
   * @param keyFile in PEM, without a password
   * @throws TreeUnfit if a file is missing or damaged, they do not fit, or others may read the key
   */
  static KeyManager[] load(NodeTree tree, Path certificateFile, Path keyFile)
      throws IOException, TreeUnfit {
    Path certificate = tree.root().resolve(Path.of("/").relativize(certificateFile));
    Path key = tree.root().resolve(Path.of("/").relativize(keyFile));
    byte[] chain = read(tree, certificate);
    byte[] secret = read(tree, key);
    Optional<FileStat> stat = tree.stat(key);
    if (stat.isPresent() && (stat.get().mode() & OF_OTHERS) != 0) {
      throw unfit(
          key,
          "may be read by other users: ask for a new certificate, and run chmod 600 on the file");
    }
    Path refused = certificate;
    try {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      var certificates = PemCertificates.parse(chain);
      refused = key;
      factory.init(
          PemIdentity.parse(certificates, secret).keyStore(),
          PemIdentity.storePassword().toCharArray());
      return factory.getKeyManagers();
    } catch (PemRefused e) {
      throw unfit(refused, String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw unfit(refused, "cannot be used: " + e.getMessage());
    }
  }

  private static byte[] read(NodeTree tree, Path path) throws IOException, TreeUnfit {
    Optional<byte[]> bytes = new TreeFileReader(tree).readLinked(path);
    if (bytes.isEmpty()) {
      throw unfit(path, "is missing; certificate-file or key-file in node.conf names it");
    }
    return bytes.get();
  }

  private static TreeUnfit unfit(Path file, String why) {
    return new TreeUnfit(ExitStatus.CONFIGURATION, file + " " + why);
  }
}
