//! The definition of a figure in words: what is counted, from which register, by which version.

use mc_figure::{Measure, TimeRule};
use mc_register::{Field, Schema};
use mc_ui::{Html, Pairs};

use super::lens::{Lens, Reading};
use super::sentence::lower_first;
use crate::said::Said as _;

/// Counting rule, register, condition, time, version, and how places count.
pub(super) fn pairs(lens: &Lens<'_>, reading: &Reading, places: String) -> Pairs {
    let definition = &reading.definition;
    let mut rows = vec![
        (t!("Tên chỉ tiêu").to_owned(), definition.title.said().trim().to_owned()),
        (t!("Quy tắc đếm").to_owned(), definition.description.said().trim().to_owned()),
        (t!("Đơn vị tính").to_owned(), definition.unit.said().to_owned()),
    ];
    match &definition.den {
        Some(den) => {
            rows.push((t!("Tử số").to_owned(), measure(lens, &definition.num)));
            rows.push((t!("Mẫu số").to_owned(), measure(lens, den)));
        }
        None => rows.push((t!("Lấy từ").to_owned(), measure(lens, &definition.num))),
    }
    let version = reading.figure.as_ref().map_or(definition.version, |figure| figure.version);
    rows.push((t!("Phiên bản định nghĩa").to_owned(), version.to_string()));
    rows.push((t!("Địa bàn").to_owned(), places));
    Pairs { pairs: rows.into_iter().map(|(term, words)| (term, Html::text(&words))).collect() }
}

/// Register, time and condition of a measure.
fn measure(lens: &Lens<'_>, measure: &Measure) -> String {
    let schema = lens.snapshot.schema(&measure.register);
    let register =
        schema.as_ref().map_or_else(|| measure.register.clone(), |schema| schema.title.said().to_owned());
    let field = |text: &str| date_words(schema.as_deref(), text.trim());
    let time = match &measure.time {
        TimeRule::Stock { from, to: Some(to) } => {
            t!("tính mức vào ngày cuối kỳ, từ {from} đến trước {to}", from = field(from), to = field(to))
        }
        TimeRule::Stock { from, to: None } => {
            t!("tính mức vào ngày cuối kỳ, kể từ {from}", from = field(from))
        }
        TimeRule::Flow { on } => t!("phát sinh trong kỳ, theo {on}", on = field(on)),
        TimeRule::Cumulative { on } => t!("cộng dồn từ ngày 1 tháng 1, theo {on}", on = field(on)),
    };
    let condition = measure.filter.as_ref().map_or_else(String::new, |filter| {
        let words = schema.as_ref().map_or_else(|| filter.clone(), |schema| condition_words(schema, filter));
        t!("; điều kiện: {words}", words)
    });
    t!("sổ {register}; {time}{condition}", register, time, condition)
}

/// A date expression in words: a field by its title, the first day of a month or of the one after it.
fn date_words(schema: Option<&Schema>, text: &str) -> String {
    let named = |text: &str| {
        let known = schema.and_then(|schema| schema.field(text.trim()));
        known.map_or_else(|| text.to_owned(), |field| format!("“{}”", lower_first(field.title.said())))
    };
    let of = |function: &str| text.strip_prefix(function)?.strip_prefix('(')?.strip_suffix(')');
    match (of("first_day"), of("next_month")) {
        (Some(month), _) => t!("ngày đầu của {month}", month = named(month)),
        (_, Some(month)) => t!("ngày đầu tháng liền sau {month}", month = named(month)),
        _ => named(text),
    }
}

/// A condition with the names that the screen uses: `state = 'live'` reads “trạng thái” = “Đang phát sóng”.
fn condition_words(schema: &Schema, filter: &str) -> String {
    let mut last: Option<&Field> = None;
    let words = tokens(filter).into_iter().map(|token| {
        if let Some(field) = schema.field(token) {
            last = Some(field);
            return format!("“{}”", lower_first(field.title.said()));
        }
        let code = token.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        if let Some(code) = code {
            let known = last.and_then(|field| field.code(code));
            return format!("“{}”", known.map_or(code, |known| known.title.said()));
        }
        match token {
            "AND" => t!("phép toán|và"),
            "OR" => t!("phép toán|hoặc"),
            "NOT" => t!("phép toán|không"),
            "IN" => t!("phép toán|thuộc"),
            "IS" => t!("phép toán|là"),
            "NULL" => t!("trống"),
            "TRUE" => t!("giá trị|có"),
            "FALSE" => t!("giá trị|không"),
            other => other,
        }
        .to_owned()
    });
    words.collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")").replace(" ,", ",")
}

/// Words, quoted texts, brackets and signs of an expression.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = match first {
            '\'' => rest.get(1..).and_then(|inner| inner.find('\'')).map_or(rest.len(), |at| at + 2),
            '(' | ')' | ',' => 1,
            c if word(c) => rest.find(|c| !word(c)).unwrap_or(rest.len()),
            _ => rest
                .find(|c: char| word(c) || c.is_whitespace() || matches!(c, '\'' | '(' | ')' | ','))
                .unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_falls_into_its_words() {
        let found = tokens("state = 'live' AND (a+1>= b, 'x y')");
        let expected = ["state", "=", "'live'", "AND", "(", "a", "+", "1", ">=", "b", ",", "'x y'", ")"];
        assert_eq!(found, expected);
        assert_eq!(tokens("'open"), ["'open"]);
        assert!(tokens("  ").is_empty());
    }
}
