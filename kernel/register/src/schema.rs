//! What a register declares.

use serde::{Deserialize, Serialize};

/// Id of the day field at which a spell begins, in every register that declares spells.
pub const SINCE: &str = "since";
/// Id of the day field at which a spell ends (the first day after it).
pub const UNTIL: &str = "until";
/// Id of the text field that names the document behind an explanation, in every register with a rule that asks
/// for one.
pub const EXPLANATION_DOCUMENT: &str = "explanation_document";
/// Id of the text field that says why a row that breaks a rule is right all the same.
pub const EXPLANATION_REASON: &str = "explanation_reason";

/// A text in Vietnamese and English.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Vietnamese, spelled as the press does (số hóa, ủy).
    pub vi: String,
    /// English.
    pub en: String,
}

/// The type of a field; see `mc_ledger::Value` for what each holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Yes or no.
    Bool,
    /// Whole number.
    Int,
    /// Decimal with `scale` digits after the point.
    Scaled,
    /// Civil day.
    Day,
    /// Calendar month.
    Month,
    /// Instant, UTC milliseconds.
    Instant,
    /// Free text, NFC.
    Text,
    /// One of `codes`, or a free identifier where `codes` is empty.
    Code,
    /// Several of `codes`.
    Codes,
    /// Key of a record of `register`.
    Ref,
    /// A place.
    Place,
    /// An agency.
    Agency,
    /// A position.
    Point,
    /// An evidence file.
    File,
}

/// One value of a code list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Permanent identifier.
    pub id: String,
    /// What the screen says.
    pub title: Title,
    /// No longer offered for new records.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
}

/// Copies a field of another register at commit time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// The `ref` field of this register to follow.
    pub by: String,
    /// The field of the other register to copy.
    pub field: String,
}

/// How records are found by a personal field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Find {
    /// By the whole value.
    Exact,
    /// By words of a name that follow each other, in any marks.
    Name,
}

/// One field of a register.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Permanent number, 1 to 65,535; it names the column and enters the leaf.
    pub no: u16,
    /// Permanent identifier, `snake_case`, used in expressions.
    pub id: String,
    /// Type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// What the screen says.
    pub title: Title,
    /// A record without it is refused.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Unit of measurement as printed beside the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Digits after the point (`scaled` only), 0 to 9.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<u8>,
    /// Least value; `int`: whole number, `scaled`: mantissa. Required for numeric types. Every value ever
    /// stored lies in [min, max], so expressions may rely on it: the range may be widened later, never
    /// narrowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Greatest value; as `min`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// Greatest number of characters (`text`, `code`); 4,000 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_max: Option<u32>,
    /// The code that stands in the key where nothing is given: an empty cell and a dash mean it. Only in a
    /// `code` field of the key that has no list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub none: Option<String>,
    /// The list of a `code` or `codes` field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
    /// The register a `ref` points to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// Filled by the store from another register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup: Option<Lookup>,
    /// About a person: kept apart under a commitment, erasable, in no key, index, URL or log.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub personal: bool,
    /// Shown in lists.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub list: bool,
    /// Lists may be sorted and filtered by it (an index is kept).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub index: bool,
    /// Found by search.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub search: bool,
    /// How records are found by it, of a personal field: by who may see it, by nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub find: Option<Find>,
    /// Not offered for new records.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// One sentence of help in forms and in the template workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Title>,
    /// Other header names under which agencies send this column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// What happens to a row that breaks a rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row is refused.
    Refuse,
    /// The row is refused unless it carries a document and a reason ([`Schema::explanation`]); then it is kept
    /// and flagged.
    Explain,
    /// The row is kept and flagged.
    Warn,
}

/// A condition on one record, as an expression that must not be false.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Identifier.
    pub id: String,
    /// Boolean expression over fields of the register.
    pub expr: String,
    /// What to tell whoever entered the row.
    pub message: Title,
    /// What happens to the row.
    pub severity: Severity,
}

/// A state of a workflow.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// The code of the state field.
    pub id: String,
    /// A record may begin here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub initial: bool,
    /// Nothing leaves this state.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub last: bool,
}

/// A permitted move between states.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// Identifier of the act.
    pub id: String,
    /// What the button says.
    pub title: Title,
    /// States it leaves.
    pub from: Vec<String>,
    /// State it enters.
    pub to: String,
    /// Roles that may do it; empty: whoever may write the record.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Boolean expression that must be true of the record after the move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard: Option<String>,
    /// Fields that must be filled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

