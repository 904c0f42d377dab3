//! What a mean is told per: "47 triệu đồng/hộ", "mỗi lớp có 31 học sinh", "27,8 giường/vạn dân".

use super::super::{Said, label};
use super::PEOPLE;
use crate::claim::{Hedge, Kind, Modality};
use crate::lexicon::ends_with;
use crate::text::{Token, TokenKind};

/// Spans of time: what is told per one of them has no count in the text.
pub(super) const TIMES: [&str; 11] =
    ["ngày", "tháng", "năm", "quý", "tuần", "giờ", "phút", "giây", "đêm", "ngày đêm", "chuyến"];
/// Words before a mean.
const MEAN: [&str; 2] = ["bình quân", "trung bình"];
/// Words before a price, a norm or a yield.
const NORM: [&str; 11] = [
    "định mức",
    "mức",
    "giá",
    "đơn giá",
    "mức hỗ trợ",
    "suất đầu tư",
    "năng suất",
    "mật độ",
    "mức chi",
    "hỗ trợ",
    "mức khoán",
];
/// Tokens before a mean that are looked through.
const LEAD: usize = 12;

/// How firmly a number is said to be a mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cue {
    /// "bình quân"
    Mean,
    /// "mỗi suất 500.000 đồng", "định mức 96 triệu đồng/biên chế": what each is worth.
    Each,
    /// A rate and no word that says more.
    Rate,
}

/// A number told per so many of a thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Per {
    /// Unit of the total: "đồng", "m³/ngày".
    pub(super) base: String,
    /// The thing: "hộ"; for "mỗi" the words behind it.
    noun: String,
    /// Of how many things: 100 in "/100 hộ".
    pub(super) times: i128,
    pub(super) cue: Cue,
    /// "mỗi": the noun is followed by other words.
    open: bool,
}

impl Per {
    pub(super) fn of(said: &Said<'_>) -> Option<Self> {
        let ruled = matches!(said.claim.hedge, Hedge::AtLeast | Hedge::AtMost);
        let pure = matches!(said.claim.kind, Kind::Percent | Kind::Points | Kind::Multiple | Kind::Rank);
        if pure || ruled || said.claim.value_to.is_some() || !said.is_level() {
            return None;
        }
        let mean = leads(said, &MEAN);
        let mut parts = said.claim.unit.split('/');
        let base = parts.next()?;
        let (spans, things): (Vec<&str>, Vec<&str>) = parts.partition(|part| TIMES.contains(part));
        let base = std::iter::once(base).chain(spans.iter().copied()).collect::<Vec<_>>().join("/");
        if let Some(thing) = things.first() {
            let (times, noun) = multiplied(thing);
            let cue = match (mean, leads(said, &NORM)) {
                (true, _) => Cue::Mean,
                (_, true) => Cue::Each,
                _ => Cue::Rate,
            };
            return Some(Self { base, noun, times, cue, open: false });
        }
        if said.claim.modality == Modality::Target && !mean {
            return None;
        }
        let noun = each(said, mean)?;
        Some(Self { base, noun, times: 1, cue: if mean { Cue::Mean } else { Cue::Each }, open: true })
    }

    /// What it is told per.
    pub(super) fn noun(&self) -> &str {
        &self.noun
    }

    /// Whether `unit` counts the thing.
    pub(super) fn counts(&self, unit: &str) -> bool {
        let people = |word: &str| PEOPLE.contains(&word) || word == "dân";
        let noun = self.noun.as_str();
        if self.open {
            let first = noun.split(' ').next().unwrap_or_default();
            let listed = unit.split(", ").any(|one| begins(noun, one));
            return listed || begins(unit, first) || people(first) && people(unit);
        }
        begins(unit.strip_prefix("lượt ").unwrap_or(unit), noun)
            || unit.strip_suffix(noun).is_some_and(|rest| rest.ends_with(' '))
            || unit.split(", ").any(|one| one == noun)
            || people(noun) && people(unit)
    }
}

/// Whether `longer` begins with the words of `shorter`.
fn begins(longer: &str, shorter: &str) -> bool {
    longer.strip_prefix(shorter).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether the clause of a number says one of `words`.
fn leads(said: &Said<'_>, words: &[&'static str]) -> bool {
    let open = said.from.saturating_sub(LEAD);
    let before = said.tokens.get(open..said.from).unwrap_or_default();
    let cut = before.iter().rposition(|token| {
        matches!(token.kind, TokenKind::Mark(',' | ';' | '.' | ':' | '(')) || token.is_number()
    });
    let clause = before.get(cut.map_or(0, |cut| cut + 1)..).unwrap_or_default();
    (1..=clause.len()).any(|end| ends_with(clause, end, words) > 0)
}

/// "100 hộ", "vạn dân"
fn multiplied(thing: &str) -> (i128, String) {
    let word = |word: &str| match word {
        "vạn" => Some(10_000),
        "nghìn" | "ngàn" => Some(1_000),
        "triệu" => Some(1_000_000),
        number => {
            number.replace('.', "").parse::<i128>().ok().filter(|number| (1..=1_000_000).contains(number))
        }
    };
    let (mut times, mut rest) = (1, thing);
    while let Some((more, noun)) = rest.split_once(' ').and_then(|(first, noun)| Some((word(first)?, noun))) {
        if times > 1_000_000 {
            break;
        }
        (times, rest) = (times * more, noun);
    }
    (times, rest.to_owned())
}

/// The words behind "mỗi", or behind "một" of a mean.
fn each(said: &Said<'_>, mean: bool) -> Option<String> {
    let open = said.from.saturating_sub(LEAD);
    let before = said.tokens.get(open..said.from).unwrap_or_default();
    let at = before.iter().rposition(|token| match token.norm.as_str() {
        "mỗi" | "từng" => true,
        "một" => mean,
        _ => false,
    })?;
    let words = before.get(at + 1..).unwrap_or_default();
    let broken = words.iter().any(|token| matches!(token.kind, TokenKind::Mark(',' | ';' | '.' | '(')));
    let noun = words.iter().filter(|token| token.is_word()).take(4).map(|token| token.norm.as_str());
    let noun: Vec<&str> = noun.collect();
    let timed = noun.first().is_none_or(|first| TIMES.contains(first));
    (!broken && !timed).then(|| noun.join(" "))
}

/// What the clause of a mean speaks of beside the mean: "vốn" of "vốn bình quân".
pub(super) fn subject<'d>(said: &Said<'d>) -> Vec<&'d str> {
    const NEUTRAL: [&str; 25] = [
        "bình",
        "quân",
        "trung",
        "mỗi",
        "một",
        "giá",
        "trị",
        "định",
        "đơn",
        "suất",
        "mật",
        "độ",
        "hỗ",
        "trợ",
        "năng",
        "đầu",
        "tư",
        "người",
        "hộ",
        "xã",
        "thôn",
        "lớp",
        "trường",
        "về",
        "chi",
    ];
    let clause: &[Token] = label::clause_before(said.tokens, said.from);
    label::content(clause).into_iter().filter(|word| !NEUTRAL.contains(word)).collect()
}
