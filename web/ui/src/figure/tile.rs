//! A figure on a screen of figures.

use askama::Template;

use super::FigureText;
use crate::chart::BulletBar;
use crate::html::component;
use crate::link::Link;

/// What the figure rests on (architecture 5).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// Counted from records.
    Counted,
    /// A total with a document, without a list.
    Total,
    /// Partly counted, partly totals.
    Mixed,
    /// Published by others.
    Published,
}

impl Basis {
    /// The words on the page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Counted => t!("đếm từ bản ghi"),
            Self::Total => t!("tổng số chưa có danh sách"),
            Self::Mixed => t!("một phần có danh sách"),
            Self::Published => t!("số do nơi khác công bố"),
        }
    }
}

/// Why there is no number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Absent {
    /// "chưa công bố", "đang tính", "< 5".
    pub words: String,
    /// Where the same figure can be seen, for example in the invented province.
    pub elsewhere: Option<Link>,
}

/// Number or absence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TileValue {
    /// A number.
    Shown(FigureText),
    /// None, and why.
    Absent(Absent),
}

/// Change against another period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// For example "+590 so với kỳ 7/2025".
    pub words: String,
    /// The page that explains the change.
    pub href: Option<String>,
}

/// A target: a record of the register of targets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// For example "Mục tiêu 2025: 90%".
    pub words: String,
    /// The record it comes from.
    pub href: Option<String>,
    /// Value and target drawn on one scale.
    pub bar: Option<BulletBar>,
}

/// One tile: name, value, and everything that makes the value quotable.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "figure/tile.html")]
pub struct FigureTile {
    /// Name of the indicator.
    pub name: String,
    /// Who stated it, under the name.
    pub stated_by: Option<String>,
    /// Number or absence.
    pub value: TileValue,
    /// Unit; empty for a percentage.
    pub unit: String,
    /// Day the number speaks of, dd/mm/yyyy; empty where there is no number, and the basis is left out too.
    pub as_of: String,
    /// Numerator and denominator in words, for example "1.684 trên 2.000 hồ sơ, tài liệu".
    pub denominator: Option<String>,
    /// Basis.
    pub basis: Basis,
    /// "100% có danh sách".
    pub listed: Option<String>,
    /// Further remark: "bản ghi minh họa", "chưa hết kỳ", "theo địa giới hiện nay".
    pub remark: Option<String>,
    /// Change against another period.
    pub change: Option<Change>,
    /// Target.
    pub target: Option<Target>,
    /// Set when the source is late: "chậm 12 ngày". The tile is hatched, never hidden.
    pub stale: Option<String>,
    /// The records behind the number.
    pub records: Option<Link>,
}

impl FigureTile {
    /// A tile with the least a number may be shown with.
    #[must_use]
    pub fn new(name: impl Into<String>, value: TileValue, as_of: impl Into<String>, basis: Basis) -> Self {
        Self {
            name: name.into(),
            stated_by: None,
            value,
            unit: String::new(),
            as_of: as_of.into(),
            denominator: None,
            basis,
            listed: None,
            remark: None,
            change: None,
            target: None,
            stale: None,
            records: None,
        }
    }
}

/// Tiles side by side, as a list.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "figure/tiles.html")]
pub struct Tiles {
    /// The tiles.
    pub tiles: Vec<FigureTile>,
}

component!(FigureTile, Tiles);
