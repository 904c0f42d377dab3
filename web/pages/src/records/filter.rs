//! Filters of a list: read from the address, written as a form and as a sentence.

use mc_ledger::Value;
use mc_port::{Filter, ListRequest};
use mc_register::{
    Field, FieldType, Input as Typed, InputError, Schema, canonical_value_text, input, parse_canonical,
};
use mc_ui::{Choice, Field as FormField, Form, Input, Link, Method};

use crate::context::{PERIOD, PLACE, POSITION, Page};
use crate::lookup;
use crate::refused;
use crate::said::Said as _;
use crate::words;

/// Before the id of the field that a parameter filters by.
const PREFIX: &str = "loc-";
/// The filter value for "not stated".
const NOT_STATED: &str = "~";
/// Codes that a list of choices offers; longer lists are typed.
const CHOICES_MAX: usize = 60;
/// The place, typed by name.
pub(super) const PLACE_NAME: &str = "dia-ban";

/// The parameter that leaves only records with an explanation, and its value.
const EXPLAINED: &str = "giai-trinh";
const YES: &str = "co";

/// The parameter that filters by a field.
pub(crate) fn parameter(field: &str) -> String {
    format!("{PREFIX}{field}")
}

/// One condition as asked for.
pub(super) struct Asked {
    pub field: Field,
    pub typed: String,
    /// The condition, or why the text is none.
    pub read: Result<Filter, InputError>,
}

/// The fields a list may be filtered by.
pub(super) fn offered(schema: &Schema) -> impl Iterator<Item = &Field> {
    let place = schema.place.as_deref();
    schema
        .field
        .iter()
        .filter(move |field| field.index && !field.personal && place != Some(field.id.as_str()))
}

/// The conditions in the address.
pub(super) fn asked(page: &Page<'_>, schema: &Schema) -> Vec<Asked> {
    offered(schema)
        .filter_map(|field| {
            let typed = page.query().get(&parameter(&field.id))?;
            Some(Asked {
                field: field.clone(),
                typed: typed.to_owned(),
                read: read(page, schema, field, typed),
            })
        })
        .collect()
}

/// Whether only records with an explanation are asked for.
pub(super) fn is_explained(page: &Page<'_>, schema: &Schema) -> bool {
    schema.explanation().is_some() && page.query().get(EXPLAINED) == Some(YES)
}

/// A link that drops that condition.
pub(super) fn without_explained(page: &Page<'_>) -> Link {
    Link::new(t!("Bỏ lọc: có giải trình"), page.here_with(EXPLAINED, None))
}

fn read(page: &Page<'_>, schema: &Schema, field: &Field, typed: &str) -> Result<Filter, InputError> {
    let filter = |equals: String| Filter { field: field.id.clone(), equals };
    if typed == NOT_STATED {
        return Ok(filter(String::new()));
    }
    let as_written = || parse_canonical(field, typed).filter(|value| is_known(page, schema, field, value));
    let as_in_forms = || input::read(field, &Typed::Text(typed.to_owned()), &lookup::names(page));
    let value = match field.kind {
        // Any text could be a key, and one place's code is another's number.
        FieldType::Ref | FieldType::Place => as_in_forms().or_else(|error| as_written().ok_or(error)),
        _ => as_written().map_or_else(as_in_forms, Ok),
    }?;
    Ok(filter(canonical_value_text(&value).unwrap_or_default()))
}

/// Whether a value stands for something: a text that is no more than well formed is none to filter by.
fn is_known(page: &Page<'_>, schema: &Schema, field: &Field, value: &Value) -> bool {
    match value {
        Value::Code(code) => field.codes.is_empty() || field.code(code).is_some(),
        Value::Agency(agency) => page.snapshot().agencies().get(agency).is_some(),
        Value::Place(place) => page.snapshot().places().get(*place).is_some(),
        Value::Ref { key, .. } => is_referred_to(page, schema, field, key),
        _ => true,
    }
}

/// Whether a record refers to this key: what it names may be retired by now.
fn is_referred_to(page: &Page<'_>, schema: &Schema, field: &Field, key: &str) -> bool {
    let request = ListRequest {
        register: schema.id.clone(),
        place: None,
        filters: vec![Filter { field: field.id.clone(), equals: key.to_owned() }],
        sort: None,
        descending: false,
        after: None,
        limit: 1,
        at: page.read_at(),
    };
    page.snapshot().list(&request).is_ok_and(|found| !found.rows.is_empty())
}

