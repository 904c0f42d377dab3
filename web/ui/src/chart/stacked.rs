//! Bars of parts, one per agency or place, on one scale from 0.

use askama::Template;
use mc_base::Scaled;

use super::coord::Coord;
use super::frame::{Frame, Framed};
use super::line::TargetLine;
use super::scale::{fraction, larger};
use super::svg::{Anchor, Svg};
use crate::figure::FigureText;
use crate::html::Html;
use crate::table::{Cell, Column, DataTable, Kind, Row};

const HEIGHT: f64 = 24.0;
/// A part narrower than this per cent of the width carries no number; the table has it.
const LABELLED_MIN: f64 = 4.0;
/// A part narrower than this carries it on wide screens alone.
const LABELLED_ALWAYS: f64 = 9.0;

/// Fill of a part. The five are told apart by colour-blind readers and on a photocopy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fill {
    /// Done.
    Done,
    /// Under way.
    Doing,
    /// Due soon.
    Soon,
    /// Overdue.
    Late,
    /// Not begun.
    Idle,
}

impl Fill {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "fill-done",
            Self::Doing => "fill-doing",
            Self::Soon => "fill-soon",
            Self::Late => "fill-late",
            Self::Idle => "fill-idle",
        }
    }

    const fn text_class(self) -> &'static str {
        match self {
            Self::Done => "on-done",
            Self::Doing => "on-doing",
            Self::Soon => "on-soon",
            Self::Late => "on-late",
            Self::Idle => "on-idle",
        }
    }
}

/// A part that every bar has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Series {
    /// Name.
    pub name: String,
    /// Fill.
    pub fill: Fill,
}

/// One bar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bar {
    /// Name.
    pub name: String,
    /// Where the name leads.
    pub href: Option<String>,
    /// Value of each part, in the order of the series; `None` where it is not known.
    pub parts: Vec<Option<FigureText>>,
    /// The whole.
    pub total: FigureText,
}

/// The chart. Bars come sorted: what matters most is on top.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StackedBars {
    /// Texts around it.
    pub frame: Frame,
    /// Head of the name column, for example "Cơ quan".
    pub column: String,
    /// Parts.
    pub series: Vec<Series>,
    /// Bars.
    pub bars: Vec<Bar>,
    /// A goal for every bar, marked across it.
    pub target: Option<TargetLine>,
}

/// Legend and rows.
#[derive(Template)]
#[template(path = "chart/stacked.html")]
struct Drawing<'a> {
    sentence: &'a str,
    legend: Vec<(Html, &'a str)>,
    rows: Vec<(&'a str, Html, &'a str)>,
}

impl StackedBars {
    /// The chart in its frame.
    #[must_use]
    pub fn html(&self) -> Html {
        if self.bars.is_empty() {
            return Framed::empty(&self.frame, self.table());
        }
        let whole = self.bars.iter().map(|bar| bar.total.number().value());
        let longest = whole.fold(Scaled { mantissa: 0, scale: 0 }, larger);
        let longest = self.target.as_ref().map_or(longest, |target| larger(longest, target.value.value()));
        let drawing = Drawing {
            sentence: &self.frame.sentence,
            legend: self.legend(),
            rows: self
                .bars
                .iter()
                .map(|bar| (bar.name.as_str(), self.draw(bar, longest), bar.total.number().text()))
                .collect(),
        };
        let drawing = Html::of(&drawing);
        Html::of(&Framed { frame: &self.frame, drawing, remarks: Vec::new(), table: self.table() })
    }

    fn legend(&self) -> Vec<(Html, &str)> {
        let goal = self.target.iter().map(|target| (goal_swatch(), target.words.as_str()));
        self.series.iter().map(|series| (series.swatch(), series.name.as_str())).chain(goal).collect()
    }

    fn draw(&self, bar: &Bar, longest: Scaled) -> Html {
        let mut svg = Svg::decoration("bar", Coord::percent(100.0), Coord::px(HEIGHT));
        let mut x = 0.0;
        for (series, part) in self.series.iter().zip(&bar.parts) {
            let Some(part) = part else { continue };
            let width = (100.0 * fraction(part.number().value(), longest)).min(100.0 - x);
            if width <= 0.0 {
                continue;
            }
            let (left, wide) = (Coord::percent(x), Coord::percent(width));
            svg.rect(series.fill.class(), left, Coord::px(1.0), wide, Coord::px(HEIGHT - 2.0));
            if width >= LABELLED_MIN {
                let at = (Coord::percent(x + width / 2.0), Coord::px(HEIGHT - 7.0));
                let minor = if width < LABELLED_ALWAYS { " minor" } else { "" };
                let class = format!("{}{minor}", series.fill.text_class());
                svg.text(&class, at, Anchor::Middle, part.number().text());
            }
            x += width;
        }
        if let Some(target) = &self.target {
            // A little less than all, so that a target at the end of the scale stays inside the drawing.
            let at = Coord::percent(99.0 * fraction(target.value.value(), longest));
            svg.rect("target-mark", at, Coord::px(0.0), Coord::px(4.0), Coord::px(HEIGHT));
        }
        svg.finish()
    }

    fn table(&self) -> DataTable {
        let mut columns = vec![Column::new(self.column.clone(), Kind::Text)];
        columns.extend(self.series.iter().map(|series| Column::new(series.name.clone(), Kind::Number)));
        columns.push(Column::new(t!("Tổng"), Kind::Number));
        let mut table = DataTable::new(format!("{}-bang", self.frame.id), self.frame.title.clone(), columns);
        table.note = Some(self.frame.source.clone());
        table.rows = self.bars.iter().map(Bar::row).collect();
        table
    }
}

fn goal_swatch() -> Html {
    let mut svg = Svg::decoration("swatch", Coord::px(14.0), Coord::px(14.0));
    svg.rect("target-mark", Coord::px(5.0), Coord::px(0.0), Coord::px(4.0), Coord::px(14.0));
    svg.finish()
}

impl Series {
    fn swatch(&self) -> Html {
        let mut svg = Svg::decoration("swatch", Coord::px(14.0), Coord::px(14.0));
        let (near, size) = (Coord::px(0.5), Coord::px(13.0));
        svg.rect(self.fill.class(), near, near, size, size);
        svg.finish()
    }
}

impl Bar {
    fn row(&self) -> Row {
        let head = Cell { href: self.href.clone(), ..Cell::text(self.name.clone()) };
        let part = |part: &Option<FigureText>| {
            part.clone().map_or_else(|| Cell::missing(t!("chưa báo")), Cell::figure)
        };
        let cells = std::iter::once(head).chain(self.parts.iter().map(part));
        Row::new(cells.chain([Cell::figure(self.total.clone())]).collect())
    }
}
