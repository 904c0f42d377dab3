//! Places: permanent numbers, with the official codes, names and parents they have.

use mc_base::{Day, PlaceId};
use mc_ledger::value::Point;

use crate::error::ReferenceError;
use crate::table::{Line, lines};

const TABLE: &str = "places.csv";
const TEXT: &str = include_str!("../data/places.csv");

/// The level of a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PlaceKind {
    /// The root over invented places.
    Root,
    /// Việt Nam.
    Country,
    /// Province or city under the Government, since 1 July 2025.
    Province,
    /// Commune, ward or special zone, since 1 July 2025.
    Commune,
    /// A province until 30 June 2025.
    OldProvince,
    /// A district until 30 June 2025, when the level was abolished.
    OldDistrict,
    /// A commune, ward or township until 30 June 2025.
    OldCommune,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Root,
        Self::Country,
        Self::Province,
        Self::Commune,
        Self::OldProvince,
        Self::OldDistrict,
        Self::OldCommune,
    ];

    /// The code of field `kind` in the register `place`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Country => "country",
            Self::Province => "province",
            Self::Commune => "commune",
            Self::OldProvince => "old_province",
            Self::OldDistrict => "old_district",
            Self::OldCommune => "old_commune",
        }
    }
}

/// The word before a place's name when it is written in full.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TypeWord {
    /// Province.
    Tinh,
    /// City.
    ThanhPho,
    /// Rural district (until 30 June 2025).
    Huyen,
    /// Town (until 30 June 2025).
    ThiXa,
    /// Ward.
    Phuong,
    /// Rural commune.
    Xa,
    /// Township (until 30 June 2025).
    ThiTran,
    /// Special zone.
    DacKhu,
}

impl TypeWord {
    /// Every type word.
    pub const ALL: [Self; 8] = [
        Self::Tinh,
        Self::ThanhPho,
        Self::Huyen,
        Self::ThiXa,
        Self::Phuong,
        Self::Xa,
        Self::ThiTran,
        Self::DacKhu,
    ];

    /// The code of field `type_word` in the register `place`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Tinh => "tinh",
            Self::ThanhPho => "thanh_pho",
            Self::Huyen => "huyen",
            Self::ThiXa => "thi_xa",
            Self::Phuong => "phuong",
            Self::Xa => "xa",
            Self::ThiTran => "thi_tran",
            Self::DacKhu => "dac_khu",
        }
    }

    /// As printed before the name, with a capital.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tinh => "Tỉnh",
            Self::ThanhPho => "Thành phố",
            Self::Huyen => "Huyện",
            Self::ThiXa => "Thị xã",
            Self::Phuong => "Phường",
            Self::Xa => "Xã",
            Self::ThiTran => "Thị trấn",
            Self::DacKhu => "Đặc khu",
        }
    }
}

/// One place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlaceRow {
    /// Permanent number.
    pub place: PlaceId,
    /// Level.
    pub kind: PlaceKind,
    /// Official code over the place's days; none for the illustrative root.
    pub code: Option<&'static str>,
    /// First day; none where it lies before everything recorded here.
    pub valid_from: Option<Day>,
    /// First day on which it is no more.
    pub valid_until: Option<Day>,
    /// Type of unit; none for roots and the country.
    pub type_word: Option<TypeWord>,
    /// Name without the type of unit.
    pub name: &'static str,
    /// The place it lies in, over all its days.
    pub parent: Option<PlaceId>,
    /// Centre point.
    pub centre: Option<Point>,
    /// Area in hectares.
    pub area_ha: Option<u32>,
    /// Lies under the illustrative root: invented.
    pub illustrative: bool,
}

impl PlaceRow {
    /// Name with the type of unit: "Phường Lào Cai".
    #[must_use]
    pub fn full_name(&self) -> String {
        match self.type_word {
            Some(word) => format!("{} {}", word.word(), self.name),
            None => self.name.to_owned(),
        }
    }

    /// Whether the place exists on `day`.
    #[must_use]
    pub fn exists_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day < until)
    }
}

/// Every place, sorted by number.
///
/// # Errors
/// A damaged line of the embedded table.
pub fn places() -> Result<Vec<PlaceRow>, ReferenceError> {
    lines(TABLE, TEXT).map(|line| row(&line?)).collect()
}

fn row(line: &Line<11>) -> Result<PlaceRow, ReferenceError> {
    let [no, kind, code, from, until, word, name, parent, lon, lat, area] = line.fields;
    let place = line.place(no)?;
    let parent = line.optional(parent, Line::place)?;
    let centre = match (line.optional(lon, degrees)?, line.optional(lat, degrees)?) {
        (Some(lon), Some(lat)) => Some(Point { lon, lat }),
        (None, None) => None,
        _ => return Err(line.wrong(&format!("{lon};{lat}"), "một cặp kinh độ và vĩ độ")),
    };
    let illustrative = [place]
        .into_iter()
        .chain(parent)
        .any(|id| id == crate::ILLUSTRATIVE_ROOT || id == crate::ILLUSTRATIVE_PROVINCE);
    Ok(PlaceRow {
        place,
        kind: (PlaceKind::ALL.into_iter().find(|one| one.id() == kind))
            .ok_or_else(|| line.wrong(kind, "cấp địa bàn"))?,
        code: Some(code).filter(|code| !code.is_empty()),
        valid_from: line.optional(from, Line::day)?,
        valid_until: line.optional(until, Line::day)?,
        type_word: line.optional(word, type_word)?,
        name,
        parent,
        centre,
        area_ha: line.optional(area, |line, text| {
            text.parse().map_err(|_| line.wrong(text, "diện tích theo héc-ta"))
        })?,
        illustrative,
    })
}

fn degrees(line: &Line<11>, text: &str) -> Result<i32, ReferenceError> {
    text.parse().map_err(|_| line.wrong(text, "tọa độ theo phần mười triệu độ"))
}

fn type_word(line: &Line<11>, text: &str) -> Result<TypeWord, ReferenceError> {
    TypeWord::ALL.into_iter().find(|word| word.id() == text).ok_or_else(|| line.wrong(text, "loại đơn vị"))
}
