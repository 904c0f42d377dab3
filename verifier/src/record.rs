//! The rows of a proof of a record, in words, as far as the declarations in the file name their fields.

use std::collections::HashMap;

use mc_base::{Hash32, Seq};
use mc_ledger::proof::{Verified, VerifiedHash};
use mc_ledger::{Act, RowLeaf, Value};
use mc_register::{Schema, canonical_value_text, system};

/// Rows put into words.
const ROWS_MAX: usize = 20;
/// Characters of a value that are printed.
const CHARS_MAX: usize = 200;

/// One row in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowText {
    /// What was done to which version, by which commit.
    pub title: String,
    /// Fields with their values; empty for a close or an erasure, and where no declaration is in the file.
    pub fields: Vec<(String, String)>,
}

/// The rows that are no declarations; where all are, the declarations.
pub(crate) fn describe(verified: &Verified) -> Vec<RowText> {
    let schemas = declared(verified);
    let rows = || verified.commits.iter().flat_map(|commit| commit.rows.iter().map(move |row| (commit, row)));
    let only_declarations = rows().all(|(_, row)| row.leaf.register == system::SCHEMA);
    let shown = rows().filter(|(_, row)| only_declarations || row.leaf.register != system::SCHEMA);
    let mut texts: Vec<RowText> = shown
        .clone()
        .take(ROWS_MAX)
        .map(|(commit, row)| row_text(commit.entry.seq, &row.leaf, &schemas))
        .collect();
    let more = shown.count().saturating_sub(ROWS_MAX);
    texts.extend(leaf_only(verified, &schemas));
    if more > 0 {
        texts.push(RowText { title: format!("… và {more} dòng nữa"), fields: Vec::new() });
    }
    texts
}

/// Rows of which the file gives the leaf hash alone. Which version such a row is, a row that follows it may tell.
fn leaf_only(verified: &Verified, schemas: &HashMap<Hash32, Schema>) -> Vec<RowText> {
    const WHY: &str = "nội dung có dữ liệu cá nhân hoặc đã xóa theo luật nên tệp chỉ có mã băm";
    let followed = verified.followed();
    let rows = verified
        .commits
        .iter()
        .flat_map(|commit| commit.leaf_only.iter().map(move |row| (commit.entry.seq, row)));
    let text = |(seq, row): (Seq, &VerifiedHash)| {
        let title = match followed.get(&row.hash) {
            Some((register, key, ordinal)) => {
                let known = schemas.values().find(|schema| schema.id == **register);
                let register = known.map_or(*register, |schema| schema.title.vi.as_str());
                format!("{register} “{key}”, phiên bản {ordinal}: được ghi ở lần ghi {seq}; {WHY}")
            }
            None => format!("Dòng {} của lần ghi {seq}: {WHY}, không rõ là phiên bản nào", row.index + 1),
        };
        RowText { title, fields: Vec::new() }
    };
    rows.take(ROWS_MAX).map(text).collect()
}

/// Schemas whose declarations are among the rows, by hash.
fn declared(verified: &Verified) -> HashMap<Hash32, Schema> {
    let own = system::TEXTS.iter().find(|(id, _)| *id == system::SCHEMA);
    let Some(no) = own
        .and_then(|(_, text)| Schema::from_toml(text).ok())
        .and_then(|schema| schema.field("declaration").map(|field| field.no))
    else {
        return HashMap::new();
    };
    verified
        .commits
        .iter()
        .flat_map(|commit| &commit.rows)
        .filter(|row| row.leaf.act == Act::Open && row.leaf.register == system::SCHEMA)
        .filter_map(|row| match row.leaf.field_value(no) {
            Some(Value::Text(text)) => {
                Some((mc_register::hash_of_text(text), Schema::from_canonical(text).ok()?))
            }
            _ => None,
        })
        .collect()
}

fn row_text(seq: Seq, leaf: &RowLeaf, schemas: &HashMap<Hash32, Schema>) -> RowText {
    let schema = schemas.get(&leaf.schema).filter(|schema| schema.id == leaf.register);
    let register = schema.map_or(leaf.register.as_str(), |schema| schema.title.vi.as_str());
    let done = match leaf.act {
        Act::Open => "được ghi",
        Act::Close => "được khép",
        Act::Erase => "có trường bị xóa theo luật",
    };
    let title = format!("{register} “{}”, phiên bản {}: {done} ở lần ghi {seq}", leaf.key, leaf.ordinal);
    let fields = schema.map_or_else(Vec::new, |schema| fields(schema, leaf));
    RowText { title, fields }
}

fn fields(schema: &Schema, leaf: &RowLeaf) -> Vec<(String, String)> {
    leaf.fields
        .iter()
        .filter_map(|(no, value)| {
            let field = schema.field_no(*no)?;
            let text = match value {
                Value::Null => return None,
                Value::Commitment(_) => "(dữ liệu cá nhân: tệp chỉ có cam kết)".to_owned(),
                Value::Code(code) => {
                    field.code(code).map_or_else(|| code.clone(), |code| code.title.vi.clone())
                }
                value => canonical_value_text(value)?,
            };
            Some((field.title.vi.clone(), printable(&text)))
        })
        .collect()
}

/// One line without control characters, so that a value cannot pass for a line of the verdict.
fn printable(text: &str) -> String {
    let mut plain: String =
        text.chars().take(CHARS_MAX).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > CHARS_MAX {
        plain.push('…');
    }
    plain
}
