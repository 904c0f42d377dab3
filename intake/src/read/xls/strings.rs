//! Strings of BIFF8 ([MS-XLS] 2.5.293 and 2.5.294): one or two bytes a character, runs of fonts, and broken over
//! records at any place.

use super::records::{damaged, u16_at};
use crate::ReadError;

/// A text in runs; the font of the first is that of the cell.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct RichText {
    pub(super) first: String,
    /// Later runs with the number of their font.
    pub(super) rest: Vec<(u16, String)>,
}

const WIDE: u8 = 0x01;
const PHONETIC: u8 = 0x04;
const RICH: u8 = 0x08;
/// A record may say that it has more strings than it has bytes.
const STRING_BYTES_MIN: usize = 3;

/// Bytes that lie in several bodies.
pub(super) struct Pieces<'a> {
    bodies: Vec<&'a [u8]>,
    body: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub(super) const fn new(bodies: Vec<&'a [u8]>) -> Self {
        Self { bodies, body: 0, at: 0 }
    }

    /// What is left of the current body.
    fn rest(&self) -> &'a [u8] {
        self.bodies.get(self.body).and_then(|body| body.get(self.at..)).unwrap_or_default()
    }

    /// Goes to the next body; whether there is one.
    fn turn(&mut self) -> bool {
        self.body += 1;
        self.at = 0;
        self.body < self.bodies.len()
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest().is_empty() {
            if !self.turn() {
                return None;
            }
        }
        let byte = self.rest().first().copied();
        self.at += 1;
        byte
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let there = self.rest().len().min(count);
            self.at += there;
            count -= there;
            if count > 0 && !self.turn() {
                return None;
            }
        }
        Some(())
    }

    /// Whether nothing is left.
    fn is_empty(&self) -> bool {
        self.rest().is_empty() && self.bodies.iter().skip(self.body + 1).all(|body| body.is_empty())
    }

    /// Characters; after each break a byte says anew whether they are one byte wide or two.
    fn units(&mut self, count: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::with_capacity(count.min(self.rest().len()));
        while units.len() < count {
            if self.rest().is_empty() {
                if !self.turn() {
                    return None;
                }
                wide = self.rest().first()? & WIDE != 0;
                self.at += 1;
            }
            let width = if wide { 2 } else { 1 };
            let take = (self.rest().len() / width).min(count - units.len());
            // Half a character before a break.
            if take == 0 && !self.rest().is_empty() {
                return None;
            }
            let bytes = self.rest().get(..take * width)?;
            if wide {
                units.extend(bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)));
            } else {
                units.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
            self.at += take * width;
        }
        Some(units)
    }

    /// A string with a length of two bytes and all that may follow it.
    pub(super) fn rich(&mut self) -> Option<RichText> {
        let count = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & RICH == 0 { 0 } else { self.u16()? };
        let phonetic = if flags & PHONETIC == 0 { 0 } else { self.u32()? };
        let units = self.units(count, flags & WIDE != 0)?;
        let mut marks = Vec::new();
        for _ in 0..runs {
            marks.push((self.u16()?, self.u16()?));
        }
        self.skip(usize::try_from(phonetic).ok()?)?;
        Some(split(&units, &marks))
    }

    /// A string with a length of one byte and no runs.
    pub(super) fn short(&mut self) -> Option<String> {
        let count = usize::from(self.byte()?);
        let wide = self.byte()? & WIDE != 0;
        Some(String::from_utf16_lossy(&self.units(count, wide)?))
    }

    /// Runs that follow in the body of a record of its own kind.
    pub(super) fn with_runs(&mut self, text: &RichText) -> Option<RichText> {
        let units: Vec<u16> = text.first.encode_utf16().collect();
        let marks: Option<Vec<(u16, u16)>> =
            (0..self.u16()?).map(|_| Some((self.u16()?, self.u16()?))).collect();
        Some(split(&units, &marks?))
    }
}

