//! The rows of register tables. The only SQL that writes a version row is in this file: a version is opened
//! once, closed once, and loses what a redaction names.

use std::collections::BTreeMap;

use mc_base::{Hash32, Seq};
use mc_ledger::{RowLeaf, Value};
use mc_register::{Record, RecordState, Schema, Thing, thing_of_key};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::commit::Personal;
use crate::convert::{from_column, hash, to_column};
use crate::ddl::{Marked, column, table, written_column};

/// A version as stored, before anything is masked.
#[derive(Clone, Debug)]
pub(crate) struct StoredVersion {
    pub(crate) vid: i64,
    pub(crate) key: String,
    pub(crate) ordinal: u32,
    pub(crate) seq_from: Seq,
    pub(crate) seq_to: Option<Seq>,
    /// Index of its open leaf among the rows of the commit.
    pub(crate) leaf: i64,
    /// Number in table `schema_version`.
    pub(crate) schema: i64,
    /// Absent once the version was redacted to its leaf.
    pub(crate) nonce: Option<[u8; 16]>,
    /// Values by field number; personal ones are commitments.
    pub(crate) record: Record,
}

/// What goes into a version row.
pub(crate) struct NewVersion<'a> {
    pub(crate) vid: i64,
    pub(crate) seq: u64,
    pub(crate) leaf: i64,
    pub(crate) nonce: [u8; 16],
    pub(crate) key: &'a str,
    pub(crate) ordinal: u32,
    pub(crate) record: &'a Record,
}

/// Columns of a version row in the order that [`read`] expects them.
pub(crate) fn columns(schema: &Schema, marked: &Marked) -> String {
    let mut names = "vid, key, ord, seq_from, seq_to, leaf, schema, nonce".to_owned();
    let values = schema.field.iter().map(|field| column(field.no));
    for name in values.chain(marked.iter().map(|no| written_column(*no, marked))) {
        names.push_str(", ");
        names.push_str(&name);
    }
    names
}

/// Reads a row selected with [`columns`] of the register's current schema. Each value is read as the schema
/// that the version was written under declares it. What was moved to the erasable table when its field was
/// marked personal reads as null: see [`crate::commit::kept`].
pub(crate) fn read(
    row: &Row<'_>,
    info: &RegisterInfo,
    catalog: &Catalog,
) -> Result<StoredVersion, StoreError> {
    const FIRST_FIELD: usize = 8;
    let schema_no: i64 = row.get(6)?;
    let written_under = catalog.schema_version(schema_no)?;
    let mut record = Record::new();
    for (at, field) in info.schema.field.iter().enumerate() {
        let Some(field) = written_under.field_no(field.no) else { continue };
        let beside = info.marked.iter().position(|no| *no == field.no).filter(|_| field.personal);
        let at = beside.map_or(at, |beside| info.schema.field.len() + beside);
        record.set(field.no, from_column(row.get_ref(FIRST_FIELD + at)?, field)?);
    }
    let nonce: Option<Vec<u8>> = row.get(7)?;
    let nonce = nonce.map(|bytes| {
        <[u8; 16]>::try_from(bytes.as_slice())
            .map_err(|_| StoreError::Corrupt("muối của dòng dài khác 16 byte".to_owned()))
    });
    Ok(StoredVersion {
        vid: row.get(0)?,
        key: row.get(1)?,
        ordinal: row.get(2)?,
        seq_from: Seq(row.get(3)?),
        seq_to: row.get::<_, Option<u64>>(4)?.map(Seq),
        leaf: row.get(5)?,
        schema: schema_no,
        nonce: nonce.transpose()?,
        record,
    })
}

/// The latest version of each record of the thing that `key` belongs to, with where its open leaf lies.
pub(crate) fn thing(
    db: &Connection,
    info: &RegisterInfo,
    catalog: &Catalog,
    key: &str,
) -> Result<BTreeMap<String, StoredVersion>, StoreError> {
    // Later ordinals overwrite earlier ones.
    let versions = thing_versions(db, info, catalog, key)?;
    Ok(versions.into_iter().map(|version| (version.key.clone(), version)).collect())
}

