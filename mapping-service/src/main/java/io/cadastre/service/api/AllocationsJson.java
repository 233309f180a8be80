/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.api;

import java.util.List;
import java.util.Optional;

/**
 * A page of the listing.
 *
 * @param next the cursor of the next page; absent on the last
 */
public record AllocationsJson(List<HoldingJson> allocations, Optional<String> next) {}
