//! A line over time, with a target.

use mc_base::Scaled;

use super::coord::Coord;
use super::frame::{Frame, Framed};
use super::scale::Axis;
use super::svg::{Anchor, Svg};
use crate::figure::FigureText;
use crate::html::Html;
use crate::number::{NumberStyle, ViNum};
use crate::table::{Cell, Column, DataTable, Kind, Row};

const HEIGHT: f64 = 240.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 208.0;
/// Left and right end of the plot, per cent of the width.
const LEFT: f64 = 15.0;
const RIGHT: f64 = 94.0;
/// Pixels above a point that its label takes.
const LABEL_ROOM: f64 = 28.0;
/// With more points than this only the ends carry their value; the table has all.
const POINTS_LABELLED_MAX: usize = 6;

/// One period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinePoint {
    /// Full name, for the table: "Tháng 10/2025".
    pub name: String,
    /// Short name, for the axis: "10/25".
    pub short: String,
    /// Value; `None` where there is none, and the line is broken there.
    pub figure: Option<FigureText>,
    /// The period has not ended: drawn open.
    pub unfinished: bool,
}

/// A target as a line across.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TargetLine {
    /// Value.
    pub value: ViNum,
    /// Words at the line, for example "Mục tiêu 90%".
    pub words: String,
}

/// The chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineChart {
    /// Texts around it.
    pub frame: Frame,
    /// How steps of the axis are written.
    pub style: NumberStyle,
    /// Name of the value column, with the unit.
    pub column: String,
    /// Periods in order.
    pub points: Vec<LinePoint>,
    /// Target.
    pub target: Option<TargetLine>,
}

impl LineChart {
    /// The chart in its frame.
    #[must_use]
    pub fn html(&self) -> Html {
        let axis = self.axis();
        if self.points.iter().all(|point| point.figure.is_none()) {
            return Framed::empty(&self.frame, self.table());
        }
        let mut remarks = Vec::new();
        if !axis.starts_at_zero() {
            remarks.push(t!("Trục không bắt đầu từ 0").to_owned());
        }
        if self.points.iter().any(|point| point.unfinished) {
            remarks.push(t!("Điểm rỗng: kỳ chưa kết thúc").to_owned());
        }
        if self.points.iter().any(|point| point.figure.is_none()) {
            remarks.push(t!("Vạch ngắn sát trục: kỳ chưa có số").to_owned());
        }
        Html::of(&Framed { frame: &self.frame, drawing: self.draw(&axis), remarks, table: self.table() })
    }

    fn axis(&self) -> Axis {
        let points = self.points.iter().filter_map(|point| Some(point.figure.as_ref()?.number().value()));
        let target = self.target.iter().map(|target| target.value.value());
        Axis::over(&points.chain(target).collect::<Vec<_>>())
    }

    fn draw(&self, axis: &Axis) -> Html {
        let id = format!("{}-hinh", self.frame.id);
        let mut svg =
            Svg::image(&id, "plot", Some(Coord::px(HEIGHT)), &self.frame.title, &self.frame.sentence);
        for tick in axis.ticks() {
            let y = level(axis, tick);
            let class = if tick.mantissa == 0 { "base" } else { "grid" };
            svg.line(class, (Coord::percent(0.0), Coord::px(y)), (Coord::percent(100.0), Coord::px(y)));
            let label = axis.label(tick, self.style);
            svg.text("axis", (Coord::percent(0.0), Coord::px(y - 4.0)), Anchor::Start, label.text());
        }
        self.draw_segments(axis, &mut svg);
        if let Some(target) = &self.target {
            let y = level(axis, target.value.value());
            svg.line("target", (Coord::percent(LEFT), Coord::px(y)), (Coord::percent(100.0), Coord::px(y)));
            let (x, anchor) = self.free_side(target);
            svg.text("halo", (x, Coord::px(y - 6.0)), anchor, &target.words);
        }
        self.draw_points(axis, &mut svg);
        svg.finish()
    }

