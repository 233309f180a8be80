-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- How many ranges of a pool were allocated on a day (UTC), so that a forecast reads no events. utc_day counts days from 1970-01-01.
CREATE TABLE IF NOT EXISTS grant_day (
  pool    VARCHAR(63) NOT NULL,
  utc_day BIGINT NOT NULL,
  grants  BIGINT NOT NULL,
  PRIMARY KEY (pool, utc_day)
);
DELETE FROM grant_day;
INSERT INTO grant_day (pool, utc_day, grants)
  SELECT a.pool, CAST(FLOOR(EXTRACT(EPOCH FROM e.at) / 86400) AS BIGINT), COUNT(*)
  FROM event e JOIN allocation a ON a.id = e.allocation_id
  WHERE e.kind = 'allocate' AND a.pool IS NOT NULL
  GROUP BY a.pool, CAST(FLOOR(EXTRACT(EPOCH FROM e.at) / 86400) AS BIGINT);
