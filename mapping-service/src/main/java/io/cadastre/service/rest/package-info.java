/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The service's HTTP interface. A resource parses the request, calls {@code registry} and renders
 * the answer. The rules here are those of the interface: the bounds and combinations of parameters,
 * and when changes are too many to list (410). {@code StorageConfResource} calls the rules of
 * storage-conf, which need no registry. The package does not import ledger, directory, imports or
 * lustre; a test over import lines checks that.
 */
package io.cadastre.service.rest;
