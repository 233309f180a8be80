/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The JSON of the interface: one record for each shape, which the service and the command line both
 * read and write, and the paths. The records convert from and to the types of other packages and
 * check their own form. Two exceptions: {@code StatusCodes} chooses the status of every refusal,
 * and {@code StorageConfJson} applies the rules of storage-conf. No record opens a file, a
 * connection or the ledger.
 */
package io.cadastre.service.api;
