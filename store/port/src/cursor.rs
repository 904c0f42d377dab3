//! Cursors of pages: opaque to whoever passes them on.

/// Stands before a cursor that leads back.
const BACK: char = '\u{1e}';

/// Where a page lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn<'c> {
    /// At the beginning.
    First,
    /// After a row.
    After(&'c str),
    /// Before a row.
    Before(&'c str),
}

impl<'c> Turn<'c> {
    /// Reads a cursor as it was given out.
    #[must_use]
    pub fn of(cursor: Option<&'c str>) -> Self {
        match cursor.filter(|cursor| !cursor.is_empty()) {
            None => Self::First,
            Some(cursor) => cursor.strip_prefix(BACK).map_or(Self::After(cursor), Self::Before),
        }
    }

    /// Whether the page is read backwards.
    #[must_use]
    pub const fn is_back(self) -> bool {
        matches!(self, Self::Before(_))
    }

    /// The row that the page goes on from.
    #[must_use]
    pub const fn row(self) -> Option<&'c str> {
        match self {
            Self::First => None,
            Self::After(row) | Self::Before(row) => Some(row),
        }
    }

    /// Puts rows that were read in the order of the turn, one more than `limit` where there are more, into the
    /// order of the page, and gives the cursors of the page before and of the one after it.
    pub fn arrange<T>(
        self,
        rows: &mut Vec<T>,
        limit: usize,
        row: impl Fn(&T) -> String,
    ) -> (Option<String>, Option<String>) {
        let more = rows.len() > limit;
        rows.truncate(limit);
        if self.is_back() {
            rows.reverse();
        }
        // What the cursor names lies on the other side of the page.
        let (before, after) = if self.is_back() { (more, true) } else { (self != Self::First, more) };
        let previous = rows.first().filter(|_| before).map(|first| format!("{BACK}{}", row(first)));
        (previous, rows.last().filter(|_| after).map(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_as_the_side_it_was_given_for() {
        let mut rows = vec!["c", "d", "e"];
        let (previous, next) = Turn::of(Some("b")).arrange(&mut rows, 2, ToString::to_string);
        assert_eq!(rows, ["c", "d"]);
        assert_eq!(Turn::of(previous.as_deref()), Turn::Before("c"));
        assert_eq!(Turn::of(next.as_deref()), Turn::After("d"));
        let mut rows = vec!["b", "a"];
        let (previous, next) = Turn::of(previous.as_deref()).arrange(&mut rows, 2, ToString::to_string);
        assert_eq!((rows, previous), (vec!["a", "b"], None));
        assert_eq!(Turn::of(next.as_deref()), Turn::After("b"));
        let mut none: Vec<&str> = Vec::new();
        assert_eq!(Turn::of(None).arrange(&mut none, 2, ToString::to_string), (None, None));
        assert_eq!(Turn::of(Some("")), Turn::First);
    }
}
