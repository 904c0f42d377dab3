//! Entry bundles: entries one after the other, each behind its length in two bytes, big-endian.

use super::TileError;
use super::hashes::check_width;
use crate::canon::Reader;

/// The bytes of a bundle.
///
/// # Errors
/// When there are not 1 to 256 entries or one is longer than 65,535 bytes.
pub fn encode_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, TileError> {
    check_width(entries.len() as u64)?;
    let mut bytes = Vec::new();
    for entry in entries.iter().map(AsRef::as_ref) {
        let length = u16::try_from(entry.len()).map_err(|_| TileError::EntryTooLong(entry.len()))?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle of exactly `width`.
///
/// # Errors
/// When the bundle is cut short or goes on after the last entry.
pub fn parse_bundle(bytes: &[u8], width: u64) -> Result<Vec<&[u8]>, TileError> {
    check_width(width)?;
    let mut reader = Reader::new(bytes);
    let entries = (0..width)
        .map(|place| {
            reader
                .u16()
                .and_then(|length| reader.take(usize::from(length)))
                .map_err(|_| TileError::Truncated(place + 1))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let used: usize = entries.iter().map(|entry| entry.len() + 2).sum();
    match bytes.len() - used {
        0 => Ok(entries),
        left => Err(TileError::Trailing(left)),
    }
}
