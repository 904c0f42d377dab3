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
            commits.push(VerifiedCommit { entry, complete: commit.complete, rows });
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

/// Register, key, ordinal.
type Version<'a> = (&'a str, &'a str, u32);

/// Each version is opened once and closed once at most, and what follows a version names it, wherever both
/// are in the file. (What the file leaves out cannot be checked here.)
fn verify_versions(commits: &[VerifiedCommit], findings: &mut Findings) {
    let mut opened: HashMap<Version<'_>, (Hash32, Seq)> = HashMap::new();
    let mut done: HashMap<(Version<'_>, Act, Option<u16>), ()> = HashMap::new();
    for (seq, row) in rows_of(commits) {
        let version = (row.leaf.register.as_str(), row.leaf.key.as_str(), row.leaf.ordinal);
        if done.insert((version, row.leaf.act, row.leaf.field), ()).is_some() {
            findings.add(record_at(seq, &row.leaf), Fault::Twice);
        } else if row.leaf.act == Act::Open {
            opened.insert(version, (row.hash, seq));
        }
    }
    for (seq, row) in rows_of(commits) {
        let leaf = &row.leaf;
        // An open leaf follows the version before; a close or erase leaf follows the version it names.
        let ordinal = if leaf.act == Act::Open { leaf.ordinal - 1 } else { leaf.ordinal };
        let Some((hash, since)) = opened.get(&(leaf.register.as_str(), leaf.key.as_str(), ordinal)) else {
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
