/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.registry;

import io.cadastre.service.failure.RefusalCode;
import io.cadastre.service.failure.Refused;
import io.cadastre.subid.Allocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a change does to an allocation, as a dry run has found it.
 *
 * @param before the allocation before the change
 * @param after the allocation that counts after it
 */
public record PlannedChange(Allocation before, Allocation after) {

  /**
   * A text that is the same for the same change of the same state. The id of a new allocation is
   * not in it: each dry run draws another.
   */
  public String fingerprint() {
    String text =
        String.join(
            "\n",
            before.id().toString(),
            before.owner().toString(),
            before.state().word(),
            Long.toString(before.revision()),
            after.owner().toString(),
            after.state().word(),
            after.pool().toString(),
            after.uidRange().toString(),
            after.gidRange().toString());
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** How a change is to be made. */
  public sealed interface Mode {
    /** Whether nothing is kept. */
    default boolean isDryRun() {
      return false;
    }

    /**
     * Called in the transaction, before anything is kept.
     *
     * @throws Refused if the change is not the expected one
     */
    default void check(PlannedChange change) {}
  }

  /** A dry run. */
  public record DryRunOnly() implements Mode {
    @Override
    public boolean isDryRun() {
      return true;
    }
  }

  /** For good, whatever the change turns out to be. */
  public record AsItIs() implements Mode {}

  /**
   * For good, if it is still the change that was shown.
   *
   * @param fingerprint that of the change that was shown
   */
  public record AsShown(String fingerprint) implements Mode {
    /** Checks the field. */
    public AsShown {
      Objects.requireNonNull(fingerprint);
    }

    @Override
    public void check(PlannedChange change) {
      if (!change.fingerprint().equals(fingerprint)) {
        throw new Refused(
            RefusalCode.WRONG_STATE,
            "the registry has changed since the change was shown, so it would now do something"
                + " else; nothing was done");
      }
    }
  }

  /**
   * As another mode says, if the change is one of the owner who is meant: a name can mean another.
   *
   * @param stableId that owner's, as the ledger writes it or without the prefix
   */
  public record OfOwner(String stableId, Mode mode) implements Mode {
    @Override
    public boolean isDryRun() {
      return mode.isDryRun();
    }

    @Override
    public void check(PlannedChange change) {
      String found = change.before().owner().stableId();
      if (!Retirement.isMeant(found, stableId)) {
        throw new Refused(
            RefusalCode.WRONG_STATE,
            "the name %s means the owner with the stable ID %s, and not the one with %s; nothing was done"
                .formatted(change.before().owner().name(), found, stableId));
      }
      mode.check(change);
    }
  }

  /** The mode of a request that says only whether it is a dry run. */
  public static Mode mode(boolean dryRun) {
    return dryRun ? new DryRunOnly() : new AsItIs();
  }
}
