//! The proof file as JSON, read strictly.

use mc_base::{Hash32, Seq};
use serde::{Deserialize, Serialize};

use super::file::{CommitProof, HashEvidence, ProofFile, RowEvidence};
use super::{COMMITS_MAX, FILE_BYTES_MAX, FORMAT, ROWS_MAX};
use crate::canon::ROW_BYTES_MAX;
use crate::entry::ENTRY_BYTES_MAX;
use crate::text64;
use crate::tree::PROOF_HASHES_MAX;

/// Why a proof file could not be read. Whether it holds is another question, see [`super::verify_records`].
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ProofFileError {
    /// Too long.
    #[error("tệp bằng chứng dài {0} byte, nhiều nhất {FILE_BYTES_MAX}")]
    TooLong(usize),
    /// Not JSON, or not the members a proof file has.
    #[error("tệp bằng chứng hỏng ở dòng {line}, cột {column}: không phải JSON đúng mẫu “{FORMAT}”")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Another format or version.
    #[error("tệp ghi là “{0}”, chương trình này chỉ đọc “{FORMAT}”")]
    Format(String),
    /// Bytes that are not strict base64, or a hash that is not 32 bytes.
    #[error("lần ghi {seq}: {what} không đúng base64")]
    Base64 {
        /// Sequence number of the commit.
        seq: u64,
        /// Which part.
        what: &'static str,
    },
    /// Too many of something.
    #[error("tệp bằng chứng có {found} {what}, nhiều nhất {max}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        found: usize,
        /// The limit.
        max: usize,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    origin: String,
    vkey: String,
    checkpoint: String,
    commits: Vec<Commit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    figure: Option<serde_json::Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Commit {
    seq: u64,
    entry: String,
    path: Vec<String>,
    leaf_count: u64,
    complete: bool,
    rows: Vec<Row>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    leaf_only: Vec<LeafOnly>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    index: u64,
    leaf: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeafOnly {
    index: u64,
    hash: String,
    path: Vec<String>,
}

impl ProofFile {
    /// The file's text: JSON with two spaces of indent and a final line feed, always the same for the same
    /// content.
    #[must_use]
    pub fn to_json(&self) -> String {
        let file = File {
            format: FORMAT.to_owned(),
            origin: self.origin.clone(),
            vkey: self.vkey.clone(),
            checkpoint: self.checkpoint.clone(),
            commits: self.commits.iter().map(commit_to_json).collect(),
            figure: self.figure.clone(),
        };
        // Strings, numbers and lists only: there is nothing here that JSON could refuse.
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads a proof file. Nothing is verified yet.
    ///
    /// # Errors
    /// When the text has another form or exceeds a limit.
    pub fn from_json(text: &str) -> Result<Self, ProofFileError> {
        if text.len() > FILE_BYTES_MAX {
            return Err(ProofFileError::TooLong(text.len()));
        }
        let file: File = serde_json::from_str(text)
            .map_err(|error| ProofFileError::Json { line: error.line(), column: error.column() })?;
        if file.format != FORMAT {
            return Err(ProofFileError::Format(file.format.chars().take(64).collect()));
        }
        at_most("lần ghi", file.commits.len(), COMMITS_MAX)?;
        let rows = file.commits.iter().map(|commit| commit.rows.len() + commit.leaf_only.len()).sum();
        at_most("dòng", rows, ROWS_MAX)?;
        let commits = file.commits.into_iter().map(commit_from_json).collect::<Result<_, _>>()?;
        Ok(Self {
            origin: file.origin,
            vkey: file.vkey,
            checkpoint: file.checkpoint,
            commits,
            figure: file.figure,
        })
    }
}

fn commit_to_json(commit: &CommitProof) -> Commit {
    let row = |row: &RowEvidence| Row {
        index: row.index,
        leaf: text64::encode(&row.leaf),
        path: row.path.as_deref().map(path_to_json),
    };
    let leaf_only = |row: &HashEvidence| LeafOnly {
        index: row.index,
        hash: text64::encode(&row.hash.0),
        path: path_to_json(&row.path),
    };
    Commit {
        seq: commit.seq.0,
        entry: text64::encode(&commit.entry),
        path: path_to_json(&commit.path),
        leaf_count: commit.leaf_count,
        complete: commit.complete,
        rows: commit.rows.iter().map(row).collect(),
        leaf_only: commit.leaf_only.iter().map(leaf_only).collect(),
    }
}

fn commit_from_json(commit: Commit) -> Result<CommitProof, ProofFileError> {
    let seq = commit.seq;
    let row = |row: Row| {
        Ok(RowEvidence {
            index: row.index,
            leaf: bytes(&row.leaf, ROW_BYTES_MAX, seq, "dòng")?,
            path: row.path.map(|path| path_from_json(&path, seq, "đường chứng minh của dòng")).transpose()?,
        })
    };
    let leaf_only = |row: LeafOnly| {
        Ok(HashEvidence {
            index: row.index,
            hash: text64::hash(&row.hash)
                .ok_or(ProofFileError::Base64 { seq, what: "mã băm của dòng" })?,
            path: path_from_json(&row.path, seq, "đường chứng minh của dòng")?,
        })
    };
    Ok(CommitProof {
        seq: Seq(seq),
        entry: bytes(&commit.entry, ENTRY_BYTES_MAX, seq, "mục ghi")?,
        path: path_from_json(&commit.path, seq, "đường chứng minh của lần ghi")?,
        leaf_count: commit.leaf_count,
        complete: commit.complete,
        rows: commit.rows.into_iter().map(row).collect::<Result<_, _>>()?,
        leaf_only: commit.leaf_only.into_iter().map(leaf_only).collect::<Result<_, _>>()?,
    })
}

fn path_to_json(path: &[Hash32]) -> Vec<String> {
    path.iter().map(|hash| text64::encode(&hash.0)).collect()
}

fn path_from_json(path: &[String], seq: u64, what: &'static str) -> Result<Vec<Hash32>, ProofFileError> {
    at_most("mã băm trong một đường chứng minh", path.len(), PROOF_HASHES_MAX)?;
    path.iter().map(|hash| text64::hash(hash).ok_or(ProofFileError::Base64 { seq, what })).collect()
}

fn bytes(text: &str, max: usize, seq: u64, what: &'static str) -> Result<Vec<u8>, ProofFileError> {
    let bytes = text64::decode(text).ok_or(ProofFileError::Base64 { seq, what })?;
    at_most("byte trong một mục", bytes.len(), max)?;
    Ok(bytes)
}

const fn at_most(what: &'static str, found: usize, max: usize) -> Result<(), ProofFileError> {
    if found > max { Err(ProofFileError::TooMany { what, found, max }) } else { Ok(()) }
}
