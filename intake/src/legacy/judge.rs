//! Which encoding a run of text is in: under the right one its words are Vietnamese syllables.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Charset, decode_word, letters, syllable, windows1258};

/// Words with marks that are looked at in one run; more tell nothing new.
const WORDS_MAX: usize = 64;
/// Words a neighbourhood needs before its voice counts in full.
const WORDS_ENOUGH: u32 = 6;
/// Letters of a word that is looked at as a whole.
const LETTERS_MAX: usize = 40;

/// A syllable that every other office text holds.
const COMMON: i32 = 300;
/// A syllable, or an abbreviation in capitals.
const POSSIBLE: i32 = 100;
/// Neither.
const IMPOSSIBLE: i32 = -200;
/// A letter that is rather Unicode than a byte read under the wrong code page.
const TAKEN_FOR_1258: i32 = -150;
/// Before anything is known a text is what it says it is: "Cô Ba" is also how TCVN3 writes "Cụ Ba".
const AS_IT_STANDS: i32 = 220;
/// The name of a font: less than what any word says, more than nothing.
const FONT_NAME: i32 = 60;

/// Syllables with marks that are frequent in the texts of this repository and the names of communes.
static COMMON_SYLLABLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common.txt").split_ascii_whitespace().collect());

/// What the words of a text say for each encoding.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Evidence {
    scores: [i32; 4],
    words: u32,
}

/// Evidence from around a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Support {
    /// What it says.
    pub(crate) evidence: Evidence,
    /// As many words of the run itself it weighs at most.
    pub(crate) weight: i32,
}

impl Evidence {
    /// Of a text; none where the text is ASCII.
    pub(crate) fn of(text: &str) -> Self {
        let mut evidence = Self::default();
        if text.is_ascii() {
            return evidence;
        }
        let telling = parts(text).filter_map(|part| match part {
            Part::Word(word) if !word.is_ascii() => Some(word),
            _ => None,
        });
        for word in telling.take(WORDS_MAX) {
            for (score, charset) in evidence.scores.iter_mut().zip(Charset::ALL) {
                *score += worth(word, charset);
            }
            evidence.words += 1;
        }
        evidence
    }

    /// Takes in what another text says.
    pub(crate) fn add(&mut self, other: Self) {
        for (score, more) in self.scores.iter_mut().zip(other.scores) {
            *score = score.saturating_add(more);
        }
        self.words = self.words.saturating_add(other.words);
    }

    /// The best score of an old encoding.
    pub(crate) fn best_old(self) -> i32 {
        self.scores.into_iter().skip(1).max().unwrap_or(0)
    }

    /// The score of an average word, less while there are few.
    fn mean(self) -> [i32; 4] {
        let words = i64::from(self.words.max(1));
        let known = i64::from(self.words.min(WORDS_ENOUGH));
        self.scores.map(|score| {
            i32::try_from(i64::from(score) * known / words / i64::from(WORDS_ENOUGH)).unwrap_or(0)
        })
    }
}

/// The encoding of a run by its own words, what stands around it and, at last, the name of its font.
///
/// `may_stand` says whether it can be Unicode as it stands; bytes that are no UTF-8 cannot.
pub(crate) fn choose(own: Evidence, around: &[Support], font: Option<Charset>, may_stand: bool) -> Charset {
    let mut best: Option<(i32, Charset)> = None;
    for (index, charset) in Charset::ALL.into_iter().enumerate().skip(usize::from(!may_stand)) {
        let at = |scores: [i32; 4]| scores.get(index).copied().unwrap_or(0);
        let around: i32 = around.iter().map(|support| at(support.evidence.mean()) * support.weight).sum();
        let first = if charset == Charset::Unicode { AS_IT_STANDS } else { 0 };
        let named = if font == Some(charset) { FONT_NAME } else { 0 };
        let score = at(own.scores).saturating_add(around).saturating_add(first + named);
        if best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, charset));
        }
    }
    best.map_or(Charset::Unicode, |(_, charset)| charset)
}

