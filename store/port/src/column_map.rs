//! Which column is which field, remembered from import to import. Operational state: no figure reads it.

use crate::StoreFailure;

/// Keeps mappings of columns by register and layout (the headers that files of one sender share).
pub trait ColumnMaps: Send + Sync {
    /// The mapping kept for a layout, as the text it was kept as.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn column_map(&self, register: &str, layout: &str) -> Result<Option<String>, StoreFailure>;

    /// Keeps the mapping of a layout in place of an earlier one.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_column_map(&self, register: &str, layout: &str, mapping: &str) -> Result<(), StoreFailure>;
}
