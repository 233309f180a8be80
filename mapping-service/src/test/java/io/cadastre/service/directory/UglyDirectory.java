/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.controls.ManageDsaITRequestControl;
import com.unboundid.ldif.LDIFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The entries of {@code ugly.ldif}: accounts as real directories have them, each with the outcome
 * that the comment before it says.
 */
public final class UglyDirectory {
  /** An owner that was recorded with it keeps the range, so that a read does not refuse it. */
  static final long UID_REFUSED_AT_ADMISSION = 65535;

  private static final String EXPECT = "# expect: ";

  private UglyDirectory() {}

  /** What a whole read and a request for a range answer. */
  public enum Outcome {
    /** The account owns a range under its login name. */
    OWNER,
    /** The account is there and cannot own one. */
    REFUSED,
    /** No node has an account by this entry. */
    NO_ACCOUNT
  }

  /**
   * One entry.
   *
   * @param entry as in the file
   * @param outcome what its comment expects
   * @param comment the comment
   */
  public record Case(Entry entry, Outcome outcome, String comment) {
    /** The DN. */
    public String dn() {
      return entry.getDN();
    }

    /** The values of uid. */
    public List<String> names() {
      return entry.hasAttribute("uid") ? List.of(entry.getAttributeValues("uid")) : List.of();
    }

    /** Whether a read takes it, and only a request for a range does not. */
    public boolean isRefusedAtAdmissionOnly() {
      return Long.toString(UID_REFUSED_AT_ADMISSION).equals(entry.getAttributeValue("uidNumber"));
    }

    /** The login name of an owner: the only value, or the one that the comment names. */
    public String login() {
      return names().size() == 1 ? names().get(0) : comment.split("[ ;:]+", 3)[1];
    }

    @Override
    public String toString() {
      return dn() + " (" + comment + ")";
    }
  }

  /** Returns the accounts and what is beside them, in the order of the file. */
  public static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String block : blocks()) {
      comment(block).ifPresent(c -> cases.add(new Case(entry(block).orElseThrow(), outcome(c), c)));
    }
    return cases;
  }

  /**
   * Adds all entries, containers included.
   *
   * @return the DNs of the accounts that the server itself refuses
   */
  static List<String> load(TestTree.Root root) {
    return TestTree.as(
        root,
        connection -> {
          List<String> refused = new ArrayList<>();
          for (String block : blocks()) {
            Optional<Entry> entry = entry(block);
            if (entry.isPresent() && !add(connection, entry.get())) {
              refused.add(entry.get().getDN());
            }
          }
          return refused;
        });
  }

  /** Adds all entries to a slapd; returns the DNs that it refuses. */
  public static List<String> load(Slapd slapd) {
    return load(slapd::root);
  }

  private static boolean add(LDAPConnection connection, Entry entry) throws LDAPException {
    AddRequest request = new AddRequest(entry);
    request.addControl(new ManageDsaITRequestControl(true));
    try {
      connection.add(request);
      return true;
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.ENTRY_ALREADY_EXISTS)
          && !entry.hasObjectClass("posixAccount")) {
        return true;
      }
      if (e.getResultCode().equals(ResultCode.OBJECT_CLASS_VIOLATION)
          || e.getResultCode().equals(ResultCode.INVALID_ATTRIBUTE_SYNTAX)) {
        return false;
      }
      throw e;
    }
  }

  private static Outcome outcome(String comment) {
    if (comment.startsWith("owner ")) {
      return Outcome.OWNER;
    }
    return comment.startsWith("refused") ? Outcome.REFUSED : Outcome.NO_ACCOUNT;
  }

  private static List<String> blocks() {
    try (InputStream in = UglyDirectory.class.getResourceAsStream("ugly.ldif")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.split("\n\n+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> comment(String block) {
    return block
        .lines()
        .filter(line -> line.startsWith(EXPECT))
        .map(line -> line.substring(EXPECT.length()))
        .findFirst();
  }

  private static Optional<Entry> entry(String block) {
    String[] lines = block.lines().filter(line -> !line.startsWith("#")).toArray(String[]::new);
    try {
      return lines.length == 0 ? Optional.empty() : Optional.of(new Entry(lines));
    } catch (LDIFException e) {
      throw new AssertionError(block, e);
    }
  }
}
