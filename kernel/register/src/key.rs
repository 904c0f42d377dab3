//! Record keys as text: the canonical texts of the key fields joined by `/`, with `%` and `/` inside a part
//! escaped.

use mc_ledger::Value;

use crate::limits::KEY_BYTES_MAX;
use crate::record::Record;
use crate::schema::{Field, Schema};
use crate::value_text::{canonical_value_text, parse_canonical};

/// Why values make no key, or a text is no key.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyError {
    /// A key field has no value, or an empty text.
    #[error("Sổ “{register}”: thiếu {title}, là trường khóa của bản ghi; cần một giá trị.")]
    Missing {
        /// Register id.
        register: String,
        /// Title of the field.
        title: String,
    },
    /// A key field holds several lines or another control character.
    #[error("Sổ “{register}”: {title} là trường khóa của bản ghi; cần viết trên một dòng.")]
    Lines {
        /// Register id.
        register: String,
        /// Title of the field.
        title: String,
    },
    /// The key would be longer than the limit.
    #[error("Sổ “{register}”: khóa dài {found} byte; cần tối đa {KEY_BYTES_MAX} byte.")]
    TooLong {
        /// Register id.
        register: String,
        /// Bytes found.
        found: usize,
    },
    /// The text has more or fewer parts than the key has fields.
    #[error(
        "Sổ “{register}”: khóa “{found}” có {parts} phần; cần {expected} phần ({fields}) cách nhau bằng “/”."
    )]
    Parts {
        /// Register id.
        register: String,
        /// The text, shortened.
        found: String,
        /// Parts found.
        parts: usize,
        /// Parts expected.
        expected: usize,
        /// Titles of the key fields.
        fields: String,
    },
    /// One part is not the canonical text of its field.
    #[error("Sổ “{register}”: phần “{found}” của khóa không phải {kind} viết dạng chuẩn, cho {title}.")]
    Part {
        /// Register id.
        register: String,
        /// Title of the field.
        title: String,
        /// The part as it stands in the text, shortened.
        found: String,
        /// The type expected.
        kind: &'static str,
    },
}

/// The key of the record: its key fields, then `since` where the register keeps spells.
///
/// # Errors
/// A key field without a value or with several lines, or a key that is too long.
pub fn key_text(schema: &Schema, record: &Record) -> Result<String, KeyError> {
    join(schema, record, schema.record_key())
}

/// The key of the thing the record speaks of: the key without `since`. Equal to the key where there are no
/// spells.
///
/// # Errors
/// As [`key_text`].
pub fn thing_key(schema: &Schema, record: &Record) -> Result<String, KeyError> {
    join(schema, record, schema.key.iter().map(String::as_str))
}

/// The thing part of a record key.
#[must_use]
pub fn thing_of_key<'a>(schema: &Schema, key: &'a str) -> &'a str {
    if !schema.has_spells() {
        return key;
    }
    key.rsplit_once('/').map_or(key, |(thing, _)| thing)
}

/// Reads a record key into a record that holds the key fields alone.
///
/// # Errors
/// A text that [`key_text`] would not print.
pub fn parse_key(schema: &Schema, text: &str) -> Result<Record, KeyError> {
    let register = || schema.id.clone();
    if text.len() > KEY_BYTES_MAX {
        return Err(KeyError::TooLong { register: register(), found: text.len() });
    }
    let fields: Vec<&Field> = schema.record_key().filter_map(|id| schema.field(id)).collect();
    let parts: Vec<&str> = text.split('/').collect();
    if parts.len() != fields.len() {
        let titles: Vec<&str> = fields.iter().map(|field| field.title.vi.as_str()).collect();
        return Err(KeyError::Parts {
            register: register(),
            found: crate::quote::shorten(text),
            parts: parts.len(),
            expected: fields.len(),
            fields: titles.join(", "),
        });
    }
    let mut record = Record::new();
    for (field, part) in fields.into_iter().zip(parts) {
        let value =
            unescape(part).filter(|text| !text.is_empty()).and_then(|text| parse_canonical(field, &text));
        let Some(value) = value else {
            return Err(KeyError::Part {
                register: register(),
                title: field.title.vi.clone(),
                found: crate::quote::shorten(part),
                kind: field.kind.title(),
            });
        };
        record.set(field.no, value);
    }
    Ok(record)
}

/// One part of a key: `%` is written `%25` and `/` is written `%2F`.
#[must_use]
pub fn escape(part: &str) -> String {
    escaped(part.to_owned())
}

fn escaped(part: String) -> String {
    if part.contains(['%', '/']) { part.replace('%', "%25").replace('/', "%2F") } else { part }
}

fn join<'a>(
    schema: &Schema,
    record: &Record,
    ids: impl Iterator<Item = &'a str>,
) -> Result<String, KeyError> {
    let mut key = String::new();
    for (position, id) in ids.enumerate() {
        let register = || schema.id.clone();
        let title = || schema.field(id).map_or(id, |field| &field.title.vi).to_owned();
        let part = record
            .get_id(schema, id)
            .and_then(part)
            .ok_or_else(|| KeyError::Missing { register: register(), title: title() })?;
        if part.chars().any(char::is_control) {
            return Err(KeyError::Lines { register: register(), title: title() });
        }
        if position > 0 {
            key.push('/');
        }
        key.push_str(&part);
    }
    if key.len() > KEY_BYTES_MAX {
        return Err(KeyError::TooLong { register: schema.id.clone(), found: key.len() });
    }
    Ok(key)
}

fn part(value: &Value) -> Option<String> {
    // A commitment stands for a personal value, which no key may show or hide behind.
    if matches!(value, Value::Commitment(_)) {
        return None;
    }
    canonical_value_text(value).filter(|text| !text.is_empty()).map(escaped)
}

fn unescape(part: &str) -> Option<String> {
    let mut pieces = part.split('%');
    let mut text = pieces.next()?.to_owned();
    for piece in pieces {
        let (escaped, rest) = piece.split_at_checked(2)?;
        text.push(match escaped {
            "25" => '%',
            "2F" => '/',
            _ => return None,
        });
        text.push_str(rest);
    }
    Some(text)
}
