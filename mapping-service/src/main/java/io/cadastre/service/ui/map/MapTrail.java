/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.ui.map;

import io.cadastre.service.idspace.IdWindow;
import io.cadastre.subid.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way from the whole ID space to a window: each window around it, the largest first. Immutable.
 *
 * @param steps the windows; the last one is the page's own
 */
public record MapTrail(List<Step> steps) {
  /** Copies the list. */
  public MapTrail {
    steps = List.copyOf(steps);
  }

  /**
   * A window on the way.
   *
   * @param text its name
   * @param href its address; empty for the page's own
   */
  public record Step(String text, Optional<String> href) {}

  /** The way to the window of these links. */
  public static MapTrail of(MapLinks links) {
    IdWindow window = links.window();
    List<Step> steps = new ArrayList<>();
    if (window.pool().isPresent()) {
      steps.add(new Step("ID space", Optional.of(links.space())));
    }
    for (int zoom = 0; zoom < window.zoom(); zoom++) {
      steps.add(new Step(name(around(window, zoom)), Optional.of(links.zoom(zoom))));
    }
    steps.add(new Step(name(window), Optional.empty()));
    return new MapTrail(steps);
  }

  private static IdWindow around(IdWindow window, int zoom) {
    return window
        .pool()
        .map(pool -> IdWindow.ofPool(pool, zoom, window.first()))
        .orElseGet(() -> IdWindow.ofSpace(zoom, window.first()));
  }

  /** Returns the name of a window. */
  public static String name(IdWindow window) {
    if (window.zoom() == 0) {
      return window.pool().map(Pool::name).map(name -> "pool " + name).orElse("ID space");
    }
    return window.first() + "-" + window.last();
  }
}
