/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.access;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A subject alternative name of a certificate (RFC 5280, 4.2.1.6). The subject's own name (CN) is
 * none: it has no type, and CAs check it least.
 *
 * @param kind its type
 * @param value its text; a host name in lower case
 */
public record SubjectName(Kind kind, String value) {
  private static final int LONGEST = 255;

  /** The types that a rule may name. */
  public enum Kind {
    /** An e-mail address. */
    EMAIL(1, '@', Pattern.compile("[!-~&&[^*@]]+@[A-Za-z0-9.-]+")),
    /** A host name. */
    DNS(2, '.', Pattern.compile("[a-z0-9._-]+")),
    /** A URI, for instance of SPIFFE. */
    URI(6, '/', Pattern.compile("[!-~&&[^*]]+"));

    private final int tag;
    private final char separator;
    private final Pattern form;

    Kind(int tag, char separator, Pattern form) {
      this.tag = tag;
      this.separator = separator;
      this.form = form;
    }

    /** Returns the type as the configuration writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what ends a label of a name of this type. */
    char separator() {
      return separator;
    }

    private String canonical(String text) {
      return this == DNS ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** Returns whether a text is a name of this type without a wildcard. */
    boolean isName(String text) {
      return text.length() <= LONGEST && form.matcher(canonical(text)).matches();
    }
  }

  /**
   * Returns the names of a certificate that a rule can match, in their order. Names of other forms
   * are left out: those with a wildcard, since a rule would take it for a pattern, and those with
   * characters that an event's actor or a log should not have.
   */
  public static List<SubjectName> of(X509Certificate certificate) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return List.of();
    }
    List<SubjectName> known = new ArrayList<>();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      for (Kind kind : Kind.values()) {
        if (name.get(0).equals(kind.tag)
            && name.get(1) instanceof String text
            && kind.isName(text)) {
          known.add(new SubjectName(kind, kind.canonical(text)));
        }
      }
    }
    return known;
  }

  /** Returns the type and the name. */
  @Override
  public String toString() {
    return kind.word() + ":" + value;
  }
}
