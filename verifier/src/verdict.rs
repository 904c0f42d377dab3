//! What was found of a proof file.

use mc_base::{Instant, Seq};
use mc_figure::FigureClaim;
use mc_figure::claim::{Checked, Unchecked};
use serde_json::json;

use crate::record::RowText;

/// One of the statements of a proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Line {
    /// It holds.
    Holds,
    /// It was not checked, for the reason given.
    Unchecked(String),
    /// It does not hold; the reasons, never empty.
    Failed(Vec<String>),
}

/// Where the rows of a proof were recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recorded {
    /// Rows in the file.
    pub rows: u64,
    /// Commits in the file.
    pub commits: u64,
    /// First and last commit.
    pub span: (Seq, Seq),
    /// When the last one was recorded.
    pub last_at: Instant,
    /// Entries under the checkpoint.
    pub sealed: u64,
}

/// Everything that is said of a proof file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Name of the log as the file states it.
    pub origin: String,
    /// The key that the file names.
    pub vkey: String,
    /// The key was given by the reader; otherwise it is the file's own.
    pub key_trusted: bool,
    /// The data are invented.
    pub illustrative: bool,
    /// Where the rows were recorded; absent where that failed.
    pub at: Option<Recorded>,
    /// The records exist and were recorded.
    pub recorded: Line,
    /// The arithmetic follows from them.
    pub arithmetic: Line,
    /// The figure claimed, and what was found of it.
    pub figure: Option<(FigureClaim, Checked)>,
    /// The rows of a proof of a record, in words.
    pub rows: Vec<RowText>,
}

impl Line {
    pub(crate) fn unchecked(why: Unchecked) -> Self {
        Self::Unchecked(why.to_string())
    }

    /// `ok`, `unchecked` or `failed: …`.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Holds => "ok".to_owned(),
            Self::Unchecked(_) => "unchecked".to_owned(),
            Self::Failed(reasons) => format!("failed: {}", reasons.join("; ")),
        }
    }

    const fn failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

impl Verdict {
    /// Nothing that was checked is wrong.
    #[must_use]
    pub const fn ok(&self) -> bool {
        !self.recorded.failed() && !self.arithmetic.failed()
    }

    /// The verdict for programs; see `docs/spec/proof.md`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        json!({
            "ok": self.ok(),
            "recorded": self.recorded.word(),
            "arithmetic": self.arithmetic.word(),
            "completeness": "unprovable",
            "illustrative": self.illustrative,
            "key": if self.key_trusted { "given" } else { "file" },
        })
    }
}
