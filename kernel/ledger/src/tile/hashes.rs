//! The bytes of a tile, and proofs from tiles alone.

use mc_base::Hash32;

use super::{TILE_HEIGHT, TILE_WIDTH, TileError, TileId};
use crate::tree::{Nodes, root};

/// The bytes of a tile: its hashes one after the other.
///
/// # Errors
/// When the width is not 1 to 256 or a hash is missing.
pub fn tile_bytes(nodes: &impl Nodes, tile: TileId) -> Result<Vec<u8>, TileError> {
    check_width(tile.width)?;
    let mut bytes = Vec::with_capacity(tile.width as usize * 32);
    for index in (0..tile.width).map(|place| tile.index * TILE_WIDTH + place) {
        let hash = nodes
            .node(tile.level * TILE_HEIGHT, index)
            .ok_or(TileError::MissingHash { level: tile.level, index })?;
        bytes.extend_from_slice(&hash.0);
    }
    Ok(bytes)
}

/// The hashes of a tile of `width`.
///
/// # Errors
/// When the width is not 1 to 256 or the length is not exactly 32 bytes a hash.
pub fn parse_tile(bytes: &[u8], width: u64) -> Result<Vec<Hash32>, TileError> {
    check_width(width)?;
    let expected = width as usize * 32;
    if bytes.len() != expected {
        return Err(TileError::Length { found: bytes.len(), expected });
    }
    Ok(bytes.as_chunks().0.iter().copied().map(Hash32).collect())
}

pub(super) const fn check_width(width: u64) -> Result<(), TileError> {
    if width == 0 || width > TILE_WIDTH { Err(TileError::Width(width)) } else { Ok(()) }
}

/// The nodes of a tree of `size` leaves, read from its tiles alone, as a stranger to the store would.
pub struct FromTiles<F> {
    size: u64,
    tile: F,
}

impl<F: Fn(TileId) -> Option<Vec<u8>>> FromTiles<F> {
    /// `tile` fetches the bytes of a tile by its name; what has the wrong length counts as missing.
    pub const fn new(size: u64, tile: F) -> Self {
        Self { size, tile }
    }
}

impl<F: Fn(TileId) -> Option<Vec<u8>>> Nodes for FromTiles<F> {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        let tile_level = level / TILE_HEIGHT;
        let height = level % TILE_HEIGHT;
        let first = index.checked_shl(height).filter(|first| first >> height == index)?;
        let at_level = self.size.checked_shr(tile_level * TILE_HEIGHT)?;
        let tile_index = first / TILE_WIDTH;
        let width = at_level.checked_sub(tile_index * TILE_WIDTH)?.min(TILE_WIDTH);
        let bytes = (self.tile)(TileId { level: tile_level, index: tile_index, width })?;
        let hashes = parse_tile(&bytes, width).ok()?;
        let start = (first % TILE_WIDTH) as usize;
        hashes.get(start..start + (1 << height)).map(root)
    }
}
