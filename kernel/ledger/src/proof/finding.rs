//! What is wrong with a proof, and where.

use std::fmt;

use mc_base::Seq;

use crate::canon::{CanonError, OrderError};
use crate::checkpoint::CheckpointError;
use crate::entry::EntryError;
use crate::note::NoteError;
use crate::tree::TreeError;

/// One thing that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Where.
    pub location: Location,
    /// What.
    pub fault: Fault,
}

/// The part of a proof file that a finding is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Location {
    /// The file as a whole.
    File,
    /// The checkpoint or its key.
    Checkpoint,
    /// A commit.
    Commit(Seq),
    /// A row that could not be read.
    Row {
        /// The commit.
        seq: Seq,
        /// Index within the commit, from 0.
        index: u64,
    },
    /// A row that could be read.
    Record {
        /// The commit.
        seq: Seq,
        /// Register id.
        register: String,
        /// Record key.
        key: String,
        /// Version ordinal.
        ordinal: u32,
    },
}

/// What does not hold. The text says what was found and what was expected, in Vietnamese.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// The key in the file cannot be read.
    #[error("{0}")]
    Key(NoteError),
    /// The file names another key than the one the reader trusts.
    #[error("tệp nêu khóa khác với khóa được tin cậy")]
    OtherKey,
    /// Checkpoint form or signature.
    #[error("{0}")]
    Checkpoint(CheckpointError),
    /// The file is of another log than its checkpoint.
    #[error("tệp ghi sổ cái “{found}”, mốc niêm phong là của “{expected}”")]
    Origin {
        /// Origin in the file.
        found: String,
        /// Origin in the checkpoint.
        expected: String,
    },
    /// Nothing to prove.
    #[error("tệp không có lần ghi nào")]
    Empty,
    /// The entry cannot be read.
    #[error("{0}")]
    Entry(EntryError),
    /// The entry carries another number.
    #[error("mục ghi mang số {found}, tệp ghi {expected}")]
    Seq {
        /// Number in the entry.
        found: u64,
        /// Number in the file.
        expected: u64,
    },
    /// Commits not ascending.
    #[error("lần ghi không xếp tăng dần hoặc bị lặp")]
    CommitOrder,
    /// Recorded before an earlier commit.
    #[error("thời điểm ghi sớm hơn lần ghi trước đó")]
    TimeOrder,
    /// The entry is not in the log.
    #[error("lần ghi không nằm dưới mốc niêm phong: {0}")]
    NotInLog(TreeError),
    /// Entries of two instances.
    #[error("lần ghi thuộc một sổ cái khác trong cùng tệp")]
    Instance,
    /// Origin and entry disagree on whether the data are invented.
    #[error("cờ dữ liệu minh họa của lần ghi không khớp tên sổ cái")]
    Illustrative,
    /// The file states another number of rows than the entry.
    #[error("tệp ghi lần ghi có {found} dòng, mục ghi nói {expected}")]
    LeafCount {
        /// Rows as the file says.
        found: u64,
        /// Rows as the entry says.
        expected: u64,
    },
    /// Said to be complete, but rows are missing or too many.
    #[error("lần ghi được nói là đủ dòng nhưng tệp có {found} dòng, phải là {expected}")]
    Incomplete {
        /// Rows in the file.
        found: u64,
        /// Rows of the commit.
        expected: u64,
    },
    /// The rows together have another root.
    #[error("các dòng không cho ra mã gốc mà mục ghi nêu")]
    RowsRoot,
    /// A row index out of order.
    #[error("vị trí dòng không xếp tăng dần, bị lặp hoặc không đúng chỗ")]
    RowIndex,
    /// A row with a path where none belongs, or without one where it does.
    #[error("đường chứng minh của dòng thừa hoặc thiếu (chỉ có khi tệp không chứa đủ dòng của lần ghi)")]
    RowPath,
    /// The row is not in the commit.
    #[error("dòng không thuộc lần ghi: {0}")]
    NotInCommit(TreeError),
    /// The row cannot be read.
    #[error("dòng hỏng: {0}")]
    Row(CanonError),
    /// Rows of a commit out of order.
    #[error("{0}")]
    RowOrder(OrderError),
    /// The same version is opened or closed twice, or the same field erased twice.
    #[error("cùng một phiên bản được ghi hai lần với cùng hành vi")]
    Twice,
    /// The row names another predecessor than the one in the file.
    #[error("dòng nối vào bản trước khác với bản trước có trong tệp")]
    Chain,
    /// Closed, corrected or erased before it was opened.
    #[error("lần ghi này đứng trước lần ghi đã mở phiên bản")]
    Backwards,
    /// So many findings that checking stopped.
    #[error("quá nhiều phát hiện; dừng kiểm tra tại đây")]
    TooMany,
}

impl Fault {
    /// A permanent English name for programs.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::OtherKey => "other_key",
            Self::Checkpoint(_) => "checkpoint",
            Self::Origin { .. } => "origin",
            Self::Empty => "empty",
            Self::Entry(_) => "entry",
            Self::Seq { .. } => "seq",
            Self::CommitOrder => "commit_order",
            Self::TimeOrder => "time_order",
            Self::NotInLog(_) => "not_in_log",
            Self::Instance => "instance",
            Self::Illustrative => "illustrative",
            Self::LeafCount { .. } => "leaf_count",
            Self::Incomplete { .. } => "incomplete",
            Self::RowsRoot => "rows_root",
            Self::RowIndex => "row_index",
            Self::RowPath => "row_path",
            Self::NotInCommit(_) => "not_in_commit",
            Self::Row(_) => "row",
            Self::RowOrder(_) => "row_order",
            Self::Twice => "twice",
            Self::Chain => "chain",
            Self::Backwards => "backwards",
            Self::TooMany => "too_many",
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("tệp bằng chứng"),
            Self::Checkpoint => f.write_str("mốc niêm phong"),
            Self::Commit(seq) => write!(f, "lần ghi {seq}"),
            Self::Row { seq, index } => write!(f, "lần ghi {seq}, dòng {index}"),
            Self::Record { seq, register, key, ordinal } => {
                write!(f, "lần ghi {seq}, sổ {register}, bản ghi {key}, phiên bản {ordinal}")
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.fault)
    }
}
