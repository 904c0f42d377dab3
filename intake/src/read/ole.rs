//! The container of Office files up to 2003: a small file system of sectors in chains.
//!
//! After [MS-CFB] 2.1 to 2.6. Our own because a stranger's file must end in a sentence whatever it links to what,
//! and because one stream of it is wanted: no chain is followed further than the file has sectors.

use std::collections::BTreeSet;
use std::io::{Read, Seek, SeekFrom};

/// What is wrong with the container.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OleFault {
    /// A number of the header makes no sense.
    Header,
    /// It names sectors that are not there, or ends too early.
    Cut,
    /// A chain leads back into itself.
    Loop,
    /// The stream is longer than what is read.
    TooLarge(u64),
}

impl OleFault {
    /// For the log.
    pub(crate) const fn detail(self) -> &'static str {
        match self {
            Self::Header => "OLE header",
            Self::Cut => "OLE sector missing",
            Self::Loop => "OLE chain loops",
            Self::TooLarge(_) => "OLE stream too large",
        }
    }
}

const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;
/// Sector numbers from here on mark ends and free places.
const SPECIAL: u32 = 0xFFFF_FFFA;
const NO_ENTRY: u32 = 0xFFFF_FFFF;
/// Streams in the root of an Office file are a dozen.
const ENTRIES_MAX: usize = 4096;

#[derive(Clone, Debug)]
struct Entry {
    name: String,
    is_stream: bool,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u64,
}

/// An open container.
pub(crate) struct Container<'r, R> {
    input: &'r mut R,
    length: u64,
    sector_bytes: u64,
    fat: Vec<u32>,
    small: Small,
    entries: Vec<Entry>,
}

/// Where streams below a size lie: in sectors of 64 bytes inside a stream of the root.
struct Small {
    below: u64,
    fat_start: u32,
}

const SMALL_SECTOR_BYTES: usize = 64;

impl<'r, R: Read + Seek> Container<'r, R> {
    /// Reads the allocation table and the directory.
    pub(crate) fn open(input: &'r mut R) -> Result<Self, OleFault> {
        let length = input.seek(SeekFrom::End(0)).map_err(|_| OleFault::Cut)?;
        let header = read_at(input, 0, HEADER_BYTES)?;
        let shift = u16_at(&header, 30).ok_or(OleFault::Header)?;
        if !matches!(shift, 9 | 12) || u16_at(&header, 32) != Some(6) {
            return Err(OleFault::Header);
        }
        let field = |at: usize| u32_at(&header, at).ok_or(OleFault::Header);
        let small = Small { below: u64::from(field(56)?), fat_start: field(60)? };
        let mut container =
            Self { input, length, sector_bytes: 1 << shift, fat: Vec::new(), small, entries: Vec::new() };
        container.read_fat(&header, field(68)?)?;
        let directory = container.chain(field(48)?, (ENTRIES_MAX * ENTRY_BYTES) as u64)?;
        container.entries = directory.chunks_exact(ENTRY_BYTES).filter_map(entry).collect();
        let child = container.entries.first().ok_or(OleFault::Cut)?.child;
        let there = child == NO_ENTRY || (child as usize) < container.entries.len();
        if there { Ok(container) } else { Err(OleFault::Cut) }
    }

    /// Names of what lies in the root, in no order.
    pub(crate) fn root_names(&self) -> Vec<&str> {
        self.root().map(|entry| entry.name.as_str()).collect()
    }

