//! What a text claims: a number that quantifies a named thing, with its unit, time and scope.

use std::ops::Range;

use mc_base::Day;

use crate::amount::Amount;

/// One number of a text that quantifies a named thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// Index of its sentence in the text.
    pub sentence: usize,
    /// Where number and unit stand, in Unicode code points of the text as given, half-open; the hedge is
    /// outside.
    pub span: Range<usize>,
    /// The same in bytes.
    pub bytes: Range<usize>,
    /// The text of the span.
    pub text: String,
    /// The magnitude, in the base unit; the low end of a range.
    pub value: Amount,
    /// The high end of a range.
    pub value_to: Option<Amount>,
    /// Classifier or noun that heads the phrase, in lower case; `%`, `điểm %`, `hạng`, `lần`.
    pub unit: String,
    /// What kind of quantity.
    pub kind: Kind,
    /// How firmly it is said.
    pub hedge: Hedge,
    /// Whether it is said to be, to be wanted or to be expected.
    pub modality: Modality,
    /// When; `None` where the text says nothing of it.
    pub time: Option<Time>,
    /// Of what place, sector and agency.
    pub scope: Scope,
    /// Of what thing.
    pub measures: Measures,
    /// It stands in a side column, a list of other news or the name of a picture.
    pub aside: bool,
    /// It stands under a picture.
    pub caption: bool,
}

/// Kinds of quantities.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Things that are counted.
    Count,
    /// An amount of money.
    Money,
    /// Parts of a hundred.
    Percent,
    /// A difference of percentages, in points.
    Points,
    /// One thing per another: 41 máy/100 hộ.
    Rate,
    /// So many times as much.
    Multiple,
    /// A position in an order.
    Rank,
    /// A mark on a scale.
    Score,
    /// Length, area, weight, power, energy, data.
    Measure,
    /// How long something takes.
    Duration,
}

/// What a word before the number does to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Hedge {
    /// hơn, trên, vượt.
    Over,
    /// gần, dưới.
    Under,
    /// khoảng, xấp xỉ, ước.
    About,
    /// ít nhất, tối thiểu.
    AtLeast,
    /// không quá, tối đa.
    AtMost,
    /// Nothing.
    #[default]
    None,
}

/// In what way something is claimed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Modality {
    /// It is so.
    #[default]
    Fact,
    /// It shall be so.
    Target,
    /// It is expected to be so.
    Forecast,
}

/// A closed interval of days, open where an end is `None`. A stock has no first day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Time {
    /// First day; `None` for a stock.
    pub from: Option<Day>,
    /// Last day.
    pub to: Option<Day>,
}

/// What a claim is about, as far as the text names it.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Scope {
    /// Code of the place.
    pub place: Option<String>,
    /// The place is one from before 1/7/2025 and is a part of another now.
    pub merged: bool,
    /// The field of work, as written.
    pub sector: Option<String>,
    /// The agency whose number it is, as written; not one that only speaks of it.
    pub agency: Option<String>,
}

/// The thing that is measured, as written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Measures {
    /// The noun phrase, without number, in lower case.
    pub phrase: String,
    /// The qualifier that sets the counted thing off from its kind: "nghèo" of "hộ nghèo".
    pub qualifier: String,
    /// Said to be a change, and which way.
    pub direction: Option<Direction>,
}

/// The way of a change.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// tăng, cao hơn, vượt.
    Up,
    /// giảm, thấp hơn.
    Down,
}
