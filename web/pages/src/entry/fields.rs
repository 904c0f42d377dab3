//! Fields of a register as fields of a form, and the text with which a value is filled in.

use mc_base::date;
use mc_ledger::Value;
use mc_port::Version;
use mc_register::{Field, FieldType, Schema, Severity, canonical_value_text};
use mc_ui::{Choice, Field as FormField, Input};

use super::draft::{Draft, Errors};
use crate::context::Page;
use crate::expected::expected;
use crate::said::Said as _;
use crate::words;
use mc_ui::Lang;

/// Texts longer than this get several lines.
const LINE_CHARS_MAX: u32 = 200;
/// Name of the part of the form where a row is explained.
const EXPLANATION: &str = "giai-trinh";
/// Codes that a list of choices offers; longer lists are typed.
const CHOICES_MAX: usize = 100;

/// Name of a field in the form.
pub(super) fn name(field: &Field) -> String {
    format!("f-{}", field.id)
}

/// Whether a person fills the field in: not what the store copies, not the key of a record that is there,
/// not what the person may not see.
pub(super) fn is_offered(schema: &Schema, field: &Field, base: Option<&Version>) -> bool {
    let key = base.is_some() && schema.record_key().any(|id| id == field.id);
    let hidden = base.is_some_and(|base| words::absence(field, base).is_some());
    let held = base.is_some_and(|base| base.values.contains_key(&field.no));
    // Nobody types the hash of a file: what is held is kept.
    let hash = field.kind == FieldType::File && !field.is_asked();
    field.lookup.is_none() && !key && !hidden && !hash && (held || !field.deprecated)
}

/// The text a field is filled in with: it reads back as the value.
pub(super) fn filled_in(page: &Page<'_>, field: &Field, value: &Value) -> String {
    let named = |name: String, code: &str| if code.is_empty() { name } else { format!("{name} ({code})") };
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => yes.to_string(),
        Value::Int(amount) => amount.to_string(),
        Value::Scaled(amount) => amount.to_string().replace('.', ","),
        Value::Day(day) => date::short(*day),
        Value::Code(code) => code.clone(),
        Value::Place(place) => {
            let tree = page.snapshot().places();
            named(tree.get(*place).map_or_else(String::new, |place| place.name.clone()), tree.code(*place))
        }
        Value::Agency(agency) => named(page.snapshot().agency_name(&agency.0).unwrap_or_default(), &agency.0),
        Value::File(_) | Value::Ref { .. } => canonical_value_text(value).unwrap_or_default(),
        // It is read back as Vietnamese offices write it.
        _ => Lang::Vietnamese.speaking(|| words::text(page.snapshot(), field, value)).unwrap_or_default(),
    }
}

/// The fields to fill in, with what was typed and what is wrong with it; those that explain a row last, folded
/// away until they are needed.
pub(crate) fn form_fields(
    page: &Page<'_>,
    schema: &Schema,
    draft: &Draft<'_>,
    errors: &Errors,
) -> Vec<FormField> {
    let entry = |field: &Field| {
        let typed = draft.typed(page, field);
        let mut entry = FormField::new(name(field), field.title.said(), input_of(field, &typed));
        entry.required = field.is_asked();
        entry.hint = hint(page, field);
        entry.error = errors.of(&name(field));
        entry
    };
    let offered = schema.field.iter().filter(|field| is_offered(schema, field, draft.base()));
    let (explaining, plain): (Vec<&Field>, Vec<&Field>) = offered.partition(|field| schema.explains(field));
    let needed = |field: &&Field| errors.of(&name(field)).is_some() || !draft.typed(page, field).is_empty();
    let open = explaining.iter().any(needed);
    let mut entries: Vec<FormField> = plain.into_iter().map(entry).collect();
    if !explaining.is_empty() {
        let fields = explaining.into_iter().map(entry).collect();
        let words = t!("Giải trình, chỉ khi bản ghi không theo một quy tắc");
        let mut fold = FormField::new(EXPLANATION, words, Input::Fold { fields, open });
        fold.hint = Some(asking(schema));
        entries.push(fold);
    }
    entries
}

/// The rules that ask for an explanation, as one sentence.
fn asking(schema: &Schema) -> String {
    let asking = schema.rule.iter().filter(|rule| rule.severity == Severity::Explain);
    let rules: Vec<&str> = asking.map(|rule| rule.message.said().trim().trim_end_matches('.')).collect();
    t!(
        "Bản ghi gặp điều sau chỉ được nhận khi có cả văn bản và lý do, rồi được đánh dấu: {rules}. Bản ghi đã theo \
         đúng quy tắc thì để trống.",
        rules = rules.join("; ")
    )
}

fn hint(page: &Page<'_>, field: &Field) -> Option<String> {
    if let Some(help) = &field.help {
        return Some(help.said().to_owned());
    }
    match field.kind {
        FieldType::Place => {
            Some(t!("Tên hoặc mã, không dấu cũng được; tên xã cũ dẫn tới xã mới.").to_owned())
        }
        FieldType::Agency => Some(t!("Tên, tên viết tắt hoặc mã của cơ quan.").to_owned()),
        FieldType::Ref => {
            let other = page.snapshot().schema(field.register.as_deref().unwrap_or_default());
            other.map(|other| t!("Mã hoặc tên của một bản ghi trong sổ {title}.", title = other.title.said()))
        }
        FieldType::Bool | FieldType::Day | FieldType::Text => None,
        FieldType::Code if !field.codes.is_empty() => None,
        _ => Some(t!("Cần {field}.", field = expected(field))),
    }
}

fn input_of(field: &Field, typed: &str) -> Input {
    let value = typed.to_owned();
    let blank = Choice::new("", if field.required { t!("Hãy chọn") } else { t!("Chưa ghi") });
    let select = |choices: Vec<Choice>| {
        let all = std::iter::once(blank).chain(choices);
        Input::Select { choices: all.map(|choice| choice.chosen_if(typed)).collect() }
    };
    match field.kind {
        FieldType::Bool => select(vec![Choice::new("true", t!("Có")), Choice::new("false", t!("Không"))]),
        FieldType::Code if !field.codes.is_empty() && field.codes.len() <= CHOICES_MAX => {
            let offered = field.codes.iter().filter(|code| !code.deprecated || code.id == typed);
            select(offered.map(|code| Choice::new(&code.id, code.title.said())).collect())
        }
        FieldType::Int | FieldType::Scaled => Input::Number { value, unit: crate::words::unit(field) },
        FieldType::Day => Input::Day { value },
        FieldType::Text if field.chars_max() > LINE_CHARS_MAX => Input::Area { value },
        _ => Input::Text { value },
    }
}
