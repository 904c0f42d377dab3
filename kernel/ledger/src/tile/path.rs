//! Names of tiles and bundles as paths.

use std::fmt;

use super::{TILE_HEIGHT, TILE_WIDTH};

/// Highest tile level: 8 levels of 8 span 64 bits.
const LEVEL_MAX: u32 = 7;

/// A tile of hashes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TileId {
    /// Tile level; its hashes lie at tree level `8 · level`.
    pub level: u32,
    /// Index within the level, from 0.
    pub index: u64,
    /// Hashes in it, 1 to 256; below 256 the tile is partial.
    pub width: u64,
}

/// A bundle of entries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BundleId {
    /// Index, from 0: entries `256 · index` and after.
    pub index: u64,
    /// Entries in it, 1 to 256; below 256 the bundle is partial.
    pub width: u64,
}

impl fmt::Display for TileId {
    /// `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        write_place(f, self.index, self.width)
    }
}

impl fmt::Display for BundleId {
    /// `tile/entries/<index>[.p/<width>]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tile/entries/")?;
        write_place(f, self.index, self.width)
    }
}

impl TileId {
    /// Reads a path as [`TileId`] prints it; `None` for anything else.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (level, place) = path.strip_prefix("tile/")?.split_once('/')?;
        let level = u32::try_from(parse_number(level)?).ok().filter(|level| *level <= LEVEL_MAX)?;
        let (index, width) = parse_place(place)?;
        Some(Self { level, index, width })
    }
}

impl BundleId {
    /// Reads a path as [`BundleId`] prints it; `None` for anything else.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (index, width) = parse_place(path.strip_prefix("tile/entries/")?)?;
        Some(Self { index, width })
    }
}

/// The tiles that a log must offer once it has grown from `old` to `new` entries and did offer those of
/// `old`: the full ones that were completed and the partial ones at the right edge.
pub fn tiles_of(old: u64, new: u64) -> impl Iterator<Item = TileId> {
    (0..=LEVEL_MAX).flat_map(move |level| {
        let shift = level * TILE_HEIGHT;
        places(old >> shift, new >> shift).map(move |(index, width)| TileId { level, index, width })
    })
}

/// The bundles that a log must offer once it has grown from `old` to `new` entries.
pub fn bundles_of(old: u64, new: u64) -> impl Iterator<Item = BundleId> {
    places(old, new).map(|(index, width)| BundleId { index, width })
}

fn places(old: u64, new: u64) -> impl Iterator<Item = (u64, u64)> {
    let partial = new % TILE_WIDTH;
    let full = (old / TILE_WIDTH..new / TILE_WIDTH).map(|index| (index, TILE_WIDTH));
    full.chain((partial > 0 && old < new).then_some((new / TILE_WIDTH, partial)))
}

fn write_place(f: &mut fmt::Formatter<'_>, index: u64, width: u64) -> fmt::Result {
    let mut divisor = 1_000_000_000_000_000_000;
    while divisor > 1 {
        if index >= divisor {
            write!(f, "x{:03}/", index / divisor % 1_000)?;
        }
        divisor /= 1_000;
    }
    write!(f, "{:03}", index % 1_000)?;
    if width < TILE_WIDTH { write!(f, ".p/{width}") } else { Ok(()) }
}

fn parse_place(place: &str) -> Option<(u64, u64)> {
    let (index, width) = match place.split_once(".p/") {
        Some((index, width)) => (index, parse_number(width).filter(|width| (1..TILE_WIDTH).contains(width))?),
        None => (place, TILE_WIDTH),
    };
    let mut groups = index.rsplit('/');
    let last = groups.next().and_then(parse_group)?;
    let mut number = last;
    let mut scale = 1_u64;
    let mut first = None;
    for group in groups {
        let group = group.strip_prefix('x').and_then(parse_group)?;
        scale = scale.checked_mul(1_000)?;
        number = group.checked_mul(scale)?.checked_add(number)?;
        first = Some(group);
    }
    // A leading group of zeros would give one index two names.
    (first != Some(0)).then_some((number, width))
}

fn parse_group(group: &str) -> Option<u64> {
    (group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit())).then(|| group.parse().ok())?
}

/// A decimal without sign or leading zero.
pub(crate) fn parse_number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse().ok())?
}
