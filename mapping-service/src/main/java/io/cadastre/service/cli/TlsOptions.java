/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.pem.PemIdentity;
import io.cadastre.service.file.SecretFile;
import io.cadastre.service.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * The options {@code --ca-file}, {@code --certificate-file} and {@code --key-file}: all in PEM.
 * Each has an environment variable, with which the hooks are configured too.
 */
final class TlsOptions {
  private static final String CA = "--ca-file";
  private static final String CERTIFICATE = "--certificate-file";
  private static final String KEY = "--key-file";

  private TlsOptions() {}

  static void add(Subparser parser) {
    add(parser, CA, "the CAs that sign the service's certificate, PEM; default: those of Java");
    add(parser, CERTIFICATE, "your certificate, PEM");
    add(parser, KEY, "its key, PEM without a password, and only you may read it");
  }

  private static void add(Subparser parser, String option, String help) {
    parser
        .addArgument(option)
        .dest(option)
        .metavar("FILE")
        .help("%s; %s".formatted(help, variable(option)));
  }

  private static String variable(String option) {
    return switch (option) {
      case CA -> "CADASTRE_CA_FILE";
      case CERTIFICATE -> "CADASTRE_CERTIFICATE_FILE";
      default -> "CADASTRE_KEY_FILE";
    };
  }

  /**
   * Reads the files; empty if none is named.
   *
   * @throws CommandFailed if a file cannot be used, others may read the key, or a key has no
   *     certificate
   */
  static Optional<SSLContext> context(Namespace arguments) {
    Optional<Path> ca = file(arguments, CA);
    Optional<Path> certificate = file(arguments, CERTIFICATE);
    Optional<Path> key = file(arguments, KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new CommandFailed(
          CommandStatus.USAGE,
          "%s and %s belong together: name both, or neither".formatted(CERTIFICATE, KEY));
    }
    if (ca.isEmpty() && certificate.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(context(ca, certificate, key));
    } catch (IOException e) {
      throw new CommandFailed(
          e.getCause() instanceof NoSuchFileException
              ? CommandStatus.NO_INPUT
              : CommandStatus.CONFIGURATION,
          String.valueOf(e.getMessage()),
          e);
    } catch (GeneralSecurityException e) {
      throw new CommandFailed(
          CommandStatus.CONFIGURATION, "TLS cannot be used: " + e.getMessage(), e);
    }
  }

  private static SSLContext context(
      Optional<Path> ca, Optional<Path> certificate, Optional<Path> key)
      throws IOException, GeneralSecurityException {
    TrustManager[] trust = null;
    if (ca.isPresent()) {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(TlsFiles.trusting(ca.get()));
      trust = factory.getTrustManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        certificate.isPresent() ? keys(certificate.get(), key.orElseThrow()) : null, trust, null);
    return context;
  }

  private static KeyManager[] keys(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    try {
      SecretFile.requirePrivate(key);
    } catch (NoSuchFileException e) {
      throw new IOException(key + " is missing", e);
    }
    KeyStore store = TlsFiles.identity(certificate, key).keyStore();
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PemIdentity.storePassword().toCharArray());
    return factory.getKeyManagers();
  }

  private static Optional<Path> file(Namespace arguments, String option) {
    return given(arguments.getString(option))
        .or(() -> given(System.getenv(variable(option))))
        .map(Path::of);
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(name -> !name.isEmpty());
  }
}
