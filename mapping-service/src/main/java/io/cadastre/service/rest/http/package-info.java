/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The common parts of HTTP: IDs of requests, limits, parameters, failures as problem documents,
 * headers, content codings and entity tags. Knows resources by their paths only, to bound them.
 */
package io.cadastre.service.rest.http;
