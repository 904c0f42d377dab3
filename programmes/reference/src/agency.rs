//! Agencies by function: one table of functions, from which those of any province follow, and the
//! People's Committee of each commune.
//!
//! Functions are those after the reorganisation of 2025; a name that ended with it still finds its
//! successor. What a province has differently it corrects as records.

use mc_base::{AgencyId, PlaceId};

use crate::error::ReferenceError;
use crate::place::{PlaceKind, PlaceRow, TypeWord};
use crate::table::{Line, lines};

const TABLE: &str = "agencies.csv";
const TEXT: &str = include_str!("../data/agencies.csv");

/// Level or bloc of an agency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum AgencyLevel {
    /// Ministries, and branches of central bodies in a province.
    Central,
    /// The province's State bodies.
    Province,
    /// A commune's State body.
    Commune,
    /// Party.
    Party,
    /// People's Council.
    Council,
    /// Fatherland Front and mass organisations.
    Front,
    /// Police.
    Police,
    /// Military and border guard.
    Military,
    /// Courts and procuracies.
    Justice,
    /// Public service units.
    Unit,
    /// Enterprises.
    Enterprise,
}

impl AgencyLevel {
    /// Every level.
    pub const ALL: [Self; 11] = [
        Self::Central,
        Self::Province,
        Self::Commune,
        Self::Party,
        Self::Council,
        Self::Front,
        Self::Police,
        Self::Military,
        Self::Justice,
        Self::Unit,
        Self::Enterprise,
    ];

    /// The code of field `level` in the register `agency`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Province => "province",
            Self::Commune => "commune",
            Self::Party => "party",
            Self::Council => "council",
            Self::Front => "front",
            Self::Police => "police",
            Self::Military => "military",
            Self::Justice => "justice",
            Self::Unit => "unit",
            Self::Enterprise => "enterprise",
        }
    }
}

/// One agency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgencyRow {
    /// Permanent slug: function and province code (`so-khcn-15`), or `ubnd-` and the commune's code.
    pub agency: AgencyId,
    /// Full name.
    pub name: String,
    /// Abbreviation used in document symbols.
    pub abbreviation: Option<String>,
    /// What it does.
    pub function: &'static str,
    /// Level or bloc.
    pub level: AgencyLevel,
    /// Where it works.
    pub place: PlaceId,
    /// The agency above it.
    pub parent: Option<AgencyId>,
    /// Former names and other spellings.
    pub other_names: Vec<String>,
    /// Of the invented province.
    pub illustrative: bool,
}

/// All agencies of an instance whose home is the province with `code`: central, its own, its communes'.
///
/// # Errors
/// A damaged line of an embedded table, or a code that no present province has.
pub fn agencies(code: &str) -> Result<Vec<AgencyRow>, ReferenceError> {
    let places = crate::places()?;
    let province = present_province(&places, code)?;
    let mut all = agencies_of(province)?;
    let communes = places.iter().filter(|place| place.parent == Some(province.place));
    all.extend(communes.filter_map(|commune| commune_agency(province, commune)));
    Ok(all)
}

/// The province that has `code` today.
pub(crate) fn present_province<'p>(
    places: &'p [PlaceRow],
    code: &str,
) -> Result<&'p PlaceRow, ReferenceError> {
    let found = places.iter().find(|place| place.kind == PlaceKind::Province && place.code == Some(code));
    found.ok_or_else(|| ReferenceError {
        table: "places.csv",
        line: 1,
        found: code.to_owned(),
        expected: "mã của một tỉnh, thành phố hiện nay",
    })
}

/// The slug of a function in a province.
pub(crate) fn of_province(stem: &str, province: &PlaceRow) -> AgencyId {
    AgencyId(format!("{stem}-{}", suffix(province)))
}

