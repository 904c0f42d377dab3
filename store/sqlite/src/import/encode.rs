//! Commitments, canonical bytes and hashes of the planned versions, and their place in the staging file.

mod reload;

use mc_base::Hash32;
use mc_ledger::tree::{Frontier, leaf_hash};
use mc_ledger::{Act, RowLeaf};
use mc_port::RejectedRow;
use mc_register::RowAct;
use rusqlite::{Connection, Statement, params};

use super::plan::{Planned, Step};
use super::stage::{self, Version};
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::commit;
use crate::rows;

pub(crate) use reload::Withdrawn;

/// Edits that go to the encoder together, with the random bytes that their salts and nonces are taken from. It
/// comes back to the thread that filled it: memory freed by another one than asked for it makes both wait.
#[derive(Default)]
pub(crate) struct Batch {
    pub(crate) edits: Vec<Planned>,
    pub(crate) noise: Vec<u8>,
}

impl Batch {
    /// Makes room for the random bytes that the edits need at most.
    pub(crate) fn make_room(&mut self, personal_fields: usize) {
        let acts: usize = self.edits.iter().map(|edit| edit.acts.len()).sum();
        self.noise.resize(acts * (16 + 32 * personal_fields), 0);
    }
}

/// A leaf of the commit, before it has its place.
pub(crate) struct Leaf {
    key_at: u32,
    key_len: u16,
    act: Act,
    ordinal: u32,
    edit: u32,
    /// Open: the staged version. Close: index into `closes`.
    row: u32,
    hash: Hash32,
}

/// A version to be closed.
#[derive(Clone, Copy)]
pub(crate) struct Close {
    pub(crate) vid: i64,
    nonce: [u8; 16],
}

/// An edit that could not be encoded.
pub(crate) struct Refused {
    pub(crate) edit: u32,
    pub(crate) row: RejectedRow,
}

/// Everything encoded so far.
#[derive(Default)]
pub(crate) struct Encoded {
    keys: String,
    leaves: Vec<Leaf>,
    closes: Vec<Close>,
    pub(crate) refused: Vec<Refused>,
    rows: u32,
}

/// Root and counts of the leaves in their order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sealed {
    pub(crate) root: Hash32,
    pub(crate) opened: u64,
    pub(crate) closed: u64,
}

impl Encoded {
    /// Encodes a batch and stages its versions.
    pub(crate) fn batch(
        &mut self,
        statement: &mut Statement<'_>,
        info: &RegisterInfo,
        batch: &Batch,
    ) -> Result<(), StoreError> {
        let mut noise = Noise { bytes: &batch.noise, at: 0, short: false };
        let mut bytes = Vec::with_capacity(512);
        for edit in &batch.edits {
            let (leaves, closes) = (self.leaves.len(), self.closes.len());
            for step in &edit.acts {
                let number = (edit.edit, edit.line);
                if let Err(message) = self.step(statement, info, number, step, &mut noise, &mut bytes)? {
                    // What was staged of it has no leaf, so nothing will read it.
                    self.leaves.truncate(leaves);
                    self.closes.truncate(closes);
                    let row = RejectedRow { row: edit.line, field: None, message };
                    self.refused.push(Refused { edit: edit.edit, row });
                    break;
                }
            }
        }
        // A salt that is not random must never be written: the import ends here.
        if noise.short {
            Err(StoreError::Corrupt("thiếu số ngẫu nhiên cho muối".to_owned()))
        } else {
            Ok(())
        }
    }

    fn step(
        &mut self,
        statement: &mut Statement<'_>,
        info: &RegisterInfo,
        (edit, line): (u32, u64),
        step: &Step,
        noise: &mut Noise<'_>,
        bytes: &mut Vec<u8>,
    ) -> Result<Result<(), String>, StoreError> {
        let nonce = noise.nonce();
        let (key, ordinal, record) = match &step.act {
            RowAct::Close { key, ordinal } => (key, *ordinal, None),
            RowAct::Open { key, ordinal, record } => (key, *ordinal, Some(record)),
        };
        let personal = match record {
            Some(record) => match commit::seal(&mut |salt| noise.fill(salt), info, key, ordinal, record) {
                Ok(personal) => personal,
                Err(error) => return Ok(Err(format!("Không ghi được “{key}”: {error}."))),
            },
            None => Vec::new(),
        };
        let fields = |record| rows::leaf_fields(&info.schema, record, &personal);
        let leaf = RowLeaf {
            register: info.schema.id.clone(),
            schema: step.schema,
            key: key.clone(),
            act: if record.is_some() { Act::Open } else { Act::Close },
            ordinal,
            field: None,
            previous: step.previous,
            nonce,
            fields: record.map_or_else(Vec::new, fields),
        };
        if let Err(error) = leaf.encode_into(bytes) {
            return Ok(Err(format!("Không ghi được “{}”: {error}.", leaf.key)));
        }
        let hash = leaf_hash(bytes);
        let row = if record.is_some() {
            self.rows += 1;
            let version = Version { row: self.rows, edit, line, leaf: &leaf, personal: &personal };
            version.write(statement, info)?;
            self.rows
        } else {
            self.closes.push(Close { vid: step.vid, nonce });
            number(self.closes.len() - 1)?
        };
        let (key_at, key_len) = (number(self.keys.len())?, u16::try_from(leaf.key.len()));
        self.keys.push_str(&leaf.key);
        let key_len = key_len.map_err(StoreError::corrupt)?;
        self.leaves.push(Leaf { key_at, key_len, act: leaf.act, ordinal, edit, row, hash });
        Ok(Ok(()))
    }

