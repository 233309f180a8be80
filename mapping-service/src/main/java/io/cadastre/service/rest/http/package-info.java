/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What all requests have in common in HTTP: IDs, limits, parameters, failures as problem documents,
 * headers, content codings and entity tags. Knows no resource.
 */
package io.cadastre.service.rest.http;
