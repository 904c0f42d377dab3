//! The text format of C2SP tlog-proof: one entry of the log under one checkpoint.

use mc_base::Hash32;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{NOTE_BYTES_MAX, NoteVerifier};
use crate::text64;
use crate::tile::parse_number;
use crate::tree::{PROOF_HASHES_MAX, TreeError, leaf_hash, verify_inclusion};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
const EXTRA_BYTES_MAX: usize = 1_048_576;

/// That an entry stands at `index` of the log with this checkpoint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TlogProof {
    /// Bytes for the reader's convenience; nothing vouches for them.
    pub extra: Option<Vec<u8>>,
    /// Index of the entry, from 0.
    pub index: u64,
    /// Inclusion proof, the leaf's sibling first.
    pub path: Vec<Hash32>,
    /// The signed checkpoint, byte for byte.
    pub checkpoint: String,
}

/// Why a tlog-proof was not accepted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TlogProofError {
    /// Too long.
    #[error("tệp bằng chứng dài {0} byte, quá giới hạn")]
    TooLong(usize),
    /// The first line is another.
    #[error("dòng đầu phải là “c2sp.org/tlog-proof@v1”")]
    Header,
    /// A line has another form.
    #[error("dòng {0} của tệp bằng chứng sai dạng")]
    Line(usize),
    /// No blank line before the checkpoint.
    #[error("thiếu dòng trống trước mốc niêm phong")]
    NoCheckpoint,
    /// The checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The inclusion proof.
    #[error("bằng chứng có mặt không đúng: {0}")]
    Tree(#[from] TreeError),
}

impl TlogProof {
    /// The text of a `.tlog-proof` file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if let Some(extra) = &self.extra {
            text.push_str(&format!("extra {}\n", text64::encode(extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        for hash in &self.path {
            text.push_str(&text64::encode(&hash.0));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// Reads a `.tlog-proof` file. Nothing is verified yet.
    ///
    /// # Errors
    /// Names the first line that has another form.
    pub fn parse(text: &str) -> Result<Self, TlogProofError> {
        if text.len() > 2 * EXTRA_BYTES_MAX + NOTE_BYTES_MAX {
            return Err(TlogProofError::TooLong(text.len()));
        }
        let (head, checkpoint) = text.split_once("\n\n").ok_or(TlogProofError::NoCheckpoint)?;
        let mut lines = (1..).zip(head.split('\n')).peekable();
        if lines.next().is_none_or(|(_, line)| line != HEADER) {
            return Err(TlogProofError::Header);
        }
        let extra = match lines.peek() {
            Some((number, line)) if line.starts_with("extra ") => {
                let bytes = line.strip_prefix("extra ").and_then(text64::decode);
                Some(bytes.ok_or(TlogProofError::Line(*number))?)
            }
            _ => None,
        };
        if extra.is_some() {
            lines.next();
        }
        let index = lines
            .next()
            .and_then(|(_, line)| parse_number(line.strip_prefix("index ")?))
            .ok_or(TlogProofError::Line(if extra.is_some() { 3 } else { 2 }))?;
        let path = lines
            .map(|(number, line)| text64::hash(line).ok_or(TlogProofError::Line(number)))
            .take(PROOF_HASHES_MAX + 1)
            .collect::<Result<Vec<_>, _>>()?;
        if path.len() > PROOF_HASHES_MAX {
            return Err(TreeError::TooLong(path.len()).into());
        }
        Ok(Self { extra, index, path, checkpoint: checkpoint.to_owned() })
    }

    /// Accepts the proof for these entry bytes and this key, and returns the checkpoint it stands under.
    ///
    /// # Errors
    /// When the checkpoint or the path does not hold.
    pub fn verify(&self, entry: &[u8], key: &NoteVerifier) -> Result<Checkpoint, TlogProofError> {
        let checkpoint = Checkpoint::verify(&self.checkpoint, key)?;
        verify_inclusion(leaf_hash(entry), self.index, checkpoint.size, &self.path, checkpoint.root)?;
        Ok(checkpoint)
    }
}
