//! The staging file: a small database with the versions, leaves and deltas of one import.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use mc_base::Hash32;
use mc_ledger::hash::Sha256Stream;
use mc_ledger::{RowLeaf, Value};
use rusqlite::types::Null;
use rusqlite::{Connection, Statement};

use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::commit::Personal;
use crate::ddl::{column, storage};
use crate::files::private_dir;
use crate::layout::Layout;

/// A staging file; it goes when this is dropped, unless it was kept.
#[derive(Debug)]
pub(crate) struct StageFile {
    path: PathBuf,
    kept: bool,
}

impl StageFile {
    /// A fresh name in the staging directory, `name` being random.
    pub(crate) fn create(layout: &Layout, name: &[u8; 16]) -> Result<Self, StoreError> {
        let dir = layout.staging();
        private_dir(&dir)?;
        let path = dir.join(format!("{:032x}.sqlite", u128::from_be_bytes(*name)));
        Ok(Self { path, kept: false })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Where what the rows stated lies, until the import is applied.
    pub(crate) fn said(&self) -> PathBuf {
        self.path.with_extension("said")
    }

    /// The file of an import that is shown.
    pub(super) const fn spent(path: PathBuf) -> Self {
        Self { path, kept: false }
    }

    /// Leaves the file where it is: a job names it now.
    pub(crate) fn keep(mut self) {
        self.kept = true;
        // What stays behind is removed by the next start of a writer.
        let _ = fs::remove_file(self.said());
    }
}

impl Drop for StageFile {
    fn drop(&mut self) {
        if !self.kept {
            // A file that stays behind is removed by the next start of a writer.
            let _ = fs::remove_file(&self.path);
            let _ = fs::remove_file(self.said());
        }
    }
}

/// Opens a new staging file and makes its tables. It is not safe against a crash until [`finish`].
pub(crate) fn create(path: &Path, info: &RegisterInfo) -> Result<Connection, StoreError> {
    let db = connect(path)?;
    let mut columns = String::new();
    for field in &info.schema.field {
        columns.push_str(&format!(", {} {}", column(field.no), storage(field)));
    }
    for field in info.schema.field.iter().filter(|field| field.personal) {
        columns.push_str(&format!(", s{0} BLOB, p{0} BLOB", field.no));
    }
    db.execute_batch(&format!(
        "CREATE TABLE version (
             row INTEGER PRIMARY KEY, edit INTEGER NOT NULL, line INTEGER NOT NULL, key TEXT NOT NULL,
             ord INTEGER NOT NULL, nonce BLOB NOT NULL{columns}
         ) STRICT;
         CREATE TABLE leaf (
             idx INTEGER PRIMARY KEY, act INTEGER NOT NULL, vid INTEGER NOT NULL, row INTEGER, nonce BLOB,
             hash BLOB NOT NULL
         ) STRICT;
         CREATE TABLE flag (row INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (row, rule)) STRICT, WITHOUT ROWID;
         CREATE TABLE delta (
             measure INTEGER NOT NULL, set_no INTEGER NOT NULL, place INTEGER NOT NULL, cut TEXT NOT NULL,
             day INTEGER NOT NULL, value INTEGER NOT NULL, n INTEGER NOT NULL, blank INTEGER NOT NULL
         ) STRICT;
         CREATE TABLE delta_month (
             measure INTEGER NOT NULL, set_no INTEGER NOT NULL, place INTEGER NOT NULL, cut TEXT NOT NULL,
             month INTEGER NOT NULL, value INTEGER NOT NULL, n INTEGER NOT NULL, blank INTEGER NOT NULL,
             last_day INTEGER NOT NULL
         ) STRICT;
         CREATE TABLE personal_field (no INTEGER PRIMARY KEY) STRICT;"
    ))?;
    for field in info.schema.field.iter().filter(|field| field.personal) {
        db.execute("INSERT INTO personal_field (no) VALUES (?1)", [field.no])?;
    }
    db.execute_batch("BEGIN")?;
    Ok(db)
}

/// Opens a staging file.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open(path)?;
    // Rules and measures are written in our functions.
    crate::dialect::register_functions(&db)?;
    db.execute_batch(
        "PRAGMA page_size = 16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         PRAGMA cache_size = -32768; PRAGMA temp_store = FILE;",
    )?;
    Ok(db)
}

/// The statement that [`Version::write`] runs.
pub(crate) fn insert_sql(info: &RegisterInfo) -> String {
    let mut names = "row, edit, line, key, ord, nonce".to_owned();
    let mut count = 6;
    for field in &info.schema.field {
        names.push_str(&format!(", {}", column(field.no)));
        count += 1;
    }
    for field in info.schema.field.iter().filter(|field| field.personal) {
        names.push_str(&format!(", s{0}, p{0}", field.no));
        count += 2;
    }
    let marks: Vec<String> = (1..=count).map(|at| format!("?{at}")).collect();
    format!("INSERT INTO version ({names}) VALUES ({})", marks.join(", "))
}

