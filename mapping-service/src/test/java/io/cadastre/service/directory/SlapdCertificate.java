/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server certificate for one host, and the CA of its own that signed it, made by openssl.
 *
 * @param ca PEM file of the CA's certificate
 * @param certificate PEM file of the server's certificate
 * @param key PEM file of the server's key
 */
record SlapdCertificate(Path ca, Path certificate, Path key) {

  static SlapdCertificate make(Path dir, String host) throws IOException {
    Files.createDirectories(dir);
    Path ca = dir.resolve("ca.pem");
    Path caKey = dir.resolve("ca.key");
    Path request = dir.resolve("server.csr");
    Path certificate = dir.resolve("server.pem");
    Path key = dir.resolve("server.key");
    Path extensions = dir.resolve("server.ext");
    LdapPrograms.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=A test's CA",
        "-keyout",
        caKey,
        "-out",
        ca);
    LdapPrograms.run(
        "openssl",
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=A test's slapd",
        "-keyout",
        key,
        "-out",
        request);
    Files.writeString(extensions, "subjectAltName=DNS:%s\n".formatted(host));
    LdapPrograms.run(
        "openssl",
        "x509",
        "-req",
        "-in",
        request,
        "-CA",
        ca,
        "-CAkey",
        caKey,
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        extensions,
        "-out",
        certificate);
    return new SlapdCertificate(ca, certificate, key);
  }

  /** The lines of slapd.conf(5). */
  String conf() {
    return "TLSCACertificateFile %s\nTLSCertificateFile %s\nTLSCertificateKeyFile %s\n"
        .formatted(ca, certificate, key);
  }
}
