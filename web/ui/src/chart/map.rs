//! A schematic map: circles at the centres of places. It draws no border, because centres are all it knows.

use askama::Template;
use mc_base::Scaled;

use super::coord::Coord;
use super::frame::{Frame, Framed};
use super::scale::{at_scale, fraction};
use super::svg::Svg;
use crate::figure::FigureText;
use crate::html::Html;
use crate::table::{Cell, Column, DataTable, Kind, Row};

/// Rim kept free around the circles, per cent.
const RIM: f64 = 8.0;
/// Radius of the largest circle in pixels: between these, smaller where there are many.
const RADIUS_LARGEST: (f64, f64) = (14.0, 32.0);
const RADIUS_MIN: f64 = 3.0;
/// From this radius on a value stands inside its circle.
const RADIUS_ROOMY: f64 = 15.0;
/// So many of the largest carry their value, where it fits.
const LABELLED_MAX: usize = 10;
/// So many stand in the list beside the map; the table has all.
const LISTED_MAX: usize = 12;
/// Room a label takes, per cent of the drawing: half its width and its height.
const LABEL_ROOM: (f64, f64) = (6.0, 5.0);

/// A place with its centre.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MapPoint {
    /// Name.
    pub name: String,
    /// Longitude × 10⁷.
    pub lon: i32,
    /// Latitude × 10⁷.
    pub lat: i32,
    /// Value; `None` where there is none: a small open square.
    pub figure: Option<FigureText>,
    /// The same page for that place.
    pub href: String,
}

/// The map with its list and table. Circles are for counts: their area stands for the value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DotMap {
    /// Texts around it.
    pub frame: Frame,
    /// Head of the name column, for example "Xã, phường".
    pub place_column: String,
    /// Head of the value column, with the unit.
    pub column: String,
    /// Places in the order of the table.
    pub points: Vec<MapPoint>,
    /// The table behind the map; `None`: one of names and values.
    pub table: Option<DataTable>,
}

#[derive(Template)]
#[template(path = "chart/map.html")]
struct Drawing<'a> {
    image: Html,
    listed: Vec<(&'a str, &'a str, &'a FigureText)>,
}

/// Where a point comes to lie, per cent from left and top.
#[derive(Clone, Copy)]
struct Spot {
    x: f64,
    y: f64,
}

impl DotMap {
    /// The map in its frame.
    #[must_use]
    pub fn html(&self) -> Html {
        let largest = self.largest_first();
        if largest.is_empty() {
            return Framed::empty(&self.frame, self.table());
        }
        let listed = largest.iter().take(LISTED_MAX);
        let listed = listed.filter_map(|(point, _)| {
            Some((point.name.as_str(), point.href.as_str(), point.figure.as_ref()?))
        });
        let drawing = Html::of(&Drawing { image: self.draw(&largest), listed: listed.collect() });
        let mut remarks = vec![t!("Sơ đồ theo tọa độ tâm xã, không phải bản đồ địa giới").to_owned()];
        if let Some(figure) = largest.first().and_then(|(point, _)| point.figure.as_ref()) {
            remarks.push(t!(
                "Diện tích hình tròn theo giá trị; hình lớn nhất là {most}",
                most = figure.number()
            ));
        }
        if self.points.iter().any(|point| point.figure.is_none()) {
            remarks.push(t!("Ô vuông: chưa có số").to_owned());
        }
        Html::of(&Framed { frame: &self.frame, drawing, remarks, table: self.table() })
    }

    /// Points with a value and their spots; small circles are drawn last, over the large ones.
    fn largest_first(&self) -> Vec<(&MapPoint, Spot)> {
        let mut points: Vec<_> = self.points.iter().zip(self.spots()).collect();
        points.retain(|(point, _)| point.figure.is_some());
        let scale = points.iter().filter_map(|(point, _)| Some(point.value()?.scale)).max().unwrap_or(0);
        points.sort_by_key(|(point, _)| std::cmp::Reverse(point.value().map(|value| at_scale(value, scale))));
        points
    }

