-- The peer's tables: the content of our register, its five rules, two indexes beside the key.
DROP TABLE IF EXISTS {t}, {t}_history, {t}_summary CASCADE;

CREATE TABLE IF NOT EXISTS ancestor (
    place    integer NOT NULL,
    ancestor integer NOT NULL,
    PRIMARY KEY (place, ancestor)
);
INSERT INTO ancestor
SELECT place, ancestor FROM generate_series({first}, {last}) AS place, LATERAL (VALUES (place), (2), (1)) AS a (ancestor)
ON CONFLICT DO NOTHING;

CREATE TABLE {t} (
    code        text          NOT NULL,
    since       date          NOT NULL,
    until       date,
    place       integer       NOT NULL,
    sheet       integer       NOT NULL,
    number      integer       NOT NULL,
    land_use    text,
    area        numeric(12,1),
    grp         text          NOT NULL,
    match       text          NOT NULL,
    owner_name  text,
    owner_birth date,
    PRIMARY KEY (code, since),
    CHECK (until > since),
    CHECK (area > 0),
    CHECK (grp <> '1' OR match IN ('matched', 'not_checked')),
    CHECK (sheet > 0 AND number > 0),
    CHECK (grp = 'unreviewed' OR land_use IS NOT NULL)
);
CREATE INDEX ON {t} (place);
CREATE INDEX ON {t} (grp);

-- Every version that was ever written, with when and by which transaction.
CREATE TABLE {t}_history (
    id bigserial   PRIMARY KEY,
    op text        NOT NULL,
    at timestamptz NOT NULL,
    tx bigint      NOT NULL,
    LIKE {t}
);

-- Sums of five measures by day × group × commune with its ancestors.
CREATE TABLE {t}_summary (
    place       integer NOT NULL,
    grp         text    NOT NULL,
    day         date    NOT NULL,
    parcels     bigint  NOT NULL,
    area        numeric NOT NULL,
    clean       bigint  NOT NULL,
    matched     bigint  NOT NULL,
    residential bigint  NOT NULL,
    PRIMARY KEY (place, grp, day)
);

CREATE OR REPLACE FUNCTION {t}_row_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {t}_history SELECT nextval('{t}_history_id_seq'), TG_OP, now(), txid_current(), NEW.*;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION {t}_statement_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {t}_history
    SELECT nextval('{t}_history_id_seq'), TG_OP, now(), txid_current(), added.* FROM added;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION {t}_sum_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {t}_summary
    SELECT a.ancestor, e.grp, e.day, SUM(sign), SUM(sign * COALESCE(area, 0)),
        COALESCE(SUM(sign) FILTER (WHERE grp = '1' AND match = 'matched'), 0),
        COALESCE(SUM(sign) FILTER (WHERE match = 'matched'), 0),
        COALESCE(SUM(sign) FILTER (WHERE land_use = 'ONT'), 0)
    FROM (
        SELECT 1 AS sign, since AS day, added.* FROM added
        UNION ALL SELECT -1, until, added.* FROM added WHERE until IS NOT NULL
    ) AS e JOIN ancestor AS a ON a.place = e.place
    GROUP BY a.ancestor, e.grp, e.day
    ON CONFLICT (place, grp, day) DO UPDATE SET
        parcels = {t}_summary.parcels + excluded.parcels, area = {t}_summary.area + excluded.area,
        clean = {t}_summary.clean + excluded.clean, matched = {t}_summary.matched + excluded.matched,
        residential = {t}_summary.residential + excluded.residential;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION {t}_sum_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {t}_summary
    SELECT a.ancestor, e.grp, e.day, SUM(sign), SUM(sign * COALESCE(area, 0)),
        COALESCE(SUM(sign) FILTER (WHERE grp = '1' AND match = 'matched'), 0),
        COALESCE(SUM(sign) FILTER (WHERE match = 'matched'), 0),
        COALESCE(SUM(sign) FILTER (WHERE land_use = 'ONT'), 0)
    FROM (
        SELECT 1 AS sign, since AS day, added.* FROM added
        UNION ALL SELECT -1, until, added.* FROM added WHERE until IS NOT NULL
        UNION ALL SELECT -1, since, gone.* FROM gone
        UNION ALL SELECT 1, until, gone.* FROM gone WHERE until IS NOT NULL
    ) AS e JOIN ancestor AS a ON a.place = e.place
    GROUP BY a.ancestor, e.grp, e.day
    ON CONFLICT (place, grp, day) DO UPDATE SET
        parcels = {t}_summary.parcels + excluded.parcels, area = {t}_summary.area + excluded.area,
        clean = {t}_summary.clean + excluded.clean, matched = {t}_summary.matched + excluded.matched,
        residential = {t}_summary.residential + excluded.residential;
    RETURN NULL;
END $$;
