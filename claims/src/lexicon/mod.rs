//! Words the finder knows: units, and what stands around numbers.

mod phrases;

use std::collections::HashMap;
use std::sync::LazyLock;

pub(crate) use phrases::{Phrases, any_of, ends_with, starts_with};

use crate::claim::Kind;
use crate::text::Token;

const UNITS: &str = include_str!("units.txt");

/// A unit that stands in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Tokens it takes.
    pub(crate) tokens: usize,
    /// It needs the noun behind it.
    pub(crate) classifier: bool,
}

#[derive(Debug)]
struct Entry {
    words: Vec<&'static str>,
    name: &'static str,
    kind: Kind,
    classifier: bool,
}

/// By first word, longest first.
static BY_WORD: LazyLock<HashMap<&'static str, Vec<Entry>>> = LazyLock::new(load);

fn load() -> HashMap<&'static str, Vec<Entry>> {
    let mut entries: HashMap<&'static str, Vec<Entry>> = HashMap::new();
    let (mut kind, mut classifier) = (Kind::Count, false);
    for line in UNITS.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(section) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            classifier = section == "classifier";
            kind = kind_of(section);
            continue;
        }
        let (written, name) = line.split_once(" = ").unwrap_or((line, line));
        let words: Vec<&'static str> = split(written);
        let Some(first) = words.first().copied() else { continue };
        let of_word = entries.entry(first).or_default();
        match of_word.iter_mut().find(|entry| entry.words == words) {
            Some(known) => known.classifier |= classifier,
            None => of_word.push(Entry { words, name, kind, classifier }),
        }
    }
    for of_word in entries.values_mut() {
        of_word.sort_by_key(|entry| std::cmp::Reverse(entry.words.len()));
    }
    entries
}

fn kind_of(section: &str) -> Kind {
    match section {
        "percent" => Kind::Percent,
        "points" => Kind::Points,
        "money" => Kind::Money,
        "multiple" => Kind::Multiple,
        "rank" => Kind::Rank,
        "score" => Kind::Score,
        "measure" => Kind::Measure,
        "duration" => Kind::Duration,
        _ => Kind::Count,
    }
}

/// The tokens of an entry: commas and hyphens stand for themselves.
fn split(written: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    for part in written.split(' ') {
        let bare = part.trim_end_matches(',');
        let mut pieces = bare.split('-');
        words.extend(pieces.next());
        for piece in pieces {
            words.extend(["-", piece]);
        }
        if bare.len() < part.len() {
            words.push(",");
        }
    }
    words
}

/// Words that begin as a unit does and are none: "đến 30/11 giải ngân 6.144 tỷ đồng".
const NO_UNITS: [&str; 19] = [
    "lần lượt",
    "giải ngân",
    "giải phóng",
    "giải quyết",
    "giải trình",
    "giải tỏa",
    "giải đáp",
    "giải thích",
    "giải thể",
    "giải cứu",
    "ban hành",
    "đơn giản",
    "bước đầu",
    "bước vào",
    "bước sang",
    "con số",
    "tổ chức lễ",
    "tổ chức hội nghị",
    "tổ chức họp",
];

/// The longest unit that begins at token `at`.
pub(crate) fn unit_at(tokens: &[Token], at: usize) -> Option<Unit> {
    let first = tokens.get(at)?;
    let entries = BY_WORD.get(first.norm.as_str())?;
    if starts_with(tokens, at, &NO_UNITS) > 0 {
        return None;
    }
    let fits = |entry: &&Entry| {
        entry
            .words
            .iter()
            .enumerate()
            .all(|(shift, word)| tokens.get(at + shift).is_some_and(|token| token.norm == *word))
    };
    let entry = entries.iter().find(fits)?;
    let (name, tokens) = (entry.name.to_owned(), entry.words.len());
    Some(Unit { name, kind: entry.kind, tokens, classifier: entry.classifier })
}
