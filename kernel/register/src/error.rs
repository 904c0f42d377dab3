//! What is wrong with a declaration, as a sentence naming the register, the part, what was found and what was
//! expected.

use std::fmt;

/// The part of a declaration a finding is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Part {
    /// The file as a whole.
    Text,
    /// The register itself: ids, titles, limits.
    Register,
    /// The list of key fields.
    Key,
    /// The list of spell fields.
    Spells,
    /// A field, by id.
    Field(String),
    /// A rule, by id.
    Rule(String),
    /// The workflow.
    Workflow,
    /// A transition, by id.
    Transition(String),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("tệp khai báo"),
            Self::Register => f.write_str("phần chung"),
            Self::Key => f.write_str("khóa"),
            Self::Spells => f.write_str("danh sách trường theo giai đoạn"),
            Self::Field(id) => write!(f, "trường “{id}”"),
            Self::Rule(id) => write!(f, "quy tắc “{id}”"),
            Self::Workflow => f.write_str("quy trình"),
            Self::Transition(id) => write!(f, "bước chuyển “{id}”"),
        }
    }
}

/// One fault of a declaration.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("Sổ “{register}”, {part}: {found}; cần {expected}.")]
pub struct SchemaError {
    /// Register id as written, empty where the file could not be read at all.
    pub register: String,
    /// Where in the declaration.
    pub part: Part,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}