/// The table of strings that cells refer to: total, number, strings.
pub(super) fn table(bodies: Vec<&[u8]>) -> Result<Vec<RichText>, ReadError> {
    let cut = || damaged("string table cut off");
    let bytes: usize = bodies.iter().map(|body| body.len()).sum();
    let mut pieces = Pieces::new(bodies);
    pieces.u32().ok_or_else(cut)?;
    let declared = pieces.u32().and_then(|count| usize::try_from(count).ok()).ok_or_else(cut)?;
    let mut strings = Vec::with_capacity(declared.min(bytes / STRING_BYTES_MIN));
    // Some programs declare more than they wrote; a cell that refers to what is not there tells.
    while strings.len() < declared && !pieces.is_empty() {
        strings.push(pieces.rich().ok_or_else(cut)?);
    }
    Ok(strings)
}

fn split(units: &[u16], marks: &[(u16, u16)]) -> RichText {
    let text = |from: usize, to: usize| String::from_utf16_lossy(units.get(from..to).unwrap_or_default());
    let starts = || marks.iter().map(|(start, _)| usize::from(*start).min(units.len()));
    let ends = starts().skip(1).chain(std::iter::once(units.len()));
    let first = text(0, starts().next().unwrap_or(units.len()));
    let rest = starts().zip(ends).zip(marks).filter(|((from, to), _)| from < to);
    RichText { first, rest: rest.map(|((from, to), (_, font))| (*font, text(from, to))).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> RichText {
        RichText { first: text.to_owned(), rest: Vec::new() }
    }

    #[test]
    fn strings_break_anywhere_and_change_their_width() {
        let narrow = [4, 0, 0, b'a', b'b', b'c', b'd'];
        assert_eq!(Pieces::new(vec![&narrow]).rich(), Some(plain("abcd")));
        // After the break the characters are two bytes wide.
        assert_eq!(Pieces::new(vec![&narrow[..5], &[1, 0xBF, 0x1E, b'd', 0]]).rich(), Some(plain("abếd")));
        // The break lies before the first character, and inside the length.
        assert_eq!(Pieces::new(vec![&narrow[..3], &[0, b'x', b'y', b'z', b't']]).rich(), Some(plain("xyzt")));
        assert_eq!(Pieces::new(vec![&narrow[..1], &narrow[1..]]).rich(), Some(plain("abcd")));
        assert_eq!(Pieces::new(vec![&narrow[..5]]).rich(), None);
        assert_eq!(Pieces::new(vec![&[2, 0, 1, b'a', 0, b'b'], &[0, b'b']]).rich(), None);
    }

    #[test]
    fn runs_and_phonetics_follow_over_a_break() {
        let head = [4, 0, RICH | PHONETIC, 1, 0, 3, 0, 0, 0, b'a', b'b', b'c', b'd', 2];
        let mut pieces = Pieces::new(vec![&head, &[0, 7, 0, 9, 9, 9, 1, 0, 0, b'z']]);
        let rich = RichText { first: "ab".to_owned(), rest: vec![(7, "cd".to_owned())] };
        assert_eq!(pieces.rich(), Some(rich));
        assert_eq!(pieces.rich(), Some(plain("z")));
        assert!(pieces.is_empty());
    }

    #[test]
    fn runs_out_of_order_or_beyond_the_end_lose_nothing_that_is_shown() {
        let units: Vec<u16> = "abcd".encode_utf16().collect();
        assert_eq!(split(&units, &[(9, 1)]), plain("abcd"));
        assert_eq!(split(&units, &[(0, 5)]).rest, [(5, "abcd".to_owned())]);
    }

    #[test]
    fn a_table_that_lies_about_its_count_takes_no_memory() {
        let lies = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1, 0, 0, b'a'];
        assert_eq!(table(vec![&lies]), Ok(vec![plain("a")]));
        assert!(table(vec![&lies[..6]]).is_err());
        assert!(table(vec![&lies[..11]]).is_err());
    }
}
