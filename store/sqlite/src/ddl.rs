//! The table, indexes and guarding triggers of one register, made from its schema.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use mc_register::{Field, FieldType, Schema};
use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

/// Name of the table of a register's versions.
pub(crate) fn table(register: &str) -> String {
    format!("r_{register}")
}

/// Name of the column of a field.
pub(crate) fn column(no: u16) -> String {
    format!("f{no}")
}

/// Fields of a register that were marked personal after versions may have been written, by number. Their own
/// column is typed for values, so that commitments lie in one beside it.
pub(crate) type Marked = BTreeSet<u16>;

/// Name of the column that new versions write a field into.
pub(crate) fn written_column(no: u16, marked: &Marked) -> String {
    if marked.contains(&no) { format!("c{no}") } else { column(no) }
}

/// Creates the register's table, or adds the columns that a newer schema declares and drops the indexes that it
/// no longer wants.
pub(crate) fn apply(db: &Connection, schema: &Schema, marked: &Marked) -> Result<(), StoreError> {
    let table = table(&schema.id);
    let existing = columns(db, &table)?;
    if existing.is_empty() {
        db.execute_batch(&create(schema))?;
    } else {
        let values = schema.field.iter().filter(|field| !marked.contains(&field.no));
        let values = values.map(|field| (column(field.no), storage(field)));
        let commitments = marked.iter().map(|no| (written_column(*no, marked), "BLOB"));
        for (column, storage) in values.chain(commitments).filter(|(column, _)| !existing.contains(column)) {
            db.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {column} {storage}"))?;
        }
        db.execute_batch(&format!("DROP TRIGGER {table}_update; DROP TRIGGER {table}_delete;"))?;
        for field in schema.field.iter().filter(|field| !is_listed(schema, field)) {
            db.execute_batch(&format!("DROP INDEX IF EXISTS {table}_{}", column(field.no)))?;
        }
    }
    db.execute_batch(&triggers(schema, marked))?;
    index(db, schema)
}

fn columns(db: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)")?;
    let names = statement.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}

/// Storage class of a field's column.
pub(crate) fn storage(field: &Field) -> &'static str {
    if field.personal {
        return "BLOB";
    }
    match field.kind {
        FieldType::Bool
        | FieldType::Int
        | FieldType::Scaled
        | FieldType::Day
        | FieldType::Month
        | FieldType::Instant
        | FieldType::Place
        | FieldType::Point => "INTEGER",
        FieldType::Text | FieldType::Code | FieldType::Codes | FieldType::Ref | FieldType::Agency => "TEXT",
        FieldType::File => "BLOB",
    }
}

fn create(schema: &Schema) -> String {
    let mut sql = format!(
        "CREATE TABLE {} (\n    vid INTEGER PRIMARY KEY,\n    key TEXT NOT NULL,\n    ord INTEGER NOT NULL,\n    \
         seq_from INTEGER NOT NULL,\n    seq_to INTEGER,\n    leaf INTEGER NOT NULL,\n    schema INTEGER NOT NULL,\n    \
         nonce BLOB",
        table(&schema.id)
    );
    for field in &schema.field {
        let _ = write!(sql, ",\n    {} {}", column(field.no), storage(field));
    }
    sql.push_str("\n) STRICT;");
    sql
}

/// A version row is written once; afterwards it is closed once, and loses only what a redaction of the same
/// transaction names.
fn triggers(schema: &Schema, marked: &Marked) -> String {
    let table = table(&schema.id);
    let fixed = ["vid", "key", "ord", "seq_from", "leaf", "schema"];
    let mut refused: Vec<String> = fixed.iter().map(|c| format!("NEW.{c} IS NOT OLD.{c}")).collect();
    refused
        .push("(NEW.seq_to IS NOT OLD.seq_to AND (OLD.seq_to IS NOT NULL OR NEW.seq_to IS NULL))".to_owned());
    refused.push(nulled_without_redaction("nonce", 0, &schema.id));
    for field in &schema.field {
        refused.push(match marked.contains(&field.no) {
            true => moved_without_redaction(field.no, &schema.id),
            false => nulled_without_redaction(&column(field.no), field.no, &schema.id),
        });
    }
    for no in marked {
        let column = written_column(*no, marked);
        refused.push(format!("NEW.{column} IS NOT OLD.{column}"));
    }
    format!(
        "CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} WHEN {}\n\
         BEGIN SELECT RAISE(ABORT, '{table}: a version is closed once and never edited'); END;\n\
         CREATE TRIGGER {table}_delete BEFORE DELETE ON {table}\n\
         BEGIN SELECT RAISE(ABORT, '{table}: a version is never deleted'); END;",
        refused.join("\n    OR ")
    )
}

