/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

/** A body without fields: <code>{}</code>. */
public record NothingJson() {}