    /// The bytes of a stream of the root; `None` where there is none of this name.
    pub(crate) fn stream(&mut self, name: &str, most: u64) -> Result<Option<Vec<u8>>, OleFault> {
        let wanted = |entry: &&Entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name);
        let Some(Entry { start, size, .. }) = self.root().find(wanted).cloned() else { return Ok(None) };
        if size > most {
            return Err(OleFault::TooLarge(size));
        }
        let mut bytes =
            if size < self.small.below { self.small_chain(start, size)? } else { self.chain(start, size)? };
        bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(Some(bytes))
    }

    /// The children of the root: a binary tree whose links may lead anywhere.
    fn root(&self) -> impl Iterator<Item = &Entry> {
        let mut seen = BTreeSet::new();
        let mut next = vec![self.entries.first().map_or(NO_ENTRY, |root| root.child)];
        std::iter::from_fn(move || {
            loop {
                let id = next.pop()?;
                let found = usize::try_from(id).ok().and_then(|at| self.entries.get(at));
                if let Some(entry) = found.filter(|_| seen.insert(id)) {
                    next.extend([entry.left, entry.right]);
                    return Some(entry);
                }
            }
        })
    }

    /// The table of which sector follows which. Its own sectors are listed in the header and in a chain.
    fn read_fat(&mut self, header: &[u8], mut next: u32) -> Result<(), OleFault> {
        let mut ids: Vec<u32> = numbers(header.get(76..).unwrap_or_default()).collect();
        let mut steps = 0;
        while next < SPECIAL {
            let mut list: Vec<u32> = numbers(&self.sectors(next, 1)?).collect();
            next = list.pop().ok_or(OleFault::Cut)?;
            ids.append(&mut list);
            steps += 1;
            if steps > self.sector_count() {
                return Err(OleFault::Loop);
            }
        }
        ids.retain(|id| *id < SPECIAL);
        if ids.len() as u64 > self.sector_count() {
            return Err(OleFault::Loop);
        }
        for id in ids {
            let sector = self.sectors(id, 1)?;
            self.fat.extend(numbers(&sector));
        }
        // Entries for sectors beyond the end of the file say nothing.
        self.fat.truncate(usize::try_from(self.sector_count()).unwrap_or(usize::MAX));
        Ok(())
    }

    /// Sectors of a file that may be cut inside the last one.
    const fn sector_count(&self) -> u64 {
        self.length.saturating_sub(1) / self.sector_bytes
    }

    /// The bytes of a chain, of which not more than `wanted` are needed.
    fn chain(&mut self, start: u32, wanted: u64) -> Result<Vec<u8>, OleFault> {
        let mut out = Vec::new();
        let (mut id, mut steps) = (start, 0_u64);
        while id < SPECIAL && (out.len() as u64) < wanted {
            let mut run = 1;
            let mut next = follow(&self.fat, id)?;
            while next.checked_sub(run) == Some(id) {
                next = follow(&self.fat, next)?;
                run += 1;
            }
            steps += u64::from(run);
            if steps > self.sector_count() {
                return Err(OleFault::Loop);
            }
            out.append(&mut self.sectors(id, run)?);
            id = next;
        }
        Ok(out)
    }

    fn small_chain(&mut self, start: u32, wanted: u64) -> Result<Vec<u8>, OleFault> {
        let (first, size) = self.entries.first().map_or((SPECIAL, 0), |root| (root.start, root.size));
        let home = self.chain(first, size)?;
        let table = self.chain(self.small.fat_start, self.length)?;
        let fat: Vec<u32> = numbers(&table).collect();
        let mut out = Vec::new();
        let (mut id, mut steps) = (start, 0);
        while id < SPECIAL && (out.len() as u64) < wanted {
            let from = usize::try_from(id).ok().and_then(|id| id.checked_mul(SMALL_SECTOR_BYTES));
            let sector =
                from.and_then(|from| home.get(from..from + SMALL_SECTOR_BYTES)).ok_or(OleFault::Cut)?;
            out.extend_from_slice(sector);
            steps += 1;
            if steps > fat.len() {
                return Err(OleFault::Loop);
            }
            id = follow(&fat, id)?;
        }
        Ok(out)
    }

    /// Sectors that lie one after the other; the last one may be cut.
    fn sectors(&mut self, id: u32, count: u32) -> Result<Vec<u8>, OleFault> {
        let from = (u64::from(id) + 1) * self.sector_bytes;
        let bytes = u64::from(count) * self.sector_bytes;
        if from >= self.length || from + bytes >= self.length + self.sector_bytes {
            return Err(OleFault::Cut);
        }
        let there = bytes.min(self.length - from);
        read_at(self.input, from, usize::try_from(there).map_err(|_| OleFault::Cut)?)
    }
}

fn follow(fat: &[u32], id: u32) -> Result<u32, OleFault> {
    usize::try_from(id).ok().and_then(|id| fat.get(id)).copied().ok_or(OleFault::Cut)
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let name_bytes = usize::from(u16_at(bytes, 64)?).min(64);
    let units: Vec<u16> =
        bytes.get(..name_bytes)?.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned(),
        is_stream: bytes.get(66) == Some(&2),
        left: u32_at(bytes, 68)?,
        right: u32_at(bytes, 72)?,
        child: u32_at(bytes, 76)?,
        start: u32_at(bytes, 116)?,
        // The upper half of the size is not always cleared; no stream that is read needs it.
        size: u64::from(u32_at(bytes, 120)?),
    })
}

fn read_at(input: &mut (impl Read + Seek), at: u64, bytes: usize) -> Result<Vec<u8>, OleFault> {
    input.seek(SeekFrom::Start(at)).map_err(|_| OleFault::Cut)?;
    let mut buffer = vec![0; bytes];
    input.read_exact(&mut buffer).map_err(|_| OleFault::Cut)?;
    Ok(buffer)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
