/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What the pages show: a record for each template of src/main/jte, and the templates' engine. Only
 * this package imports jte. It reads no ledger and no request.
 */
package io.cadastre.service.ui.page;
