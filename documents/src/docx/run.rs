//! Runs of a Word paragraph: text of one look.

use super::xml::{Xml, holdable};
use crate::DocumentError;

/// How a run looks.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Look {
    /// `w:val` of its underline.
    pub underline: Option<&'static str>,
    pub bold: bool,
    /// Outside the text proper: slanted and grey.
    pub aside: bool,
}

/// A run of `text`. What breaks lines has elements of its own in Word: tabs, line breaks, page breaks.
pub fn run(xml: &mut Xml, text: &str, look: Look) -> Result<(), DocumentError> {
    if text.is_empty() {
        return Ok(());
    }
    xml.open("w:r", &[])?;
    if look != Look::default() {
        xml.open("w:rPr", &[])?;
        if look.bold {
            xml.empty("w:b", &[])?;
        }
        if look.aside {
            xml.empty("w:i", &[])?;
            xml.empty("w:color", &[("w:val", "595959")])?;
        }
        if let Some(underline) = look.underline {
            xml.empty("w:u", &[("w:val", underline)])?;
        }
        xml.close("w:rPr")?;
    }
    for piece in text.split_inclusive(BREAKS) {
        let words = piece.trim_end_matches(BREAKS);
        if !words.is_empty() {
            xml.leaf("w:t", &[("xml:space", "preserve")], &holdable(words))?;
        }
        match piece.chars().next_back() {
            Some('\t') => xml.empty("w:tab", &[])?,
            Some('\u{b}') => xml.empty("w:br", &[])?,
            Some('\u{c}') => xml.empty("w:br", &[("w:type", "page")])?,
            Some('\r') => xml.empty("w:cr", &[])?,
            _ => {}
        }
    }
    xml.close("w:r")
}

/// Tab, line break, page break, carriage return.
const BREAKS: [char; 4] = ['\t', '\u{b}', '\u{c}', '\r'];