/// Every version of each record of the thing that `key` belongs to, by key and ordinal.
pub(crate) fn thing_versions(
    db: &Connection,
    info: &RegisterInfo,
    catalog: &Catalog,
    key: &str,
) -> Result<Vec<StoredVersion>, StoreError> {
    let thing = thing_of_key(&info.schema, key);
    let table = table(&info.schema.id);
    let columns = &info.columns;
    let found = if info.schema.has_spells() {
        // '0' follows '/': the range holds exactly the keys that begin with the thing and a slash.
        let mut statement = db.prepare_cached(&format!(
            "SELECT {columns} FROM {table} WHERE key > ?1 || '/' AND key < ?1 || '0' ORDER BY key, ord"
        ))?;
        collect(statement.query([thing])?, info, catalog)?
    } else {
        let mut statement =
            db.prepare_cached(&format!("SELECT {columns} FROM {table} WHERE key = ?1 ORDER BY key, ord"))?;
        collect(statement.query([thing])?, info, catalog)?
    };
    Ok(found.into_iter().filter(|version| thing_of_key(&info.schema, &version.key) == thing).collect())
}

/// The states of a thing, as the planner of changes wants them.
pub(crate) fn states(versions: &BTreeMap<String, StoredVersion>) -> Thing {
    let records = versions
        .values()
        .map(|version| RecordState {
            key: version.key.clone(),
            ordinal: version.ordinal,
            record: version.seq_to.is_none().then(|| version.record.clone()),
        })
        .collect();
    Thing { records }
}

/// All rows of a query made with [`columns`].
pub(crate) fn collect(
    mut rows: rusqlite::Rows<'_>,
    info: &RegisterInfo,
    catalog: &Catalog,
) -> Result<Vec<StoredVersion>, StoreError> {
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        versions.push(read(row, info, catalog)?);
    }
    Ok(versions)
}

/// The current versions of a register, with its declaration; none where it is not declared. Of an import that is being
/// applied nothing is seen.
pub(crate) fn current<'c>(
    db: &Connection,
    catalog: &'c Catalog,
    register: &str,
) -> Result<Vec<(&'c RegisterInfo, Record)>, StoreError> {
    let Some(info) = catalog.register(register) else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT {} FROM {}, (SELECT visible_seq AS seen FROM register WHERE no = ?1)
         WHERE CASE WHEN seen IS NULL THEN seq_to IS NULL
                    ELSE seq_from <= seen AND (seq_to IS NULL OR seq_to > seen) END ORDER BY vid",
        info.columns,
        table(register)
    );
    let mut statement = db.prepare_cached(&sql)?;
    let versions = collect(statement.query([info.no])?, info, catalog)?;
    Ok(versions.into_iter().map(|version| (info, version.record)).collect())
}

/// Writes a version. Personal values must have been replaced by commitments.
pub(crate) fn open(db: &Connection, info: &RegisterInfo, new: &NewVersion<'_>) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(&info.insert)?;
    statement.raw_bind_parameter(1, new.vid)?;
    statement.raw_bind_parameter(2, new.key)?;
    statement.raw_bind_parameter(3, new.ordinal)?;
    statement.raw_bind_parameter(4, new.seq)?;
    statement.raw_bind_parameter(5, new.leaf)?;
    statement.raw_bind_parameter(6, info.schema_no)?;
    statement.raw_bind_parameter(7, &new.nonce[..])?;
    for (at, field) in info.schema.field.iter().enumerate() {
        statement.raw_bind_parameter(8 + at, to_column(new.record.get(field.no)))?;
    }
    statement.raw_execute()?;
    Ok(())
}

/// The statement [`open`] runs.
pub(crate) fn insert_sql(schema: &Schema, marked: &Marked) -> String {
    let table = table(&schema.id);
    let names: Vec<String> = schema.field.iter().map(|f| written_column(f.no, marked)).collect();
    let marks: Vec<String> = (0..names.len()).map(|at| format!("?{}", at + 8)).collect();
    format!(
        "INSERT INTO {table} (vid, key, ord, seq_from, leaf, schema, nonce, {}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, {})",
        names.join(", "),
        marks.join(", ")
    )
}

/// Closes a version.
pub(crate) fn close(db: &Connection, register: &str, vid: i64, seq: u64) -> Result<(), StoreError> {
    let sql = format!("UPDATE {} SET seq_to = ?2 WHERE vid = ?1 AND seq_to IS NULL", table(register));
    match db.prepare_cached(&sql)?.execute(params![vid, seq])? {
        1 => Ok(()),
        _ => Err(StoreError::Corrupt(format!("phiên bản {vid} của sổ {register} đã khép"))),
    }
}

