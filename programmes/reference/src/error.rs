//! What can be wrong with the embedded tables.

/// A line of an embedded table that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Bảng {table}, dòng {line}: “{found}” không phải {expected}.")]
pub struct ReferenceError {
    /// File name of the table.
    pub table: &'static str,
    /// Line, from 1; the header is line 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
    /// What was expected, in Vietnamese.
    pub expected: &'static str,
}
