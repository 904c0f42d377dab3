//! The rows: the same file for every store, the same bytes in every run.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::Context as _;
use mc_base::{Day, PlaceId, Scaled};
use mc_ledger::Value;
use mc_register::Record;

/// The first commune's number; they follow each other.
pub const FIRST_COMMUNE: u32 = 3;
/// Communes of the province: as many as Lào Cai has.
pub const COMMUNES: u32 = 99;
/// First day on which a parcel's state begins.
pub const FIRST_DAY: (i16, i8, i8) = (2024, 1, 1);
/// Days on which one may begin: to 31 October 2025.
pub const DAYS: i32 = 670;
/// Names of the columns, in the order of the file.
pub const COLUMNS: [&str; 12] = [
    "code",
    "since",
    "until",
    "place",
    "sheet",
    "number",
    "land_use",
    "area",
    "group",
    "match",
    "owner_name",
    "owner_birth",
];

const LAND_USES: [&str; 5] = ["ONT", "LUC", "CLN", "RSX", "BHK"];
const FAMILIES: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Giàng", "Hoàng", "Vàng", "Lý", "Phạm"];
const MIDDLES: [&str; 6] = ["Văn", "Thị", "A", "Minh", "Thanh", "Đức"];
const NAMES: [&str; 8] = ["Bình", "Hòa", "Sùng", "Páo", "Lan", "Quý", "Thủy", "Dũng"];

/// One parcel.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Code.
    pub code: String,
    /// Its state holds from here.
    pub since: Day,
    /// Its state holds to before this day.
    pub until: Option<Day>,
    /// Commune.
    pub place: u32,
    /// Map sheet.
    pub sheet: i64,
    /// Number on the sheet.
    pub number: i64,
    /// Land use.
    pub land_use: &'static str,
    /// Tenths of a square metre.
    pub area: i64,
    /// Data group.
    pub group: &'static str,
    /// Match of the owner.
    pub matched: &'static str,
    /// Owner's name.
    pub owner_name: String,
    /// Owner's birth date.
    pub owner_birth: Day,
}

/// A well mixed number out of a row's number (the finaliser of SplitMix64).
#[must_use]
pub const fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn pick<T: Copy>(chance: &mut u64, of: &[T]) -> Option<T> {
    let at = draw(chance, u64::try_from(of.len()).ok()?);
    of.get(usize::try_from(at).ok()?).copied()
}

const fn draw(chance: &mut u64, below: u64) -> u64 {
    *chance = mix(*chance);
    *chance % below
}

fn day_after(first: (i16, i8, i8), count: u64) -> anyhow::Result<Day> {
    let first = Day::new(first.0, first.1, first.2).context("a first day")?;
    first.plus(i32::try_from(count)?).context("a day")
}

/// Parcel number `row`.
///
/// # Errors
/// Never for rows below 10¹²; the types cannot say so.
pub fn parcel(row: u64) -> anyhow::Result<Parcel> {
    let mut chance = mix(row);
    let since = day_after(FIRST_DAY, draw(&mut chance, u64::try_from(DAYS)?))?;
    let group = pick(&mut chance, &["1", "1", "1", "2", "2", "3", "unreviewed"]).context("a group")?;
    let matches: &[&str] =
        if group == "1" { &["matched", "not_checked"] } else { &["matched", "not_checked", "name_differs"] };
    let ended = draw(&mut chance, 20) == 0;
    Ok(Parcel {
        code: format!("LC{row:010}"),
        since,
        until: if ended { since.plus(30) } else { None },
        place: FIRST_COMMUNE + u32::try_from(draw(&mut chance, u64::from(COMMUNES)))?,
        sheet: i64::try_from(draw(&mut chance, 300))? + 1,
        number: i64::try_from(draw(&mut chance, 2_000))? + 1,
        land_use: pick(&mut chance, &LAND_USES).context("a land use")?,
        area: i64::try_from(draw(&mut chance, 50_000))? + 100,
        group,
        matched: pick(&mut chance, matches).context("a match")?,
        owner_name: format!(
            "{} {} {}",
            pick(&mut chance, &FAMILIES).context("a family")?,
            pick(&mut chance, &MIDDLES).context("a middle name")?,
            pick(&mut chance, &NAMES).context("a name")?
        ),
        owner_birth: day_after((1940, 1, 1), draw(&mut chance, 22_000))?,
    })
}

impl Parcel {
    /// The record's key in the register.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.code, self.since)
    }

    /// The record as it stands in the register.
    #[must_use]
    pub fn record(&self) -> Record {
        let code = |code: &str| Value::Code(code.to_owned());
        let mut record = Record::new();
        let values = [
            code(&self.code),
            Value::Day(self.since),
            self.until.map_or(Value::Null, Value::Day),
            Value::Place(PlaceId(self.place)),
            Value::Int(self.sheet),
            Value::Int(self.number),
            code(self.land_use),
            Value::Scaled(Scaled { mantissa: self.area, scale: 1 }),
            code(self.group),
            code(self.matched),
            Value::Text(self.owner_name.clone()),
            Value::Day(self.owner_birth),
        ];
        for (no, value) in (1..).zip(values) {
            record.set(no, value);
        }
        record
    }

    fn fields(&self) -> [String; 12] {
        [
            self.code.clone(),
            self.since.to_string(),
            self.until.map_or_else(String::new, |day| day.to_string()),
            self.place.to_string(),
            self.sheet.to_string(),
            self.number.to_string(),
            self.land_use.to_owned(),
            format!("{}.{}", self.area / 10, self.area % 10),
            self.group.to_owned(),
            self.matched.to_owned(),
            self.owner_name.clone(),
            self.owner_birth.to_string(),
        ]
    }
}

/// Writes parcels `from..to` as CSV.
///
/// # Errors
/// When the file cannot be written.
pub fn write_csv(path: &Path, rows: std::ops::Range<u64>) -> anyhow::Result<()> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut out = csv::Writer::from_writer(BufWriter::with_capacity(1 << 20, file));
    out.write_record(COLUMNS)?;
    for row in rows {
        out.write_record(parcel(row)?.fields())?;
    }
    out.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_passes_its_registers_checks_and_is_the_same_every_time() {
        let schema =
            mc_register::Schema::from_toml(include_str!("../registers/parcel.toml")).expect("a schema");
        for row in 0..500 {
            let one = parcel(row).expect("a parcel");
            assert!(one.record().check(&schema).is_ok(), "{one:?}");
            assert_eq!(one.fields(), parcel(row).expect("a parcel").fields());
            assert!(one.group != "1" || one.matched != "name_differs");
        }
    }
}
