//! Reading a proof file and judging it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use mc_base::Seq;
use mc_figure::FigureClaim;
use mc_figure::claim::{self, Arithmetic, Checked, RecordedRow};
use mc_ledger::checkpoint::ILLUSTRATIVE_ORIGIN;
use mc_ledger::entry::ENTRY_BYTES_MAX;
use mc_ledger::proof::{FILE_BYTES_MAX, ProofFileError, TlogProofError, Verified};
use mc_ledger::{NoteVerifier, ProofFile, verify_records};

use crate::record;
use crate::verdict::{Line, Recorded, Verdict};

/// Reasons shown of one line.
const REASONS_MAX: usize = 20;

/// Why a file could not be judged at all. `Display` is the sentence a user reads.
#[derive(Debug)]
pub enum InputError {
    /// It could not be read.
    File(std::io::Error),
    /// Nothing in it.
    Empty,
    /// Longer than a proof file may be.
    TooLong,
    /// Not text.
    NotText,
    /// Not a proof file.
    Form(ProofFileError),
    /// Not a `.tlog-proof`.
    EntryProof(TlogProofError),
    /// The entry that a `.tlog-proof` is about is longer than an entry may be.
    EntryTooLong,
}

impl std::fmt::Display for InputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const MIB: usize = 1_048_576;
        match self {
            Self::File(error) => write!(f, "Không đọc được tệp: {error}."),
            Self::Empty => f.write_str("Tệp rỗng; cần một tệp bằng chứng do `minhchung proof` ghi ra."),
            Self::TooLong => {
                write!(f, "Tệp dài hơn {} MiB; tệp bằng chứng không dài như vậy.", FILE_BYTES_MAX / MIB)
            }
            Self::NotText => f.write_str("Tệp không phải văn bản UTF-8; cần một tệp bằng chứng JSON."),
            Self::Form(error) => write!(f, "Không phải tệp bằng chứng: {error}."),
            Self::EntryProof(error) => write!(f, "Không phải tệp .tlog-proof đúng dạng: {error}."),
            Self::EntryTooLong => {
                write!(f, "Tệp mục ghi dài hơn {ENTRY_BYTES_MAX} byte; mục ghi không dài như vậy.")
            }
        }
    }
}

impl std::error::Error for InputError {}

/// Reads a file of at most 64 MiB.
///
/// # Errors
/// Where it cannot be read, is empty, too long or no text.
pub fn read(path: &Path) -> Result<String, InputError> {
    let bytes = bounded(path, FILE_BYTES_MAX)?.ok_or(InputError::TooLong)?;
    String::from_utf8(bytes).map_err(|_| InputError::NotText)
}

/// Reads the bytes of an entry.
///
/// # Errors
/// Where the file cannot be read or is longer than an entry may be.
pub fn read_entry(path: &Path) -> Result<Vec<u8>, InputError> {
    bounded(path, ENTRY_BYTES_MAX)?.ok_or(InputError::EntryTooLong)
}

/// The bytes of a file; `None` where there are more than `most`.
fn bounded(path: &Path, most: usize) -> Result<Option<Vec<u8>>, InputError> {
    let file = File::open(path).map_err(InputError::File)?;
    let mut bytes = Vec::new();
    // One byte more than allowed, to see that there is more.
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(InputError::File)?;
    Ok((bytes.len() <= most).then_some(bytes))
}

/// Judges the text of a proof file, under `key` where the reader knows one.
///
/// # Errors
/// Where the text is no proof file. What a proof file gets wrong is in the verdict.
pub fn judge(text: &str, key: Option<&NoteVerifier>) -> Result<Verdict, InputError> {
    if text.trim().is_empty() {
        return Err(InputError::Empty);
    }
    let file = ProofFile::from_json(text).map_err(InputError::Form)?;
    let mut verdict = Verdict {
        origin: file.origin.clone(),
        vkey: file.vkey.clone(),
        key_trusted: key.is_some(),
        illustrative: file.origin.starts_with(ILLUSTRATIVE_ORIGIN),
        at: None,
        recorded: Line::Holds,
        arithmetic: Line::Unchecked("bản ghi chưa được chứng minh".to_owned()),
        figure: None,
        rows: Vec::new(),
    };
    match verify_records(&file, key) {
        Ok(verified) => {
            verdict.illustrative = verified.illustrative;
            verdict.at = Some(recorded(&verified));
            holds(&file, &verified, &mut verdict);
        }
        Err(findings) => verdict.recorded = Line::Failed(reasons(&findings)),
    }
    Ok(verdict)
}

/// The rest, once the records are known to be recorded.
fn holds(file: &ProofFile, verified: &Verified, verdict: &mut Verdict) {
    let Some(figure) = &file.figure else {
        verdict.arithmetic = Line::Unchecked("tệp chứng minh bản ghi, không có phép tính".to_owned());
        verdict.rows = record::describe(verified);
        return;
    };
    let claim = match FigureClaim::from_json(figure) {
        Ok(claim) => claim,
        Err(error) => {
            verdict.arithmetic = Line::Failed(vec![error.to_string()]);
            return;
        }
    };
    if claim.seq > verified.checkpoint.size {
        let text = format!(
            "số liệu đọc ở lần ghi {} nhưng mốc niêm phong chỉ có {} lần ghi",
            claim.seq, verified.checkpoint.size
        );
        verdict.arithmetic = Line::Failed(vec![text]);
        return;
    }
    let rows: Vec<RecordedRow<'_>> = verified
        .commits
        .iter()
        .flat_map(|commit| {
            commit.rows.iter().map(|row| RecordedRow { seq: commit.entry.seq, leaf: &row.leaf })
        })
        .collect();
    let checked: Checked = claim::check(&claim, &rows);
    verdict.arithmetic = match &checked.arithmetic {
        Arithmetic::Holds => Line::Holds,
        Arithmetic::Unchecked(why) => Line::unchecked(*why),
        Arithmetic::Failed(faults) => Line::Failed(reasons(faults)),
    };
    verdict.figure = Some((claim, checked));
}

fn recorded(verified: &Verified) -> Recorded {
    let entries = || verified.commits.iter().map(|commit| &commit.entry);
    let seqs = || entries().map(|entry| entry.seq);
    Recorded {
        rows: verified.commits.iter().map(|it| (it.rows.len() + it.leaf_only.len()) as u64).sum(),
        commits: verified.commits.len() as u64,
        span: (seqs().min().unwrap_or(Seq(0)), seqs().max().unwrap_or(Seq(0))),
        last_at: entries().map(|entry| entry.recorded_at).max().unwrap_or(mc_base::Instant(0)),
        sealed: verified.checkpoint.size,
    }
}

fn reasons<T: std::fmt::Display>(found: &[T]) -> Vec<String> {
    let mut reasons: Vec<String> = found.iter().take(REASONS_MAX).map(ToString::to_string).collect();
    if found.len() > REASONS_MAX {
        reasons.push(format!("và {} điều nữa", found.len() - REASONS_MAX));
    }
    reasons
}
