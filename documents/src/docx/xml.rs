//! XML events, and the characters that XML can hold.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::DocumentError;

/// One part of the file, under way.
pub struct Xml(Writer<Vec<u8>>);

/// Attributes of an element.
type Attributes<'a> = [(&'a str, &'a str)];

impl Xml {
    pub fn new() -> Result<Self, DocumentError> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        Ok(Self(writer))
    }

    pub fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), DocumentError> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        Ok(self.0.write_event(Event::Start(start))?)
    }

    pub fn close(&mut self, name: &str) -> Result<(), DocumentError> {
        Ok(self.0.write_event(Event::End(BytesEnd::new(name)))?)
    }

    pub fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), DocumentError> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        Ok(self.0.write_event(Event::Empty(start))?)
    }

    /// An element with text alone.
    pub fn leaf(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) -> Result<(), DocumentError> {
        self.open(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::new(text)))?;
        self.close(name)
    }

    pub fn finish(self) -> Vec<u8> {
        self.0.into_inner()
    }
}

/// What stands where XML 1.0 has no form for a character: one for one, so that the reader sees that something was
/// there.
const REPLACEMENT: char = '\u{fffd}';

/// The text with every character that XML 1.0 cannot hold replaced.
pub fn holdable(text: &str) -> String {
    let can = |held: char| matches!(held, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|held| if can(held) { held } else { REPLACEMENT }).collect()
}