/// The encoding in which a word of a run is read: that of the run, unless only another makes it a syllable.
pub(super) fn charset_of_word(word: &str, charset: Charset) -> Charset {
    if word.is_ascii() || worth(word, charset) > IMPOSSIBLE {
        return charset;
    }
    Charset::ALL.into_iter().find(|other| worth(word, *other) > 0).unwrap_or(charset)
}

/// What a word is worth as evidence that its text is in an encoding.
fn worth(word: &str, charset: Charset) -> i32 {
    let old = charset != Charset::Unicode;
    let Some(word) = (if old { Some(word) } else { without_symbols(word) }) else { return IMPOSSIBLE };
    if word.is_ascii() {
        return 0;
    }
    if word.chars().nth(LETTERS_MAX).is_some() || (old && word.contains(|c| windows1258::byte(c).is_none())) {
        return IMPOSSIBLE;
    }
    // ă, đ, ơ, ư of Unicode: bytes that some program took for Windows-1258, or simply what they are.
    let taken = if old && word.contains(|c| u32::from(c) > 0xFF) { TAKEN_FOR_1258 } else { 0 };
    let decoded = decode_word(word, charset);
    if !cased(&decoded, charset) {
        return IMPOSSIBLE;
    }
    let lower: String = decoded.chars().map(letters::lower).map(|c| if c == 'ð' { 'đ' } else { c }).collect();
    // What stands alone may be a symbol: ° × §.
    let alone = lower.chars().count() == 1;
    let grade = if COMMON_SYLLABLES.contains(lower.as_str()) {
        if alone { POSSIBLE } else { COMMON }
    } else if syllable::is_possible(&lower) || is_abbreviation(&decoded) {
        if alone { 0 } else { POSSIBLE }
    } else if alone {
        0
    } else {
        IMPOSSIBLE
    };
    grade + taken
}

/// A word of Unicode without the symbols that people write before and after it; `None` where other symbols touch
/// its letters, which in an old encoding are letters too. A symbol that stands alone is one.
fn without_symbols(word: &str) -> Option<&str> {
    let mut chars = word.chars();
    if chars.next().is_some_and(|c| !c.is_alphabetic()) && chars.next().is_none() {
        return Some("");
    }
    let word = word.trim_start_matches(['«', '©', '·', '¿', '¡', 'µ']).trim_end_matches(['»', '®', '·']);
    word.chars().all(|c| c.is_alphabetic() || is_mark(c)).then_some(word)
}

/// Small letters, capitals, or small ones after a capital. TCVN3 writes most capitals as small letters.
fn cased(word: &str, charset: Charset) -> bool {
    let counts = |c: &char| charset != Charset::Tcvn3 || c.is_ascii() || c.is_uppercase();
    let mut rest = word.chars().filter(counts).skip(1).map(char::is_uppercase);
    let Some(second) = rest.next() else { return true };
    let first = word.chars().find(counts).is_some_and(char::is_uppercase);
    rest.all(|upper| upper == second) && (first || !second)
}

/// ĐVT, BCĐ: capitals without tones.
fn is_abbreviation(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_uppercase() || matches!(c, 'Đ' | 'Ð' | 'Ư' | 'Ơ' | 'Ô' | 'Ê' | 'Â' | 'Ă'))
}

/// A piece of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part<'a> {
    /// Letters and what may be letters.
    Word(&'a str),
    /// Spaces, digits and what is no letter in any encoding.
    Between(&'a str),
}

/// The pieces of a text in order.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = in_word(rest.chars().next()?);
        let end = rest.find(|c| in_word(c) != word).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(if word { Part::Word(part) } else { Part::Between(part) })
    })
}

/// A letter, or a code that is one in some old encoding: all from A1 but ° ± ² ³ ´, which none of them uses.
fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    match windows1258::byte(c) {
        Some(byte) => byte >= 0xA1 && !matches!(byte, 0xB0..=0xB4),
        None => c.is_alphabetic() || is_mark(c),
    }
}

/// Marks that stand after their letter, as some programs write Unicode.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}
