-- Tables that every instance has. Register tables (r_…) are made from their schemas; see ddl.rs.
-- Ledger state: entry, entry_text, row_leaf, personal, redaction, checkpoint, evidence, evidence_key, evidence_use
--   and the r_… tables.
-- Derived state (rebuilt from the ledger, compared by verify): tree_node, register_span, place_ancestor, row_flag,
--   schema_version, measure, cell, cell_month, cell_delta, cell_delta_sum, search_document, search_index,
--   personal_find.
-- Operational state (no figure reads it): idempotency, import_job, column_map, job, writing, access, saved_check,
--   saved_check_key, credential, session, device, failure, factor, factor_recovery.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    seq         INTEGER PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    actor       TEXT    NOT NULL,
    leaf_count  INTEGER NOT NULL,
    bytes       BLOB    NOT NULL
) STRICT;
CREATE INDEX entry_recorded_at ON entry (recorded_at, seq);

-- kind: 1 source, 2 reason, 3 idempotency key, 4 request. Erasable; the entry holds only salted hashes.
CREATE TABLE entry_text (
    seq  INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    salt BLOB    NOT NULL,
    text TEXT    NOT NULL,
    PRIMARY KEY (seq, kind)
) STRICT, WITHOUT ROWID;

-- Hashes of complete subtrees of the log: level 0 is the leaf hash of entry idx + 1.
CREATE TABLE tree_node (
    level INTEGER NOT NULL,
    idx   INTEGER NOT NULL,
    hash  BLOB    NOT NULL,
    PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;

-- act: 1 open, 2 close, 3 erase. field is 0 but for erase.
CREATE TABLE row_leaf (
    seq      INTEGER NOT NULL,
    idx      INTEGER NOT NULL,
    register INTEGER NOT NULL,
    act      INTEGER NOT NULL,
    vid      INTEGER NOT NULL,
    field    INTEGER NOT NULL,
    nonce    BLOB,
    hash     BLOB    NOT NULL,
    PRIMARY KEY (seq, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE register (
    no          INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    visible_seq INTEGER
) STRICT;

-- Which version numbers a commit opened in a register: they are contiguous.
CREATE TABLE register_span (
    register INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    vid_from INTEGER NOT NULL,
    vid_to   INTEGER NOT NULL,
    PRIMARY KEY (register, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE schema_version (
    no       INTEGER PRIMARY KEY,
    register INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    hash     BLOB    NOT NULL,
    text     TEXT    NOT NULL,
    UNIQUE (register, hash)
) STRICT;

-- Values about persons, with the salts of their commitments. Erasure deletes the row.
CREATE TABLE personal (
    register INTEGER NOT NULL,
    vid      INTEGER NOT NULL,
    field    INTEGER NOT NULL,
    salt     BLOB    NOT NULL,
    value    BLOB    NOT NULL,
    PRIMARY KEY (register, vid, field)
) STRICT, WITHOUT ROWID;

-- By which terms a version is found by a personal value: derived from table personal under the key in keys/.
CREATE TABLE personal_find (
    register INTEGER NOT NULL,
    field    INTEGER NOT NULL,
    term     BLOB    NOT NULL,
    vid      INTEGER NOT NULL,
    PRIMARY KEY (register, field, term, vid)
) STRICT, WITHOUT ROWID;

CREATE TABLE redaction (
    register INTEGER NOT NULL,
    vid      INTEGER NOT NULL,
    field    INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    PRIMARY KEY (register, vid, field)
) STRICT, WITHOUT ROWID;

-- Files that imports were read from, by the hash of what was sent. Each is sealed under the key in evidence_key;
-- erasure deletes that row. A file that is sent again after its key went is kept anew, under the next ordinal.
CREATE TABLE evidence (
    no      INTEGER PRIMARY KEY,
    hash    BLOB    NOT NULL,
    ordinal INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    UNIQUE (hash, ordinal)
) STRICT;
CREATE TABLE evidence_key (
    no  INTEGER PRIMARY KEY,
    key BLOB    NOT NULL
) STRICT;

-- Which commit was read from which file, and the list of the records that it spoke of.
CREATE TABLE evidence_use (
    seq      INTEGER PRIMARY KEY,
    evidence INTEGER NOT NULL,
    register INTEGER NOT NULL,
    list     BLOB    NOT NULL
) STRICT;
CREATE INDEX evidence_use_evidence ON evidence_use (evidence, seq);

-- Rules that a kept version breaks: warnings, and those explained by a document.
CREATE TABLE row_flag (
    register INTEGER NOT NULL,
    vid      INTEGER NOT NULL,
    rule     TEXT    NOT NULL,
    PRIMARY KEY (register, vid, rule)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
    size INTEGER PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;

-- One row while a transaction writes: the entry it is about to make. Triggers look here.
CREATE TABLE writing (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    seq  INTEGER NOT NULL
) STRICT;

CREATE TABLE place_ancestor (
    place    INTEGER NOT NULL,
    ancestor INTEGER NOT NULL,
    PRIMARY KEY (place, ancestor)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_ancestor_down ON place_ancestor (ancestor, place);

CREATE TABLE measure (
    no       INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL,
    register INTEGER NOT NULL,
    hash     BLOB    NOT NULL UNIQUE,
    text     TEXT    NOT NULL,
    built_at INTEGER
) STRICT;

-- set_no 0 is the uncut total; n is the number of records behind a value, blank those that reported nothing.
CREATE TABLE cell (
    measure INTEGER NOT NULL,
    set_no  INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    cut     TEXT    NOT NULL,
    day     INTEGER NOT NULL,
    value   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    blank   INTEGER NOT NULL,
    PRIMARY KEY (measure, set_no, place, cut, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE cell_month (
    measure INTEGER NOT NULL,
    set_no  INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    cut     TEXT    NOT NULL,
    month   INTEGER NOT NULL,
    value   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    blank   INTEGER NOT NULL,
    PRIMARY KEY (measure, set_no, place, cut, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE cell_delta (
    measure INTEGER NOT NULL,
    set_no  INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    cut     TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    value   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    blank   INTEGER NOT NULL,
    PRIMARY KEY (measure, set_no, place, cut, seq, day)
) STRICT, WITHOUT ROWID;

-- Deltas summed by blocks of 32,768 positions (block = seq >> 15): what was known at a position is read from whole
-- blocks and the deltas of the position's own.
CREATE TABLE cell_delta_sum (
    measure INTEGER NOT NULL,
    set_no  INTEGER NOT NULL,
    place   INTEGER NOT NULL,
    cut     TEXT    NOT NULL,
    block   INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    value   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    blank   INTEGER NOT NULL,
    PRIMARY KEY (measure, set_no, place, cut, block, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_document (
    id       INTEGER PRIMARY KEY,
    register INTEGER NOT NULL,
    key      TEXT    NOT NULL,
    place    INTEGER,
    title    TEXT    NOT NULL,
    UNIQUE (register, key)
) STRICT;
CREATE VIRTUAL TABLE search_index USING fts5 (
    exact, folded, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0"
);

CREATE TABLE idempotency (
    actor        TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    request_hash BLOB    NOT NULL,
    seq          INTEGER NOT NULL,
    reply        TEXT    NOT NULL,
    PRIMARY KEY (actor, key)
) STRICT, WITHOUT ROWID;

-- The import being applied, if there is one: its rows from `done` on are in the staging file only.
CREATE TABLE import_job (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    register INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    file     TEXT    NOT NULL,
    hash     BLOB    NOT NULL,
    done     INTEGER NOT NULL,
    total    INTEGER NOT NULL,
    vid_base INTEGER NOT NULL,
    opened   INTEGER NOT NULL,
    closed   INTEGER NOT NULL
) STRICT;

-- Work that goes on after the request that asked for it: imports from a page.
CREATE TABLE job (
    id         TEXT    PRIMARY KEY,
    owner      TEXT    NOT NULL,
    register   TEXT    NOT NULL,
    changed_at INTEGER NOT NULL,
    body       TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX job_owner ON job (owner, register, changed_at);

CREATE TABLE column_map (
    register TEXT NOT NULL,
    headers  TEXT NOT NULL,
    mapping  TEXT NOT NULL,
    PRIMARY KEY (register, headers)
) STRICT, WITHOUT ROWID;

-- Checks of texts that somebody asked to keep. Each text is sealed under the key in saved_check_key.
CREATE TABLE saved_check (
    id         TEXT    PRIMARY KEY,
    day        INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    checked_on INTEGER NOT NULL,
    rules      TEXT    NOT NULL,
    digest     BLOB    NOT NULL,
    claims     INTEGER NOT NULL,
    mismatches INTEGER NOT NULL,
    differing  INTEGER NOT NULL,
    saved_at   INTEGER NOT NULL,
    saved_by   TEXT    NOT NULL,
    kept_until INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    hash       BLOB    NOT NULL,
    sealed     BLOB    NOT NULL
) STRICT;
CREATE INDEX saved_check_saved_at ON saved_check (saved_at, id);
CREATE TABLE saved_check_key (
    id  TEXT PRIMARY KEY,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was shown personal values of which records. Lines of finished days are sealed by commits of access_seal.
CREATE TABLE access (
    no       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    actor    TEXT    NOT NULL,
    act      TEXT    NOT NULL,
    register TEXT    NOT NULL,
    records  TEXT    NOT NULL
) STRICT;
CREATE INDEX access_day ON access (day, no);
CREATE INDEX access_at ON access (at);

-- Passwords of accounts, as hashes in the PHC string format.
CREATE TABLE credential (
    account     TEXT    PRIMARY KEY,
    hash        TEXT    NOT NULL,
    first_until INTEGER,
    changed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- token: the hash of what the cookie holds.
CREATE TABLE session (
    token     TEXT    PRIMARY KEY,
    account   TEXT    NOT NULL,
    position  INTEGER NOT NULL,
    begun     INTEGER NOT NULL,
    used      INTEGER NOT NULL,
    browser   TEXT    NOT NULL,
    confirmed INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account, used);

-- Browsers that have signed in; token: the hash of what the cookie holds.
CREATE TABLE device (
    account TEXT    NOT NULL,
    token   TEXT    NOT NULL,
    used    INTEGER NOT NULL,
    PRIMARY KEY (account, token)
) STRICT, WITHOUT ROWID;

-- Second factors. sealed: nonce and secret under keys/factor.key.
CREATE TABLE factor (
    account   TEXT    PRIMARY KEY,
    sealed    BLOB    NOT NULL,
    used_step INTEGER NOT NULL,
    set_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE factor_recovery (
    account TEXT NOT NULL,
    hash    TEXT NOT NULL,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- kind: 1 a browser that has signed in before, 2 an address for one account, 3 an address, 4 the second factor of an account.
CREATE TABLE failure (
    kind    INTEGER NOT NULL,
    who     TEXT    NOT NULL,
    account TEXT    NOT NULL,
    count   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    PRIMARY KEY (kind, who, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX failure_last ON failure (last);

-- What was acknowledged is never overwritten.
CREATE TRIGGER entry_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER entry_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entry is append-only'); END;
CREATE TRIGGER row_leaf_update BEFORE UPDATE ON row_leaf BEGIN SELECT RAISE(ABORT, 'row_leaf is append-only'); END;
CREATE TRIGGER row_leaf_delete BEFORE DELETE ON row_leaf BEGIN SELECT RAISE(ABORT, 'row_leaf is append-only'); END;
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint is append-only'); END;
CREATE TRIGGER schema_version_update BEFORE UPDATE ON schema_version BEGIN SELECT RAISE(ABORT, 'schema_version is append-only'); END;
CREATE TRIGGER schema_version_delete BEFORE DELETE ON schema_version BEGIN SELECT RAISE(ABORT, 'schema_version is append-only'); END;
CREATE TRIGGER redaction_update BEFORE UPDATE ON redaction BEGIN SELECT RAISE(ABORT, 'redaction is append-only'); END;
CREATE TRIGGER redaction_delete BEFORE DELETE ON redaction BEGIN SELECT RAISE(ABORT, 'redaction is append-only'); END;
CREATE TRIGGER personal_update BEFORE UPDATE ON personal BEGIN SELECT RAISE(ABORT, 'personal is not updated'); END;
CREATE TRIGGER personal_delete BEFORE DELETE ON personal
WHEN NOT EXISTS (
    SELECT 1 FROM redaction JOIN writing ON redaction.seq = writing.seq
    WHERE redaction.register = OLD.register AND redaction.vid = OLD.vid AND redaction.field = OLD.field
)
BEGIN SELECT RAISE(ABORT, 'a personal value goes only with a redaction of the same commit'); END;
CREATE TRIGGER entry_text_update BEFORE UPDATE ON entry_text BEGIN SELECT RAISE(ABORT, 'entry_text is not updated'); END;
-- A text of entry seq is redacted under register 0, its kind in the place of the field.
CREATE TRIGGER entry_text_delete BEFORE DELETE ON entry_text
WHEN NOT EXISTS (
    SELECT 1 FROM redaction JOIN writing ON redaction.seq = writing.seq
    WHERE redaction.register = 0 AND redaction.vid = OLD.seq AND redaction.field = OLD.kind
)
BEGIN SELECT RAISE(ABORT, 'a text of an entry goes only with a redaction of the same commit'); END;
CREATE TRIGGER evidence_update BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_use_update BEFORE UPDATE ON evidence_use BEGIN SELECT RAISE(ABORT, 'evidence_use is append-only'); END;
CREATE TRIGGER evidence_use_delete BEFORE DELETE ON evidence_use BEGIN SELECT RAISE(ABORT, 'evidence_use is append-only'); END;
CREATE TRIGGER evidence_key_update BEFORE UPDATE ON evidence_key BEGIN SELECT RAISE(ABORT, 'evidence_key is not updated'); END;
-- The key of a file is redacted under register -1, the file's number in the place of the version.
CREATE TRIGGER evidence_key_delete BEFORE DELETE ON evidence_key
WHEN NOT EXISTS (
    SELECT 1 FROM redaction JOIN writing ON redaction.seq = writing.seq
    WHERE redaction.register = -1 AND redaction.vid = OLD.no AND redaction.field = 1
)
BEGIN SELECT RAISE(ABORT, 'the key of a file goes only with a redaction of the same commit'); END;
CREATE TRIGGER access_update BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'access is append-only'); END;
CREATE TRIGGER access_delete BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, 'access is append-only'); END;
