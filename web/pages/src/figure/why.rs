//! "Vì sao là 84,2%?": operands, rounding, records, what was known when, proof.

use mc_base::{Day, Scaled, Seq};
use mc_figure::{Basis, Figure, Kind, Measure};
use mc_port::TotalsAsked;
use mc_ui::table::{Cell, Column, DataTable, Kind as ColumnKind, Row};
use mc_ui::write;
use mc_ui::{FigureText, Html, Link, Pairs, ViNum};

use super::ask::Ask;
use super::explained::{self, Explained};
use super::lens::{Lens, Reading};
use super::number;
use crate::error::PageError;
use crate::said::Said as _;

/// Days on which earlier knowledge is looked up.
const KNOWN_MAX: usize = 6;

/// What the panel shows.
pub(super) struct Why {
    /// "Vì sao là 84,2%?"
    pub(super) title: String,
    /// Numerator, denominator, calculation, rounding, basis.
    pub(super) pairs: Pairs,
    /// Records that break a rule and say why.
    pub(super) explained: Option<DataTable>,
    /// What the same figure read when it was first known and since.
    pub(super) known: Option<DataTable>,
    /// Whether it has changed since it was first known.
    pub(super) known_words: String,
    /// The proof file, which holds records whole: for who may read all of them.
    pub(super) proof: Option<Link>,
}

/// The panel of a figure that has a value.
///
/// # Errors
/// When the store fails.
pub(super) fn of(lens: &Lens<'_>, ask: &Ask, reading: &Reading) -> Result<Option<Why>, PageError> {
    let (Some(figure), Some(value)) = (reading.shown(), reading.number()) else { return Ok(None) };
    let (known, known_words) = known(lens, ask, reading)?;
    let explained = explained::of(lens, reading)?;
    let mut pairs = pairs(lens, reading, figure, value);
    if let Some(sum) = with_totals(lens, reading, figure, value)? {
        pairs.pairs.insert(1, (t!("Phép tính").to_owned(), Html::text(&sum)));
    }
    let explained = explained.map(|Explained { count, table }| {
        pairs.pairs.push((t!("Trong đó có giải trình").to_owned(), count));
        table
    });
    Ok(Some(Why {
        title: t!("Vì sao là {value}?", value),
        pairs,
        explained,
        known,
        known_words,
        proof: (!lens.guards(&reading.definition))
            .then(|| Link::new(t!("Tải bằng chứng của số này"), ask.proof(lens.position()))),
    }))
}

fn pairs(lens: &Lens<'_>, reading: &Reading, figure: &Figure, value: &ViNum) -> Pairs {
    let definition = &reading.definition;
    let mut pairs: Vec<(String, Html)> = Vec::new();
    let mut text = |term: &str, words: String| pairs.push((term.to_owned(), Html::text(&words)));
    let register = |id: &str| {
        lens.snapshot.schema(id).map_or_else(|| id.to_owned(), |schema| schema.title.said().to_owned())
    };
    let operand = |text: Option<&String>| text.and_then(|text| number::operand(text));
    if let (Some(num), Some(den)) = (operand(figure.num.as_ref()), operand(figure.den.as_ref())) {
        let measured = |measure: &Measure, text: Option<&String>| {
            let words = text.and_then(|text| number::operand_words(lens, measure, text)).unwrap_or_default();
            t!("{words} · sổ {register}", words, register = register(&measure.register))
        };
        text(t!("Tử số"), measured(&definition.num, figure.num.as_ref()));
        if let Some(below) = &definition.den {
            text(t!("Mẫu số"), measured(below, figure.den.as_ref()));
        }
        let ratio = figure.value.as_deref().and_then(Scaled::parse).map(write::decimal).unwrap_or_default();
        text(t!("Phép tính"), format!("{num} ÷ {den} = {ratio}"));
        let digits = definition.decimals;
        text(
            t!("Làm tròn"),
            t!(
                "đến {digits} chữ số thập phân, từ 5 trở lên thì làm tròn lên, chỉ làm tròn một lần: {value}",
                digits,
                value
            ),
        );
    } else {
        let how = match (definition.kind, definition.num.value.as_str()) {
            (Kind::Scan, _) => {
                t!("tính trên toàn bộ bản ghi ở lần ghi này, không cộng được từ số của cấp dưới")
            }
            (_, "count") => t!("đếm bản ghi, mỗi bản ghi một lần"),
            _ => t!("cộng giá trị của từng bản ghi"),
        };
        text(t!("Cách tính"), t!("{how}; sổ {register}", how, register = register(&definition.num.register)));
        let full = number::full_amount(definition, value).unwrap_or_else(|| value.text().to_owned());
        text(t!("Làm tròn"), t!("không; đủ từng đơn vị: {full}", full));
    }
    let listed = number::listed_words(figure).map_or_else(String::new, |words| format!(" · {words}"));
    text(t!("Cơ sở số liệu"), format!("{}{listed}", number::basis(figure.basis).words()));
    let count = ViNum::whole(i64::try_from(figure.records).unwrap_or(i64::MAX));
    pairs.push((t!("Số bản ghi").to_owned(), reading.beside(count, "records").html()));
    Pairs { pairs }
}