/// Takes a field out of versions `from` to before `to` that hold it in clear. Each value lies in the erasable
/// table already, under a redaction of the transaction that names the whole column; the trigger asks for both.
pub(crate) fn redact_moved(
    db: &Connection,
    register: &str,
    field: u16,
    from: i64,
    to: i64,
) -> Result<(), StoreError> {
    let (table, column) = (table(register), column(field));
    let sql =
        format!("UPDATE {table} SET {column} = NULL WHERE vid >= ?1 AND vid < ?2 AND {column} IS NOT NULL");
    db.prepare_cached(&sql)?.execute(params![from, to])?;
    Ok(())
}

/// Takes the nonce of a version away, of which a value that its leaf holds in clear was erased: without the
/// nonce the leaf hash says nothing about the value. From then on the version is its leaf hash only.
pub(crate) fn redact_nonce(db: &Connection, register: &str, vid: i64) -> Result<(), StoreError> {
    let sql = format!("UPDATE {} SET nonce = NULL WHERE vid = ?1", table(register));
    db.prepare_cached(&sql)?.execute([vid])?;
    Ok(())
}

/// The greatest version number of a register; 0 where it is empty.
pub(crate) fn last_vid(db: &Connection, register: &str) -> Result<i64, StoreError> {
    let sql = format!("SELECT COALESCE(MAX(vid), 0) FROM {}", table(register));
    Ok(db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// The stored hash of a leaf.
pub(crate) fn leaf_hash(db: &Connection, seq: Seq, index: i64) -> Result<Hash32, StoreError> {
    let bytes: Option<Vec<u8>> = db
        .prepare_cached("SELECT hash FROM row_leaf WHERE seq = ?1 AND idx = ?2")?
        .query_row(params![seq.0, index], |row| row.get(0))
        .optional()?;
    bytes
        .as_deref()
        .and_then(hash)
        .ok_or_else(|| StoreError::Corrupt(format!("thiếu lá {index} của lần ghi {}", seq.0)))
}

/// Writes a leaf's hash. `nonce` is given for close and erase leaves; an open leaf's lies with its values.
pub(crate) struct NewLeaf<'a> {
    pub(crate) seq: u64,
    pub(crate) index: i64,
    pub(crate) register: i64,
    pub(crate) vid: i64,
    pub(crate) leaf: &'a RowLeaf,
    pub(crate) hash: Hash32,
}

impl NewLeaf<'_> {
    pub(crate) fn write(&self, db: &Connection) -> Result<(), StoreError> {
        let open = self.leaf.act == mc_ledger::Act::Open;
        let nonce: Option<&[u8]> = (!open).then_some(&self.leaf.nonce[..]);
        db.prepare_cached(
            "INSERT INTO row_leaf (seq, idx, register, act, vid, field, nonce, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            self.seq,
            self.index,
            self.register,
            self.leaf.act.code(),
            self.vid,
            self.leaf.field.unwrap_or(0),
            nonce.to_sql()?,
            &self.hash.0[..],
        ])?;
        Ok(())
    }
}

/// A span of the leaves of an import in the attached staging file, on their way into the register.
pub(crate) struct StagedSpan<'a> {
    pub(crate) info: &'a RegisterInfo,
    pub(crate) seq: u64,
    /// Added to the numbers of staged versions, which begin at 1.
    pub(crate) vid_base: i64,
    /// First leaf.
    pub(crate) from: u64,
    /// First leaf no more.
    pub(crate) to: u64,
}

