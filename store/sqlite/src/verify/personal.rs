//! The erasable values of a span of versions, in the order of the versions.

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{Row, Rows};

use crate::StoreError;

/// A walk through table `personal` beside one through the versions.
pub(super) struct Values<'s> {
    rows: Rows<'s>,
    /// Values went by that no version at hand asked for.
    pub(super) strays: bool,
}

impl<'s> Values<'s> {
    /// Register, first and last version.
    pub(super) const SQL: &'static str = "SELECT vid, field, salt, value FROM personal
         WHERE register = ?1 AND vid BETWEEN ?2 AND ?3 ORDER BY vid, field";

    pub(super) fn new(mut rows: Rows<'s>) -> Result<Self, StoreError> {
        rows.advance()?;
        Ok(Self { rows, strays: false })
    }

    /// Passes over the values of versions before `vid`.
    pub(super) fn skip_to(&mut self, vid: i64) -> Result<(), StoreError> {
        while let Some(row) = self.rows.get() {
            if row.get::<_, i64>(0)? >= vid && vid < i64::MAX {
                break;
            }
            self.strays = true;
            self.rows.advance()?;
        }
        Ok(())
    }

    /// Gives field, salt and value of the next value of version `vid` to `take`; `None` where there is none.
    pub(super) fn next_of<T>(
        &mut self,
        vid: i64,
        take: impl FnOnce(u16, &[u8], &[u8]) -> T,
    ) -> Result<Option<T>, StoreError> {
        let taken = match self.rows.get() {
            Some(row) if row.get::<_, i64>(0)? == vid => Some(Self::parts(row, take)?),
            _ => return Ok(None),
        };
        self.rows.advance()?;
        Ok(taken)
    }

    fn parts<T>(row: &Row<'_>, take: impl FnOnce(u16, &[u8], &[u8]) -> T) -> Result<T, StoreError> {
        let (salt, value) = (row.get_ref(2)?, row.get_ref(3)?);
        let blob =
            |column: rusqlite::types::ValueRef<'_>| column.as_blob().map_err(StoreError::corrupt).err();
        match (blob(salt), blob(value)) {
            (None, None) => {
                Ok(take(row.get(1)?, salt.as_blob().unwrap_or_default(), value.as_blob().unwrap_or_default()))
            }
            (Some(error), _) | (_, Some(error)) => Err(error),
        }
    }
}
