//! The calendars against tables made by others, read from `$MINHCHUNG_TESTDATA/calendar` (by default the
//! folder `shared/data` beside the workspace). Where a table is absent the test says so by name; each has a
//! twin on days of our own in the module that it tests.

use std::collections::BTreeSet;
use std::path::PathBuf;

use mc_base::calendar::{self, LunarDay};
use mc_base::{Day, WorkingCalendar};
use serde_json::Value;

fn table(test: &str, name: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    let root = std::env::var_os("MINHCHUNG_TESTDATA").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let text = std::fs::read_to_string(root.join("calendar").join(name)).ok();
    if text.is_none() {
        println!("skipped: {test} (calendar/{name} is absent)");
    }
    text
}

fn years(text: &str) -> Vec<(i16, Value)> {
    let all: serde_json::Map<String, Value> = serde_json::from_str(text).expect("a JSON object");
    all.into_iter().filter_map(|(year, value)| Some((year.parse().ok()?, value))).collect()
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).expect(text)
}

/// Days from a JSON list or from the keys of an object.
fn days(value: &Value) -> BTreeSet<Day> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(day).collect(),
        Value::Object(map) => map.keys().map(|key| day(key)).collect(),
        _ => BTreeSet::new(),
    }
}

/// Weekdays off and weekend days worked in a year, as the calendar has them.
fn exceptions(calendar: &WorkingCalendar, year: i16) -> (BTreeSet<Day>, BTreeSet<Day>) {
    let first = Day::new(year, 1, 1).expect("a day");
    let all = std::iter::successors(Some(first), |day| day.plus(1)).take_while(|day| day.year() == year);
    let (weekdays, weekends): (BTreeSet<Day>, BTreeSet<Day>) = all.partition(|day| day.weekday() < 6);
    let off = weekdays.into_iter().filter(|day| !calendar.is_working(*day)).collect();
    (off, weekends.into_iter().filter(|day| calendar.is_working(*day)).collect())
}

fn weekdays(days: BTreeSet<Day>) -> BTreeSet<Day> {
    days.into_iter().filter(|day| day.weekday() < 6).collect()
}

#[test]
fn lunar_days_agree_with_the_outside_table() {
    let Some(text) = table("lunar_days_agree_with_the_outside_table", "lunar_2024_2035.csv") else { return };
    let mut rows = 0;
    for row in text.lines().skip(1) {
        let fields: Vec<&str> = row.trim().split(',').collect();
        let [solar, year, month, of_month, leap] = *fields.as_slice() else { panic!("{row}") };
        let number = |text: &str| text.parse().expect(row);
        let lunar = LunarDay {
            year: year.parse().expect(row),
            month: number(month),
            leap: leap == "True",
            day: number(of_month),
        };
        assert_eq!(calendar::lunar_of(day(solar)), Some(lunar), "{row}");
        assert_eq!(calendar::day_of_lunar(lunar), Some(day(solar)), "{row}");
        rows += 1;
    }
    assert!(rows > 4_000, "{rows} rows");
}

#[test]
fn tet_and_hung_kings_agree_with_the_outside_table() {
    let name = "tet_and_hung_kings_agree_with_the_outside_table";
    let Some(text) = table(name, "tet_hungkings_2024_2035.json") else { return };
    let years = years(&text);
    assert_eq!(years.len(), 12);
    for (year, value) in years {
        let known = |key: &str| value[key].as_str().map(day);
        assert_eq!(calendar::tet(year), known("tet"), "{year}");
        assert_eq!(calendar::hung_kings(year), known("hung_kings"), "{year}");
    }
}

#[test]
fn working_days_agree_with_the_official_table() {
    let name = "working_days_agree_with_the_official_table";
    let Some(text) = table(name, "official_2025_2026.json") else { return };
    let calendar = WorkingCalendar::default();
    let years = years(&text);
    assert_eq!(years.len(), 2);
    for (year, value) in years {
        let official = (weekdays(days(&value["off"])), days(&value["worked_weekends"]));
        assert_eq!(exceptions(&calendar, year), official, "{year}");
    }
}

/// Rules alone, without any notice, for the years of the outside library; swaps are notices and left out.
#[test]
fn the_forecast_agrees_with_the_outside_table() {
    let name = "the_forecast_agrees_with_the_outside_table";
    let Some(text) = table(name, "public_holidays_2024_2028.json") else { return };
    let calendar = WorkingCalendar::new(&[]);
    let years = years(&text);
    assert_eq!(years.len(), 5);
    for (year, value) in years {
        let by_law = value["off"].as_object().expect("days off").iter();
        let by_law = by_law.filter(|(_, name)| !name.as_str().unwrap_or_default().contains("thay cho"));
        let expected = weekdays(by_law.map(|(text, _)| day(text)).collect());
        assert_eq!(exceptions(&calendar, year).0, expected, "{year}");
    }
}
