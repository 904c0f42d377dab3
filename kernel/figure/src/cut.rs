//! Cuts: the fields by which a measure may be split.

use mc_ledger::Value;
use mc_register::key::escape;
use mc_register::{Field, FieldType, Schema, canonical_value_text};

use crate::error::DefinitionError;

/// Most combinations of codes that one cut may have.
pub const COMBINATIONS_MAX: u64 = 1_000;
/// Most cuts of a measure.
pub const CUTS_MAX: usize = 16;
/// Most fields of a cut.
pub const CUT_FIELDS_MAX: usize = 4;

/// What stands for NULL in a cut's text.
pub const NOT_STATED: &str = "~";

/// A declared cut.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cut {
    /// Its field ids joined by `+`.
    pub name: String,
    /// Its fields, by number, in declared order.
    pub fields: Vec<u16>,
    /// Combinations of its declared codes; `None` where a field is a free code, an agency, a reference or a
    /// place, whose values the store counts as they come.
    pub combinations: Option<u64>,
}

impl Cut {
    /// The text of the cut's value in a cell: canonical texts joined by `/`, NULL as `~`.
    #[must_use]
    pub fn text(&self, field: &dyn Fn(u16) -> Value) -> String {
        let parts: Vec<String> = self.fields.iter().map(|no| part(&field(*no))).collect();
        parts.join("/")
    }
}

/// One part; a code that is itself `~` is escaped, so that different values have different texts.
fn part(value: &Value) -> String {
    match canonical_value_text(value) {
        None => NOT_STATED.to_owned(),
        Some(text) if text == NOT_STATED => "%7E".to_owned(),
        Some(text) => escape(&text),
    }
}

/// The part that a code or an agency is in a cut's text.
#[must_use]
pub fn code_part(code: &str) -> String {
    part(&Value::Code(code.to_owned()))
}

/// The code whose [`code_part`] it is.
#[must_use]
pub fn code_of_part(part: &str) -> String {
    part.replace("%7E", NOT_STATED).replace("%2F", "/").replace("%25", "%")
}

pub(crate) fn compile(measure: &str, fields: &[String], schema: &Schema) -> Result<Cut, DefinitionError> {
    let name = fields.join("+");
    let refuse =
        |reason: String| Err(DefinitionError::Cut { measure: measure.to_owned(), cut: name.clone(), reason });
    if fields.is_empty() || fields.len() > CUT_FIELDS_MAX {
        return refuse(format!("có {} trường; cần từ 1 đến {CUT_FIELDS_MAX}", fields.len()));
    }
    let mut numbers = Vec::with_capacity(fields.len());
    let mut combinations = Some(1_u64);
    for id in fields {
        let Some(field) = schema.field.iter().find(|field| field.id == *id) else {
            return refuse(format!("sổ “{}” không có trường “{id}”", schema.id));
        };
        if numbers.contains(&field.no) {
            return refuse(format!("trường “{id}” được ghi hai lần"));
        }
        match values(field) {
            Ok(count) => combinations = combinations.zip(count).map(|(a, b)| a.saturating_mul(b)),
            Err(reason) => return refuse(reason),
        }
        numbers.push(field.no);
    }
    match combinations {
        Some(found) if found > COMBINATIONS_MAX => {
            refuse(format!("có {found} tổ hợp; nhiều nhất {COMBINATIONS_MAX}"))
        }
        _ => Ok(Cut { name, fields: numbers, combinations }),
    }
}

/// How many values a field can take; `None` where its declaration does not say.
fn values(field: &Field) -> Result<Option<u64>, String> {
    if field.personal {
        return Err(format!("trường “{}” là dữ liệu cá nhân", field.id));
    }
    match field.kind {
        FieldType::Bool => Ok(Some(2)),
        FieldType::Code if !field.codes.is_empty() => Ok(Some(field.codes.len() as u64)),
        FieldType::Code | FieldType::Agency | FieldType::Ref | FieldType::Place => Ok(None),
        FieldType::Int => match field.min.zip(field.max) {
            Some((min, max)) if max >= min => Ok(Some(max.abs_diff(min).saturating_add(1))),
            _ => Err(format!("trường số “{}” chưa khai min và max", field.id)),
        },
        FieldType::Codes => {
            Err(format!("trường “{}” có nhiều giá trị cho một bản ghi; hãy lập sổ riêng cho chúng", field.id))
        }
        _ => {
            Err(format!("trường “{}” không phải mã, đúng/sai, số nguyên nhỏ, cơ quan hay địa bàn", field.id))
        }
    }
}
