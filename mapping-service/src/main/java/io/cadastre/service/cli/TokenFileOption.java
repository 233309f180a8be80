/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.access.TokenText;
import io.cadastre.service.file.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code --token-file}. A token is never an argument, since every user can read those.
 * It is sent in clear text only to this host.
 */
final class TokenFileOption {
  private static final String NAME = "--token-file";
  private static final String VARIABLE = "CADASTRE_TOKEN_FILE";

  /** RFC 6750, b64token. */
  private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Set<String> THIS_HOST = Set.of("127.0.0.1", "localhost", "[::1]");

  private TokenFileOption() {}

  static void add(Subparser parser) {
    parser
        .addArgument(NAME)
        .dest(NAME)
        .metavar("FILE")
        .help(
            "holds the token, and only you may read it; CADASTRE_TOKEN_FILE, or"
                + " ~/.config/cadastre/token if it is there");
  }

  /**
   * Reads the token of the option, the environment or the default file; empty without one.
   *
   * @param url where it will be sent
   * @throws CommandFailed if the file cannot be read, others may read it, it holds no token, or the
   *     URL is another host's without TLS
   */
  static Optional<String> token(Namespace arguments, String url) {
    Optional<Path> named =
        given(arguments.getString(NAME)).or(() -> given(System.getenv(VARIABLE))).map(Path::of);
    String home = Objects.requireNonNullElse(System.getProperty("user.home"), "/");
    Path usual = Path.of(home, ".config", "cadastre", "token");
    Optional<String> token = named.isPresent() ? read(named.get()) : readIfThere(usual);
    if (token.isPresent() && !isPrivate(url)) {
      throw new CommandFailed(
          CommandStatus.USAGE,
          "the token is not sent to %s in clear text: use https".formatted(url));
    }
    return token;
  }

  /**
   * By the parser that the request uses: the host of http://localhost:x@example.org/ is neither.
   */
  private static boolean isPrivate(String url) {
    try {
      URI uri = new URI(url);
      return "https".equals(uri.getScheme())
          || ("http".equals(uri.getScheme())
              && uri.getHost() != null
              && THIS_HOST.contains(uri.getHost()));
    } catch (URISyntaxException e) {
      return false; // ServiceClient refuses it
    }
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(name -> !name.isEmpty());
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(line(file));
    } catch (NoSuchFileException e) {
      throw new CommandFailed(
          CommandStatus.NO_INPUT, "the token file %s is missing".formatted(file), e);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static Optional<String> readIfThere(Path file) {
    try {
      return Optional.of(line(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static String line(Path file) throws IOException {
    String line = SecretFile.line(file);
    if (!BEARER.matcher(line).matches()) {
      throw new IOException(
          "%s holds no token; one begins with %s".formatted(file, TokenText.PREFIX));
    }
    return line;
  }

  private static CommandFailed refused(IOException e) {
    return new CommandFailed(
        CommandStatus.CONFIGURATION, "the token file is refused: " + e.getMessage(), e);
  }
}
