//! What stands around every drawing: the finding, the source, the table of the same figures.

use askama::Template;

use crate::html::Html;
use crate::link::Link;
use crate::table::{DataTable, Empty};

/// Texts around a chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// Anchor; unique on the page.
    pub id: String,
    /// The finding, for example "Số trạm tăng 590 từ tháng 7 đến tháng 10/2025".
    pub title: String,
    /// One sentence for those who do not see the drawing.
    pub sentence: String,
    /// Source and date.
    pub source: String,
    /// The figures as a file.
    pub download: Option<Link>,
}

/// A drawing in its frame.
#[derive(Template)]
#[template(path = "chart/frame.html")]
pub(super) struct Framed<'a> {
    pub frame: &'a Frame,
    pub drawing: Html,
    /// Remarks on how it is drawn: where the axis begins, what is schematic.
    pub remarks: Vec<String>,
    pub table: DataTable,
}

impl Framed<'_> {
    /// A frame without a drawing: nothing to draw is said, not drawn as zero.
    pub fn empty(frame: &Frame, table: DataTable) -> Html {
        let text = t!("Chưa có số liệu để vẽ.").to_owned();
        let drawing = Empty { text, links: Vec::new() }.html();
        Html::of(&Framed { frame, drawing, remarks: Vec::new(), table })
    }
}
