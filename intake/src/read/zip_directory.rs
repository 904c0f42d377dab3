//! The central directory of a ZIP container, read before anything is decompressed: a bomb is known by its
//! label.
//!
//! Layout after PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3 (ZIP64 extended information).

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};

use crate::ZipFault;
use crate::limits::{ZIP_BYTES_MAX, ZIP_ENTRIES_MAX, ZIP_RATIO_FROM_BYTES, ZIP_RATIO_MAX};

/// One entry as the directory declares it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) size: u64,
    packed: u64,
    offset: u64,
}

const END_BYTES: usize = 22;
const COMMENT_BYTES_MAX: u64 = 65_535;
const HEADER_BYTES: usize = 46;
const LOCAL_HEADER_BYTES: u64 = 30;
const DIRECTORY_BYTES_MAX: u64 = 64 << 20;

struct End {
    entries: u64,
    size: u64,
    offset: u64,
}

/// Reads and judges the directory.
pub(crate) fn check(input: &mut (impl Read + Seek)) -> Result<Vec<Entry>, ZipFault> {
    let length = input.seek(SeekFrom::End(0)).map_err(|_| ZipFault::Directory)?;
    let end = find_end(input, length)?;
    if end.entries > ZIP_ENTRIES_MAX {
        return Err(ZipFault::Entries { found: end.entries, limit: ZIP_ENTRIES_MAX });
    }
    let fits = end.offset.checked_add(end.size).is_some_and(|to| to <= length);
    if !fits || end.size > DIRECTORY_BYTES_MAX {
        return Err(ZipFault::Directory);
    }
    let directory = read_at(input, end.offset, usize::try_from(end.size).map_err(|_| ZipFault::Directory)?)?;
    let entries = parse(&directory, end.entries)?;
    judge(&entries, end.offset)?;
    Ok(entries)
}

fn find_end(input: &mut (impl Read + Seek), length: u64) -> Result<End, ZipFault> {
    let tail_bytes = length.min(COMMENT_BYTES_MAX + END_BYTES as u64 + 20);
    let tail_start = length - tail_bytes;
    let tail = read_at(input, tail_start, usize::try_from(tail_bytes).map_err(|_| ZipFault::Directory)?)?;
    let at = tail
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")
        .filter(|at| at + END_BYTES <= tail.len())
        .ok_or(ZipFault::Directory)?;
    let record = tail.get(at..).ok_or(ZipFault::Directory)?;
    let end = End {
        entries: u64::from(u16_at(record, 10)?),
        size: u64::from(u32_at(record, 12)?),
        offset: u64::from(u32_at(record, 16)?),
    };
    let large = end.entries == 0xFFFF || end.size == 0xFFFF_FFFF || end.offset == 0xFFFF_FFFF;
    let locator =
        at.checked_sub(20).and_then(|start| tail.get(start..at)).filter(|l| l.starts_with(b"PK\x06\x07"));
    let Some(locator) = locator.filter(|_| large) else { return Ok(end) };
    let record = read_at(input, u64_at(locator, 8)?, 56)?;
    if !record.starts_with(b"PK\x06\x06") {
        return Err(ZipFault::Directory);
    }
    Ok(End { entries: u64_at(&record, 32)?, size: u64_at(&record, 40)?, offset: u64_at(&record, 48)? })
}

fn parse(directory: &[u8], declared: u64) -> Result<Vec<Entry>, ZipFault> {
    let mut entries = Vec::new();
    let mut at = 0;
    while at < directory.len() {
        let record = directory.get(at..).ok_or(ZipFault::Directory)?;
        if !record.starts_with(b"PK\x01\x02") {
            break;
        }
        let name_bytes = usize::from(u16_at(record, 28)?);
        let extra_bytes = usize::from(u16_at(record, 30)?);
        let comment_bytes = usize::from(u16_at(record, 32)?);
        let name_end = HEADER_BYTES + name_bytes;
        let name = record.get(HEADER_BYTES..name_end).ok_or(ZipFault::Directory)?;
        let extra = record.get(name_end..name_end + extra_bytes).ok_or(ZipFault::Directory)?;
        let mut entry = Entry {
            name: String::from_utf8_lossy(name).into_owned(),
            packed: u64::from(u32_at(record, 20)?),
            size: u64::from(u32_at(record, 24)?),
            offset: u64::from(u32_at(record, 42)?),
        };
        widen(&mut entry, extra)?;
        entries.push(entry);
        if entries.len() as u64 > ZIP_ENTRIES_MAX {
            return Err(ZipFault::Entries { found: entries.len() as u64, limit: ZIP_ENTRIES_MAX });
        }
        at += name_end + extra_bytes + comment_bytes;
    }
    if entries.len() as u64 == declared { Ok(entries) } else { Err(ZipFault::Directory) }
}