    fn draw(&self, largest: &[(&MapPoint, Spot)]) -> Html {
        let id = format!("{}-hinh", self.frame.id);
        let mut svg = Svg::image(&id, "plot", None, &self.frame.title, &self.frame.sentence);
        let (start, full) = (Coord::percent(0.0), Coord::percent(100.0));
        svg.rect("frame", start, start, full, full);
        let missing = self.points.iter().zip(self.spots()).filter(|(point, _)| point.figure.is_none());
        for (_, spot) in missing {
            svg.rect(
                "no-value",
                Coord::percent(spot.x),
                Coord::percent(spot.y),
                Coord::px(6.0),
                Coord::px(6.0),
            );
        }
        for (point, spot) in largest {
            let Some(figure) = &point.figure else { continue };
            let name = format!("{}: {}", point.name, figure.number());
            let radius = Coord::px(radius(point, largest));
            svg.circle("place", (Coord::percent(spot.x), Coord::percent(spot.y)), radius, &name);
        }
        draw_labels(&mut svg, largest);
        svg.finish()
    }

    /// Equirectangular, with degrees of longitude shortened by the cosine of the middle latitude.
    fn spots(&self) -> Vec<Spot> {
        let degrees = |value: i32| f64::from(value) / 1e7;
        let (west, east) = ends(self.points.iter().map(|point| degrees(point.lon)));
        let (south, north) = ends(self.points.iter().map(|point| degrees(point.lat)));
        // A latitude beyond the poles is a slip in the data; it must not turn the drawing inside out.
        let shrink = f64::midpoint(south, north).to_radians().cos().max(0.01);
        let (wide, tall) = ((east - west) * shrink, north - south);
        let size = wide.max(tall).max(1e-6);
        let factor = (100.0 - 2.0 * RIM) / size;
        let (left, top) =
            (f64::midpoint(0.0, 100.0 - wide * factor), f64::midpoint(0.0, 100.0 - tall * factor));
        let spot = |point: &MapPoint| Spot {
            x: left + (degrees(point.lon) - west) * shrink * factor,
            y: top + (north - degrees(point.lat)) * factor,
        };
        self.points.iter().map(spot).collect()
    }

    fn table(&self) -> DataTable {
        if let Some(table) = &self.table {
            return table.clone();
        }
        let columns = vec![
            Column::new(self.place_column.clone(), Kind::Text),
            Column::new(self.column.clone(), Kind::Number),
        ];
        let mut table = DataTable::new(format!("{}-bang", self.frame.id), self.frame.title.clone(), columns);
        table.note = Some(self.frame.source.clone());
        table.rows = self.points.iter().map(MapPoint::row).collect();
        table
    }
}

impl MapPoint {
    fn value(&self) -> Option<Scaled> {
        self.figure.as_ref().map(|figure| figure.number().value())
    }

    fn row(&self) -> Row {
        let figure = self.figure.clone().map_or_else(|| Cell::missing(t!("chưa có")), Cell::figure);
        Row::new(vec![Cell::link(self.name.clone(), self.href.clone()), figure])
    }
}

/// Pixels; the area of the circle stands for the value.
fn radius(point: &MapPoint, largest: &[(&MapPoint, Spot)]) -> f64 {
    let zero = Scaled { mantissa: 0, scale: 0 };
    let most = largest.first().and_then(|(point, _)| point.value()).unwrap_or(zero);
    let (least, roomy) = RADIUS_LARGEST;
    let top = (roomy * 3.0 / (largest.len().max(1) as f64).sqrt()).clamp(least, roomy);
    (top * fraction(point.value().unwrap_or(zero), most).sqrt()).max(RADIUS_MIN)
}

/// Values of the largest circles, leaving out those whose label would lie on another.
fn draw_labels(svg: &mut Svg, largest: &[(&MapPoint, Spot)]) {
    let mut taken: Vec<Spot> = Vec::new();
    for (point, spot) in largest.iter().take(LABELLED_MAX) {
        let near = |other: &Spot| {
            (other.x - spot.x).abs() < 2.0 * LABEL_ROOM.0 && (other.y - spot.y).abs() < LABEL_ROOM.1
        };
        let Some(figure) = point.figure.as_ref().filter(|_| !taken.iter().any(near)) else { continue };
        let at = (Coord::percent(spot.x), Coord::percent(spot.y));
        let radius = radius(point, largest);
        let lift = if radius >= RADIUS_ROOMY { -5.0 } else { radius + 3.0 };
        svg.lifted("value halo", at, lift, figure.number().text());
        taken.push(*spot);
    }
}

/// Least and greatest; 0 and 0 of nothing.
fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let found = values.fold(None, |found: Option<(f64, f64)>, value| {
        Some(found.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
    });
    found.unwrap_or((0.0, 0.0))
}
