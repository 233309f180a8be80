/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.subid;

/**
 * The exit statuses of {@code cadastre} and {@code cadastre-node}: one table for both, numbered as
 * sysexits(3) numbers them. The guards of a node's sync have further statuses, from 80.
 */
public enum ExitCode {
  /** Done. */
  OK(0, "Done. On a node also: the service is away, and the last good snapshot is still served."),
  /** EX_USAGE. */
  USAGE(64, "The command line is wrong, or names no command."),
  /** EX_DATAERR. */
  DATA_REFUSED(
      65,
      "The registry refused the request; or an audit, check, comparison or import found errors; or"
          + " a file or snapshot is damaged."),
  /** EX_NOINPUT. */
  NO_INPUT(66, "A file cannot be read."),
  /** EX_NOUSER. */
  NO_OWNER(67, "The owner has no range, or the ID has no owner."),
  /** EX_UNAVAILABLE. */
  UNAVAILABLE(69, "The server does not answer, or is no Cadastre service; or a port is taken."),
  /** EX_SOFTWARE. */
  SOFTWARE(70, "A defect of this program."),
  /** EX_OSERR. */
  NO_MEMORY(71, "The heap is too small; see JDK_JAVA_OPTIONS in java(1)."),
  /** EX_CANTCREAT. */
  CANNOT_CREATE(73, "A file cannot be replaced or created."),
  /** EX_IOERR. */
  IO_ERROR(74, "Reading or writing failed."),
  /** EX_TEMPFAIL. */
  TRY_AGAIN(
      75,
      "Try again later: a part is away, a lock is held, another process has the ledger open, or a"
          + " credential is refused. On a node: and there is no last good snapshot."),
  /** EX_CONFIG. */
  CONFIGURATION(
      78, "The configuration, the settings or the file tree are wrong, or there is no ledger."),
  /** None of sysexits.h, which ends at 78. */
  STALE(
      79,
      "On a node: it serves well, but the last contact with the service is older than max-age, or"
          + " unknown.");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number that the process exits with. */
  public int code() {
    return code;
  }

  /** The meaning, for the manuals: sentences. */
  public String meaning() {
    return meaning;
  }
}
