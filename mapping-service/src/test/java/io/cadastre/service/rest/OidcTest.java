/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.oidc.OpenIdProvider;
import io.cadastre.service.rest.Service.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** People with tokens of a provider, over a real service and real HTTP. Eight seconds. */
@Tag("slow")
class OidcTest {
  private static final TokenText BOOTSTRAP = TokenText.random(new SecureRandom());
  private static final String ADMIN = "registry-admins";

  @TempDir static Path dir;
  private static OpenIdProvider provider;

  /** Its keys are where an attacker wants the service to look. */
  private static OpenIdProvider foreign;

  private static Service service;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    provider = new OpenIdProvider();
    foreign = new OpenIdProvider();
    service = service(dir, provider.issuer());
    awaitStatus(provider.token(ADMIN), 200);
  }

  static Service service(Path folder, String issuer) throws IOException {
    Path file = folder.resolve("bootstrap.token");
    SecretFile.create(file, BOOTSTRAP::text);
    return Service.closed(
        folder,
        ("{bootstrapTokenFile: %s, oidc: {issuer: '%s', audience: cadastre, roleClaim:"
                + " [realm_access, roles], roles: {registry-admins: admin, watchers: auditor,"
                + " helpdesk: provisioner, hooks: {role: provisioner, uids: 1000-1999}}}}")
            .formatted(file, issuer));
  }

  @AfterAll
  static void stop() {
    service.close();
    provider.close();
    foreign.close();
  }

  private static void awaitStatus(String token, int status) throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (service.as(token, "GET", "/v1/pools", "").status() != status
        && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertThat(service.as(token, "GET", "/v1/pools", "").status()).isEqualTo(status);
  }

  @Test
  void aPersonHasTheRoleOfTheClaimAndEventsNameIssuerAndSubject() {
    assertThat(
            service
                .as(
                    provider.token(ADMIN, "offline_access"),
                    "PUT",
                    "/v1/owners/ann",
                    Service.identity(1100, "id-ann"))
                .status())
        .isEqualTo(201);

    JsonNode event = lastEvent();

    assertThat(event.path("actor").asText()).isEqualTo("oidc:zoe");
    assertThat(event.path("role").asText()).isEqualTo("admin");
    assertThat(event.path("credential").asText())
        .isEqualTo("oidc " + provider.issuer() + " 6f1c-zoe");
  }

  @Test
  void aRoleMayWhatTheTableSays() {
    String auditor = provider.token("watchers");
    assertThat(service.as(auditor, "GET", "/v1/events", "").status()).isEqualTo(200);
    assertThat(
            service
                .as(auditor, "PUT", "/v1/owners/bob", Service.identity(1101, "id-bob"))
                .problem())
        .isEqualTo("forbidden");
    // an admin may do all that the others may
    assertThat(service.as(provider.token("watchers", ADMIN), "GET", "/v1/pools", "").status())
        .isEqualTo(200);
  }

  @Test
  void aRoleOfTheConfigurationHasItsBounds() {
    Answer answer =
        service.as(
            provider.token("hooks"), "PUT", "/v1/owners/eve", Service.identity(5000, "id-eve"));
    assertThat(answer.problem()).isEqualTo("out-of-scope");
  }

  @Test
  void aTokenOfRfc9068IsTakenToo() {
    String token =
        OpenIdProvider.sign(
            provider.header().type(new JOSEObjectType("at+jwt")).build(),
            provider.claims(ADMIN).claim("typ", null).build(),
            provider.key());
    assertThat(service.as(token, "GET", "/v1/pools", "").status()).isEqualTo(200);
  }

  private static Arguments claims(String what, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Arguments.of(what, provider.sign(change.apply(provider.claims(ADMIN))));
  }

  private static Arguments header(String what, UnaryOperator<JWSHeader.Builder> change, ECKey by) {
    return Arguments.of(
        what,
        OpenIdProvider.sign(
            change.apply(provider.header()).build(), provider.claims(ADMIN).build(), by));
  }

  private static Date inSeconds(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  static Stream<Arguments> badClaims() {
    return Stream.of(
        claims("expired", c -> c.expirationTime(inSeconds(-60))),
        claims("without an end", c -> c.expirationTime(null)),
        claims("valid for too long", c -> c.expirationTime(inSeconds(90_000))),
        claims("not yet valid", c -> c.notBeforeTime(inSeconds(60))),
        claims("wrong issuer", c -> c.issuer(foreign.issuer())),
        claims("issuer with a slash more", c -> c.issuer(provider.issuer() + "/")),
        claims("without an issuer", c -> c.issuer(null)),
        claims("wrong audience", c -> c.audience("account")),
        claims("without an audience", c -> c.audience((String) null)),
        claims("without a subject", c -> c.subject(null)),
        claims("subject with a line break", c -> c.subject("a\nb")),
        claims("subject that is too long", c -> c.subject("x".repeat(255))),
        claims("name that forges a line", c -> c.claim("preferred_username", "a\nb")),
        claims("ID token of Keycloak", c -> c.claim("typ", "ID")),
        claims("ID token", c -> c.claim("typ", null).claim("at_hash", "x")),
        claims("missing role claim", c -> c.claim("realm_access", null)),
        claims("role claim of another form", c -> c.claim("realm_access", ADMIN)),
        claims(
            "role claim with numbers", c -> c.claim("realm_access", Map.of("roles", List.of(1)))),
        claims(
            "role claim without values", c -> c.claim("realm_access", Map.of("roles", List.of()))),
        claims(
            "name with dots for the path",
            c -> c.claim("realm_access", null).claim("realm_access.roles", ADMIN)),
        claims("unknown role", c -> c.claim("realm_access", Map.of("roles", List.of("admin")))),
        claims(
            "two roles",
            c -> c.claim("realm_access", Map.of("roles", List.of("watchers", "helpdesk")))),
        claims(
            "one role with two bounds",
            c -> c.claim("realm_access", Map.of("roles", List.of("hooks", "helpdesk")))));
  }

  static Stream<Arguments> badSignatures() throws Exception {
    ECKey other = OpenIdProvider.newKey();
    String good = provider.token(ADMIN);
    String[] parts = good.split("[.]", -1);
    JWTClaimsSet claims = provider.claims(ADMIN).build();
    SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(provider.key().getKeyID()).build(),
            claims);
    confused.sign(new MACSigner(provider.key().toECPublicKey().getEncoded()));
    SignedJWT confusedText =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(provider.key().getKeyID()).build(),
            claims);
    confusedText.sign(new MACSigner(provider.key().toPublicJWK().toJSONString()));
    return Stream.of(
        Arguments.of("alg none", new PlainJWT(claims).serialize()),
        Arguments.of(
            "alg none with the signature",
            encoded("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]),
        Arguments.of("alg nOnE", encoded("{\"alg\":\"nOnE\"}") + "." + parts[1] + "."),
        Arguments.of("HS256 with the public key", confused.serialize()),
        Arguments.of("HS256 with the JWK", confusedText.serialize()),
        Arguments.of("without its signature", parts[0] + "." + parts[1] + "."),
        Arguments.of("zero signature", parts[0] + "." + parts[1] + "." + "A".repeat(86)),
        Arguments.of(
            "other claims",
            parts[0]
                + "."
                + encoded(provider.claims(ADMIN).subject("eve").build().toString())
                + "."
                + parts[2]),
        header("unknown key", h -> h.keyID("x"), other),
        header("other key under the known name", h -> h, other),
        header("other key without a name", h -> h.keyID(null), other),
        header("embedded jwk", h -> h.jwk(other.toPublicJWK()), other),
        header("embedded jwk without a name", h -> h.keyID(null).jwk(other.toPublicJWK()), other),
        header(
            "embedded jwk, its own name",
            h -> h.keyID(other.getKeyID()).jwk(other.toPublicJWK()),
            other),
        header(
            "jku of another",
            h -> h.keyID(foreign.key().getKeyID()).jwkURL(URI.create(foreign.issuer() + "/keys")),
            foreign.key()),
        header(
            "x5u of another",
            h ->
                h.keyID(foreign.key().getKeyID())
                    .x509CertURL(URI.create(foreign.issuer() + "/keys")),
            foreign.key()),
        header("crit", h -> h.criticalParams(Set.of("exp")).customParam("exp", 1), provider.key()),
        header(
            "crit that the library knows",
            h -> h.criticalParams(Set.of("b64")).base64URLEncodePayload(true),
            provider.key()),
        header("another typ", h -> h.type(new JOSEObjectType("logout+jwt")), provider.key()),
        Arguments.of("malformed base64", "eyJ!!!." + parts[1] + "." + parts[2]),
        Arguments.of("malformed JSON", encoded("{\"alg\":") + "." + parts[1] + "." + parts[2]),
        Arguments.of("no JSON object", encoded("[]") + "." + encoded("[]") + "." + parts[2]),
        Arguments.of(
            "deep JSON", encoded("{\"alg\":\"ES256\",\"x\":" + "[".repeat(2000)) + ".e30.AA"),
        Arguments.of("empty parts", ".."),
        Arguments.of("four parts", good + ".x"),
        Arguments.of("a token of the registry with dots", "cadastre_ABCDEFGH_x.y.z"),
        Arguments.of(
            "large",
            encoded("{\"alg\":\"ES256\",\"x\":\"" + "y".repeat(4000) + "\"}")
                + "."
                + parts[1]
                + ".AA"));
  }

  /** Genuine tokens of a provider with odd ideas, and headers that no library writes. */
  static Stream<Arguments> oddTokens() {
    String rest =
        "\"iss\":\"%s\",\"sub\":\"x\",\"realm_access\":{\"roles\":[\"registry-admins\"]}"
            .formatted(provider.issuer());
    String header = provider.header().build().toString();
    return Stream.of(
            List.of(header, "[]"),
            List.of(header, "null"),
            List.of(header, "\"text\""),
            List.of(header, ""),
            List.of(header, "{" + rest + ",\"aud\":\"cadastre\",\"exp\":\"soon\"}"),
            List.of(header, "{" + rest + ",\"aud\":\"cadastre\",\"exp\":1e300}"),
            List.of(header, "{" + rest + ",\"aud\":\"cadastre\",\"exp\":9223372036854775807}"),
            List.of(header, "{" + rest + ",\"aud\":\"cadastre\",\"exp\":-1}"),
            List.of(header, "{" + rest + ",\"aud\":\"cadastre\",\"exp\":[1]}"),
            List.of(header, "{" + rest + ",\"aud\":{\"a\":1},\"exp\":4102444800}"),
            List.of(header, "{" + rest + ",\"aud\":[[\"cadastre\"]],\"exp\":4102444800}"),
            List.of(header, "{\"iss\":1,\"sub\":2,\"aud\":3,\"exp\":4102444800}"),
            List.of(header, "{" + rest + ",\"aud\":\"cadastre\",\"nbf\":{},\"exp\":4102444800}"),
            List.of(header, "{\"a\":" + "[".repeat(1500) + "]".repeat(1500) + "}"),
            List.of("{\"alg\":\"ES256\",\"typ\":5}", "{}"),
            List.of("{\"alg\":5}", "{}"),
            List.of("{\"alg\":null}", "{}"),
            List.of("{}", "{}"),
            List.of("{\"alg\":\"ES256\",\"crit\":\"exp\"}", "{}"),
            List.of("{\"alg\":\"ES256\",\"crit\":[]}", "{}"),
            List.of("{\"alg\":\"ES256\",\"kid\":{\"a\":1}}", "{}"),
            List.of("{\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\"}}", "{}"),
            List.of("{\"alg\":\"ES256\",\"x5c\":[\"AA\"]}", "{}"),
            List.of("{\"alg\":\"ES256\",\"b64\":false}", "{}"),
            List.of("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}", "{}"),
            List.of("{\"alg\":\"ES256\",\"alg\":\"none\"}", "{}"))
        .map(parts -> Arguments.of(String.join(" . ", parts), signed(parts.get(0), parts.get(1))));
  }

  private static String signed(String header, String payload) {
    try {
      String content = encoded(header) + "." + encoded(payload);
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(provider.key().toECPrivateKey());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"badClaims", "badSignatures", "oddTokens"})
  void noBadTokenIsLetInOrChangesAnything(String what, String bad) {
    long before = lastEvent().path("seq").asLong();
    for (Answer answer :
        List.of(
            service.as(bad, "PUT", "/v1/owners/eve", Service.identity(1666, "id-eve")),
            service.as(bad, "GET", "/v1/snapshot", ""),
            service.as(bad, "POST", "/v1/admin/tokens", "{\"name\":\"eve\",\"role\":\"admin\"}"))) {
      assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
      if (bad.length() > 8) {
        assertThat(answer.text()).doesNotContain(bad);
      }
      assertThat(answer.text()).doesNotContain("Exception", "com.nimbusds");
    }
    assertThat(lastEvent().path("seq").asLong()).isEqualTo(before);
    assertThat(foreign.reads()).isZero();
  }

  /** The service starts without the provider, and tokens of the registry are taken. */
  @Test
  void aProviderThatIsAwayKeepsNobodyElseOut(@TempDir Path folder) throws IOException {
    OpenIdProvider away = new OpenIdProvider();
    String token = away.token(ADMIN);
    away.close();
    try (Service alone = service(folder, away.issuer())) {
      Answer refused = alone.as(token, "GET", "/v1/pools", "");
      assertThat(refused.problem()).isEqualTo("unauthenticated");
      assertThat(refused.json().path("detail").asText()).contains("no key of the OpenID provider");
      assertThat(alone.as(BOOTSTRAP.text(), "GET", "/v1/pools", "").status()).isEqualTo(200);
    }
  }

  /** Jetty refuses it before any filter: the limit of all header fields is 8 KiB. */
  @Test
  void anOversizedTokenIsRefused() {
    assertThat(service.as("e".repeat(9000) + ".x.y", "GET", "/v1/pools", "").status())
        .isEqualTo(431);
  }

  @Test
  void tokensOfTheRegistryAreTakenBesideThem() {
    assertThat(service.as(BOOTSTRAP.text(), "GET", "/v1/pools", "").status()).isEqualTo(200);
  }

  private static JsonNode lastEvent() {
    JsonNode events =
        service.as(BOOTSTRAP.text(), "GET", "/v1/events?limit=1000", "").json().path("events");
    for (int i = events.size() - 1; i >= 0; i--) {
      if (!events.get(i).path("kind").asText().equals("use-bootstrap")) {
        return events.get(i);
      }
    }
    throw new AssertionError(events);
  }
}