/// "606 bản ghi + 25 trong 2 số tổng = 631": what of a count has records behind it, and what has only totals.
fn with_totals(
    lens: &Lens<'_>,
    reading: &Reading,
    figure: &Figure,
    value: &ViNum,
) -> Result<Option<String>, PageError> {
    let definition = &reading.definition;
    let counts = definition.den.is_none() && definition.kind != Kind::Scan && definition.num.value == "count";
    if !counts || !matches!(figure.basis, Basis::Mixed | Basis::Total) || value.value().scale != 0 {
        return Ok(None);
    }
    let records = i128::from(figure.records);
    let unlisted = i128::from(value.value().mantissa) - records;
    let asked = TotalsAsked::Behind(lens.request(&figure.id, reading.period));
    let totals = i128::from(lens.snapshot.totals(&asked, None, 1)?.count);
    let [records, unlisted, totals] = [records, unlisted, totals].map(write::whole);
    Ok(Some(t!(
        "{records} bản ghi + {unlisted} trong {totals} số tổng chưa có danh sách = {value}",
        records,
        unlisted,
        totals,
        value
    )))
}

/// The figure as it was known at the end of its period and at month ends since; rows where it had changed.
fn known(lens: &Lens<'_>, ask: &Ask, reading: &Reading) -> Result<(Option<DataTable>, String), PageError> {
    let mut rows: Vec<(Seq, Day, Reading)> = Vec::new();
    for day in days(ask.ky.to(), lens.today) {
        let at = lens.snapshot.known_on(day)?;
        if at >= lens.position() || at == Seq(0) || rows.iter().any(|(known, ..)| *known == at) {
            continue;
        }
        // The day of the question stays: only what was recorded by then differs.
        let known = lens.at_position(at).read(&reading.definition, ask.ky)?;
        rows.push((at, day, known));
    }
    let differs = |known: &Reading| known.number() != reading.number();
    if !rows.iter().any(|(.., known)| differs(known)) {
        let words = if rows.is_empty() {
            t!("Kỳ này chưa kết thúc hoặc vừa kết thúc, chưa có lần sửa nào về sau.")
        } else {
            t!("Từ cuối kỳ đến nay số này không đổi: không có lần sửa nào tính vào nó.")
        };
        return Ok((None, words.to_owned()));
    }
    let columns = vec![
        Column::new(t!("Biết đến hết ngày"), ColumnKind::Text),
        Column::new(t!("Lần ghi"), ColumnKind::Number),
        Column::new(t!("Khi đó số này là"), ColumnKind::Number),
        Column::new(t!("Vì sao khác"), ColumnKind::Text),
    ];
    let mut table = DataTable::new("da-biet", t!("Cùng kỳ này, các ngày trước đã biết thế nào"), columns);
    for (at, day, known) in &rows {
        let why = if known.number().is_some() && differs(known) {
            Cell::link(t!("Xem các bản ghi"), ask.changes(ask.ky, Some(*at)))
        } else if differs(known) {
            let none = if known.outcome.is_kept_back() {
                t!("không so được")
            } else {
                t!("khi đó chưa có số")
            };
            Cell::missing(none)
        } else {
            Cell::text(t!("như hiện nay"))
        };
        let position = ViNum::whole(i64::try_from(at.0).unwrap_or(i64::MAX));
        let position = FigureText::new(position, lens.at_position(*at).list_handle("ledger", ""));
        let value = known.text().map_or_else(|| Cell::missing(known.outcome.words()), Cell::figure);
        table.rows.push(Row::new(vec![Cell::text(write::day(*day)), Cell::figure(position), value, why]));
    }
    Ok((Some(table), t!("Số này đã đổi sau khi kỳ kết thúc, do ghi thêm hoặc sửa:").to_owned()))
}

/// The last day of the period and the month ends that follow, before today.
fn days(end: Day, today: Day) -> Vec<Day> {
    let ends = std::iter::successors(Some(end), |day| Some(day.plus(1)?.month().last_day()));
    let mut days: Vec<Day> = ends.take_while(|day| *day < today).take(KNOWN_MAX).collect();
    // Lists usually come in during the first half of the next month.
    let middle = end.plus(15).filter(|day| *day < today);
    days.extend(middle);
    days.sort();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_knowledge_is_asked_for_at_few_days_before_today() {
        let day = |text: &str| Day::parse_iso(text).expect("a day");
        let found = days(day("2025-07-31"), day("2025-11-17"));
        let expected = ["2025-07-31", "2025-08-15", "2025-08-31", "2025-09-30", "2025-10-31"].map(day);
        assert_eq!(found, expected);
        assert!(days(day("2025-11-30"), day("2025-11-17")).is_empty());
        assert!(days(day("2015-12-31"), day("2025-11-17")).len() <= KNOWN_MAX + 1);
    }
}
