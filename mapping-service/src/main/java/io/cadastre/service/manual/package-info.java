/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Generates the manual pages and the bash completion of {@code cadastre} from its parsers (decision
 * 0027). Only the build runs it, and no command uses the package.
 */
package io.cadastre.service.manual;
