//! `figure`: one figure, or its parts.

use std::process::ExitCode;

use anyhow::{anyhow, bail};
use mc_base::{Day, Period, PlaceId, Seq};
use mc_figure::cover::StandingTotal;
use mc_figure::{Basis, Figure};
use mc_importing::cover::{contradiction, overlap, total_words};
use mc_port::{By, FigureRequest, PlaceBasis, TOTALS_MAX, TotalsAsked};
use mc_sqlite::{Layout, Reader};
use serde_json::{Value, json};

use crate::cli::{self, FigureArgs, Places};
use crate::clock;
use crate::output::{NO_VALUE, Output};

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
    for standing in &totals {
        text.push_str(&format!("\n  Gồm số tổng chưa có danh sách: {}.", total_words(&reader, standing)));
        if let Some(words) = contradiction(&reader, standing) {
            text.push_str(&format!("\n  Mâu thuẫn: {words}"));
        }
        if let Some(words) = overlap(&reader, standing) {
            text.push_str(&format!("\n  Cần xem: {words}"));
        }
    }
    if let Some(by) = &args.by {
        let by = if by == "place" { By::Place } else { By::Cut(by.clone()) };
        let parts = reader.figure_by(&request, &by)?;
        let rows: Vec<Value> = parts
            .iter()
            .map(|part| {
                json!({
                    "key": part.key, "title": part.title, "value": part.figure.value,
                    "num": part.figure.num, "den": part.figure.den, "records": part.figure.records,
                    "refused": part.refused.as_ref().map(ToString::to_string),
                })
            })
            .collect();
        for part in &parts {
            let value = match (&part.refused, &part.figure.value) {
                (Some(refused), _) => refused.to_string(),
                (None, Some(value)) => value.clone(),
                (None, None) => "chưa có số liệu".to_owned(),
            };
            text.push_str(&format!("\n  {}: {value}", part.title));
        }
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
    let value = figure.value.as_deref().unwrap_or("chưa có số liệu");
    format!(
        "{title} ({}, {}): {value} {}; căn cứ {} bản ghi, như đã biết ở lần ghi {}.",
        figure.place, figure.period, figure.unit, figure.records, figure.seq
    )
}
