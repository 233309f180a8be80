-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- The last report about each node. No facts of the registry: no event has them.
CREATE TABLE IF NOT EXISTS node_report (
  node          VARCHAR(253) PRIMARY KEY,
  ledger        UUID NOT NULL,
  serial        BIGINT NOT NULL,
  digest        VARCHAR(64) NOT NULL,
  head_number   BIGINT,
  head_hash     VARCHAR(64),
  applied_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  received_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  mode          VARCHAR(10) NOT NULL,
  held          BIGINT NOT NULL,
  finding_count BIGINT,
  findings      VARCHAR(4000),
  version       VARCHAR(40) NOT NULL,
  verified      BOOLEAN NOT NULL,
  credential    VARCHAR(255) NOT NULL
);
