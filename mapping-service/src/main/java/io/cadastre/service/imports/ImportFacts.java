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
 * What is known beside the files.
 *
 * @param owners the account that an owner field, a name or a uid, stands for
 * @param realIds whether a range holds the uid or gid of an account or group
 * @param formerIds whether a range holds an ID that was an account's or group's until lately
 * @param foreign the DN of an entry of the directory that the ledger does not know and whose range
 *     shares an ID with this one
 * @param overlapping the allocation of the ledger that shares an ID with a range
 * @param counting the allocation that an owner has in the ledger
 * @param namesake the allocation of another owner who has, or had last, his name or his uid
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
