/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The pictures of the pages: the map of the ID space and the chart of growth, as geometry and as
 * tables of the same. The templates write them as SVG and HTML.
 *
 * <p>Pure: contains no markup, and asks nothing. All text of it is plain, and the templates escape
 * it.
 */
package io.cadastre.service.ui.map;
