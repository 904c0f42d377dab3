//! A text, checked and written.

use mc_base::Day;
use mc_claims::{Context, Gazetteer, check};
use mc_documents::{DocumentError, Findings};

/// Its parts are 72 short of the total.
pub const MISMATCH: &str =
    "Tỉnh có 1.672 hồ sơ, gồm 1.250 hồ sơ đất đai, 308 hồ sơ hộ tịch và 42 hồ sơ xây dựng.";

fn day(year: i16, month: i8, day: i8) -> Day {
    Day::new(year, month, day).expect("a day")
}

/// The document that `write` makes of a text of 17/11/2025, on 23/11/2026.
pub fn made(
    text: &str,
    notes: &[(usize, String)],
    write: fn(&Findings<'_>) -> Result<Vec<u8>, DocumentError>,
) -> Result<Vec<u8>, DocumentError> {
    let date = day(2025, 11, 17);
    let checked = check(text, &Context { date, places: &Gazetteer::of(Vec::new()) });
    write(&Findings { text, checked: &checked, notes, date, made_on: day(2026, 11, 23), version: "1.2.3" })
}
