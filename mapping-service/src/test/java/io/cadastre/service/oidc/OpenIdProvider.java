/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID provider on loopback: its discovery document, its keys, and tokens that it signs. */
public final class OpenIdProvider implements AutoCloseable {
  /** The audience of its tokens. */
  public static final String AUDIENCE = "cadastre";

  /** How it answers. */
  public enum Mood {
    WELL,
    BROKEN,
    NEVER
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger reads = new AtomicInteger();
  private volatile ECKey key = newKey();
  private volatile Mood mood = Mood.WELL;

  /** A provider that answers well. */
  public OpenIdProvider() {
    this(0);
  }

  /** A provider on this port. */
  public OpenIdProvider(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/keys")) {
      reads.incrementAndGet();
    }
    if (mood == Mood.NEVER) {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    String body =
        path.endsWith("/keys")
            ? new JWKSet(key.toPublicJWK()).toString()
            : "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(mood == Mood.WELL ? 200 : 503, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Its issuer, a URL. */
  public String issuer() {
    return "http://127.0.0.1:%d/realms/hpc".formatted(port());
  }

  /** Answers so from now on. */
  public void be(Mood how) {
    mood = how;
  }

  /** How often its keys were asked for. */
  public int reads() {
    return reads.get();
  }

  /** Signs with a new key from now on, and forgets the former one. */
  public void rotate() {
    key = newKey();
  }

  /** The key it signs with. */
  public ECKey key() {
    return key;
  }

  /** A new key. */
  public static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The claims of a good access token of zoe with these roles. */
  public JWTClaimsSet.Builder claims(String... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(List.of("account", AUDIENCE))
        .subject("6f1c-zoe")
        .claim("preferred_username", "zoe")
        .claim("typ", "Bearer")
        .claim("realm_access", Map.of("roles", List.of(roles)))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  /** The header of its tokens. */
  public JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.getKeyID());
  }

  /** A good access token of zoe with these roles. */
  public String token(String... roles) {
    return sign(claims(roles));
  }

  /** A token with these claims. */
  public String sign(JWTClaimsSet.Builder claims) {
    return sign(header().build(), claims.build(), key);
  }

  /** A token with this header and these claims by any key. */
  public static String sign(JWSHeader header, JWTClaimsSet claims, ECKey by) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new ECDSASigner(by));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
