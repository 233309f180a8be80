/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.AcceptedClaims;
import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import io.cadastre.subid.Pool;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * The facts that files of nodes are judged by.
 *
 * @param accounts every account that an owner field, a name or a uid, denotes, each once
 * @param realIds the ID and the account or group that has it in a range, such as {@code uid 1001 of
 *     uid=zoe,dc=x}
 * @param formerIds the ID, such as {@code uid 1001}, that an account or group recently had in a
 *     range
 * @param gids whether an account or group has this gid
 * @param foreign the source of a range that the ledger does not own and that shares an ID with a
 *     range: the DN of an entry, or a local row
 * @param blocked whether a local row, blocked by an earlier import, has every ID of a range
 * @param overlapping the allocation in the ledger that shares an ID with a range
 * @param counting the allocation of an owner in the ledger
 * @param namesake the allocation of another owner that has, or last had, the name or the uid
 * @param reserved whether a name gets no new range
 * @param accepted the claims of other programs that the site accepts
 * @param pools the recorded pools
 * @param block whether the slots of local rows are to be blocked
 */
public record ImportFacts(
    Function<String, List<FieldAccount>> accounts,
    Function<IdRange, Optional<String>> realIds,
    Function<IdRange, Optional<String>> formerIds,
    LongPredicate gids,
    BiFunction<IdType, IdRange, Optional<String>> foreign,
    BiPredicate<IdType, IdRange> blocked,
    BiFunction<IdType, IdRange, Optional<Allocation>> overlapping,
    Function<Owner, Optional<Allocation>> counting,
    Function<Owner, Optional<Allocation>> namesake,
    Predicate<OwnerName> reserved,
    AcceptedClaims accepted,
    List<Pool> pools,
    boolean block) {
  /** Copies the list. */
  public ImportFacts {
    pools = List.copyOf(pools);
  }
}
