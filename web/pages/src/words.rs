//! Values of records as a person reads them: codes by title, places and agencies by name, references as
//! links.

use std::cell::RefCell;
use std::collections::HashMap;

use mc_base::Scaled;
use mc_ledger::{Point, Value};
use mc_port::{Snapshot, Version};
use mc_register::{Field, FieldType, Schema, Severity, UNTIL};
use mc_ui::Word;
use mc_ui::{Cell, Content, Flag, Html, Icon, Kind};
use mc_ui::{Lang, lang, of_data, write};

use crate::context::Page;
use crate::said::Said as _;

/// What stands for a value that the reader may not see.
pub(crate) const MASKED: Word = key!("không hiển thị");
/// What stands for an erased value.
pub(crate) const ERASED: Word = key!("đã xóa theo luật");
/// What stands for a value that is not known.
pub(crate) const UNKNOWN: Word = key!("chưa ghi");
/// What stands for the end of a spell that goes on.
const OPEN_END: Word = key!("đến nay");
/// Records looked up by name on one page; further references show their key.
const NAMED_MAX: usize = 100;
/// The words for the type of a place, which stand before its name.
pub(crate) const PLACE_TYPES: [&str; 8] = [
    vietnamese!("Thành phố "),
    vietnamese!("Tỉnh "),
    vietnamese!("Thị trấn "),
    vietnamese!("Thị xã "),
    vietnamese!("Huyện "),
    vietnamese!("Phường "),
    vietnamese!("Xã "),
    vietnamese!("Đặc khu "),
];
/// Digits of degrees on the screen, about one metre.
const DEGREE_DIGITS: u8 = 5;

/// A value in words, and where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Shown {
    pub text: String,
    pub href: Option<String>,
}

/// A reference: register and key.
type Sought = (String, String);
/// What the record is called, and its key.
type Named = (String, String);

/// Writes the values of one page, and remembers the names of records that several of them refer to.
pub(crate) struct Words<'p> {
    page: &'p Page<'p>,
    named: RefCell<HashMap<Sought, Option<Named>>>,
}

impl<'p> Words<'p> {
    pub(crate) fn new(page: &'p Page<'p>) -> Self {
        Self { page, named: RefCell::default() }
    }

    /// A value of `field`; `None` where nothing is known.
    pub(crate) fn value(&self, field: &Field, value: &Value) -> Option<Shown> {
        if let Value::Ref { register, key } = value {
            return Some(self.reference(register, key));
        }
        if let Value::Agency(id) = value {
            let tree = self.page.snapshot().agencies();
            let href = tree.get(id).map(|_| crate::agency::href(self.page, id));
            return Some(Shown { text: tree.name(id).to_owned(), href });
        }
        text(self.page.snapshot(), field, value).map(|text| Shown { text, href: None })
    }

    /// A field of a version as a cell; what is missing says why.
    pub(crate) fn cell(&self, field: &Field, version: &Version) -> Cell {
        if let Some(why) = absence(field, version) {
            return Cell::missing(why);
        }
        match version.values.get(&field.no).and_then(|value| self.value(field, value)) {
            Some(shown) => Cell { content: Content::Text(shown.text), href: shown.href },
            None if field.id == UNTIL => Cell::missing(OPEN_END),
            None => Cell::missing(UNKNOWN),
        }
    }

    /// A field of a version as markup, with its unit.
    pub(crate) fn html(&self, field: &Field, version: &Version) -> Html {
        let cell = self.cell(field, version);
        let unit = unit(field).filter(|_| !matches!(cell.content, Content::Missing(_)));
        Html::of(&crate::record::ValueHtml { cell, unit: unit.unwrap_or_default() })
    }

    fn reference(&self, register: &str, key: &str) -> Shown {
        let Some(schema) = self.page.snapshot().schema(register) else {
            return Shown { text: key.to_owned(), href: None };
        };
        let sought = (register.to_owned(), key.to_owned());
        let full = self.named.borrow().len() >= NAMED_MAX;
        let known = self.named.borrow().get(&sought).cloned();
        let found = match known {
            Some(found) => found,
            None if full => None,
            None => {
                let spells = self.page.snapshot().spells(register, key).unwrap_or_default();
                let found = spells.last().map(|version| (title(&schema, version), version.key.clone()));
                self.named.borrow_mut().insert(sought, found.clone());
                found
            }
        };
        match found {
            Some((name, record)) => Shown { text: name, href: Some(self.page.record_link(&schema, &record)) },
            None => Shown { text: key.to_owned(), href: None },
        }
    }
}

/// The unit of a field, in the language of the reader.
pub(crate) fn unit(field: &Field) -> Option<String> {
    field.unit.as_deref().map(|unit| of_data(unit).to_owned())
}

/// The name of a place for the reader: in English the type stands behind, "Bát Xát commune".
pub(crate) fn place_said(name: &str) -> String {
    let typed = || {
        let word = PLACE_TYPES.iter().find(|word| name.starts_with(**word))?;
        let rest = name.get(word.len()..)?;
        Some(format!("{rest} {}", of_data(word.trim_end())))
    };
    match lang() {
        Lang::Vietnamese => name.to_owned(),
        Lang::English => typed().unwrap_or_else(|| name.to_owned()),
    }
}

