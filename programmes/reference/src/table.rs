//! Reading our own tables: one header line, no quotes; a comma inside a field is written `\,`.

use mc_base::{Day, PlaceId};

use crate::error::ReferenceError;

/// A line of a table, split into exactly `N` fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<const N: usize> {
    table: &'static str,
    number: usize,
    pub(crate) fields: [&'static str; N],
}

/// The lines of `text` below its header.
pub(crate) fn lines<const N: usize>(
    table: &'static str,
    text: &'static str,
) -> impl Iterator<Item = Result<Line<N>, ReferenceError>> {
    text.lines().enumerate().skip(1).map(move |(index, line)| {
        let wrong = || ReferenceError {
            table,
            line: index + 1,
            found: line.to_owned(),
            expected: "một dòng có đủ số cột",
        };
        let fields: [&str; N] = split(line).try_into().map_err(|_| wrong())?;
        Ok(Line { table, number: index + 1, fields })
    })
}

fn split(line: &'static str) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(',') {
        let (before, _) = line.split_at(at);
        if !before.ends_with('\\') {
            fields.push(before.get(start..).unwrap_or_default());
            start = at + 1;
        }
    }
    fields.push(line.get(start..).unwrap_or_default());
    fields
}

impl<const N: usize> Line<N> {
    pub(crate) fn wrong(&self, found: &str, expected: &'static str) -> ReferenceError {
        ReferenceError { table: self.table, line: self.number, found: found.to_owned(), expected }
    }

    pub(crate) fn place(&self, text: &str) -> Result<PlaceId, ReferenceError> {
        text.parse().map(PlaceId).map_err(|_| self.wrong(text, "số hiệu địa bàn"))
    }

    pub(crate) fn day(&self, text: &str) -> Result<Day, ReferenceError> {
        Day::parse_iso(text).ok_or_else(|| self.wrong(text, "ngày"))
    }

    /// `None` for an empty field, else what `read` makes of it.
    pub(crate) fn optional<T>(
        &self,
        text: &str,
        read: impl Fn(&Self, &str) -> Result<T, ReferenceError>,
    ) -> Result<Option<T>, ReferenceError> {
        if text.is_empty() { Ok(None) } else { read(self, text).map(Some) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_may_be_escaped() {
        assert_eq!(split("a,b\\, c,,d"), ["a", "b\\, c", "", "d"]);
    }

    #[test]
    fn a_line_with_too_few_fields_is_named() {
        let read: Vec<Result<Line<2>, _>> = lines("thử", "x,y\n1,2\n3\n").collect();
        assert!(read.first().is_some_and(Result::is_ok));
        let error = read.into_iter().nth(1).and_then(Result::err).expect("the second line is short");
        assert_eq!(error.to_string(), "Bảng thử, dòng 3: “3” không phải một dòng có đủ số cột.");
    }
}