/// Central agencies, and those of the province itself.
///
/// # Errors
/// A damaged line of the embedded table.
pub fn agencies_of(province: &PlaceRow) -> Result<Vec<AgencyRow>, ReferenceError> {
    lines(TABLE, TEXT).filter_map(|line| line.and_then(|line| row(&line, province)).transpose()).collect()
}

/// The names of the agencies that every province has, as texts write them: without the province behind.
///
/// # Errors
/// A damaged line of the embedded table.
pub(crate) fn agency_names() -> Result<Vec<String>, ReferenceError> {
    let mut names = vec!["UBND".to_owned(), "HĐND".to_owned()];
    for line in lines::<8>(TABLE, TEXT) {
        let [_, _, _, _, name, _, _, other_names] = line?.fields;
        for template in std::iter::once(name).chain(other_names.split('|')) {
            let bare = template.replace("\\,", ",").replace("{tên}", "").replace("{tỉnh}", "");
            let bare = bare.trim().trim_end_matches(" tại").trim().replace("{Tỉnh}", "Tỉnh");
            // A single word is too common: "Thuế", "Thanh tra" begin other things as well.
            if bare.contains(' ') {
                names.push(bare);
            }
        }
    }
    Ok(names)
}

/// The People's Committee of `commune` of `province`; none for what is no present commune.
#[must_use]
pub fn commune_agency(province: &PlaceRow, commune: &PlaceRow) -> Option<AgencyRow> {
    let code = commune.code.filter(|_| commune.kind == PlaceKind::Commune)?;
    let full_name = commune.full_name();
    let word = commune.type_word?.word().to_lowercase();
    Some(AgencyRow {
        agency: AgencyId(format!("ubnd-{}", code.to_lowercase())),
        name: format!("Ủy ban nhân dân {word} {}", commune.name),
        abbreviation: Some("UBND".to_owned()),
        function: "Cơ quan hành chính nhà nước cấp xã",
        level: AgencyLevel::Commune,
        place: commune.place,
        parent: Some(AgencyId(format!("ubnd-tinh-{}", suffix(province)))),
        other_names: vec![format!("UBND {word} {}", commune.name), full_name],
        illustrative: commune.illustrative,
    })
}

fn suffix(province: &PlaceRow) -> String {
    province.code.unwrap_or_default().to_lowercase()
}

fn row(line: &Line<8>, province: &PlaceRow) -> Result<Option<AgencyRow>, ReferenceError> {
    let [stem, scope, level, parent, name, abbreviation, function, other_names] = line.fields;
    let central = scope == "central";
    let here = || scope.split(' ').any(|code| Some(code) == province.code);
    if !central && scope != "province" && !here() {
        return Ok(None);
    }
    let id = |stem: &str| if central { AgencyId(stem.to_owned()) } else { of_province(stem, province) };
    let text = |template: &str| filled(template, province);
    Ok(Some(AgencyRow {
        agency: id(stem),
        name: text(name),
        abbreviation: Some(abbreviation.to_owned()).filter(|text| !text.is_empty()),
        function,
        level: (AgencyLevel::ALL.into_iter().find(|one| one.id() == level))
            .ok_or_else(|| line.wrong(level, "cấp hoặc khối cơ quan"))?,
        place: if central { crate::COUNTRY } else { province.place },
        parent: Some(parent).filter(|parent| !parent.is_empty()).map(id),
        other_names: other_names.split('|').filter(|one| !one.is_empty()).map(text).collect(),
        illustrative: !central && province.illustrative,
    }))
}

/// Puts the province into a template: `{tên}` its name, `{tỉnh}` and `{Tỉnh}` its type of unit.
fn filled(template: &str, province: &PlaceRow) -> String {
    let (small, capital) = match province.type_word {
        Some(TypeWord::ThanhPho) => ("thành phố", "Thành"),
        _ => ("tỉnh", "Tỉnh"),
    };
    template
        .replace("\\,", ",")
        .replace("{tên}", province.name)
        .replace("{tỉnh}", small)
        .replace("{Tỉnh}", capital)
}
