//! Finding records by personal values: rows beside table `personal`, derived from it and gone with it.
//!
//! A field that declares `find = "exact"` is found by its whole value: the term is a keyed hash, which says nothing to
//! who has the database without the key in `keys/`. One that declares `find = "name"` is found by words of a name in
//! any marks: the terms are the folded text from each of its words on. Neither is in the full-text index, and both are
//! answered only to who may see the value.

mod read;

use std::path::Path;

use hmac::{Hmac, KeyInit as _, Mac as _};
use mc_base::Hash32;
use mc_base::text::fold;
use mc_ledger::hash::sha256;
use mc_ledger::{Value, canon};
use mc_register::{Field, Find, Schema};
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, params};
use sha2::Sha256;

use crate::catalog::{Catalog, RegisterInfo};
use crate::files;
use crate::layout::Layout;
use crate::world::World;
use crate::{StoreError, meta};

/// Before a keyed hash and before folded text, so that neither is taken for the other.
const EXACT: u8 = 1;
const NAME: u8 = 2;
/// Bytes of a keyed hash that are kept.
const DIGEST_BYTES: usize = 16;
/// Bytes of folded text in a term: a longer name is found by its beginning.
const NAME_BYTES_MAX: usize = 96;
/// Words of a name from which it is found.
const WORDS_MAX: usize = 8;
/// The name of the key under which the rows were made.
const MADE_UNDER: &str = "personal_key";

/// The fields of a register by which records are found.
pub(crate) fn fields(schema: &Schema) -> impl Iterator<Item = &Field> {
    schema.field.iter().filter(|field| field.personal && field.find.is_some())
}

/// Makes the key where there is none: a new instance, or one restored from a backup, which has no keys. One that cannot
/// be used, as a failure of power may leave it, makes room for another: the terms are made again under it.
pub(crate) fn ensure_key(layout: &Layout, world: &mut dyn World) -> Result<(), StoreError> {
    files::ensure_key(layout, &layout.personal_key(), "khóa tìm dữ liệu cá nhân", world).map(|_| ())
}

/// Gives a connection the functions that know the key: `mc_keyed(register, field, value)` and `mc_key_name()`. They
/// answer NULL where there is no key.
pub(crate) fn register_functions(db: &Connection, database: &Path) -> rusqlite::Result<()> {
    let layout = Layout::new(database.parent().unwrap_or(Path::new(".")));
    let key = files::key(&layout.personal_key());
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    db.create_scalar_function("mc_keyed", 3, flags, move |context| {
        let (register, field, value): (String, u16, Vec<u8>) =
            (context.get(0)?, context.get(1)?, context.get(2)?);
        Ok(key.and_then(|key| keyed(&key.0, &register, field, &value)))
    })?;
    db.create_scalar_function("mc_key_name", 0, flags, move |_| {
        let name = |key: Hash32| sha256(&[b"minhchung/personal-key/v1\n", &key.0[..]].concat()).to_string();
        Ok(key.map(name))
    })
}

fn keyed(key: &[u8; 32], register: &str, field: u16, value: &[u8]) -> Option<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    for part in [register.as_bytes(), &field.to_be_bytes()[..], value] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    let digest = mac.finalize().into_bytes();
    let mut term = vec![EXACT];
    term.extend_from_slice(digest.get(..DIGEST_BYTES)?);
    Some(term)
}

/// The term of a whole value, given in its canonical bytes.
pub(crate) fn exact(
    db: &Connection,
    schema: &Schema,
    field: &Field,
    value: &[u8],
) -> Result<Vec<u8>, StoreError> {
    let term: Option<Vec<u8>> = db
        .prepare_cached("SELECT mc_keyed(?1, ?2, ?3)")?
        .query_row(params![schema.id, field.no, value], |row| row.get(0))?;
    term.ok_or_else(|| StoreError::Missing("thiếu khóa tìm dữ liệu cá nhân (keys/personal.key)".to_owned()))
}

