//! Canonical bytes: every value and every row has exactly one encoding, and nothing else decodes.
//!
//! Two different values never share an encoding, so the hash of a row stands for that row alone. All numbers
//! are big-endian. The exact layout is in `docs/spec/ledger.md`, sections 3 and 4.

mod error;
mod order;
mod read;
mod row;
mod text;
pub(crate) mod value;

pub use error::CanonError;
pub use order::{OrderError, SortKey, check_order};
pub use row::{Act, RowLeaf};
pub use text::{check_key, check_register};
pub use value::{decode_value, encode_value};

pub(crate) use read::Reader;
pub(crate) use text::{put_key, put_register};

/// Most bytes of a register id.
pub const REGISTER_BYTES_MAX: usize = 64;
/// Most bytes of a record key.
pub const KEY_BYTES_MAX: usize = 1_024;
/// Most bytes of a text value.
pub const TEXT_BYTES_MAX: usize = 262_144;
/// Most bytes of a code, or of an agency's slug.
pub const CODE_BYTES_MAX: usize = 16_384;
/// Most codes in a set.
pub const CODES_MAX: usize = 256;
/// Most fields of a row.
pub const FIELDS_MAX: usize = 1_024;
/// Most bytes of a row leaf.
pub const ROW_BYTES_MAX: usize = 1_048_576;
