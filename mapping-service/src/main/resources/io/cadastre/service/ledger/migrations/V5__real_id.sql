-- SPDX-FileCopyrightText: The Cadastre authors
-- SPDX-License-Identifier: Apache-2.0

-- The uids (subuid) and gids (subgid) that reads of the directory have shown. gone_since is when a read first lacked one that was there before.
CREATE TABLE IF NOT EXISTS real_id (
  id_type    VARCHAR(6) NOT NULL,
  id         BIGINT NOT NULL,
  gone_since TIMESTAMP(6) WITH TIME ZONE,
  PRIMARY KEY (id_type, id)
);
