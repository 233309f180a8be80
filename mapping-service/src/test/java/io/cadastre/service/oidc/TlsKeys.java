/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A document over TLS on loopback, with a certificate that the JDK's keytool makes. */
record TlsKeys(HttpsServer server, Path authority) implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  static TlsKeys serve(Path dir, String document) throws Exception {
    Path store = dir.resolve("tls.p12");
    keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=idp", "-ext", "san=ip:127.0.0.1");
    Path authority = dir.resolve("ca.pem");
    keytool(store, "-exportcert", "-rfc", "-file", authority.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return new TlsKeys(server, authority);
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    Process process =
        new ProcessBuilder(
                Stream.of(
                        List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()),
                        List.of(arguments),
                        List.of("-keystore", store.toString(), "-storepass", PASSWORD))
                    .flatMap(List::stream)
                    .toList())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool fails");
    }
  }

  String uri() {
    return "https://127.0.0.1:%d/keys".formatted(server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
