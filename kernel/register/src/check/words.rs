//! Identifiers, slugs, titles and other words of a declaration.

use crate::check::Findings;
use crate::error::Part;
use crate::limits::{EXPR_CHARS_MAX, HELP_CHARS_MAX, ID_CHARS_MAX, TITLE_CHARS_MAX};
use crate::schema::Title;

/// Words of the expression language, which no field may be called.
const RESERVED: [&str; 16] = [
    "and", "between", "case", "coalesce", "date", "else", "end", "false", "in", "is", "not", "null", "or",
    "then", "true", "when",
];

/// `snake_case`: a small ASCII letter, then small letters, digits and `_`.
pub(crate) fn id(findings: &mut Findings, part: Part, what: &str, id: &str) {
    if !is_word(id, '_') {
        let expected =
            format!("chữ thường không dấu, chữ số và “_”, bắt đầu bằng chữ, tối đa {ID_CHARS_MAX} ký tự");
        findings.add(part, format!("{what} “{id}”"), expected);
    } else if RESERVED.contains(&id) {
        findings.add(part, format!("{what} “{id}”"), "tên không trùng từ của ngôn ngữ biểu thức");
    }
}

/// Small ASCII letters, digits and `-`, beginning with a letter.
pub(crate) fn slug(findings: &mut Findings, slug: &str) {
    if !is_word(slug, '-') {
        let expected =
            format!("chữ thường không dấu, chữ số và “-”, bắt đầu bằng chữ, tối đa {ID_CHARS_MAX} ký tự");
        findings.add(Part::Register, format!("slug “{slug}”"), expected);
    }
}

/// ASCII letters, digits, `_`, `-` and `.`: a code stands in sets, cut texts and URLs without escaping.
pub(crate) fn is_code(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= ID_CHARS_MAX
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

pub(crate) fn title(findings: &mut Findings, part: &Part, what: &str, title: &Title) {
    both(findings, part, what, title, TITLE_CHARS_MAX);
}

pub(crate) fn help(findings: &mut Findings, part: &Part, what: &str, help: &Title) {
    both(findings, part, what, help, HELP_CHARS_MAX);
}

/// An expression is only measured here.
pub(crate) fn expression(findings: &mut Findings, part: &Part, what: &str, text: &str) {
    let length = text.chars().count();
    if text.trim().is_empty() || length > EXPR_CHARS_MAX {
        findings.add(
            part.clone(),
            format!("{what} dài {length} ký tự"),
            format!("biểu thức từ 1 đến {EXPR_CHARS_MAX} ký tự"),
        );
    }
}

fn both(findings: &mut Findings, part: &Part, what: &str, text: &Title, chars_max: usize) {
    for (language, text) in [("tiếng Việt", &text.vi), ("tiếng Anh", &text.en)] {
        let length = text.chars().count();
        if text.trim() != text || length == 0 || length > chars_max || text.chars().any(char::is_control) {
            findings.add(
                part.clone(),
                format!("{what} {language} “{}” ({length} ký tự)", crate::quote::shorten(text)),
                format!("một dòng chữ từ 1 đến {chars_max} ký tự, không thừa khoảng trắng hai đầu"),
            );
        }
    }
}

fn is_word(word: &str, joiner: char) -> bool {
    word.len() <= ID_CHARS_MAX
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joiner)
}
