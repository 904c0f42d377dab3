//! The forms of text: register ids, record keys, codes, free text.

use super::error::CanonError;
use super::read::Reader;
use super::{CODE_BYTES_MAX, KEY_BYTES_MAX, REGISTER_BYTES_MAX};

/// Accepts a register id: a lower-case ASCII letter, then letters, digits and underscores, 64 bytes at most.
///
/// # Errors
/// When `register` has another form.
pub fn check_register(register: &str) -> Result<(), CanonError> {
    let mut bytes = register.bytes();
    let starts_well = bytes.next().is_some_and(|first| first.is_ascii_lowercase());
    let goes_on_well = bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if register.len() > REGISTER_BYTES_MAX {
        return Err(too_long("tên sổ", register, REGISTER_BYTES_MAX));
    }
    if starts_well && goes_on_well { Ok(()) } else { Err(CanonError::RegisterForm(register.to_owned())) }
}

/// Accepts a record key: NFC, 1 to 1,024 bytes, no control character, `%` only as `%25` or `%2F`.
///
/// # Errors
/// When `key` has another form.
pub fn check_key(key: &str) -> Result<(), CanonError> {
    const WHAT: &str = "khóa bản ghi";
    if key.is_empty() {
        return Err(CanonError::Empty(WHAT));
    }
    if key.len() > KEY_BYTES_MAX {
        return Err(too_long(WHAT, key, KEY_BYTES_MAX));
    }
    check_nfc(WHAT, key)?;
    let escapes_well = key.split('%').skip(1).all(|after| after.starts_with("25") || after.starts_with("2F"));
    if key.chars().any(char::is_control) || !escapes_well {
        return Err(CanonError::KeyForm);
    }
    Ok(())
}

/// Accepts a code or slug: NFC, not empty, no space around it, no control character.
pub(super) fn check_code(what: &'static str, code: &str) -> Result<(), CanonError> {
    if code.is_empty() {
        return Err(CanonError::Empty(what));
    }
    if code.len() > CODE_BYTES_MAX {
        return Err(too_long(what, code, CODE_BYTES_MAX));
    }
    check_nfc(what, code)?;
    if code.trim() != code || code.chars().any(char::is_control) {
        return Err(CanonError::CodeForm(what));
    }
    Ok(())
}

pub(super) fn check_nfc(what: &'static str, text: &str) -> Result<(), CanonError> {
    // ASCII is its own normal form; asking that first spares most cells the table look-ups.
    if text.is_ascii() || unicode_normalization::is_nfc(text) { Ok(()) } else { Err(CanonError::Nfc(what)) }
}

pub(super) const fn too_long(what: &'static str, text: &str, max: usize) -> CanonError {
    CanonError::TooLong { what, found: text.len(), max }
}

pub(super) fn utf8<'a>(what: &'static str, bytes: &'a [u8]) -> Result<&'a str, CanonError> {
    std::str::from_utf8(bytes).map_err(|_| CanonError::Utf8(what))
}

/// One length byte and the id. The id must have been checked.
pub(crate) fn put_register(register: &str, out: &mut Vec<u8>) {
    out.push(register.len() as u8);
    out.extend_from_slice(register.as_bytes());
}

/// Two length bytes and the key. The key must have been checked.
pub(crate) fn put_key(key: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&(key.len() as u16).to_be_bytes());
    out.extend_from_slice(key.as_bytes());
}

pub(super) fn take_register(reader: &mut Reader<'_>) -> Result<String, CanonError> {
    let length = usize::from(reader.u8()?);
    let register = utf8("tên sổ", reader.take(length)?)?;
    check_register(register)?;
    Ok(register.to_owned())
}

pub(super) fn take_key(reader: &mut Reader<'_>) -> Result<String, CanonError> {
    let length = usize::from(reader.u16()?);
    let key = utf8("khóa bản ghi", reader.take(length)?)?;
    check_key(key)?;
    Ok(key.to_owned())
}
