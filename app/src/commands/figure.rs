//! `figure`: one figure, or its parts.

use std::collections::HashSet;
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use mc_base::{AgencyId, Day, Period, PlaceId, Seq, number};
use mc_figure::cover::StandingTotal;
use mc_figure::{Basis, Figure};
use mc_importing::cover::{contradiction, overlap, total_words};
use mc_port::{
    AgencyCut, AgencyRow, By, FigureError, FigureRequest, Part, PlaceBasis, RecordPage, TOTALS_MAX,
    TotalsAsked, agency_cut_of,
};
use mc_register::Severity;
use mc_sqlite::{Layout, Reader};
use serde_json::{Map, Value, json};

use crate::cli::{self, FigureArgs, Places};
use crate::clock;
use crate::output::{NO_VALUE, Output};

/// What stands where there is no value.
const NO_FIGURE: &str = "chưa có số liệu";
/// Records with an explanation that are named.
const EXPLAINED_MAX: usize = 5;

pub fn run(layout: &Layout, args: &cli::Figure, out: &Output) -> anyhow::Result<ExitCode> {
    let reader = super::reader(layout)?;
    let request = request(&reader, &args.id, &args.at)?;
    let figure = reader.figure(&request)?;
    let mut result = serde_json::to_value(&figure)?;
    let mut text = sentence(&reader, &figure);
    let totals = match figure.basis {
        Basis::Counted => Vec::new(),
        _ => all_totals(&reader, &request)?,
    };
    if let Some(object) = result.as_object_mut() {
        let notes: Vec<_> = totals.iter().map(StandingTotal::note).collect();
        object.insert("totals".to_owned(), serde_json::to_value(notes)?);
    }
    let explained = reader.explained_behind(&request, EXPLAINED_MAX)?;
    if let Some(object) = result.as_object_mut() {
        let counted = json!({ "count": explained.count, "count_is_floor": explained.count_is_floor });
        object.insert("explained".to_owned(), counted);
    }
    text.push_str(&explained_words(&explained));
    let mut overlaps = HashSet::new();
    for standing in &totals {
        text.push_str(&format!("\n  Gồm số tổng chưa có danh sách: {}.", total_words(&reader, standing)));
        if let Some(words) = contradiction(&reader, standing) {
            text.push_str(&format!("\n  Mâu thuẫn: {words}"));
        }
        // Of two totals that name each other, the first says it.
        if let Some(words) = overlap(&reader, standing).filter(|words| overlaps.insert(words.clone())) {
            text.push_str(&format!("\n  Cần xem: {words}"));
        }
    }
    if let Some(by) = &args.by {
        let rows = match agency_split(&reader, &request, by, args.agency.as_deref())? {
            Some(rows) => agency_rows(&rows, &mut text),
            None => rows(&reader, &request, by, &mut text)?,
        };
        if let Some(object) = result.as_object_mut() {
            object.insert("rows".to_owned(), Value::Array(rows));
        }
    }
    out.result(&result, || text);
    Ok(if figure.value.is_some() { ExitCode::SUCCESS } else { ExitCode::from(NO_VALUE) })
}

fn all_totals(reader: &Reader, request: &FigureRequest) -> anyhow::Result<Vec<StandingTotal>> {
    let asked = TotalsAsked::Behind(request.clone());
    let mut all: Vec<StandingTotal> = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = reader.totals(&asked, after.as_deref(), TOTALS_MAX)?;
        all.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
}

/// The parts by place or by a declared cut; each is also a line of `text`.
fn rows(reader: &Reader, request: &FigureRequest, by: &str, text: &mut String) -> anyhow::Result<Vec<Value>> {
    let by = if by == "place" { By::Place } else { By::Cut(by.to_owned()) };
    let parts = reader.figure_by(request, &by)?;
    let row = |part: &Part| {
        text.push_str(&format!("\n  {}: {}", part.title, value(&part.figure, part.refused.as_ref())));
        Value::Object(self::row((&part.key, &part.title), &part.figure, part.refused.as_ref()))
    };
    Ok(parts.iter().map(row).collect())
}

/// What a line says of a part.
fn value(figure: &Figure, refused: Option<&FigureError>) -> String {
    match (refused, &figure.value) {
        (Some(refused), _) => refused.to_string(),
        (None, Some(value)) => value.clone(),
        (None, None) => NO_FIGURE.to_owned(),
    }
}

/// The figure by agencies, where `by` is such a split.
fn agency_split(
    reader: &Reader,
    request: &FigureRequest,
    by: &str,
    under: Option<&str>,
) -> anyhow::Result<Option<Vec<AgencyRow>>> {
    let at = request.at.unwrap_or_else(|| reader.head().seq);
    let Some(cut) = agency_cut_of(reader, (&request.indicator, request.version), at, Some(by)) else {
        if under.is_some() {
            bail!("--agency dùng cùng --by agency, cho chỉ tiêu tách được theo cơ quan.");
        }
        return Ok(None);
    };
    let cut = AgencyCut { cut: Some(cut), under: under.map(|slug| AgencyId(slug.to_owned())) };
    Ok(Some(reader.figure_by_agency(request, &cut)?))
}