    /// Forgets the leaves of edits that were refused later.
    pub(crate) fn drop_edits(&mut self, dropped: &std::collections::HashSet<u32>) {
        if !dropped.is_empty() {
            self.leaves.retain(|leaf| !dropped.contains(&leaf.edit));
        }
    }

    /// The versions that will be closed.
    pub(crate) fn closed(&self) -> impl Iterator<Item = i64> {
        let closes = self.leaves.iter().filter(|leaf| leaf.act == Act::Close);
        closes.filter_map(|leaf| self.closes.get(leaf.row as usize)).map(|close| close.vid)
    }

    /// Puts the leaves in order and computes the root over them.
    pub(crate) fn seal(&mut self) -> Sealed {
        let Self { keys, leaves, .. } = self;
        let key = |leaf: &Leaf| {
            let from = leaf.key_at as usize;
            keys.get(from..from + usize::from(leaf.key_len)).unwrap_or_default()
        };
        let order = |a: &Leaf, b: &Leaf| (key(a), a.act, a.ordinal).cmp(&(key(b), b.act, b.ordinal));
        if !leaves.is_sorted_by(|a, b| order(a, b).is_lt()) {
            leaves.sort_unstable_by(order);
        }
        let mut tree = Frontier::new();
        let mut opened = 0;
        for leaf in leaves.iter() {
            tree.push(leaf.hash);
            opened += u64::from(leaf.act == Act::Open);
        }
        Sealed { root: tree.root(), opened, closed: tree.size() - opened }
    }

    /// Writes the leaves in their order. An opened version is numbered from 1; apply adds the register's
    /// last.
    pub(crate) fn write(&self, db: &Connection) -> Result<(), StoreError> {
        let mut statement =
            db.prepare("INSERT INTO leaf (idx, act, vid, row, nonce, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let mut opened: i64 = 0;
        for (leaf, index) in self.leaves.iter().zip(0_i64..) {
            if leaf.act == Act::Open {
                opened += 1;
                let nothing: Option<&[u8]> = None;
                statement.execute(params![
                    index,
                    leaf.act.code(),
                    opened,
                    leaf.row,
                    nothing,
                    &leaf.hash.0[..]
                ])?;
            } else if let Some(close) = self.closes.get(leaf.row as usize) {
                let no_row: Option<u32> = None;
                let (nonce, hash) = (&close.nonce[..], &leaf.hash.0[..]);
                statement.execute(params![index, leaf.act.code(), close.vid, no_row, nonce, hash])?;
            }
        }
        Ok(())
    }
}

fn number(value: usize) -> Result<u32, StoreError> {
    u32::try_from(value).map_err(|_| StoreError::Missing("tệp quá lớn để nhập một lần".to_owned()))
}

/// Random bytes handed over with a batch.
struct Noise<'a> {
    bytes: &'a [u8],
    at: usize,
    /// More was taken than there is.
    short: bool,
}

impl Noise<'_> {
    fn fill(&mut self, out: &mut [u8]) {
        let end = self.at + out.len();
        match self.bytes.get(self.at..end) {
            Some(bytes) => out.copy_from_slice(bytes),
            None => self.short = true,
        }
        self.at = end;
    }

    fn nonce(&mut self) -> [u8; 16] {
        let mut nonce = [0; 16];
        self.fill(&mut nonce);
        nonce
    }
}

/// The staged versions' statement.
pub(crate) fn prepare_insert<'c>(
    db: &'c Connection,
    info: &RegisterInfo,
) -> Result<Statement<'c>, StoreError> {
    Ok(db.prepare(&stage::insert_sql(info))?)
}
