/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The ID space as a picture shows it: a window of IDs, split into cells, and what the IDs of each
 * cell are used for. Pure: knows only the vocabulary, and draws nothing.
 */
package io.cadastre.service.idspace;