/// The rows by agencies; each is also a line of `text`, indented as it stands on the tree.
fn agency_rows(rows: &[AgencyRow], text: &mut String) -> Vec<Value> {
    let row = |row: &AgencyRow| {
        let value = value(&row.figure, row.refused.as_ref());
        text.push_str(&format!("\n  {}{}: {value}", "  ".repeat(row.depth), row.title));
        let mut object = self::row((&row.key, &row.title), &row.figure, row.refused.as_ref());
        object.insert("agency".to_owned(), json!(row.agency.as_ref().map(|agency| &agency.0)));
        object.insert("under".to_owned(), json!(row.under));
        object.insert("depth".to_owned(), json!(row.depth));
        Value::Object(object)
    };
    rows.iter().map(row).collect()
}

fn row((key, title): (&str, &str), figure: &Figure, refused: Option<&FigureError>) -> Map<String, Value> {
    [
        ("key", json!(key)),
        ("title", json!(title)),
        ("value", json!(figure.value)),
        ("num", json!(figure.num)),
        ("den", json!(figure.den)),
        ("records", json!(figure.records)),
        ("refused", json!(refused.map(ToString::to_string))),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// The records behind a figure that carry an explanation, one line each.
fn explained_words(explained: &RecordPage) -> String {
    if explained.count == 0 {
        return String::new();
    }
    let floor = if explained.count_is_floor { "hơn " } else { "" };
    let mut text = format!("\n  Trong đó {floor}{} bản ghi có giải trình:", number::whole(explained.count));
    for version in &explained.rows {
        let rules = version.flags.iter().filter(|flag| flag.severity == Severity::Explain);
        let rules: Vec<&str> = rules.map(|flag| flag.message.vi.as_str()).collect();
        text.push_str(&format!("\n    {}/{}: {}", version.register, version.key, rules.join(" ")));
    }
    let more = explained.count.saturating_sub(explained.rows.len() as u64);
    if explained.count_is_floor {
        text.push_str("\n    … và nhiều bản ghi nữa");
    } else if more > 0 {
        text.push_str(&format!("\n    … và {} bản ghi nữa", number::whole(more)));
    }
    text
}

/// The request that the arguments make.
pub fn request(reader: &Reader, indicator: &str, args: &FigureArgs) -> anyhow::Result<FigureRequest> {
    let period = Period::parse(&args.period)?;
    let at = args.known_on.as_deref().map(|text| position(reader, text)).transpose()?;
    Ok(FigureRequest {
        indicator: indicator.to_owned(),
        version: None,
        place: place(reader, &args.place, period.to())?,
        period,
        today: clock::today(reader)?,
        at,
        places: match args.places {
            Places::Now => PlaceBasis::Now,
            Places::Then => PlaceBasis::Then,
        },
    })
}

/// The place that has `code` on `day`.
pub fn place(reader: &Reader, code: &str, day: Day) -> anyhow::Result<PlaceId> {
    let found = reader.places().by_code(code, day).map(|place| place.id);
    found.ok_or_else(|| {
        anyhow!(
            "Không có địa bàn nào mang mã “{code}” vào ngày {}; mã xã gồm năm chữ số, mã tỉnh hai.",
            mc_base::date::short(day)
        )
    })
}

/// A position given as its number, or as a day that ends with it.
fn position(reader: &Reader, text: &str) -> anyhow::Result<Seq> {
    if let Some(day) = Day::parse_iso(text) {
        return Ok(reader.known_on(day)?);
    }
    match text.parse() {
        Ok(seq) => Ok(Seq(seq)),
        Err(_) => bail!("“{text}” không phải số lần ghi, cũng không phải ngày dạng 2025-07-30."),
    }
}

fn sentence(reader: &Reader, figure: &Figure) -> String {
    let title = reader
        .indicators()
        .into_iter()
        .find(|known| known.id == figure.id)
        .map_or_else(|| figure.id.clone(), |known| known.title.vi.clone());
    let value = figure.value.as_deref().unwrap_or(NO_FIGURE);
    format!(
        "{title} ({}, {}): {value} {}; căn cứ {} bản ghi, như đã biết ở lần ghi {}.",
        figure.place, figure.period, figure.unit, figure.records, figure.seq
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_only_from_below_is_not_said_as_a_number_of_more() {
        let words = |count, count_is_floor| {
            explained_words(&RecordPage { count, count_is_floor, ..RecordPage::default() })
        };
        assert_eq!(words(0, false), "");
        assert_eq!(
            words(4_607, false),
            "\n  Trong đó 4.607 bản ghi có giải trình:\n    … và 4.607 bản ghi nữa"
        );
        assert_eq!(
            words(10_000, true),
            "\n  Trong đó hơn 10.000 bản ghi có giải trình:\n    … và nhiều bản ghi nữa"
        );
    }
}
