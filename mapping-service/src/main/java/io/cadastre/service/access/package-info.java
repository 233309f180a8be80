/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Who may call what: roles, principals and their bounds, and the table of the interface. Pure: it
 * knows no servlet, no database and no configuration.
 */
package io.cadastre.service.access;
