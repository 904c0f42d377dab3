//! A measure against its target.

use std::fmt;

use mc_base::Scaled;

use super::coord::Coord;
use super::frame::{Frame, Framed};
use super::scale::{fraction, larger};
use super::svg::Svg;
use crate::figure::FigureText;
use crate::html::Html;
use crate::number::ViNum;
use crate::table::{Cell, Column, DataTable, Kind, Row};

const HEIGHT: f64 = 22.0;

/// Value and target on one scale from 0. It is part of a tile or chart, whose text says the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulletBar {
    value: Scaled,
    target: Scaled,
    full: Scaled,
}

impl BulletBar {
    /// The bar of a figure. `full` is the end of the scale (1 for a share); a larger value or target extends
    /// it.
    #[must_use]
    pub fn new(figure: &FigureText, target: &ViNum, full: Scaled) -> Self {
        let (value, target) = (figure.number().value(), target.value());
        Self { value, target, full: larger(full, larger(value, target)) }
    }

    fn draw(&self) -> Html {
        let mut svg = Svg::decoration("bar", Coord::percent(100.0), Coord::px(HEIGHT));
        let (start, full) = (Coord::percent(0.0), Coord::percent(100.0));
        svg.rect("track", start, Coord::px(3.0), full, Coord::px(HEIGHT - 6.0));
        let width = Coord::percent(100.0 * fraction(self.value, self.full));
        svg.rect("measure", start, Coord::px(7.0), width, Coord::px(HEIGHT - 14.0));
        // A little less than all, so that a target at the end of the scale stays inside the drawing.
        let target = Coord::percent(99.0 * fraction(self.target, self.full));
        svg.rect("target-mark", target, Coord::px(0.0), Coord::px(4.0), Coord::px(HEIGHT));
        svg.finish()
    }
}

impl fmt::Display for BulletBar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draw().fmt(f)
    }
}

impl askama::filters::HtmlSafe for BulletBar {}

/// One measure and its target, with the table twin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulletChart {
    /// Texts around it.
    pub frame: Frame,
    /// Value.
    pub figure: FigureText,
    /// Target.
    pub target: ViNum,
    /// The record of the target.
    pub target_href: Option<String>,
    /// End of the scale.
    pub full: Scaled,
}

/// The drawing with its two values in words.
#[derive(askama::Template)]
#[template(path = "chart/bullet.html")]
struct Drawing<'a> {
    sentence: &'a str,
    bar: BulletBar,
    value: &'a FigureText,
    target: &'a ViNum,
}

impl BulletChart {
    /// The chart in its frame.
    #[must_use]
    pub fn html(&self) -> Html {
        let bar = BulletBar::new(&self.figure, &self.target, self.full);
        let drawing = Html::of(&Drawing {
            sentence: &self.frame.sentence,
            bar,
            value: &self.figure,
            target: &self.target,
        });
        Html::of(&Framed { frame: &self.frame, drawing, remarks: Vec::new(), table: self.table() })
    }

    fn table(&self) -> DataTable {
        let columns = vec![Column::new(t!("Số"), Kind::Text), Column::new(t!("Giá trị"), Kind::Number)];
        let mut table = DataTable::new(format!("{}-bang", self.frame.id), self.frame.title.clone(), columns);
        let target = Cell { href: self.target_href.clone(), ..Cell::text(self.target.text()) };
        table.rows = vec![
            Row::new(vec![Cell::text(t!("Đạt được")), Cell::figure(self.figure.clone())]),
            Row::new(vec![Cell::text(t!("Mục tiêu")), target]),
        ];
        table
    }
}
