//! Limits on declarations and records. What is above them is refused with a sentence, never cut.

use mc_ledger::canon;

/// Fields of one register.
pub const FIELDS_MAX: usize = 200;
/// Codes of one field.
pub const CODES_MAX: usize = 1_000;
/// Rules of one register.
pub const RULES_MAX: usize = 200;
/// States, and also transitions, of one workflow.
pub const MOVES_MAX: usize = 200;
/// Fields of a key, and fields kept as spells.
pub const KEY_FIELDS_MAX: usize = 8;
/// Other header names of one field.
pub const ALIASES_MAX: usize = 50;
/// Characters of an identifier or slug.
pub const ID_CHARS_MAX: usize = 60;
/// Characters of a title.
pub const TITLE_CHARS_MAX: usize = 300;
/// Characters of a description, help sentence or message.
pub const HELP_CHARS_MAX: usize = 2_000;
/// Characters of an expression.
pub const EXPR_CHARS_MAX: usize = 4_000;
/// Bytes of one declaration; its canonical form is a text of the ledger.
pub const SCHEMA_BYTES_MAX: usize = canon::TEXT_BYTES_MAX;

/// Digits after the point.
pub const SCALE_MAX: u8 = 9;
/// Greatest absolute value of a number (mantissa of a decimal): 2^53, about 9 million tỷ đồng. Up to here
/// every JSON reader and spreadsheet holds whole numbers exactly, and 512 such values still sum below 2^62.
pub const NUMBER_MAX: i64 = 1 << 53;
/// Characters of a `text` or `code` field that declares no limit.
pub const LENGTH_DEFAULT: u32 = 4_000;
/// Greatest limit a `text` or `code` field may declare. The ledger bounds their bytes besides.
pub const LENGTH_MAX: u32 = 262_144;
/// Bytes of a record key.
pub const KEY_BYTES_MAX: usize = canon::KEY_BYTES_MAX;
/// Characters of the value quoted in an error sentence.
pub const QUOTE_CHARS_MAX: usize = 60;
