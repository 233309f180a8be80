/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The JSON of the interface: one record for each shape, which the service and the command line both
 * read and write, and the paths. The records convert from and to the types of {@code registry} and
 * hold no rule but that of their own form.
 */
package io.cadastre.service.api;
