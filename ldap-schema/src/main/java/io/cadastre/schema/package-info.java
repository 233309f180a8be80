/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The LDAP schema: the files that an operator loads into a directory, and the names in them as
 * constants.
 *
 * <p>The files are in this module's directories {@code openldap} and {@code 389ds}, and on the
 * class path below {@code cadastre/schema}. The package opens no connection and reads no file but
 * those of the class path.
 */
package io.cadastre.schema;