/// The conditions as one text: the filter in the handle of the list's total.
pub(super) fn canonical(filters: &[Filter], page: &Page<'_>) -> String {
    let place = page.snapshot().places().code(page.place()).to_owned();
    let parts = filters.iter().map(|filter| format!("{}={}", filter.field, filter.equals));
    std::iter::once(format!("{PLACE}={place}")).chain(parts).collect::<Vec<_>>().join("&")
}

/// What one condition says: "Trạng thái là Đang phát sóng".
pub(super) fn words(page: &Page<'_>, asked: &Asked) -> String {
    let title = asked.field.title.said();
    match &asked.read {
        Ok(filter) if filter.equals.is_empty() => t!("{title} chưa ghi", title),
        Ok(filter) => {
            let value = parse_canonical(&asked.field, &filter.equals);
            let text = value.and_then(|value| words::text(page.snapshot(), &asked.field, &value));
            t!("{title} là {value}", title, value = text.unwrap_or_else(|| filter.equals.clone()))
        }
        Err(_) => t!("{title} là “{typed}” (chưa hiểu)", title, typed = asked.typed),
    }
}

/// A link that drops one condition.
pub(super) fn without(page: &Page<'_>, asked: &Asked) -> Link {
    let name = parameter(&asked.field.id);
    Link::new(t!("Bỏ lọc: {filter}", filter = words(page, asked)), page.here_with(&name, None))
}

/// The form: one field per condition that the register offers, and the place by name or code.
pub(super) fn form(
    page: &Page<'_>,
    schema: &Schema,
    asked: &[Asked],
    explained: bool,
    place_error: Option<String>,
) -> Form {
    let mut fields = Vec::new();
    if schema.place.is_some() {
        let typed = page.query().get(PLACE_NAME).unwrap_or_default().to_owned();
        let mut field = FormField::new(PLACE_NAME, t!("Địa bàn"), Input::Text { value: typed })
            .hint(t!("Tên hoặc mã, không dấu cũng được; tên xã cũ dẫn tới xã mới."))
            .optional();
        field.error = place_error;
        fields.push(field);
    }
    for field in offered(schema) {
        let known = asked.iter().find(|one| one.field.id == field.id);
        let mut entry =
            FormField::new(parameter(&field.id), field.title.said(), input_of(field, known)).optional();
        let refused = known.and_then(|one| one.read.as_ref().err());
        entry.error = refused.map(|error| refused::sentence(field, error));
        fields.push(entry);
    }
    if schema.explanation().is_some() {
        let chosen = if explained { YES } else { "" };
        let choices = vec![Choice::new("", t!("Tất cả")), Choice::new(YES, t!("Có giải trình"))];
        let choices = choices.into_iter().map(|choice| choice.chosen_if(chosen)).collect();
        fields.push(FormField::new(EXPLAINED, t!("Giải trình"), Input::Select { choices }).optional());
    }
    for name in [PLACE, PERIOD, POSITION, super::SORT, super::SIZE] {
        if let Some(value) = page.query().get(name) {
            fields.push(FormField::hidden(name, value));
        }
    }
    let mut form = Form::new(page.path(), Method::Get, fields, t!("Lọc"));
    form.cancel = (!asked.is_empty() || explained).then(|| page.register_link(schema));
    form
}

fn input_of(field: &Field, known: Option<&Asked>) -> Input {
    let chosen = match known.map(|one| (&one.read, one.typed.as_str())) {
        Some((Ok(_), NOT_STATED)) => NOT_STATED,
        Some((Ok(filter), _)) => filter.equals.as_str(),
        Some((Err(_), typed)) => typed,
        None => "",
    };
    let choices: Option<Vec<Choice>> = match field.kind {
        FieldType::Bool => Some(vec![Choice::new("true", t!("Có")), Choice::new("false", t!("Không"))]),
        FieldType::Code if !field.codes.is_empty() && field.codes.len() <= CHOICES_MAX => {
            Some(field.codes.iter().map(|code| Choice::new(&code.id, code.title.said())).collect())
        }
        _ => None,
    };
    match choices {
        Some(offered) => {
            let mut choices = vec![Choice::new("", t!("Tất cả"))];
            choices.extend(offered);
            if !field.required {
                choices.push(Choice::new(NOT_STATED, t!("Chưa ghi")));
            }
            Input::Select { choices: choices.into_iter().map(|choice| choice.chosen_if(chosen)).collect() }
        }
        None => Input::Text { value: known.map_or_else(String::new, |one| one.typed.clone()) },
    }
}
