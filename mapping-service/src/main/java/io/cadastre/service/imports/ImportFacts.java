/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.imports;

import io.cadastre.subid.Allocation;
import io.cadastre.subid.IdRange;
import io.cadastre.subid.IdType;
import io.cadastre.subid.Owner;
import io.cadastre.subid.OwnerName;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The facts that files of nodes are judged by.
 *
 * @param owners the account that an owner field, a name or a uid, denotes
 * @param realIds whether an account or group has an ID in a range
 * @param formerIds whether an account or group recently had an ID in a range
 * @param foreign the DN of a directory entry that the ledger does not know and that shares an ID
 *     with a range
 * @param overlapping the allocation in the ledger that shares an ID with a range
 * @param counting the allocation of an owner in the ledger
 * @param namesake the allocation of another owner that has, or last had, the name or the uid
 * @param reserved whether a name gets no new range
 * @param allowAbove2Gi whether the site has opted into IDs of 2^31 and above
 */
public record ImportFacts(
    Function<String, Optional<Owner>> owners,
    Predicate<IdRange> realIds,
    Predicate<IdRange> formerIds,
    BiFunction<IdType, IdRange, Optional<String>> foreign,
    BiFunction<IdType, IdRange, Optional<Allocation>> overlapping,
    Function<Owner, Optional<Allocation>> counting,
    Function<Owner, Optional<Allocation>> namesake,
    Predicate<OwnerName> reserved,
    boolean allowAbove2Gi) {}
