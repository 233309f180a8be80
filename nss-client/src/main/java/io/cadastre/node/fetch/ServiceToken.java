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
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The token that a node shows to its services. Messages do not quote it. */
final class ServiceToken {
  private static final int LONGEST = 4096;
  private static final int OF_OTHERS = 0_077;

  private ServiceToken() {}

  /**
   * Reads the token of a file.
   *
   * @param file an absolute path, of the image if the tree is one
   * @param urls the services; in clear text a token goes to this host only
   * @return the value of Authorization
   * @throws TreeUnfit if the file is missing, others may read it, it holds no token, or a service
   *     of another host is asked without TLS
   */
  static String load(NodeTree tree, Path file, List<String> urls) throws IOException, TreeUnfit {
    for (String url : urls) {
      if (url.startsWith("http://") && !isThisHost(url)) {
        throw unfit(url, "is no https: the token is not sent in clear text to another host");
      }
    }
    Path path = tree.root().resolve(Path.of("/").relativize(file));
    Optional<FileStat> stat = tree.stat(path);
    if (stat.isEmpty()) {
      throw unfit(path.toString(), "is missing; token-file in node.conf names it");
    }
    if ((stat.get().mode() & OF_OTHERS) != 0) {
      throw unfit(
          path.toString(),
          "may be read by other users: ask for a new token, and run chmod 600 on the file");
    }
    byte[] bytes = new TreeFileReader(tree).readLinked(path, LONGEST).orElse(new byte[0]);
    String token = new String(bytes, StandardCharsets.US_ASCII).strip();
    if (!isToken(token)) {
      throw unfit(path.toString(), "holds no token in one line");
    }
    return "Bearer ".concat(token);
  }

  /** By the parser that the request uses: of http://localhost:x@example.org it is example.org. */
  private static boolean isThisHost(String url) throws IOException {
    String host = new URL(url).getHost();
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }

  /** RFC 6750, b64token. Without a regular expression, which a short run would wait for. */
  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "-._~+/=".indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static TreeUnfit unfit(String what, String why) {
    return new TreeUnfit(ExitStatus.CONFIGURATION, what + " " + why);
  }
}
