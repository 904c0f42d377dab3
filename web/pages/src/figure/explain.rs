//! The definition of a figure in words: what is counted, from which register, by which version.

use mc_figure::{Measure, TimeRule};
use mc_ui::{Html, Pairs};

use super::lens::{Lens, Reading};
use super::sentence::lower_first;

/// Counting rule, register, condition, time, version.
pub(super) fn pairs(lens: &Lens<'_>, reading: &Reading) -> Pairs {
    let definition = &reading.definition;
    let mut rows = vec![
        ("Chỉ tiêu".to_owned(), definition.title.vi.trim().to_owned()),
        ("Quy tắc đếm".to_owned(), definition.description.vi.trim().to_owned()),
        ("Đơn vị tính".to_owned(), definition.unit.vi.clone()),
    ];
    match &definition.den {
        Some(den) => {
            rows.push(("Tử số".to_owned(), measure(lens, &definition.num)));
            rows.push(("Mẫu số".to_owned(), measure(lens, den)));
        }
        None => rows.push(("Lấy từ".to_owned(), measure(lens, &definition.num))),
    }
    let version = reading.figure.as_ref().map_or(definition.version, |figure| figure.version);
    rows.push(("Phiên bản định nghĩa".to_owned(), version.to_string()));
    rows.push(("Địa bàn".to_owned(), "theo địa giới hiện nay".to_owned()));
    Pairs { pairs: rows.into_iter().map(|(term, words)| (term, Html::text(&words))).collect() }
}

/// Register, time and condition of a measure.
fn measure(lens: &Lens<'_>, measure: &Measure) -> String {
    let schema = lens.snapshot.schema(&measure.register);
    let register = schema.as_ref().map_or_else(|| measure.register.clone(), |schema| schema.title.vi.clone());
    let field = |text: &str| {
        let known = schema.as_ref().and_then(|schema| schema.field(text.trim()));
        known.map_or_else(|| text.trim().to_owned(), |field| format!("“{}”", lower_first(&field.title.vi)))
    };
    let time = match &measure.time {
        TimeRule::Stock { from, to: Some(to) } => {
            format!("tính mức vào ngày cuối kỳ, từ {} đến trước {}", field(from), field(to))
        }
        TimeRule::Stock { from, to: None } => format!("tính mức vào ngày cuối kỳ, kể từ {}", field(from)),
        TimeRule::Flow { on } => format!("phát sinh trong kỳ, theo {}", field(on)),
        TimeRule::Cumulative { on } => format!("cộng dồn từ ngày 1 tháng 1, theo {}", field(on)),
    };
    let condition = measure.filter.as_ref().map_or_else(String::new, |filter| {
        let words: Vec<&str> = filter.split_whitespace().collect();
        format!("; điều kiện: {}", words.join(" "))
    });
    format!("sổ {register}; {time}{condition}")
}
