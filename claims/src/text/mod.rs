//! A text taken apart: paragraphs, sentences, tokens, and what stands beside the text proper.

mod aside;
mod sentence;
mod token;

use std::ops::Range;

pub(crate) use token::{Token, TokenKind, lower, tokens};

/// A text with its parts.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// A sentence, or a line that ends without a mark.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) paragraph: usize,
    pub(crate) tokens: Range<usize>,
}

/// A line of the text.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    pub(crate) bytes: Range<usize>,
    pub(crate) sentences: Range<usize>,
    /// Not of the text proper: other news, names of pictures, counters of a player.
    pub(crate) aside: bool,
    /// Under a picture.
    pub(crate) caption: bool,
    /// A short line without a mark at its end, above text.
    pub(crate) heading: bool,
}

impl<'t> Document<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let mut document = Self { text, tokens: Vec::new(), sentences: Vec::new(), paragraphs: Vec::new() };
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            let bytes = from..from + line.len();
            from = bytes.end;
            if !line.trim().is_empty() {
                document.paragraph(bytes);
            }
        }
        aside::mark(&mut document);
        document
    }

    fn paragraph(&mut self, bytes: Range<usize>) {
        let first = self.tokens.len();
        token::tokens(self.text, bytes.clone(), &mut self.tokens);
        let paragraph = self.paragraphs.len();
        let begin = self.sentences.len();
        let ends = sentence::ends(self.tokens.get(first..).unwrap_or_default());
        let mut from = first;
        for end in ends {
            self.sentences.push(Sentence { paragraph, tokens: from..first + end });
            from = first + end;
        }
        let sentences = begin..self.sentences.len();
        let (aside, caption, heading) = (false, false, false);
        self.paragraphs.push(Paragraph { bytes, sentences, aside, caption, heading });
    }

    pub(crate) fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or_default()
    }

    /// Bytes of a sentence, without white space around it.
    pub(crate) fn bytes_of(&self, sentence: &Sentence) -> Range<usize> {
        let tokens = self.tokens_of(sentence);
        match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => first.at.start..last.at.end,
            _ => 0..0,
        }
    }

    /// The line as written, without white space around it.
    pub(crate) fn line(&self, paragraph: &Paragraph) -> &'t str {
        self.text.get(paragraph.bytes.clone()).unwrap_or_default().trim()
    }
}

/// Code points before each asked byte.
pub(crate) struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    count: usize,
}

impl<'t> CodePoints<'t> {
    pub(crate) const fn of(text: &'t str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    /// Code points before `byte`; asked in ascending order each character is counted once.
    pub(crate) fn before(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += self.text.get(self.byte..byte).map_or(0, |part| part.chars().count());
        self.byte = byte;
        self.count
    }
}
