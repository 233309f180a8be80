/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What HTTP asks of every request alike: ids, limits, failures as problem documents, headers,
 * content codings and entity tags. Knows no resource.
 */
package io.cadastre.service.rest.http;
