//! The visible text of a web page: block elements are paragraphs; scripts, styles and navigation are not text.
//!
//! Only tags are read, no tree is built: depth costs nothing.

use std::cell::RefCell;
use std::io::{Read, Seek};

use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::plain::decode;
use super::{Paragraphs, ProseFault};
use crate::ReadError;
use crate::limits::{HTML_BYTES_MAX, PROSE_BYTES_MAX};
use crate::read::Encoding;

/// Elements that stand within a line; every other one begins a paragraph of its own.
const INLINE: [&str; 33] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
];
/// Elements whose content is not shown, or leads elsewhere.
const HIDDEN: [&str; 12] = [
    "head", "nav", "template", "svg", "select", "button", "script", "style", "noscript", "textarea",
    "iframe", "object",
];

pub(super) fn read(
    input: impl Read + Seek,
    encoding: Encoding,
    paragraphs: &mut Paragraphs<'_>,
) -> Result<(), ReadError> {
    let text = decode(input, encoding, HTML_BYTES_MAX)?;
    let queue = BufferQueue::default();
    queue.push_back(text.as_str().into());
    let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts::default());
    let _end = tokenizer.feed(&queue);
    tokenizer.end();
    let seen = tokenizer.sink.seen.into_inner();
    if seen.is_too_long {
        return Err(ProseFault::TooLong.into());
    }
    seen.paragraphs.iter().chain([&seen.open]).try_for_each(|text| paragraphs.push(text))
}

#[derive(Default)]
struct Page {
    seen: RefCell<Seen>,
}

#[derive(Default)]
struct Seen {
    paragraphs: Vec<String>,
    open: String,
    bytes: usize,
    is_too_long: bool,
    /// The hidden elements that are open, outermost first.
    hidden: Vec<&'static str>,
}

impl Seen {
    fn text(&mut self, text: &str) {
        if !self.hidden.is_empty() || self.is_too_long {
            return;
        }
        self.bytes += text.len();
        self.is_too_long = self.bytes > 2 * PROSE_BYTES_MAX;
        for c in text.chars() {
            // White space of the source collapses; a no-break space is a character.
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                if !self.open.is_empty() && !self.open.ends_with(' ') {
                    self.open.push(' ');
                }
            } else {
                self.open.push(c);
            }
        }
    }

    fn close(&mut self) {
        if !self.open.trim().is_empty() {
            self.paragraphs.push(std::mem::take(&mut self.open));
        }
        self.open.clear();
    }

    fn tag(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some(hidden) = HIDDEN.iter().find(|hidden| **hidden == name) {
            match tag.kind {
                TagKind::StartTag if !tag.self_closing => self.hidden.push(hidden),
                TagKind::StartTag => {}
                TagKind::EndTag => {
                    if let Some(at) = self.hidden.iter().rposition(|open| open == hidden) {
                        self.hidden.truncate(at);
                    }
                }
            }
            self.close();
            return;
        }
        // A head or a menu that is never closed does not hide the page.
        if name == "body" || name == "main" || name == "article" {
            self.hidden.clear();
        }
        match name {
            "td" | "th" if tag.kind == TagKind::StartTag => {
                if self.hidden.is_empty() && !self.open.is_empty() {
                    self.open.push('\t');
                }
            }
            "td" | "th" => {}
            _ if INLINE.contains(&name) => {}
            _ => self.close(),
        }
    }
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut seen = self.seen.borrow_mut();
        match token {
            Token::CharacterTokens(text) => seen.text(&text),
            Token::TagToken(tag) => {
                seen.tag(&tag);
                if tag.kind == TagKind::StartTag {
                    match &*tag.name {
                        "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                        "style" | "noscript" | "iframe" => return TokenSinkResult::RawData(RawKind::Rawtext),
                        "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