    /// The end of the target line that lies farther from the values, so that words do not cover words.
    fn free_side(&self, target: &TargetLine) -> (Coord, Anchor) {
        let axis = self.axis();
        let aim = axis.height(target.value.value());
        let gap = |point: Option<&LinePoint>| {
            let figure = point.and_then(|point| point.figure.as_ref());
            figure.map_or(1.0, |figure| (axis.height(figure.number().value()) - aim).abs())
        };
        if gap(self.points.first()) >= gap(self.points.last()) {
            (Coord::percent(LEFT), Anchor::Start)
        } else {
            (Coord::percent(100.0), Anchor::End)
        }
    }

    fn draw_segments(&self, axis: &Axis, svg: &mut Svg) {
        for (place, pair) in self.points.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            if let (Some(a), Some(b)) = (&from.figure, &to.figure) {
                let class = if to.unfinished { "series open" } else { "series" };
                let start = (self.across(place), Coord::px(level(axis, a.number().value())));
                let end = (self.across(place + 1), Coord::px(level(axis, b.number().value())));
                svg.line(class, start, end);
            }
        }
    }

    fn draw_points(&self, axis: &Axis, svg: &mut Svg) {
        let last = self.points.iter().rposition(|point| point.figure.is_some());
        let few = self.points.len() <= POINTS_LABELLED_MAX;
        for (place, point) in self.points.iter().enumerate() {
            let x = self.across(place);
            let minor = place % 2 != (self.points.len() + 1) % 2;
            let class = if minor { "axis minor" } else { "axis" };
            svg.text(class, (x, Coord::px(BOTTOM + 22.0)), Anchor::Middle, &point.short);
            let Some(figure) = &point.figure else {
                svg.line("gap", (x, Coord::px(BOTTOM - 8.0)), (x, Coord::px(BOTTOM)));
                continue;
            };
            let y = level(axis, figure.number().value());
            let class = if point.unfinished { "dot open" } else { "dot" };
            let name = format!("{}: {}", point.name, figure.number());
            svg.circle(class, (x, Coord::px(y)), Coord::px(5.0), &name);
            let label = Coord::px(self.label_level(axis, y));
            if Some(place) == last {
                svg.text("value halo", (x, label), Anchor::Middle, figure.number().text());
            } else if few {
                svg.text("minor halo", (x, label), Anchor::Middle, figure.number().text());
            }
        }
    }

    /// Above the point, or below it where the target line would run through the words.
    fn label_level(&self, axis: &Axis, y: f64) -> f64 {
        let target = self.target.as_ref().map(|target| level(axis, target.value.value()));
        if target.is_some_and(|target| (0.0..LABEL_ROOM).contains(&(y - target))) {
            y + 20.0
        } else {
            y - 11.0
        }
    }

    fn across(&self, place: usize) -> Coord {
        let steps = self.points.len().saturating_sub(1).max(1);
        Coord::percent(LEFT + (RIGHT - LEFT) * place as f64 / steps as f64)
    }

    fn table(&self) -> DataTable {
        let columns = vec![Column::new(t!("Kỳ"), Kind::Text), Column::new(self.column.clone(), Kind::Number)];
        let mut table = DataTable::new(format!("{}-bang", self.frame.id), self.frame.title.clone(), columns);
        table.note = Some(self.frame.source.clone());
        table.rows = self.points.iter().map(|point| Row::new(vec![point.head(), point.cell()])).collect();
        table
    }
}

impl LinePoint {
    fn head(&self) -> Cell {
        let remark = if self.unfinished { t!(" (chưa kết thúc)") } else { "" };
        Cell::text(format!("{}{remark}", self.name))
    }

    fn cell(&self) -> Cell {
        self.figure.clone().map_or_else(|| Cell::missing(t!("chưa có")), Cell::figure)
    }
}

/// Pixels from the top.
fn level(axis: &Axis, value: Scaled) -> f64 {
    BOTTOM - (BOTTOM - TOP) * axis.height(value)
}
