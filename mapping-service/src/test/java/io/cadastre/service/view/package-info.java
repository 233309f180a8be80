/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Holds the view in memory against the database. */
package io.cadastre.service.view;