/// True where the column changes in any way but to NULL under a redaction of the transaction that is writing.
fn nulled_without_redaction(column: &str, no: u16, register: &str) -> String {
    format!(
        "(NEW.{column} IS NOT OLD.{column} AND (NEW.{column} IS NOT NULL OR NOT EXISTS (\
         SELECT 1 FROM redaction JOIN writing ON redaction.seq = writing.seq \
         JOIN register ON register.no = redaction.register \
         WHERE register.id = '{register}' AND redaction.vid = OLD.vid AND redaction.field = {no})))"
    )
}

/// As [`nulled_without_redaction`], for a field marked personal later: the redaction names the whole column
/// (version 0), and the value must lie in the erasable table already.
fn moved_without_redaction(no: u16, register: &str) -> String {
    let column = column(no);
    format!(
        "(NEW.{column} IS NOT OLD.{column} AND (NEW.{column} IS NOT NULL OR NOT EXISTS (\
         SELECT 1 FROM redaction JOIN writing ON redaction.seq = writing.seq \
         JOIN register ON register.no = redaction.register \
         JOIN personal ON personal.register = register.no AND personal.vid = OLD.vid AND personal.field = {no} \
         WHERE register.id = '{register}' AND redaction.vid = 0 AND redaction.field = {no})))"
    )
}

/// Makes the indexes that the schema wants, and anew those that it wants otherwise than before.
fn index(db: &Connection, schema: &Schema) -> Result<(), StoreError> {
    let table = table(&schema.id);
    for (name, columns) in indexes(schema) {
        let unique = if columns == KEY_COLUMNS { "UNIQUE " } else { "" };
        let wanted = format!("CREATE {unique}INDEX {name} ON {table} ({columns})");
        let known: Option<String> = db
            .prepare_cached("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1")?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        if known.as_ref() != Some(&wanted) {
            db.execute_batch(&format!("DROP INDEX IF EXISTS {name}; {wanted};"))?;
        }
    }
    Ok(())
}

const KEY_COLUMNS: &str = "key, ord";

/// Name and columns of each index: the key, and one for each field that lists filter and sort by. That one begins
/// with `seq_to`, so that the current versions lie together in the order of a page, whatever was closed; and it ends
/// with the other such fields, so that what a page leaves out is passed over without its row. No partial index on
/// `seq_to`: a scan through one was measured 8 times slower than a full scan.
fn indexes(schema: &Schema) -> Vec<(String, String)> {
    let table = table(&schema.id);
    let listed = || schema.field.iter().filter(|field| is_listed(schema, field));
    let of_field = |field: &Field| {
        let others = listed().filter(|other| other.no != field.no).map(|other| column(other.no));
        let column = column(field.no);
        let columns: Vec<String> =
            ["seq_to".to_owned(), column.clone(), "key".to_owned()].into_iter().chain(others).collect();
        (format!("{table}_{column}"), columns.join(", "))
    };
    let key = (format!("{table}_key"), KEY_COLUMNS.to_owned());
    std::iter::once(key).chain(listed().map(of_field)).collect()
}