/// The terms that begin with these words of a name: from the first one on, to before the second.
pub(crate) fn named(words: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let from = phrase(&fold(words).split_whitespace().collect::<Vec<_>>())?;
    let mut to = from.clone();
    // Folded text has no byte of this value.
    to.push(0xff);
    Some((from, to))
}

fn phrase(words: &[&str]) -> Option<Vec<u8>> {
    if words.is_empty() {
        return None;
    }
    let text = words.join(" ");
    let mut end = text.len().min(NAME_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some([&[NAME], text.get(..end)?.as_bytes()].concat())
}

/// Under which terms a value is found.
pub(crate) fn terms(
    db: &Connection,
    schema: &Schema,
    field: &Field,
    value: &[u8],
) -> Result<Vec<Vec<u8>>, StoreError> {
    match field.find {
        None => Ok(Vec::new()),
        Some(Find::Exact) => Ok(vec![exact(db, schema, field, value)?]),
        Some(Find::Name) => match canon::decode_value(value).map_err(StoreError::corrupt)? {
            Value::Text(text) => Ok(phrases(&text)),
            _ => Ok(Vec::new()),
        },
    }
}

/// The folded text from each of the first words on.
fn phrases(text: &str) -> Vec<Vec<u8>> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let mut phrases: Vec<Vec<u8>> =
        (0..words.len().min(WORDS_MAX)).filter_map(|at| phrase(words.get(at..)?)).collect();
    phrases.sort_unstable();
    phrases.dedup();
    phrases
}

/// Adds the terms of versions `from` to before `to`.
pub(crate) fn add(
    db: &Connection,
    schema: &Schema,
    no: i64,
    (from, to): (i64, i64),
) -> Result<(), StoreError> {
    add_of(db, schema, &fields(schema).collect::<Vec<_>>(), no, (from, to))
}

/// The same, of some of the fields by which its records are found.
fn add_of(
    db: &Connection,
    schema: &Schema,
    by: &[&Field],
    no: i64,
    (from, to): (i64, i64),
) -> Result<(), StoreError> {
    if by.is_empty() || from >= to {
        return Ok(());
    }
    let mut insert = db.prepare_cached(
        "INSERT OR IGNORE INTO personal_find (register, field, term, vid) VALUES (?1, ?2, ?3, ?4)",
    )?;
    each_of(db, schema, by, no, (from, to), |field, term, vid| {
        insert.execute(params![no, field, term, vid])?;
        Ok(())
    })
}

/// Gives field, term and version of everything by which versions `from` to before `to` are found.
pub(crate) fn each(
    db: &Connection,
    schema: &Schema,
    no: i64,
    versions: (i64, i64),
    take: impl FnMut(u16, Vec<u8>, i64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    each_of(db, schema, &fields(schema).collect::<Vec<_>>(), no, versions, take)
}

fn each_of(
    db: &Connection,
    schema: &Schema,
    by: &[&Field],
    no: i64,
    (from, to): (i64, i64),
    mut take: impl FnMut(u16, Vec<u8>, i64) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT vid, field, value FROM personal WHERE register = ?1 AND vid >= ?2 AND vid < ?3 ORDER BY vid, field",
    )?;
    let mut found = statement.query(params![no, from, to])?;
    while let Some(row) = found.next()? {
        let (vid, field): (i64, u16) = (row.get(0)?, row.get(1)?);
        let Some(field) = by.iter().find(|known| known.no == field) else { continue };
        let value = row.get_ref(2)?.as_blob().map_err(StoreError::corrupt)?;
        for term in terms(db, schema, field, value)? {
            take(field.no, term, vid)?;
        }
    }
    Ok(())
}

