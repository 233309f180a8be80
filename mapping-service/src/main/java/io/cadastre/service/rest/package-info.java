/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The service's HTTP interface: it parses, calls the registry, renders the answer, and holds no
 * rule.
 */
package io.cadastre.service.rest;