/// Replaces 32-bit placeholders by the 64-bit values of extra field 1.
fn widen(entry: &mut Entry, mut extra: &[u8]) -> Result<(), ZipFault> {
    while extra.len() >= 4 {
        let (id, bytes) = (u16_at(extra, 0)?, usize::from(u16_at(extra, 2)?));
        let Some(body) = extra.get(4..4 + bytes) else { return Ok(()) };
        if id == 1 {
            let mut at = 0;
            for value in [&mut entry.size, &mut entry.packed, &mut entry.offset] {
                if *value == 0xFFFF_FFFF {
                    *value = u64_at(body, at)?;
                    at += 8;
                }
            }
        }
        extra = extra.get(4 + bytes..).unwrap_or_default();
    }
    Ok(())
}

fn judge(entries: &[Entry], directory_offset: u64) -> Result<(), ZipFault> {
    let mut names = BTreeSet::new();
    let mut total = 0_u64;
    for entry in entries {
        let bad = |c: char| c == '\\' || c.is_control();
        if entry.name.is_empty()
            || entry.name.starts_with('/')
            || entry.name.contains(bad)
            || entry.name.split('/').any(|part| part == "..")
        {
            return Err(ZipFault::Name(entry.name.chars().filter(|c| !c.is_control()).take(80).collect()));
        }
        if !names.insert(entry.name.to_lowercase()) {
            return Err(ZipFault::Twice(entry.name.clone()));
        }
        total = total.saturating_add(entry.size);
        if total > ZIP_BYTES_MAX {
            let found_mib = total.div_ceil(1 << 20);
            return Err(ZipFault::Size { found_mib, limit_mib: ZIP_BYTES_MAX >> 20 });
        }
        let ratio = entry.size / entry.packed.max(1);
        if entry.size >= ZIP_RATIO_FROM_BYTES && ratio > ZIP_RATIO_MAX {
            return Err(ZipFault::Ratio { name: entry.name.clone(), ratio, limit: ZIP_RATIO_MAX });
        }
    }
    overlaps(entries, directory_offset)
}

fn overlaps(entries: &[Entry], directory_offset: u64) -> Result<(), ZipFault> {
    let mut by_offset: Vec<&Entry> = entries.iter().collect();
    by_offset.sort_by_key(|entry| entry.offset);
    let ends = |entry: &Entry| {
        let header = LOCAL_HEADER_BYTES + entry.name.len() as u64;
        entry.offset.saturating_add(header).saturating_add(entry.packed)
    };
    for (first, second) in by_offset.iter().zip(by_offset.iter().skip(1)) {
        if ends(first) > second.offset {
            return Err(ZipFault::Overlap { first: first.name.clone(), second: second.name.clone() });
        }
    }
    match by_offset.last() {
        Some(last) if ends(last) > directory_offset => Err(ZipFault::Directory),
        _ => Ok(()),
    }
}

fn read_at(input: &mut (impl Read + Seek), offset: u64, bytes: usize) -> Result<Vec<u8>, ZipFault> {
    input.seek(SeekFrom::Start(offset)).map_err(|_| ZipFault::Directory)?;
    let mut buffer = vec![0; bytes];
    input.read_exact(&mut buffer).map_err(|_| ZipFault::Directory)?;
    Ok(buffer)
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], ZipFault> {
    let slice = bytes.get(at..at + N).ok_or(ZipFault::Directory)?;
    slice.try_into().map_err(|_| ZipFault::Directory)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, ZipFault> {
    array_at(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, ZipFault> {
    array_at(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, ZipFault> {
    array_at(bytes, at).map(u64::from_le_bytes)
}
