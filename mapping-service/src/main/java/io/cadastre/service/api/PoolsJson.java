/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.List;

/** All pools, the default first. */
public record PoolsJson(List<PoolJson> pools) {}
