/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Opens the files that a configuration or a command line names: passwords, certificates, copies
 * from nodes, exports. No other package opens them, except the LDIF files of the embedded
 * directory; the LDAP library opens the certificates after {@code GivenFile} has bounded their
 * size. A test over import lines checks that.
 */
package io.cadastre.service.file;
