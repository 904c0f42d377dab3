//! Checking a proof file from its bytes.

use std::collections::HashMap;

use mc_base::{Hash32, Instant, Seq};

use super::FINDINGS_MAX;
use super::file::{CommitProof, ProofFile};
use super::finding::{Fault, Finding, Location};
use crate::canon::{Act, RowLeaf, check_order};
use crate::checkpoint::Checkpoint;
use crate::entry::{Entry, InstanceId};
use crate::note::NoteVerifier;
use crate::tree::{leaf_hash, root, verify_inclusion};

/// What a proof file was found to prove.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// The checkpoint under which everything lies.
    pub checkpoint: Checkpoint,
    /// The key was given by the reader. Otherwise it is the file's own: then the file is consistent in
    /// itself, but whose it is must be learned from elsewhere.
    pub key_trusted: bool,
    /// The data are invented, and every entry says so.
    pub illustrative: bool,
    /// The commits, by ascending sequence number; never empty.
    pub commits: Vec<VerifiedCommit>,
}

/// A commit that lies under the checkpoint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifiedCommit {
    /// The entry.
    pub entry: Entry,
    /// All rows of the commit are in `rows`.
    pub complete: bool,
    /// Rows by ascending index.
    pub rows: Vec<VerifiedRow>,
    /// Rows given by their leaf hash alone, by ascending index.
    pub leaf_only: Vec<VerifiedHash>,
}

/// A row that lies in its commit, of which the file gives the leaf hash alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VerifiedHash {
    /// Index in the commit, from 0.
    pub index: u64,
    /// Its leaf hash.
    pub hash: Hash32,
}

/// Register, key, ordinal.
pub type VersionName<'a> = (&'a str, &'a str, u32);

impl Verified {
    /// The versions that rows of the file follow, by the leaf hash that they name: what a row given by its hash
    /// alone is, where a close, an erasure or the next version is in the file.
    #[must_use]
    pub fn followed(&self) -> HashMap<Hash32, VersionName<'_>> {
        let follows = rows_of(&self.commits).filter_map(|(_, row)| followed(&row.leaf));
        follows.collect()
    }
}

/// What a row follows: an open leaf the version before, a close or erase leaf the version it names.
fn followed(leaf: &RowLeaf) -> Option<(Hash32, VersionName<'_>)> {
    let ordinal = if leaf.act == Act::Open { leaf.ordinal - 1 } else { leaf.ordinal };
    (ordinal > 0).then_some((leaf.previous, (leaf.register.as_str(), leaf.key.as_str(), ordinal)))
}

/// A row that lies in its commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VerifiedRow {
    /// Index in the commit, from 0.
    pub index: u64,
    /// Its leaf hash.
    pub hash: Hash32,
    /// The row.
    pub leaf: RowLeaf,
}

/// Checks every hash of `file` and how its commits and versions follow each other. With `trusted` the
/// checkpoint must be signed by that key; without, by the key that the file names itself.
///
/// # Errors
/// Everything that does not hold, up to 1,000 findings; the list is never empty.
pub fn verify_records(file: &ProofFile, trusted: Option<&NoteVerifier>) -> Result<Verified, Vec<Finding>> {
    let mut findings = Findings::default();
    let Some(checkpoint) = verify_checkpoint(file, trusted, &mut findings) else {
        return Err(findings.list);
    };
    if file.commits.is_empty() {
        findings.add(Location::File, Fault::Empty);
    }
    let mut commits = Vec::new();
    let mut before = None;
    for commit in &file.commits {
        if findings.is_full() {
            break;
        }
        if let Some(entry) = verify_entry(commit, &checkpoint, &mut before, &mut findings) {
            let rows = verify_rows(commit, &entry, &mut findings);
            let leaf_only = verify_hashes(commit, &entry, &mut findings);
            commits.push(VerifiedCommit { entry, complete: commit.complete, rows, leaf_only });
        }
    }
    verify_versions(&commits, &mut findings);
    if !findings.list.is_empty() {
        return Err(findings.list);
    }
    let illustrative = checkpoint.is_illustrative();
    Ok(Verified { checkpoint, key_trusted: trusted.is_some(), illustrative, commits })
}

