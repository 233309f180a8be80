/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the pages: style, scripts, icon. Each has a part of its digest in its name, so that
 * a browser may keep it for ever. They are read once, from inside the jars. Immutable.
 */
public final class Assets {
  private static final int DIGITS = 12;
  private static final String OWN = "/io/cadastre/service/ui/static/";

  /** htmx as npm has it, in the jar of its version; the build's pom names that version. */
  private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

  private final Map<String, String> versioned = new LinkedHashMap<>();
  private final Map<String, Asset> files = new LinkedHashMap<>();

  /**
   * A file.
   *
   * @param bytes its content, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Asset(String mediaType, byte[] bytes) {}

  private Assets() {}

  /** Reads the files. */
  public static Assets load() {
    Assets assets = new Assets();
    assets.add("cadastre.css", "text/css;charset=utf-8", OWN + "cadastre.css");
    assets.add("cadastre.js", "text/javascript;charset=utf-8", OWN + "cadastre.js");
    assets.add("icon.svg", "image/svg+xml", OWN + "icon.svg");
    assets.add("htmx.js", "text/javascript;charset=utf-8", HTMX);
    return assets;
  }

  private void add(String name, String mediaType, String resource) {
    byte[] bytes = read(resource);
    int dot = name.lastIndexOf('.');
    String file =
        name.substring(0, dot) + "." + digest(bytes).substring(0, DIGITS) + name.substring(dot);
    versioned.put(name, file);
    files.put(file, new Asset(mediaType, bytes));
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is in no jar of the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The name of a file with its digest.
   *
   * @throws IllegalArgumentException for a name that no file has
   */
  public String versioned(String name) {
    return Optional.ofNullable(versioned.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no file of the pages is " + name));
  }

  /** The file with this name, which has its digest; empty for any other. */
  public Optional<Asset> file(String name) {
    return Optional.ofNullable(files.get(name));
  }
}