/// Whether lists may filter and sort by a field: only those declared, so that no page needs a scan.
pub(crate) fn is_listed(schema: &Schema, field: &Field) -> bool {
    !field.personal && (field.index || schema.place.as_deref() == Some(field.id.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Schema {
        Schema::from_toml(
            r#"
            id = "thing"
            slug = "vat"
            programme = "infrastructure"
            title = { vi = "Vật", en = "Thing" }
            description = { vi = "Một vật.", en = "A thing." }
            unit = { vi = "vật", en = "thing" }
            key = ["code"]
            [[field]]
            no = 1
            id = "code"
            type = "code"
            title = { vi = "Mã", en = "Code" }
            required = true
            [[field]]
            no = 2
            id = "size"
            type = "int"
            title = { vi = "Cỡ", en = "Size" }
            min = 0
            max = 100
            index = true
            "#,
        )
        .expect("a valid schema")
    }

    fn database() -> Connection {
        let db = Connection::open_in_memory().expect("memory");
        db.execute_batch(include_str!("schema.sql")).expect("tables");
        db.execute("INSERT INTO register (no, id) VALUES (1, 'thing')", []).expect("register");
        apply(&db, &schema(), &Marked::new()).expect("register table");
        db.execute(
            "INSERT INTO r_thing (vid, key, ord, seq_from, leaf, schema, nonce, f1, f2)
             VALUES (1, 'A', 1, 1, 0, 1, x'00', 'A', 5)",
            [],
        )
        .expect("a version");
        db
    }

    #[test]
    fn a_version_is_closed_once_and_never_edited() {
        let db = database();
        for refused in [
            "UPDATE r_thing SET f2 = 6",
            "UPDATE r_thing SET f2 = NULL",
            "UPDATE r_thing SET nonce = NULL",
            "UPDATE r_thing SET ord = 2",
            "DELETE FROM r_thing",
        ] {
            assert!(db.execute(refused, []).is_err(), "{refused}");
        }
        db.execute("UPDATE r_thing SET seq_to = 2", []).expect("a close");
        assert!(db.execute("UPDATE r_thing SET seq_to = 3", []).is_err());
        assert!(db.execute("UPDATE r_thing SET seq_to = NULL", []).is_err());
    }

    #[test]
    fn a_redaction_of_the_writing_transaction_nulls_exactly_its_column() {
        let db = database();
        db.execute("INSERT INTO redaction (register, vid, field, seq) VALUES (1, 1, 2, 7)", [])
            .expect("redaction");
        assert!(db.execute("UPDATE r_thing SET f2 = NULL", []).is_err(), "nothing is being written");
        db.execute("INSERT INTO writing (only, seq) VALUES (1, 7)", []).expect("writing");
        assert!(db.execute("UPDATE r_thing SET f1 = NULL", []).is_err(), "another column");
        db.execute("UPDATE r_thing SET f2 = NULL", []).expect("the redaction");
    }

    #[test]
    fn a_value_of_a_marked_field_goes_only_when_it_lies_in_the_erasable_table() {
        let db = database();
        let mut schema = schema();
        schema.field[1].personal = true;
        schema.field[1].index = false;
        apply(&db, &schema, &Marked::from([2])).expect("the marked schema");
        let moved = "UPDATE r_thing SET f2 = NULL";
        assert!(db.execute(moved, []).is_err(), "no redaction");
        db.execute_batch(
            "INSERT INTO redaction (register, vid, field, seq) VALUES (1, 0, 2, 7);
             INSERT INTO writing (only, seq) VALUES (1, 7);",
        )
        .expect("a redaction of the whole column");
        assert!(db.execute(moved, []).is_err(), "the value would be lost");
        db.execute(
            "INSERT INTO personal (register, vid, field, salt, value) VALUES (1, 1, 2, x'', x'05')",
            [],
        )
        .expect("the value in its new place");
        assert!(db.execute("UPDATE r_thing SET c2 = x'00'", []).is_err(), "a commitment is not edited");
        db.execute(moved, []).expect("the move");
        let indexes: i64 = db
            .query_row("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'r_thing_f2'", [], |row| row.get(0))
            .expect("a count");
        assert_eq!(indexes, 0, "what is personal has no index");
    }
}
