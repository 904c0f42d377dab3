//! Why an expression is refused, as a sentence for whoever wrote it.

use thiserror::Error;

use super::types::{NUMBER_MAX, SCALE_MAX, Type};
use super::{DEPTH_MAX, NODES_MAX, TEXT_MAX};

/// Why an expression is refused. `Display` is the sentence shown, in Vietnamese; it names the piece found.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ExprError {
    /// More characters than `TEXT_MAX`.
    #[error("biểu thức dài {found} ký tự; nhiều nhất {TEXT_MAX} ký tự")]
    TooLong {
        /// Characters found.
        found: usize,
    },
    /// Nested deeper than `DEPTH_MAX`.
    #[error("biểu thức lồng nhau quá {DEPTH_MAX} tầng; hãy tách thành nhiều trường hoặc quy tắc")]
    TooDeep,
    /// More pieces than `NODES_MAX`.
    #[error("biểu thức có quá {NODES_MAX} thành phần; hãy tách thành nhiều trường hoặc quy tắc")]
    TooManyNodes,
    /// Not an expression at all.
    #[error("không đọc được biểu thức: sai cú pháp ở dòng {line}, cột {column}, gần “{near}”")]
    Syntax {
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: u64,
        /// What stands there.
        near: String,
    },
    /// The text ends where more was expected.
    #[error("không đọc được biểu thức: biểu thức trống hoặc dừng giữa chừng, còn thiếu phần sau")]
    Unfinished,
    /// A construct that the language does not have.
    #[error("ngôn ngữ biểu thức không có {construct}: {reason}")]
    NotInLanguage {
        /// What was found.
        construct: &'static str,
        /// Why it is not there, or what to write instead.
        reason: &'static str,
    },
    /// A function that the language does not have.
    #[error("không có hàm “{name}”: {reason}")]
    UnknownFunction {
        /// The name found.
        name: String,
        /// Why it is not there, or which there are.
        reason: &'static str,
    },
    /// A wrong number of arguments.
    #[error("hàm “{name}” cần {expected} đối số, gặp {found}")]
    ArgumentCount {
        /// The function.
        name: String,
        /// How many it takes.
        expected: &'static str,
        /// How many were given.
        found: usize,
    },
    /// No such field.
    #[error("sổ “{register}” không có trường “{field}”{}", meant(.suggestion.as_deref()))]
    UnknownField {
        /// The register.
        register: String,
        /// The name found.
        field: String,
        /// A field whose name differs only in case or underscores.
        suggestion: Option<String>,
    },
    /// A personal field.
    #[error("trường “{field}” là dữ liệu cá nhân, không được dùng trong biểu thức")]
    Personal {
        /// The field.
        field: String,
    },
    /// A field whose declaration lacks what an expression needs.
    #[error(
        "trường “{field}” chưa khai đủ (số cần min và max, số thập phân cần scale, tham chiếu cần register)"
    )]
    IncompleteField {
        /// The field.
        field: String,
    },
    /// An operand or argument of the wrong type.
    #[error("“{piece}” là {found}; ở đây cần {expected}")]
    WrongType {
        /// The operand.
        piece: String,
        /// Its type.
        found: Type,
        /// What is expected.
        expected: &'static str,
    },
    /// Two types that must be equal and are not.
    #[error("trong “{piece}”, không so hay gộp được {left} với {right}; hai vế phải cùng kiểu")]
    Mismatch {
        /// The expression.
        piece: String,
        /// Type of the one.
        left: Type,
        /// Type of the other.
        right: Type,
    },
    /// Two numbers with different digits after the point.
    #[error(
        "trong “{piece}”, hai số phải có cùng số chữ số thập phân: gặp {left} và {right} (viết 1.00 thay cho 1 khi cần 2 chữ số)"
    )]
    Scale {
        /// The expression.
        piece: String,
        /// Digits of the one.
        left: u8,
        /// Digits of the other.
        right: u8,
    },
    /// A product with too many digits after the point.
    #[error("“{piece}” có {found} chữ số thập phân; nhiều nhất {SCALE_MAX}")]
    ScaleTooLarge {
        /// The expression.
        piece: String,
        /// Digits it would have.
        found: u8,
    },
    /// A number that could leave ±2^62.
    #[error("“{piece}” {}, vượt giới hạn ±{NUMBER_MAX} (2^62)", span(*.min, *.max))]
    Range {
        /// The expression.
        piece: String,
        /// Least value it could have.
        min: i128,
        /// Greatest value it could have.
        max: i128,
    },
    /// A literal number that cannot be read.
    #[error(
        "“{text}” không phải số viết đúng: chỉ gồm chữ số và một dấu chấm thập phân, nhiều nhất 19 chữ số"
    )]
    Number {
        /// The literal.
        text: String,
    },
    /// A literal day that does not exist.
    #[error("DATE '{text}' không phải một ngày có thật, viết theo dạng yyyy-mm-dd")]
    Date {
        /// The literal.
        text: String,
    },
    /// A literal text with a control character.
    #[error("chuỗi “{text}” có ký tự điều khiển")]
    ControlCharacter {
        /// The literal, cleaned.
        text: String,
    },
    /// A literal that is in no code list.
    #[error("“{code}” không có trong danh mục; các mã có: {}", .known.join(", "))]
    UnknownCode {
        /// The literal.
        code: String,
        /// The list, cut after 20.
        known: Vec<String>,
    },
    /// `<` between things without order.
    #[error("trong “{piece}”, {found} không có thứ tự lớn bé; chỉ dùng =, <>, IN")]
    NotOrdered {
        /// The expression.
        piece: String,
        /// Its operands' type.
        found: Type,
    },
    /// `=` between things that are not compared.
    #[error("trong “{piece}”, {found} không so sánh được; chỉ dùng IS NULL, count_of hoặc matches_code")]
    NotComparable {
        /// The expression.
        piece: String,
        /// Its operands' type.
        found: Type,
    },
    /// NULL where it makes the answer unknown.
    #[error("NULL trong “{piece}” làm kết quả luôn không xác định; dùng IS NULL hoặc COALESCE")]
    NullOperand {
        /// The expression.
        piece: String,
    },
    /// An IN list with something else than literals.
    #[error("trong danh sách IN, “{piece}” không phải hằng; IN chỉ nhận các hằng cùng kiểu")]
    NotLiteral {
        /// The element.
        piece: String,
    },
    /// The whole expression has another type than its use needs.
    #[error("biểu thức cho kết quả kiểu {found}; ở đây cần {expected}")]
    WrongResult {
        /// Its type.
        found: Type,
        /// What is expected.
        expected: &'static str,
    },
}

fn span(min: i128, max: i128) -> String {
    if min == max { format!("bằng {min}") } else { format!("có thể từ {min} đến {max}") }
}

fn meant(suggestion: Option<&str>) -> String {
    suggestion.map_or_else(String::new, |id| format!("; có phải “{id}”?"))
}
