//! What `verify` finds.

/// The kind of a finding; the screen groups by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FindingKind {
    /// An entry's bytes, number or place in the log.
    Entry,
    /// The log's tree or its stored nodes.
    Tree,
    /// A checkpoint.
    Checkpoint,
    /// A row leaf of a commit.
    Row,
    /// A version row that differs from its leaf, or has none.
    Version,
    /// A personal value that is missing without an erasure, or does not match its commitment.
    Personal,
    /// A schema or definition.
    Declaration,
    /// Derived state: cells, spans, ancestors.
    Derived,
    /// A sealed day of the access journal.
    Access,
    /// The database file itself.
    File,
}

impl FindingKind {
    /// Stable identifier for machines.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Tree => "tree",
            Self::Checkpoint => "checkpoint",
            Self::Row => "row",
            Self::Version => "version",
            Self::Personal => "personal",
            Self::Declaration => "declaration",
            Self::Derived => "derived",
            Self::Access => "access",
            Self::File => "file",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Kind.
    pub kind: FindingKind,
    /// Where: `lần ghi 12, dòng 3`, `base_station/LC-0001, phiên bản 2`.
    pub place: String,
    /// What, as a sentence.
    pub message: String,
}

/// The result of re-reading everything.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// Versions re-read.
    pub records: u64,
    /// Entries re-read.
    pub commits: u64,
    /// Values that were lawfully erased.
    pub erased: u64,
    /// What is under way and therefore not re-read: an import that is being applied. No finding.
    pub notes: Vec<String>,
    /// What is wrong; at most [`FINDINGS_MAX`].
    pub findings: Vec<Finding>,
}

/// Findings reported before `verify` gives up listing.
pub const FINDINGS_MAX: usize = 1_000;

impl Report {
    /// Nothing is wrong.
    #[must_use]
    pub const fn ok(&self) -> bool {
        self.findings.is_empty()
    }

    /// Adds a finding, unless the list is full.
    pub fn add(&mut self, kind: FindingKind, place: impl Into<String>, message: impl Into<String>) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { kind, place: place.into(), message: message.into() });
        }
    }

    /// Takes in what another part of the work found.
    pub fn absorb(&mut self, other: Self) {
        self.records += other.records;
        self.commits += other.commits;
        self.erased += other.erased;
        self.notes.extend(other.notes);
        let room = FINDINGS_MAX.saturating_sub(self.findings.len());
        self.findings.extend(other.findings.into_iter().take(room));
    }
}
