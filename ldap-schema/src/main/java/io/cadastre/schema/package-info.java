/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The LDAP schema: the files that an operator loads into a directory, and the names in them as
 * constants.
 *
 * <p>The files lie in this module's {@code openldap} and {@code 389ds} directories and, under the
 * same names, beside these classes on the class path. The package opens no connection.
 */
package io.cadastre.schema;
