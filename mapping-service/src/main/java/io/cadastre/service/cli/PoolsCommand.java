/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.cadastre.service.cli;

import io.cadastre.service.api.Paths;
import io.cadastre.service.api.PoolJson;
import io.cadastre.service.api.PoolsJson;
import io.cadastre.service.cli.ServiceCommand.Action;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code pools [--json]}: a line for each pool. */
final class PoolsCommand implements Action {
  @Override
  public void arguments(Subparser parser) {
    JsonOption.add(parser, "print the pools as JSON");
  }

  @Override
  public void run(Namespace arguments, ServiceClient service) {
    PoolsJson pools = service.get(Paths.POOLS, PoolsJson.class);
    if (JsonOption.isGiven(arguments)) {
      Output.exact(JsonForm.pretty(pools));
    } else {
      pools.pools().forEach(pool -> Output.line(line(pool)));
    }
  }

  /** {@code default: 65536 IDs each, 13397 slots: 5 used, 0 retired, 1 blocked, 13391 free}. */
  private static String line(PoolJson pool) {
    return "%s: %d IDs each, %d slots: %d used, %d retired, %d blocked, %d free%s"
        .formatted(
            pool.name(),
            pool.count(),
            pool.size(),
            pool.used(),
            pool.retired(),
            pool.blocked(),
            pool.free(),
            pool.fullOn().map(day -> "; full on " + day).orElse(""));
  }
}
