//! A small writer of SVG: attributes take [`Coord`] only, text is escaped, looks come from classes alone.

use std::fmt::Write;

use super::coord::Coord;
use crate::html::{Html, escape};

/// Where text stands with regard to its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A drawing in the making.
#[derive(Debug)]
pub(super) struct Svg {
    out: String,
}

impl Svg {
    /// A drawing with a name and a sentence for those who do not see it. `id` is unique on the page.
    pub fn image(id: &str, class: &str, height: Option<Coord>, title: &str, sentence: &str) -> Self {
        let (id, class) = (escape(id), escape(class));
        let height = height.map_or_else(String::new, |height| format!(" height=\"{height}\""));
        let out = format!(
            "<svg class=\"{class}\" role=\"img\" width=\"100%\"{height} aria-labelledby=\"{id}-t {id}-d\">\
             <title id=\"{id}-t\">{}</title><desc id=\"{id}-d\">{}</desc>",
            escape(title),
            escape(sentence),
        );
        Self { out }
    }

    /// A drawing whose meaning the text around it gives.
    pub fn decoration(class: &str, width: Coord, height: Coord) -> Self {
        let class = escape(class);
        let out = format!(
            "<svg class=\"{class}\" width=\"{width}\" height=\"{height}\" aria-hidden=\"true\" focusable=\"false\">"
        );
        Self { out }
    }

    /// A rectangle.
    pub fn rect(&mut self, class: &str, x: Coord, y: Coord, width: Coord, height: Coord) {
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"
        ));
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (Coord, Coord), to: (Coord, Coord)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.put(format_args!("<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"));
    }

    /// A circle, with a name shown by a pointer that rests on it.
    pub fn circle(&mut self, class: &str, at: (Coord, Coord), radius: Coord, name: &str) {
        let ((x, y), name) = (at, escape(name));
        self.put(format_args!(
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>{name}</title></circle>"
        ));
    }

    /// Text.
    pub fn text(&mut self, class: &str, at: (Coord, Coord), anchor: Anchor, text: &str) {
        let ((x, y), text, anchor) = (at, escape(text), anchor.word());
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    /// Text moved up by `lift` pixels from a point given in per cent.
    pub fn lifted(&mut self, class: &str, at: (Coord, Coord), lift: f64, text: &str) {
        let ((x, y), text, lift) = (at, escape(text), Coord::px(-lift));
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" dy=\"{lift}\" text-anchor=\"middle\">{text}</text>"
        ));
    }

    /// The finished drawing.
    pub fn finish(mut self) -> Html {
        self.out.push_str("</svg>");
        Html::trusted(self.out)
    }

    fn put(&mut self, shape: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(shape);
    }
}
