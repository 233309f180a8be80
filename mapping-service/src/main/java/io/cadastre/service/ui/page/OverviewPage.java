/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.page;

import java.util.List;

/** The first page. */
public record OverviewPage(Frame frame, List<PoolBar> pools) {}