/// What a part of a figure is called: parts by a field with codes have their titles in both languages.
pub(crate) fn part_said(schema: Option<&Schema>, cut: &str, key: &str, title: &str) -> String {
    if lang() == Lang::Vietnamese {
        return title.to_owned();
    }
    // What is left beside the parts that have a name has a key and a title of the store's own.
    if key.len() > 1 && key.starts_with('~') {
        return of_data(title).to_owned();
    }
    let named = title.split(" · ").zip(key.split('/')).zip(cut.split('+'));
    let said = named.map(|((title, key), id)| {
        let field = schema.and_then(|schema| schema.field(id));
        match field.map(|field| (field, field.kind)) {
            _ if key == "~" => t!("Chưa ghi").to_owned(),
            Some((_, FieldType::Bool)) => if key == "true" { t!("Có") } else { t!("Không") }.to_owned(),
            Some((field, FieldType::Code)) => {
                field.code(key).map_or(title, |code| code.title.said()).to_owned()
            }
            Some((_, FieldType::Place)) => place_said(title),
            _ => title.to_owned(),
        }
    });
    said.collect::<Vec<_>>().join(" · ")
}

/// The name of a place within a sentence: "tỉnh Lào Cai", and "Việt Nam" as it is.
pub(crate) fn place_within(name: &str) -> String {
    match PLACE_TYPES.iter().find(|word| name.starts_with(**word)) {
        Some(word) => format!("{}{}", word.to_lowercase(), name.get(word.len()..).unwrap_or_default()),
        None => name.to_owned(),
    }
}

/// What sets a record apart in a list: the rules that it breaks and was kept all the same.
pub(crate) fn flag(version: &Version) -> Option<Flag> {
    let warned = version.flags.iter().any(|flag| flag.severity != Severity::Explain);
    Some(match (version.is_explained(), warned) {
        (false, false) => return None,
        (true, false) => Flag::new(Icon::Info, t!("có giải trình")),
        (false, true) => Flag::new(Icon::Warning, t!("cần xem lại")),
        (true, true) => Flag::new(Icon::Warning, t!("có giải trình; cần xem lại")),
    })
}

/// Why a value of a version is not shown; `None` where it is, or is simply not known.
pub(crate) fn absence(field: &Field, version: &Version) -> Option<&'static str> {
    if version.masked.contains(&field.no) {
        Some(MASKED.said())
    } else {
        version.erased.contains(&field.no).then_some(ERASED.said())
    }
}

/// What a record is called: its first searchable text, or else its key.
pub(crate) fn title(schema: &Schema, version: &Version) -> String {
    let named =
        schema.field.iter().filter(|field| field.search && !field.personal && field.kind == FieldType::Text);
    let text = named.filter_map(|field| match version.values.get(&field.no) {
        Some(Value::Text(text)) if text.chars().count() <= 200 => Some(text.clone()),
        _ => None,
    });
    text.into_iter().next().unwrap_or_else(|| key_words(schema, &version.key))
}

/// A record key for a person: the parts of the thing, without escapes.
pub(crate) fn key_words(schema: &Schema, key: &str) -> String {
    let thing = mc_register::thing_of_key(schema, key);
    let parts: Vec<String> =
        thing.split('/').map(|part| part.replace("%2F", "/").replace("%25", "%")).collect();
    parts.join(" · ")
}

/// The parts of a record key as a person reads them: titles of codes, names, days as the reader writes them.
pub(crate) fn key_said(snapshot: &dyn Snapshot, schema: &Schema, key: &str) -> Vec<String> {
    let Ok(record) = mc_register::parse_key(schema, key) else { return vec![key_words(schema, key)] };
    let said = |id: &str| {
        let field = schema.field(id)?;
        text(snapshot, field, record.get(field.no))
    };
    schema.key.iter().filter_map(|id| said(id)).collect()
}

/// The kind of a column that holds `field`.
pub(crate) const fn column_kind(field: &Field) -> Kind {
    match field.kind {
        FieldType::Int | FieldType::Scaled => Kind::Number,
        FieldType::Day | FieldType::Month | FieldType::Instant => Kind::Date,
        _ => Kind::Text,
    }
}

/// A value without link; `None` for `Null`.
pub(crate) fn text(snapshot: &dyn Snapshot, field: &Field, value: &Value) -> Option<String> {
    let code = |id: &String| field.code(id).map_or_else(|| id.clone(), |code| code.title.said().to_owned());
    Some(match value {
        Value::Null => return None,
        Value::Bool(yes) => if *yes { t!("Có") } else { t!("Không") }.to_owned(),
        Value::Int(year) if field.is_year() => year.to_string(),
        Value::Int(amount) => write::whole(*amount),
        Value::Scaled(amount) => write::decimal(*amount),
        Value::Day(day) => write::day(*day),
        Value::Month(month) => {
            let (year, month) = month.year_month();
            write::month(year, month)
        }
        Value::Instant(instant) => write::date_time(*instant),
        Value::Text(text) => text.clone(),
        Value::Code(id) => code(id),
        Value::CodeSet(ids) if ids.is_empty() => t!("không có mục nào").to_owned(),
        Value::CodeSet(ids) => ids.iter().map(code).collect::<Vec<_>>().join("; "),
        Value::Ref { key, .. } => key.clone(),
        Value::Place(id) => snapshot
            .places()
            .get(*id)
            .map_or_else(|| t!("địa bàn số {id}", id), |place| place_said(&place.name)),
        Value::Agency(id) => snapshot.agency_name(&id.0).unwrap_or_else(|| id.0.clone()),
        Value::Point(point) => degrees(*point),
        Value::File(hash) => t!("tệp {hash}…", hash = hash.to_string().get(..12).unwrap_or_default()),
        Value::Commitment(_) => MASKED.said().to_owned(),
    })
}

/// Latitude before longitude, as maps and offices write them.
fn degrees(point: Point) -> String {
    let write = |part: i32| {
        let exact = Scaled { mantissa: i64::from(part), scale: 7 };
        write::decimal(exact.round(DEGREE_DIGITS).unwrap_or(exact))
    };
    format!("{}; {}", write(point.lat), write(point.lon))
}
