//! Charts drawn on the server as SVG, each with a table twin built from the same figures.
//!
//! charts-rs 2.3 was tried first, as the library with the widest choice. It writes colours and the typeface
//! into attributes of every shape, without a class to address them by, so neither forced colours, print nor
//! the tokens reach them; its axes read `4.7k`; and its values are 32-bit floats, apart from the figure they
//! show. What is needed here is four plain drawings, so they are drawn here, on a scale that uses whole
//! numbers.
//!
//! Widths are percentages and heights are pixels: a chart fills a phone or a wall and its letters keep their
//! size.

mod bullet;
mod coord;
mod frame;
mod line;
mod map;
mod scale;
mod stacked;
mod svg;

pub use bullet::{BulletBar, BulletChart};
pub use coord::Coord;
pub use frame::Frame;
pub use line::{LineChart, LinePoint, TargetLine};
pub use map::{DotMap, MapPoint};
pub use stacked::{Bar, Fill, Series, StackedBars};
