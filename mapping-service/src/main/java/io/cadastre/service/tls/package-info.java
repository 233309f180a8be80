/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * TLS of the two connectors: safe settings, files in PEM, new files without a restart, and the
 * trust in clients' certificates, which each request is held against. It knows no ledger and no
 * resource.
 */
package io.cadastre.service.tls;