impl StagedSpan<'_> {
    /// Copies leaves, versions, personal values and flags, and closes what the span closes. Whatever fails ends the whole
    /// slice; said to SQLite, it keeps no copies of pages to undo a single statement by.
    pub(crate) fn write(&self, db: &Connection) -> Result<(), StoreError> {
        let (register, base) = (self.info.no, self.vid_base);
        let (from, to) = (self.from, self.to);
        db.prepare_cached(
            "INSERT OR ROLLBACK INTO row_leaf (seq, idx, register, act, vid, field, nonce, hash)
             SELECT ?1, idx, ?2, act, vid + CASE act WHEN 1 THEN ?3 ELSE 0 END, 0, nonce, hash
             FROM stage.leaf WHERE idx >= ?4 AND idx < ?5 ORDER BY idx",
        )?
        .execute(params![self.seq, register, base, from, to])?;
        db.prepare_cached(&self.versions())?.execute(params![
            base,
            self.seq,
            self.info.schema_no,
            from,
            to
        ])?;
        if let Some(sql) = self.personal() {
            db.prepare_cached(&sql)?.execute(params![register, base, from, to])?;
        }
        db.prepare_cached(
            "INSERT OR ROLLBACK INTO row_flag (register, vid, rule)
             SELECT ?1, ?2 + l.vid, f.rule FROM stage.leaf AS l CROSS JOIN stage.flag AS f ON f.row = l.row
             WHERE l.idx >= ?3 AND l.idx < ?4 AND l.act = 1 ORDER BY l.idx",
        )?
        .execute(params![register, base, from, to])?;
        let closed = db
            .prepare_cached("SELECT vid FROM stage.leaf WHERE idx >= ?1 AND idx < ?2 AND act = 2")?
            .query_map(params![from, to], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        closed.into_iter().try_for_each(|vid| close(db, &self.info.schema.id, vid, self.seq))
    }

    fn versions(&self) -> String {
        let schema = &self.info.schema;
        let staged: Vec<String> = schema.field.iter().map(|field| column(field.no)).collect();
        let names: Vec<String> =
            schema.field.iter().map(|field| written_column(field.no, &self.info.marked)).collect();
        format!(
            "INSERT OR ROLLBACK INTO {} (vid, key, ord, seq_from, leaf, schema, nonce, {})
             SELECT ?1 + l.vid, v.key, v.ord, ?2, l.idx, ?3, v.nonce, {}
             FROM stage.leaf AS l CROSS JOIN stage.version AS v ON v.row = l.row
             WHERE l.idx >= ?4 AND l.idx < ?5 AND l.act = 1 ORDER BY l.idx",
            table(&schema.id),
            names.join(", "),
            staged.join(", ")
        )
    }

    fn personal(&self) -> Option<String> {
        let fields: Vec<u16> =
            self.info.schema.field.iter().filter(|field| field.personal).map(|field| field.no).collect();
        let pick = |prefix: &str| {
            let arms: Vec<String> =
                fields.iter().map(|no| format!("WHEN {no} THEN v.{prefix}{no}")).collect();
            format!("CASE f.no {} END", arms.join(" "))
        };
        let (salt, value) = (pick("s"), pick("p"));
        (!fields.is_empty()).then(|| {
            format!(
                "INSERT OR ROLLBACK INTO personal (register, vid, field, salt, value)
                 SELECT ?1, ?2 + l.vid, f.no, {salt}, {value}
                 FROM stage.leaf AS l CROSS JOIN stage.version AS v ON v.row = l.row
                      CROSS JOIN stage.personal_field AS f
                 WHERE l.idx >= ?3 AND l.idx < ?4 AND l.act = 1 AND {salt} IS NOT NULL ORDER BY l.idx, f.no"
            )
        })
    }

    /// The keys that the span opened or closed.
    pub(crate) fn keys(&self, db: &Connection) -> Result<std::collections::BTreeSet<String>, StoreError> {
        let sql = format!(
            "SELECT v.key FROM stage.leaf AS l
             CROSS JOIN {} AS v ON v.vid = l.vid + CASE l.act WHEN 1 THEN ?1 ELSE 0 END
             WHERE l.idx >= ?2 AND l.idx < ?3",
            table(&self.info.schema.id)
        );
        let mut statement = db.prepare_cached(&sql)?;
        let keys = statement.query_map(params![self.vid_base, self.from, self.to], |row| row.get(0))?;
        Ok(keys.collect::<Result<_, _>>()?)
    }
}

/// The fields of an open leaf: every field of the schema by number, null ones included, the commitments of
/// `personal` in place of values.
pub(crate) fn leaf_fields(schema: &Schema, record: &Record, personal: &[Personal]) -> Vec<(u16, Value)> {
    let kept = |no| personal.iter().find(|kept| kept.field == no);
    let value =
        |no, value: &Value| kept(no).map_or_else(|| value.clone(), |kept| Value::Commitment(kept.commitment));
    record.fields(schema).into_iter().map(|(field, stated)| (field.no, value(field.no, stated))).collect()
}
