//! Why an input is no value of its field.

use std::fmt;

use mc_base::Scaled;
use mc_base::number;

use crate::schema::{Field, FieldType, Schema};

const CODES_NAMED_MAX: usize = 8;
/// Names in a hint.
const NAMES_MAX: usize = 3;

/// Kinds of faults.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum InputKind {
    /// Nothing was given for a required field.
    Missing,
    /// Not what the field's type holds, for example a day in a number.
    WrongType,
    /// No number.
    NotNumber,
    /// A fraction where whole numbers are wanted.
    NotWhole,
    /// More decimals than the field keeps.
    TooPrecise,
    /// Outside min and max.
    OutOfRange,
    /// Two readings (`1.234`, `1,234.5`); a person decides, once per file.
    Ambiguous,
    /// No such day.
    NotDay,
    /// No such month.
    NotMonth,
    /// No such instant.
    NotTime,
    /// Not on the list, or nothing is called so.
    Unknown,
    /// Several things are called so.
    Several,
    /// Too many characters.
    TooLong,
    /// Control characters.
    Control,
    /// Not in the form in which values are kept (NFC, sorted, trimmed).
    NotCanonical,
    /// A field the register does not have.
    NoField,
}

/// What might have been meant by an input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hint {
    /// One of these names, best first.
    Names(Vec<String>),
    /// A Vietnamese sentence without full stop.
    Sentence(String),
}

/// One fault of one value: where, what was found, what was expected.
///
/// The found value of a personal field is replaced by its length, so that the sentence may stand in a log or
/// report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputError {
    /// Field id.
    pub field: String,
    /// Vietnamese title of the field.
    pub title: String,
    /// What was found, shortened; empty where nothing was.
    pub found: String,
    /// What the field needs, in words.
    pub expected: String,
    /// Kind of fault.
    pub kind: InputKind,
    /// What might have been meant.
    pub hint: Option<Box<Hint>>,
    personal: bool,
}

impl InputError {
    /// A fault of `field`.
    #[must_use]
    pub fn new(field: &Field, kind: InputKind, found: &str) -> Self {
        let found = if field.personal && !found.is_empty() {
            format!("••• ({} ký tự)", found.chars().count())
        } else {
            crate::quote::shorten(found)
        };
        Self {
            field: field.id.clone(),
            title: field.title.vi.clone(),
            found,
            expected: expected(field),
            kind,
            hint: None,
            personal: field.personal,
        }
    }

    /// A value under number `no`, which `schema` does not have.
    #[must_use]
    pub(crate) fn no_field(schema: &Schema, no: u16) -> Self {
        Self {
            field: String::new(),
            title: format!("trường số {no}"),
            found: format!("trường số {no}"),
            expected: format!("một trường của sổ “{}”", schema.id),
            kind: InputKind::NoField,
            hint: None,
            personal: false,
        }
    }

    /// With a hint; hints on personal fields are dropped, because they repeat parts of the value.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        self.meaning(Hint::Sentence(hint.into()))
    }

    /// With the names of which one may have been meant, when there are any; dropped as any hint.
    #[must_use]
    pub(super) fn names(self, names: Vec<String>) -> Self {
        if names.is_empty() { self } else { self.meaning(Hint::Names(names)) }
    }

    fn meaning(mut self, hint: Hint) -> Self {
        if !self.personal {
            self.hint = Some(Box::new(hint));
        }
        self
    }
}

impl std::error::Error for InputError {}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { title, found, expected, kind, .. } = self;
        match kind {
            InputKind::Missing => f.write_str("Để trống")?,
            _ => write!(f, "“{found}” {}", kind.fault())?,
        }
        write!(f, "; cột “{title}” cần {expected}.")?;
        match (self.hint.as_deref(), kind) {
            (None, _) => Ok(()),
            (Some(Hint::Sentence(sentence)), _) => write!(f, " {sentence}."),
            (Some(Hint::Names(names)), InputKind::Several) => write!(f, " Có thể là: {}.", quoted(names)),
            (Some(Hint::Names(names)), _) => write!(f, " Có phải là: {}.", quoted(names)),
        }
    }
}

