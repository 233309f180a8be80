/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The files that somebody names to the service or to its commands: passwords, certificates, copies
 * from nodes, exports. Opened nowhere else; a test over import lines holds that.
 */
package io.cadastre.service.file;
