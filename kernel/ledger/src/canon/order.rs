//! The order of the rows within a commit.

use super::row::{Act, RowLeaf};

/// Register, key, act, version ordinal, erased field: rows of a commit are sorted by it (texts by their
/// bytes).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SortKey<'a> {
    /// Register id.
    pub register: &'a str,
    /// Record key.
    pub key: &'a str,
    /// What is done.
    pub act: Act,
    /// Version ordinal.
    pub ordinal: u32,
    /// Erased field.
    pub field: Option<u16>,
}

/// Two neighbouring rows are not in order, or are the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("dòng {index} của lần ghi không đứng sau dòng {}: sai thứ tự hoặc lặp", .index.saturating_sub(1))]
pub struct OrderError {
    /// Index (from 0) of the row that does not come after the one before it.
    pub index: u64,
}

/// Accepts rows that are strictly ascending.
///
/// # Errors
/// Names the first row that is not greater than the one before it.
pub fn check_order<'a>(rows: impl IntoIterator<Item = &'a RowLeaf>) -> Result<(), OrderError> {
    let mut before: Option<SortKey<'a>> = None;
    for (index, row) in (0_u64..).zip(rows) {
        let here = row.sort_key();
        if before.is_some_and(|before| before >= here) {
            return Err(OrderError { index });
        }
        before = Some(here);
    }
    Ok(())
}