/// The first of some names, quoted: “A”, “B”.
#[must_use]
pub fn quoted<N: AsRef<str>>(names: &[N]) -> String {
    let quoted = |name: &N| format!("“{}”", crate::quote::shorten(name.as_ref()));
    names.iter().take(NAMES_MAX).map(quoted).collect::<Vec<_>>().join(", ")
}

impl InputKind {
    /// What is wrong, after the quoted value.
    const fn fault(self) -> &'static str {
        match self {
            Self::Missing => "để trống",
            Self::WrongType => "không đúng kiểu",
            Self::NotNumber => "không phải là số",
            Self::NotWhole => "không phải số nguyên",
            Self::TooPrecise => "có quá nhiều chữ số lẻ",
            Self::OutOfRange => "nằm ngoài khoảng cho phép",
            Self::Ambiguous => "đọc được hai cách",
            Self::NotDay => "không phải ngày có thật",
            Self::NotMonth => "không phải tháng có thật",
            Self::NotTime => "không phải ngày giờ có thật",
            Self::Unknown => "không có trong danh mục",
            Self::Several => "trùng tên với nhiều mục",
            Self::TooLong => "quá dài",
            Self::Control => "có ký tự điều khiển",
            Self::NotCanonical => "chưa viết ở dạng chuẩn",
            Self::NoField => "không có trong sổ",
        }
    }
}

/// What a field needs, in words: `số nguyên từ 0 đến 200`.
#[must_use]
pub fn expected(field: &Field) -> String {
    match field.kind {
        FieldType::Bool => "“có” hoặc “không”".to_owned(),
        FieldType::Int => format!("số nguyên{}", range(field)),
        FieldType::Scaled => format!("số có tối đa {} chữ số lẻ,{}", field.digits(), range(field)),
        FieldType::Day => "ngày, ví dụ 17/11/2025".to_owned(),
        FieldType::Month => "tháng, ví dụ 10/2025".to_owned(),
        FieldType::Instant => "ngày và giờ, ví dụ 17/11/2025 14:05".to_owned(),
        FieldType::Text => format!("văn bản tối đa {} ký tự", number::whole(field.chars_max())),
        FieldType::Code if field.codes.is_empty() => {
            format!("một dòng chữ, tối đa {} ký tự", number::whole(field.chars_max()))
        }
        FieldType::Code => format!("một trong: {}", listed(field)),
        FieldType::Codes => format!("các mục cách nhau bằng “;” trong: {}", listed(field)),
        FieldType::Ref => {
            let register = field.register.as_deref().unwrap_or_default();
            format!("khóa hoặc tên của một bản ghi trong sổ “{register}”")
        }
        FieldType::Place => "tên hoặc mã của một địa bàn".to_owned(),
        FieldType::Agency => "tên hoặc mã của một cơ quan".to_owned(),
        FieldType::Point => "vĩ độ và kinh độ trong lãnh thổ Việt Nam, ví dụ 22,5064; 104,0050".to_owned(),
        FieldType::File => "mã băm SHA-256 của tệp minh chứng (64 chữ số thập lục phân)".to_owned(),
    }
}

fn range(field: &Field) -> String {
    let show = |bound: i64| {
        if field.is_year() {
            return bound.to_string();
        }
        number::decimal(Scaled { mantissa: bound, scale: field.digits() })
    };
    match (field.min, field.max) {
        (Some(min), Some(max)) => format!(" từ {} đến {}", show(min), show(max)),
        _ => String::new(),
    }
}

fn listed(field: &Field) -> String {
    let offered: Vec<&str> =
        field.codes.iter().filter(|code| !code.deprecated).map(|code| code.title.vi.as_str()).collect();
    let named: Vec<&str> = offered.iter().take(CODES_NAMED_MAX).copied().collect();
    let rest = offered.len() - named.len();
    let more = if rest > 0 { format!(" và {rest} mục khác") } else { String::new() };
    format!("{}{more}", named.join(", "))
}
