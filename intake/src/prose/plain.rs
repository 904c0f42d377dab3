//! Plain text: a line is a paragraph.

use std::io::{Read, Seek, SeekFrom};

use super::{Paragraphs, ProseFault};
use crate::ReadError;
use crate::limits::PROSE_BYTES_MAX;
use crate::read::{Encoding, Utf16Reader, read_lines};

pub(super) fn read(
    input: impl Read + Seek,
    encoding: Encoding,
    paragraphs: &mut Paragraphs<'_>,
) -> Result<(), ReadError> {
    let text = decode(input, encoding, PROSE_BYTES_MAX)?;
    text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}']).try_for_each(|line| paragraphs.push(line))
}

/// All of a text of at most `limit` bytes of UTF-8.
pub(super) fn decode(
    mut input: impl Read + Seek,
    encoding: Encoding,
    limit: usize,
) -> Result<String, ReadError> {
    input.seek(SeekFrom::Start(encoding.mark_length()))?;
    let mut bytes = Vec::new();
    let most = limit as u64 + 1;
    match encoding {
        Encoding::Utf8 { .. } => input.take(most).read_to_end(&mut bytes)?,
        Encoding::Utf16Le { .. } => utf16(Utf16Reader::new(input, false).take(most), &mut bytes)?,
        Encoding::Utf16Be { .. } => utf16(Utf16Reader::new(input, true).take(most), &mut bytes)?,
    };
    if bytes.len() > limit {
        return Err(ProseFault::TooLong.into());
    }
    unicode(bytes).map_err(ReadError::from)
}

/// Text of bytes that are UTF-8 or an old Vietnamese encoding, decided line by line.
///
/// # Errors
/// [`ProseFault::NotUtf8`] with the first line that is neither.
pub fn unicode(bytes: Vec<u8>) -> Result<String, ProseFault> {
    String::from_utf8(bytes).or_else(|error| {
        read_lines(error.as_bytes()).map_err(|line| {
            let paragraph = u32::try_from(line + 1).unwrap_or(u32::MAX);
            ProseFault::NotUtf8 { paragraph }
        })
    })
}

fn utf16(mut input: impl Read, bytes: &mut Vec<u8>) -> Result<usize, ReadError> {
    input.read_to_end(bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => ProseFault::NotUtf16.into(),
        _ => error.into(),
    })
}
