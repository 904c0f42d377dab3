//! A proof file out of wanted rows: leaves, paths in their commits, entries, paths in the log, checkpoint.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use mc_base::{Hash32, Seq};
use mc_ledger::proof::{COMMITS_MAX, CommitProof, FILE_BYTES_MAX, ProofFile};
use mc_ledger::tree::{Frontier, Nodes, inclusion_proof};
use mc_ledger::{Checkpoint, Entry};
use rusqlite::OptionalExtension;

use super::leaf::Given;
use super::wanted::Wanted;
use super::{ProofError, leaf};
use crate::StoreError;
use crate::convert::hash;
use crate::log::StoredNodes;
use crate::reader::Reader;

/// The newest checkpoint and the key that signed it.
pub(super) struct Sealed {
    note: String,
    vkey: String,
    origin: String,
    size: u64,
}

impl Sealed {
    pub(super) fn newest(reader: &Reader) -> Result<Self, ProofError> {
        let key = crate::sealed::verifier(reader.db()?, reader.layout())?;
        let note = reader.checkpoint()?.ok_or(ProofError::Unsealed { seq: reader.head().seq, sealed: 0 })?;
        let checkpoint = Checkpoint::verify(&note, &key).map_err(StoreError::corrupt)?;
        let vkey = key.to_string();
        Ok(Self { note, vkey, origin: checkpoint.origin, size: checkpoint.size })
    }
}

/// The file. Rows of which only the leaf hash may be given are counted in the second part.
pub(super) fn make(
    reader: &Reader,
    wanted: &Wanted,
    figure: Option<serde_json::Value>,
) -> Result<(ProofFile, usize), ProofError> {
    let sealed = Sealed::newest(reader)?;
    if wanted.commits().len() > COMMITS_MAX {
        return Err(ProofError::TooMany { found: wanted.commits().len() });
    }
    let mut commits = Vec::with_capacity(wanted.commits().len());
    let mut redacted = 0;
    for (seq, rows) in wanted.commits() {
        let (proof, left_out) = commit(reader, &sealed, *seq, rows)?;
        commits.push(proof);
        redacted += left_out;
    }
    let file =
        ProofFile { origin: sealed.origin, vkey: sealed.vkey, checkpoint: sealed.note, commits, figure };
    Ok((file, redacted))
}

/// The file, if its text is no longer than allowed.
pub(super) fn bounded(file: ProofFile) -> Result<ProofFile, ProofError> {
    match file.to_json().len() {
        0..=FILE_BYTES_MAX => Ok(file),
        found => Err(ProofError::TooLong { found }),
    }
}

fn commit(
    reader: &Reader,
    sealed: &Sealed,
    seq: u64,
    rows: &BTreeSet<u64>,
) -> Result<(CommitProof, usize), ProofError> {
    let db = reader.db()?;
    if seq > sealed.size {
        return Err(ProofError::Unsealed { seq: Seq(seq), sealed: sealed.size });
    }
    let bytes: Option<Vec<u8>> = db
        .prepare_cached("SELECT bytes FROM entry WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))
        .optional()?;
    let bytes = bytes.ok_or_else(|| StoreError::Corrupt(format!("thiếu lần ghi {seq}")))?;
    let entry = Entry::decode(&bytes).map_err(StoreError::corrupt)?;
    let path = inclusion_proof(&StoredNodes(db), seq - 1, sealed.size)?;
    let (mut leaves, mut hashes) = (Vec::with_capacity(rows.len()), Vec::new());
    for index in rows {
        match leaf::given(reader, seq, *index)? {
            Given::Leaf(bytes) => leaves.push((*index, bytes)),
            Given::Hash(hash) => hashes.push((*index, hash)),
        }
    }
    let redacted = hashes.len();
    let proof = if leaves.len() as u64 == entry.leaf_count {
        let leaves = leaves.into_iter().map(|(_, bytes)| bytes).collect();
        CommitProof::whole(&entry, path, leaves).map_err(StoreError::corrupt)?
    } else {
        let nodes = row_nodes(reader, &entry, rows.iter().copied())?;
        CommitProof::part(&entry, path, &nodes, leaves)?.with_leaf_hashes(&nodes, hashes)?
    };
    Ok((proof, redacted))
}

/// The nodes of a commit's row tree on the paths of some rows.
struct RowNodes(HashMap<(u32, u64), Hash32>);

impl Nodes for RowNodes {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        self.0.get(&(level, index)).copied()
    }
}

/// Notes which nodes a path asks for.
#[derive(Default)]
struct Asked(RefCell<BTreeSet<(u32, u64)>>);

impl Nodes for Asked {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        self.0.borrow_mut().insert((level, index));
        Some(Hash32::ZERO)
    }
}

/// Reads the commit's leaf hashes once, in order, and keeps only the nodes that the paths need: an import of
/// millions of rows costs one pass and a few hashes a row proved.
fn row_nodes(
    reader: &Reader,
    entry: &Entry,
    rows: impl Iterator<Item = u64>,
) -> Result<RowNodes, ProofError> {
    let asked = Asked::default();
    let mut any = false;
    for index in rows {
        inclusion_proof(&asked, index, entry.leaf_count)?;
        any = true;
    }
    let mut kept = HashMap::new();
    if !any {
        return Ok(RowNodes(kept));
    }
    let asked = asked.0.into_inner();
    let mut tree = Frontier::new();
    let mut statement =
        reader.db()?.prepare_cached("SELECT hash FROM row_leaf WHERE seq = ?1 ORDER BY idx")?;
    let mut found = statement.query([entry.seq.0])?;
    while let Some(row) = found.next()? {
        let leaf = row.get_ref(0)?.as_blob().ok().and_then(hash);
        let leaf = leaf.ok_or_else(|| StoreError::Corrupt(format!("lần ghi {}: mã băm hỏng", entry.seq)))?;
        tree.append(leaf, |level, index, node| {
            if asked.contains(&(level, index)) {
                kept.insert((level, index), node);
            }
        });
    }
    if tree.size() != entry.leaf_count || tree.root() != entry.rows_root {
        let text = format!("lần ghi {}: các dòng không cho ra mã gốc mà mục ghi nêu", entry.seq);
        return Err(StoreError::Corrupt(text).into());
    }
    Ok(RowNodes(kept))
}
