//! A text, checked and written.

use mc_base::{Day, Period, PlaceId, Seq};
use mc_checking::{Asked, Named, Ours, RegisterVerdict, Standing};
use mc_claims::{Exact, Gazetteer};
use mc_documents::{DocumentError, Findings, OurFigure};

/// Its parts are 72 short of the total.
pub const MISMATCH: &str =
    "Tỉnh có 1.672 hồ sơ, gồm 1.250 hồ sơ đất đai, 308 hồ sơ hộ tịch và 42 hồ sơ xây dựng.";
/// Where our figure is traced.
pub const ADDRESS: &str = "https://so-lieu.example/chi-tieu/so-tram?dia-ban=15&ghi=ghi-40#a'b";

fn day(year: i16, month: i8, day: i8) -> Day {
    Day::new(year, month, day).expect("a day")
}

/// An answer of the registers to the claim at `claim`: our figure, where one is there.
pub fn answer(
    claim: usize,
    standing: Standing,
    ours: Option<i128>,
    reason: &str,
) -> (RegisterVerdict, OurFigure) {
    let ours = ours.map(|value| Ours {
        indicator: "stations".to_owned(),
        slug: "so-tram".to_owned(),
        title: "Số trạm & cột".to_owned(),
        version: 2,
        value: Some(Exact::from_integer(value)),
        unit: "trạm".to_owned(),
        part: None,
        base: None,
        place: PlaceId(15),
        place_code: "15".to_owned(),
        period: Period::parse("2025-11-17").expect("a period"),
        position: Seq(1_040),
    });
    let named = ours.as_ref().map(|_| Named { place: "Tỉnh Lào Cai".to_owned(), part: None });
    let address = ours.as_ref().map(|_| ADDRESS.to_owned());
    (RegisterVerdict { claim, standing, ours, reason: reason.to_owned() }, OurFigure { named, address })
}

/// The document that `write` makes of a text of 17/11/2025, on 23/11/2026.
pub fn made(
    text: &str,
    answers: Vec<(RegisterVerdict, OurFigure)>,
    write: fn(&Findings<'_>) -> Result<Vec<u8>, DocumentError>,
) -> Result<Vec<u8>, DocumentError> {
    let asked = Asked { date: day(2025, 11, 17), places: &Gazetteer::of(Vec::new()), registers: None };
    let mut found = mc_checking::check(text.to_owned(), &asked).expect("no store is asked");
    let (registers, figures): (_, Vec<OurFigure>) = answers.into_iter().unzip();
    found.registers = registers;
    write(&Findings { found: &found, figures: &figures, made_on: day(2026, 11, 23), version: "1.2.3" })
}
