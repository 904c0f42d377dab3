//! Reading declarations: TOML as people write it, JSON as the ledger keeps it.

use mc_base::text::nfc;

use crate::check::{check, check_new};
use crate::error::{Part, SchemaError};
use crate::limits::SCHEMA_BYTES_MAX;
use crate::schema::Schema;

impl Schema {
    /// Reads a declaration written in TOML (brought to NFC first) and checks it.
    ///
    /// # Errors
    /// Everything that is wrong with it; a text that is no declaration gives one fault with its line.
    pub fn from_toml(text: &str) -> Result<Self, Vec<SchemaError>> {
        bounded(text)?;
        let text = nfc(text);
        let schema: Self = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&text, span.start));
            unreadable(format!("dòng {line}: {}", error.message()), "khai báo TOML của một sổ")
        })?;
        check(&schema)?;
        check_new(&schema)?;
        Ok(schema)
    }

    /// Reads the form kept in the ledger (see [`crate::canonical_text`]) and checks it.
    ///
    /// # Errors
    /// As [`Schema::from_toml`]; a text that is not exactly the canonical one is refused too.
    pub fn from_canonical(text: &str) -> Result<Self, Vec<SchemaError>> {
        bounded(text)?;
        let schema: Self = serde_json::from_str(text).map_err(|error| {
            let place = format!("dòng {}, cột {}: {error}", error.line(), error.column());
            unreadable(place, "khai báo JSON của một sổ")
        })?;
        check(&schema)?;
        if crate::canonical_text(&schema) != text {
            return Err(unreadable("cách viết khác dạng chuẩn".to_owned(), "dạng chuẩn duy nhất"));
        }
        Ok(schema)
    }
}

fn bounded(text: &str) -> Result<(), Vec<SchemaError>> {
    if text.len() <= SCHEMA_BYTES_MAX {
        return Ok(());
    }
    let expected = format!("tối đa {SCHEMA_BYTES_MAX} byte");
    Err(unreadable(format!("{} byte", text.len()), &expected))
}

fn unreadable(found: String, expected: &str) -> Vec<SchemaError> {
    vec![SchemaError { register: String::new(), part: Part::Text, found, expected: expected.to_owned() }]
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}
