//! The period that a numbered heading names: "A. THỰC HIỆN NĂM 2025", "V. NHIỆM VỤ QUÝ IV".

use super::expression::{Expression, Role};
use super::is_period;
use crate::claim::Time;
use crate::lexicon::starts_with;
use crate::text::{Document, Sentence, Token};

/// Headings that are open at once: a division, a letter, a Roman and an Arabic number, one within it, a small letter.
const LEVELS_MAX: usize = 8;
/// Words of a division that has no name in its line: "Phần thứ nhất".
const BARE: usize = 4;

/// The open headings, the outermost first, with the period that each names.
#[derive(Default)]
pub(super) struct Headed {
    open: Vec<(Level, Option<Time>)>,
    /// Of what time all numbers are: "(Số liệu từ ngày 15/12/2025 đến ngày 14/3/2026)".
    all: Option<Time>,
    /// The line of a division whose name stands in the next.
    bare: Option<usize>,
}

/// What numbers a heading, from the outermost inwards.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Division,
    Capital,
    Roman,
    Arabic,
    Nested,
    Letter,
}

impl Headed {
    /// What holds for a claim of this sentence, where nothing nearer says a time.
    pub(super) fn above(&self, document: &Document<'_>, sentence: &Sentence) -> Option<Time> {
        let paragraph = document.paragraphs.get(sentence.paragraph)?;
        let proper = !paragraph.aside && !paragraph.caption;
        self.open.iter().rev().find_map(|(_, time)| *time).or(self.all).filter(|_| proper)
    }

    /// Takes note of a heading; one that names two periods names none for what stands under it.
    pub(super) fn read(&mut self, document: &Document<'_>, sentence: &Sentence, said: &[Expression]) {
        let Some(paragraph) = document.paragraphs.get(sentence.paragraph).filter(|line| line.heading) else {
            return;
        };
        let tokens = document.tokens_of(sentence);
        if tokens.first().is_some_and(|mark| mark.is_mark('('))
            && starts_with(tokens, 1, &["số liệu", "các số liệu", "số liệu báo cáo", "kỳ báo cáo", "từ ngày"])
                > 0
        {
            let named = said.iter().find(|said| said.role == Role::Own && is_period(said.time));
            self.all = named.map(|said| said.time).or(self.all);
            return;
        }
        // "Điều 1." and "2." are sentences of their own.
        let first = document.sentences.get(paragraph.sentences.start);
        let level = match first.and_then(|first| level(document.tokens_of(first))) {
            Some(level) => level,
            // "Phần I" stands in a line of its own, its name in the next.
            None if self.bare == sentence.paragraph.checked_sub(1) && self.bare.is_some() => {
                self.open.pop();
                Level::Division
            }
            None => return,
        };
        self.bare = (level == Level::Division && tokens.len() <= BARE).then_some(sentence.paragraph);
        self.open.retain(|(above, _)| *above < level);
        // "I. PHÁT TRIỂN NGƯỜI THAM GIA (đến ngày 31/5/2026)"
        let bracketed = |said: &&Expression| {
            let before = tokens.get(..said.tokens.start).unwrap_or_default();
            said.time.to.is_some() && before.iter().any(|token| token.is_mark('('))
        };
        let mut periods = said
            .iter()
            .filter(|said| said.role == Role::Own)
            .filter(|said| is_period(said.time) || bracketed(said))
            .map(|said| said.time);
        let first = periods.next();
        if self.open.len() < LEVELS_MAX {
            self.open.push((level, first.filter(|first| periods.all(|other| other == *first))));
        }
    }
}

/// How a heading is numbered; none where it is not.
fn level(tokens: &[Token]) -> Option<Level> {
    if starts_with(tokens, 0, &["phần", "chương", "mục", "điều"]) > 0 {
        return Some(Level::Division);
    }
    let first = tokens.first()?;
    let closed = tokens.get(1).is_some_and(|mark| mark.glued && (mark.is_mark('.') || mark.is_mark(')')));
    let short = first.norm.chars().count() <= 4;
    match () {
        () if first.is_number() && first.norm.contains('.') => Some(Level::Nested),
        () if !closed || !short => None,
        () if first.is_number() => Some(Level::Arabic),
        () if !first.capital && first.norm.chars().count() == 1 => Some(Level::Letter),
        () if first.capital && first.norm.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) => Some(Level::Roman),
        () if first.capital && first.norm.chars().count() == 1 => Some(Level::Capital),
        () => None,
    }
}