/// States and moves of a register's state field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workflow {
    /// The `code` field that holds the state.
    pub field: String,
    /// Its states.
    pub states: Vec<State>,
    /// Its moves.
    pub transitions: Vec<Transition>,
}

/// A register: the one declaration from which table, form, list, import, API, history and dictionary come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Permanent identifier, `snake_case`.
    pub id: String,
    /// Unaccented Vietnamese word in URLs.
    pub slug: String,
    /// Programme it belongs to.
    pub programme: String,
    /// What the screen says.
    pub title: Title,
    /// What one record is, and by which rule it is counted.
    pub description: Title,
    /// What one record is called when counted ("trạm").
    pub unit: Title,
    /// Fields whose values name a record, in order.
    pub key: Vec<String>,
    /// Fields whose change over time is kept as spells; the key then gains `since`, and `until` is a stored
    /// field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spells: Vec<String>,
    /// The `place` field of a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The `agency` field of the record's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Records whose start is not known are counted from the beginning of time, and flagged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unknown_from: bool,
    /// The fields.
    pub field: Vec<Field>,
    /// The rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rule: Vec<Rule>,
    /// The workflow of the state field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<Workflow>,
}

impl FieldType {
    /// The word for the type in Vietnamese sentences.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Bool => "có/không",
            Self::Int => "số nguyên",
            Self::Scaled => "số thập phân",
            Self::Day => "ngày",
            Self::Month => "tháng",
            Self::Instant => "thời điểm",
            Self::Text => "văn bản",
            Self::Code => "mã",
            Self::Codes => "tập mã",
            Self::Ref => "tham chiếu",
            Self::Place => "địa bàn",
            Self::Agency => "cơ quan",
            Self::Point => "tọa độ",
            Self::File => "tệp minh chứng",
        }
    }

    /// Whether values are numbers with a declared range.
    #[must_use]
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Int | Self::Scaled)
    }
}

impl Field {
    /// Whether a person or a file has to give it: without it there is no record.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.required && self.none.is_none()
    }

    /// Digits after the point; 0 where none are declared.
    #[must_use]
    pub fn digits(&self) -> u8 {
        self.scale.unwrap_or(0)
    }

    /// Greatest number of characters of a `text` or `code` value.
    #[must_use]
    pub fn chars_max(&self) -> u32 {
        self.length_max.unwrap_or(crate::limits::LENGTH_DEFAULT)
    }

    /// Whether its numbers are years: whole, of four digits, without a unit. Years have no thousands separator.
    #[must_use]
    pub fn is_year(&self) -> bool {
        let bounds = self.min.zip(self.max);
        let years = bounds.is_some_and(|(min, max)| (1_000..10_000).contains(&min) && max < 10_000);
        self.kind == FieldType::Int && self.unit.is_none() && years
    }

    /// The code `id` of the field's list.
    #[must_use]
    pub fn code(&self, id: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.id == id)
    }
}

impl Schema {
    /// The field `id`.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.field.iter().find(|field| field.id == id)
    }

    /// The field number `no`.
    #[must_use]
    pub fn field_no(&self, no: u16) -> Option<&Field> {
        self.field.iter().find(|field| field.no == no)
    }

    /// The rule `id`.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rule.iter().find(|rule| rule.id == id)
    }

    /// The fields that explain a row: its document, then its reason. `None` where the register has no such
    /// fields, and so no row of it can break a rule that asks for an explanation.
    #[must_use]
    pub fn explanation(&self) -> Option<[&Field; 2]> {
        Some([self.field(EXPLANATION_DOCUMENT)?, self.field(EXPLANATION_REASON)?])
    }

    /// Whether the field is one of [`Schema::explanation`].
    #[must_use]
    pub fn explains(&self, field: &Field) -> bool {
        self.explanation().is_some_and(|fields| fields.iter().any(|known| known.no == field.no))
    }

    /// Whether changes over time are kept as spells.
    #[must_use]
    pub fn has_spells(&self) -> bool {
        !self.spells.is_empty()
    }

    /// Ids of the fields that make the record key, in order: the declared key, then `since` where there are
    /// spells.
    pub fn record_key(&self) -> impl Iterator<Item = &str> {
        self.key.iter().map(String::as_str).chain(self.has_spells().then_some(SINCE))
    }

    /// The fields in order of their numbers, as leaves and columns hold them.
    #[must_use]
    pub fn by_number(&self) -> Vec<&Field> {
        let mut fields: Vec<&Field> = self.field.iter().collect();
        fields.sort_by_key(|field| field.no);
        fields
    }
}
