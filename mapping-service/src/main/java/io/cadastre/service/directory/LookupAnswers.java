/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

import io.cadastre.service.directory.LookupResult.Account;
import io.cadastre.service.directory.LookupResult.NoAccount;
import io.cadastre.service.directory.LookupResult.RefusedAccount;
import io.cadastre.subid.Finding;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Severity;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Answers for single names from the accounts that a search found. A server compares names without
 * case, outer spaces and often normal form, a node byte for byte (subuid(5)): an account that only
 * the server takes for the name is no answer, but it is named. Immutable.
 */
final class LookupAnswers {
  private final List<FoundAccount> found;
  private final AccountIndexBuilder judged;
  private final Set<String> entitled;

  /**
   * Answers from these accounts.
   *
   * @param judged holds them, and those that share a uidNumber or stable id with them
   * @param entitled the stable ids of the entitled ones
   */
  LookupAnswers(List<FoundAccount> found, AccountIndexBuilder judged, Set<String> entitled) {
    this.found = found;
    this.judged = judged;
    this.entitled = entitled;
  }

  LookupResult of(OwnerName name) {
    return owner(name)
        .or(() -> refused(name))
        .or(() -> anotherValue(name))
        .orElseGet(() -> new NoAccount(withoutUid(name).or(() -> spelledAlike(name))));
  }

  private Optional<LookupResult> owner(OwnerName name) {
    return found.stream()
        .map(FoundAccount::row)
        .filter(row -> row.owner().filter(o -> o.name().equals(name)).isPresent())
        .findFirst()
        .map(
            row ->
                new Account(
                    row.owner().orElseThrow(),
                    row.formerStableId(),
                    row.stableId().filter(entitled::contains).isPresent(),
                    judged.isAmbiguous(row)));
  }

  /** An account with this name that is refused, for instance since its name ends with a space. */
  private Optional<LookupResult> refused(OwnerName name) {
    return found.stream()
        .filter(f -> f.row().names().contains(name) || hasPadded(f, name))
        .flatMap(f -> f.row().refusal().stream())
        .findFirst()
        .map(RefusedAccount::new);
  }

  private static boolean hasPadded(FoundAccount account, OwnerName name) {
    return account.row().texts().stream().map(String::strip).anyMatch(name.value()::equals);
  }

  /** An account that has this name beside its login name. */
  private Optional<LookupResult> anotherValue(OwnerName name) {
    return found.stream()
        .map(FoundAccount::row)
        .filter(row -> row.names().contains(name))
        .flatMap(row -> row.owner().stream())
        .findFirst()
        .map(
            owner ->
                new RefusedAccount(
                    new Finding(
                        "account-refused",
                        Severity.WARNING,
                        name.value(),
                        "%s cannot own a range: it is another value of the account %s, and the login name of that account is %s"
                            .formatted(name, DnText.of(owner.dn().orElse("")), owner.name()),
                        "ask for " + owner.name())));
  }

  private Optional<String> withoutUid(OwnerName name) {
    return found.stream()
        .map(FoundAccount::row)
        .filter(row -> !row.isAccount() && row.names().contains(name))
        .findFirst()
        .map(row -> "the entry %s has no uidNumber".formatted(DnText.of(row.dn())));
  }

  private Optional<String> spelledAlike(OwnerName name) {
    return found.stream()
        .flatMap(f -> f.row().texts().stream())
        .filter(value -> folded(value).equals(folded(name.value())))
        .findFirst()
        .map(
            value ->
                "there is %s%s; names count byte for byte"
                    .formatted(DnText.of(value), inAnotherNormalForm(value, name.value())));
  }

  private static String folded(String value) {
    return Normalizer.normalize(value.strip(), Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
  }

  /** The two look alike in print, so the forms of Unicode are named. */
  private static String inAnotherNormalForm(String value, String asked) {
    boolean sameText =
        Normalizer.normalize(value, Normalizer.Form.NFC)
            .equals(Normalizer.normalize(asked, Normalizer.Form.NFC));
    return sameText ? " in Unicode's form %s, not %s".formatted(form(value), form(asked)) : "";
  }

  private static String form(String text) {
    if (Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      return "NFC";
    }
    return Normalizer.isNormalized(text, Normalizer.Form.NFD) ? "NFD" : "neither NFC nor NFD";
  }
}