/// Without a checkpoint nothing else can be checked, hence `None`.
fn verify_checkpoint(
    file: &ProofFile,
    trusted: Option<&NoteVerifier>,
    findings: &mut Findings,
) -> Option<Checkpoint> {
    let named = match NoteVerifier::parse(&file.vkey) {
        Ok(key) => Some(key),
        Err(error) => {
            findings.add(Location::Checkpoint, Fault::Key(error));
            None
        }
    };
    if let (Some(trusted), Some(named)) = (trusted, &named)
        && trusted != named
    {
        findings.add(Location::Checkpoint, Fault::OtherKey);
    }
    match Checkpoint::verify(&file.checkpoint, trusted.or(named.as_ref())?) {
        Ok(checkpoint) => {
            if file.origin != checkpoint.origin {
                let (found, expected) = (file.origin.clone(), checkpoint.origin.clone());
                findings.add(Location::File, Fault::Origin { found, expected });
            }
            Some(checkpoint)
        }
        Err(error) => {
            findings.add(Location::Checkpoint, Fault::Checkpoint(error));
            None
        }
    }
}

/// What the next entry is compared with.
struct Before {
    seq: Seq,
    recorded_at: Instant,
    instance: InstanceId,
}

fn verify_entry(
    commit: &CommitProof,
    checkpoint: &Checkpoint,
    before: &mut Option<Before>,
    findings: &mut Findings,
) -> Option<Entry> {
    let at = || Location::Commit(commit.seq);
    let entry = match Entry::decode(&commit.entry) {
        Ok(entry) => entry,
        Err(error) => {
            findings.add(at(), Fault::Entry(error));
            return None;
        }
    };
    if entry.seq != commit.seq {
        findings.add(at(), Fault::Seq { found: entry.seq.0, expected: commit.seq.0 });
    }
    let (hash, index) = (leaf_hash(&commit.entry), commit.seq.0.saturating_sub(1));
    if let Err(error) = verify_inclusion(hash, index, checkpoint.size, &commit.path, checkpoint.root) {
        findings.add(at(), Fault::NotInLog(error));
    }
    if entry.leaf_count != commit.leaf_count {
        findings.add(at(), Fault::LeafCount { found: commit.leaf_count, expected: entry.leaf_count });
    }
    if entry.illustrative != checkpoint.is_illustrative() {
        findings.add(at(), Fault::Illustrative);
    }
    if let Some(before) = before {
        if entry.seq <= before.seq {
            findings.add(at(), Fault::CommitOrder);
        }
        if entry.recorded_at < before.recorded_at {
            findings.add(at(), Fault::TimeOrder);
        }
        if entry.instance != before.instance {
            findings.add(at(), Fault::Instance);
        }
    }
    *before = Some(Before { seq: entry.seq, recorded_at: entry.recorded_at, instance: entry.instance });
    Some(entry)
}

fn verify_rows(commit: &CommitProof, entry: &Entry, findings: &mut Findings) -> Vec<VerifiedRow> {
    let mut rows = Vec::with_capacity(commit.rows.len());
    let mut next = 0;
    for row in &commit.rows {
        let at = || Location::Row { seq: commit.seq, index: row.index };
        let in_place = if commit.complete { row.index == next } else { row.index >= next };
        if !in_place {
            findings.add(at(), Fault::RowIndex);
        }
        next = row.index.saturating_add(1);
        let hash = leaf_hash(&row.leaf);
        match &row.path {
            Some(path) if !commit.complete => {
                let holds = verify_inclusion(hash, row.index, entry.leaf_count, path, entry.rows_root);
                if let Err(error) = holds {
                    findings.add(at(), Fault::NotInCommit(error));
                }
            }
            None if commit.complete => {}
            _ => findings.add(at(), Fault::RowPath),
        }
        match RowLeaf::decode(&row.leaf) {
            Ok(leaf) => rows.push(VerifiedRow { index: row.index, hash, leaf }),
            Err(error) => findings.add(at(), Fault::Row(error)),
        }
    }
    let at = || Location::Commit(commit.seq);
    if commit.complete {
        let found = commit.rows.len() as u64;
        if found != entry.leaf_count {
            findings.add(at(), Fault::Incomplete { found, expected: entry.leaf_count });
        }
        let hashes: Vec<_> = commit.rows.iter().map(|row| leaf_hash(&row.leaf)).collect();
        if root(&hashes) != entry.rows_root {
            findings.add(at(), Fault::RowsRoot);
        }
    }
    if let Err(error) = check_order(rows.iter().map(|row| &row.leaf)) {
        findings.add(at(), Fault::RowOrder(error));
    }
    rows
}

