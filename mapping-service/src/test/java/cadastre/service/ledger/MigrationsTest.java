/*
 * SPDX-FileCopyrightText: The Cadastre authors
 * SPDX-License-Identifier: Apache-2.0
 */
package cadastre.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class MigrationsTest {
  @Test
  void pooledConnectionIsHandedBackOutsideOfAnyTransaction() throws Exception {
    DataSourceFactory settings = new DataSourceFactory();
    settings.setDriverClass("org.h2.Driver");
    settings.setUrl("jdbc:h2:mem:migrated;DB_CLOSE_DELAY=-1");
    settings.setUser("sa");
    settings.setInitialSize(1);
    settings.setMaxSize(1);
    settings.setMinSize(1);
    ManagedDataSource pool = settings.build(new MetricRegistry(), "ledger");
    pool.start();
    try {
      Migrations.run(pool);
      try (Connection connection = pool.getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
      }
    } finally {
      pool.stop();
    }
  }
}
