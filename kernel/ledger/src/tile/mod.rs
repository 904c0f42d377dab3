//! Tiles and entry bundles of C2SP tlog-tiles (tile height 8): how the log is published as plain files.

mod bundle;
mod hashes;
mod path;

pub use bundle::{encode_bundle, parse_bundle};
pub use hashes::{FromTiles, parse_tile, tile_bytes};
pub(crate) use path::parse_number;
pub use path::{BundleId, TileId, bundles_of, tiles_of};

/// Hashes of a full tile, entries of a full bundle.
pub const TILE_WIDTH: u64 = 256;
/// Levels of the tree that one level of tiles spans.
pub const TILE_HEIGHT: u32 = 8;

/// Why a tile or bundle was not made or not accepted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TileError {
    /// Width 0 or above 256.
    #[error("ô rộng {0}, phải từ 1 đến 256")]
    Width(u64),
    /// Length is not width × 32.
    #[error("ô dài {found} byte, phải là {expected}")]
    Length {
        /// Bytes there are.
        found: usize,
        /// Bytes there must be.
        expected: usize,
    },
    /// The store lacks a hash.
    #[error("thiếu mã băm số {index} của ô tầng {level}")]
    MissingHash {
        /// Level of the tile.
        level: u32,
        /// Index of the hash within the level.
        index: u64,
    },
    /// A bundle ends within an entry.
    #[error("gói mục ghi bị cụt ở mục thứ {0}")]
    Truncated(u64),
    /// Bytes follow the last entry.
    #[error("gói mục ghi thừa {0} byte ở cuối")]
    Trailing(usize),
    /// An entry above 65,535 bytes.
    #[error("mục ghi dài {0} byte, gói chỉ chứa được 65.535")]
    EntryTooLong(usize),
}
