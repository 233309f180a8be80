-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- The tokens, without their secrets. A revoked one stays, so that its use can be told apart.
CREATE TABLE IF NOT EXISTS access_token (
  id               VARCHAR(12) PRIMARY KEY,
  name             VARCHAR(64) NOT NULL,
  hash             VARCHAR(64) NOT NULL,
  role             VARCHAR(20) NOT NULL,
  made_at          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  expires_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  state            VARCHAR(12) NOT NULL,
  pool             VARCHAR(63),
  uids             VARCHAR(21),
  stable_id_prefix VARCHAR(255),
  dn_base          VARCHAR(1000),
  nodes            VARCHAR(255)
);
