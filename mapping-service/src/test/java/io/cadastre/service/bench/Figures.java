/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.bench;

import java.util.List;

/** Prints figures as bin/bench promises: name, value and unit, separated by tabs. */
final class Figures {
  private Figures() {}

  static void figure(String name, double value, String unit) {
    System.out.printf("%s\t%.3f\t%s%n", name, value, unit);
  }

  static void aim(String text, boolean met) {
    System.out.printf("aim\t%s\t%s%n", text, met ? "met" : "NOT MET");
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
