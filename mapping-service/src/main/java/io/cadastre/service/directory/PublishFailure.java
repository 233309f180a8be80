/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.directory;

/**
 * The reason why the entries of an owner do not equal the ledger.
 *
 * @param stableId the owner
 * @param reason the answer of the directory; the name of its result code first, if it has one
 * @param isDirectoryWide whether the reason is the directory's own: it accepted no write at all, or
 *     is not willing to write now
 */
public record PublishFailure(String stableId, String reason, boolean isDirectoryWide) {}