/// A version to be opened.
pub(crate) struct Version<'a> {
    pub(crate) row: u32,
    pub(crate) edit: u32,
    pub(crate) line: u64,
    /// Its open leaf, with every field of the schema.
    pub(crate) leaf: &'a RowLeaf,
    pub(crate) personal: &'a [Personal],
}

impl Version<'_> {
    /// Writes it with a statement of [`insert_sql`].
    pub(crate) fn write(&self, statement: &mut Statement<'_>, info: &RegisterInfo) -> Result<(), StoreError> {
        statement.raw_bind_parameter(1, self.row)?;
        statement.raw_bind_parameter(2, self.edit)?;
        statement.raw_bind_parameter(3, self.line)?;
        statement.raw_bind_parameter(4, self.leaf.key.as_str())?;
        statement.raw_bind_parameter(5, self.leaf.ordinal)?;
        statement.raw_bind_parameter(6, &self.leaf.nonce[..])?;
        let mut at = 7;
        for field in &info.schema.field {
            bind(statement, at, self.leaf.field_value(field.no).unwrap_or(&Value::Null))?;
            at += 1;
        }
        for field in info.schema.field.iter().filter(|field| field.personal) {
            match self.personal.iter().find(|personal| personal.field == field.no) {
                Some(personal) => {
                    statement.raw_bind_parameter(at, &personal.salt[..])?;
                    statement.raw_bind_parameter(at + 1, &personal.value[..])?;
                }
                None => {
                    statement.raw_bind_parameter(at, Null)?;
                    statement.raw_bind_parameter(at + 1, Null)?;
                }
            }
            at += 2;
        }
        statement.raw_execute()?;
        Ok(())
    }
}

/// As `convert::to_column`, without a copy of the text.
fn bind(statement: &mut Statement<'_>, at: usize, value: &Value) -> Result<(), StoreError> {
    match value {
        Value::Null => statement.raw_bind_parameter(at, Null)?,
        Value::Text(text) | Value::Code(text) | Value::Ref { key: text, .. } => {
            statement.raw_bind_parameter(at, text.as_str())?;
        }
        Value::Agency(agency) => statement.raw_bind_parameter(at, agency.0.as_str())?,
        Value::File(hash) | Value::Commitment(hash) => statement.raw_bind_parameter(at, &hash.0[..])?,
        other => statement.raw_bind_parameter(at, crate::convert::to_column(other))?,
    }
    Ok(())
}

/// Closes the file, makes it durable and gives the hash of its bytes.
pub(crate) fn finish(db: Connection, file: &StageFile) -> Result<Hash32, StoreError> {
    db.execute_batch("COMMIT")?;
    db.close().map_err(|(_, error)| error)?;
    let failed = |error| StoreError::File { what: format!("ghi “{}”", file.path.display()), error };
    let sync = || {
        File::open(&file.path).and_then(|file| file.sync_all())?;
        file.path.parent().map_or(Ok(()), |dir| File::open(dir).and_then(|dir| dir.sync_all()))
    };
    std::thread::scope(|scope| {
        let syncing = scope.spawn(sync);
        let hash = digest(&file.path);
        syncing.join().map_err(|_| StoreError::Stopped)?.map_err(failed)?;
        hash
    })
}

/// SHA-256 of the file's bytes.
pub(crate) fn digest(path: &Path) -> Result<Hash32, StoreError> {
    let failed = |error| StoreError::File { what: format!("đọc “{}”", path.display()), error };
    let mut file = File::open(path).map_err(failed)?;
    let mut stream = Sha256Stream::default();
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        match buffer.get(..read) {
            Some(bytes) if !bytes.is_empty() => stream.add(bytes),
            _ => return Ok(stream.finish()),
        }
    }
}

/// Removes the staging files that no job names.
pub(crate) fn sweep(layout: &Layout, named: Option<&Path>) -> Result<(), StoreError> {
    let Ok(entries) = fs::read_dir(layout.staging()) else { return Ok(()) };
    for entry in entries.flatten() {
        let path = entry.path();
        // Folders are uploads that wait for a decision: they go by their age.
        if path.is_dir() {
            continue;
        }
        if named != Some(path.as_path()) {
            fs::remove_file(&path)
                .map_err(|error| StoreError::File {
                    what: format!("xóa “{}”", path.display()), error
                })?;
        }
    }
    Ok(())
}
