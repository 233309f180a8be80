/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The figures of the service for Prometheus, on the admin connector. The package asks {@code
 * registry} and Dropwizard's registries, and imports no ledger and no directory.
 */
package io.cadastre.service.rest.metrics;