/// Rows of which the file gives the leaf hash alone.
fn verify_hashes(commit: &CommitProof, entry: &Entry, findings: &mut Findings) -> Vec<VerifiedHash> {
    let mut next = 0;
    for row in &commit.leaf_only {
        let at = || Location::Row { seq: commit.seq, index: row.index };
        if row.index < next || commit.rows.iter().any(|known| known.index == row.index) {
            findings.add(at(), Fault::RowIndex);
        }
        next = row.index.saturating_add(1);
        if commit.complete {
            findings.add(at(), Fault::RowPath);
        }
        if let Err(error) =
            verify_inclusion(row.hash, row.index, entry.leaf_count, &row.path, entry.rows_root)
        {
            findings.add(at(), Fault::NotInCommit(error));
        }
    }
    commit.leaf_only.iter().map(|row| VerifiedHash { index: row.index, hash: row.hash }).collect()
}

/// Each version is opened once and closed once at most, and what follows a version names it, wherever both
/// are in the file. (What the file leaves out cannot be checked here.)
fn verify_versions(commits: &[VerifiedCommit], findings: &mut Findings) {
    let mut opened: HashMap<VersionName<'_>, (Hash32, Seq)> = HashMap::new();
    let mut done: HashMap<(VersionName<'_>, Act, Option<u16>), ()> = HashMap::new();
    for (seq, row) in rows_of(commits) {
        let version = (row.leaf.register.as_str(), row.leaf.key.as_str(), row.leaf.ordinal);
        if done.insert((version, row.leaf.act, row.leaf.field), ()).is_some() {
            findings.add(record_at(seq, &row.leaf), Fault::Twice);
        } else if row.leaf.act == Act::Open {
            opened.insert(version, (row.hash, seq));
        }
    }
    verify_unread(commits, &opened, findings);
    for (seq, row) in rows_of(commits) {
        let leaf = &row.leaf;
        let Some((hash, since)) = followed(leaf).and_then(|(_, version)| opened.get(&version)) else {
            continue;
        };
        if leaf.previous != *hash {
            findings.add(record_at(seq, leaf), Fault::Chain);
        }
        if seq < *since {
            findings.add(record_at(seq, leaf), Fault::Backwards);
        }
    }
}

/// What follows a row given by its hash alone agrees on which version that is, comes later, and the file does not
/// open that version elsewhere.
fn verify_unread<'a>(
    commits: &'a [VerifiedCommit],
    opened: &HashMap<VersionName<'a>, (Hash32, Seq)>,
    findings: &mut Findings,
) {
    let hashes = |commit: &'a VerifiedCommit| {
        commit.leaf_only.iter().map(|row| (row.hash, (commit.entry.seq, None::<VersionName<'a>>)))
    };
    let mut unread: HashMap<_, _> = commits.iter().flat_map(hashes).collect();
    for (seq, row) in rows_of(commits) {
        let Some((previous, version)) = followed(&row.leaf) else { continue };
        let Some((since, known)) = unread.get_mut(&previous) else { continue };
        if known.is_some_and(|known| known != version) {
            findings.add(record_at(seq, &row.leaf), Fault::Chain);
        }
        if opened.contains_key(&version) {
            findings.add(record_at(seq, &row.leaf), Fault::Twice);
        }
        if seq < *since {
            findings.add(record_at(seq, &row.leaf), Fault::Backwards);
        }
        *known = Some(version);
    }
}

fn rows_of(commits: &[VerifiedCommit]) -> impl Iterator<Item = (Seq, &VerifiedRow)> {
    commits.iter().flat_map(|commit| commit.rows.iter().map(|row| (commit.entry.seq, row)))
}

fn record_at(seq: Seq, leaf: &RowLeaf) -> Location {
    Location::Record { seq, register: leaf.register.clone(), key: leaf.key.clone(), ordinal: leaf.ordinal }
}

#[derive(Default)]
struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    const fn is_full(&self) -> bool {
        self.list.len() >= FINDINGS_MAX
    }

    fn add(&mut self, location: Location, fault: Fault) {
        match self.list.len() + 1 {
            FINDINGS_MAX => self.list.push(Finding { location: Location::File, fault: Fault::TooMany }),
            more if more < FINDINGS_MAX => self.list.push(Finding { location, fault }),
            _ => {}
        }
    }
}
