//! Agencies that ended, and where they went. Of real provinces nothing is known here; the invented one was reorganised
//! on a day of its own.

use mc_base::{AgencyId, Day};

use crate::agency::{AgencyLevel, AgencyRow, of_province, present_province};
use crate::error::ReferenceError;
use crate::succession::Extent;
use crate::table::lines;

const TABLE: &str = "former_agencies.csv";
const TEXT: &str = include_str!("../data/former_agencies.csv");

/// An agency that is no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormerAgency {
    /// What it was.
    pub row: AgencyRow,
    /// First day on which it was no more.
    pub until: Day,
    /// Which agencies took it over: one the whole of it, several a part each.
    pub into: Vec<AgencyId>,
}

impl FormerAgency {
    /// How much of it each of them took.
    #[must_use]
    pub const fn extent(&self) -> Extent {
        if self.into.len() == 1 { Extent::Whole } else { Extent::Partial }
    }
}

/// The agencies of the province with `code` that ended before the present ones.
///
/// # Errors
/// A damaged line of an embedded table, or a code that no present province has.
pub fn former_agencies(code: &str) -> Result<Vec<FormerAgency>, ReferenceError> {
    let places = crate::places()?;
    let province = present_province(&places, code)?;
    let mut former = Vec::new();
    for line in lines::<8>(TABLE, TEXT) {
        let line = line?;
        let [stem, scope, name, abbreviation, function, other_names, until, into] = line.fields;
        if province.code != Some(scope) {
            continue;
        }
        let id = |stem: &str| of_province(stem, province);
        former.push(FormerAgency {
            row: AgencyRow {
                agency: id(stem),
                name: name.to_owned(),
                abbreviation: Some(abbreviation.to_owned()),
                function,
                level: AgencyLevel::Province,
                place: province.place,
                parent: Some(id("ubnd-tinh")),
                other_names: other_names.split('|').map(str::to_owned).collect(),
                illustrative: province.illustrative,
            },
            until: line.day(until)?,
            into: into.split('/').map(id).collect(),
        });
    }
    Ok(former)
}
