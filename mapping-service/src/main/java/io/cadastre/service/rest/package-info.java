/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The service's HTTP interface. A resource parses, calls {@code registry} and renders the answer;
 * it holds no rule and reaches neither the ledger nor the directory.
 */
package io.cadastre.service.rest;