/// Takes the terms of a value away that is being erased.
pub(crate) fn remove(
    db: &Connection,
    info: &RegisterInfo,
    vid: i64,
    field: u16,
    value: &[u8],
) -> Result<(), StoreError> {
    let Some(field) = fields(&info.schema).find(|known| known.no == field) else { return Ok(()) };
    for term in terms(db, &info.schema, field, value)? {
        db.prepare_cached(
            "DELETE FROM personal_find WHERE register = ?1 AND field = ?2 AND term = ?3 AND vid = ?4",
        )?
        .execute(params![info.no, field.no, term, vid])?;
    }
    Ok(())
}

/// Makes the terms of a register anew.
fn renew(db: &Connection, info: &RegisterInfo) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM personal_find WHERE register = ?1")?.execute([info.no])?;
    add(db, &info.schema, info.no, (0, i64::MAX))
}

/// Makes the terms anew of those fields that are found otherwise than before. One that was not personal has none yet:
/// they come with its values, see [`crate::redact`].
pub(crate) fn follow_schemas(db: &Connection, before: &Catalog, after: &Catalog) -> Result<(), StoreError> {
    for info in after.registers() {
        let Some(known) = before.register(&info.schema.id) else { continue };
        let changed = known.schema.field.iter().filter(|was| was.personal).filter_map(|was| {
            let is = info.schema.field_no(was.no);
            (is.and_then(|is| is.find) != was.find).then_some((was.no, is))
        });
        let mut by = Vec::new();
        for (no, is) in changed {
            db.prepare_cached("DELETE FROM personal_find WHERE register = ?1 AND field = ?2")?
                .execute(params![info.no, no])?;
            by.extend(is.filter(|field| field.find.is_some()));
        }
        add_of(db, &info.schema, &by, info.no, (0, i64::MAX))?;
    }
    Ok(())
}

/// Whether the terms were made under the key that is there: a restored backup has none until a writer opens it.
pub(crate) fn is_made_under_key(db: &Connection) -> Result<bool, StoreError> {
    let name: Option<String> = db.query_row("SELECT mc_key_name()", [], |row| row.get(0))?;
    Ok(name.is_some() && name == meta::get(db, MADE_UNDER)?)
}

/// Makes all terms anew where they were made under another key.
pub(crate) fn follow_key(db: &Connection, catalog: &Catalog) -> Result<(), StoreError> {
    let name: Option<String> = db.query_row("SELECT mc_key_name()", [], |row| row.get(0))?;
    let Some(name) = name.filter(|_| !is_made_under_key(db).unwrap_or(false)) else { return Ok(()) };
    db.execute_batch("BEGIN IMMEDIATE")?;
    let made = catalog.registers().try_for_each(|info| renew(db, info));
    match made.and_then(|()| meta::set(db, MADE_UNDER, &name)) {
        Ok(()) => Ok(db.execute_batch("COMMIT")?),
        Err(error) => {
            let _ = db.execute_batch("ROLLBACK");
            Err(error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_from_any_of_its_words_on_in_any_marks() {
        let finds = |words: &str, name: &str| {
            named(words).is_some_and(|(from, to)| phrases(name).iter().any(|it| *it >= from && *it < to))
        };
        for words in ["nguyen van a", "Nguyễn Văn Á", "  van   A ", "NGUYEN", "ngu", "a"] {
            assert!(finds(words, "Nguyễn Văn Á"), "{words}");
        }
        for words in ["nguyen a", "van nguyen", "b", "", "guyen"] {
            assert!(!finds(words, "Nguyễn Văn Á"), "{words}");
        }
    }

    #[test]
    fn a_keyed_hash_tells_key_register_field_and_value_apart() {
        let of = |key: u8, register: &str, field, value: &[u8]| keyed(&[key; 32], register, field, value);
        let one = of(1, "plot", 8, b"x").expect("a term");
        assert_eq!(Some(&one), of(1, "plot", 8, b"x").as_ref());
        for other in
            [of(2, "plot", 8, b"x"), of(1, "plo", 8, b"x"), of(1, "plot", 9, b"x"), of(1, "plot", 8, b"y")]
        {
            assert_ne!(Some(&one), other.as_ref());
        }
    }
}
