//! Which indicators a claim may be about, by its words.
//!
//! A counted thing is the indicator's where the words behind the number begin with a way to say it and go on with
//! nothing that narrows it. A percentage or an amount of money is where the sentence names everything the indicator
//! is about. Words that nobody knows make a fit loose: it may agree with a figure, but it accuses nobody.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, LazyLock};

use mc_claims::{Claim, Kind};
use mc_figure::Definition;

use crate::around::Around;
use crate::lexicon::Lexicon;
use crate::sayings::{Phrase, Saying};
use crate::words::{COMMA, find, without, words};

/// Words that place and amounts are told with, and words of being there now.
static NEUTRAL: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "tại ở trên trong địa bàn toàn cả tỉnh thành phố huyện xã phường thị trấn này ta nay hiện có là đạt tổng số lượng \
     về với đối theo báo cáo thống kê kết quả mức tỷ lệ chiếm gồm khoảng hơn gần bằng duy trì đồng nghìn triệu"
        .split_whitespace()
        .collect()
});

/// Words that time is told with: known where the claim has one, for then they were understood.
const WHEN: &str = "tính đến tới ngày tháng năm quý cuối hết đầu từ thời điểm trước qua vào";
/// Words of places.
const PLACED: [&str; 5] = ["tỉnh", "xã", "phường", "huyện", "bàn"];
/// Words right before a number that make it the number of some, not of all there are.
const OF_SOME: [&str; 10] = ["tại", "ở", "trong", "với", "từ", "đến", "tới", "do", "bởi", "thêm"];

/// An indicator that a claim may be about.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) definition: Arc<Definition>,
    /// The words by which it was found.
    matched: BTreeSet<String>,
    /// Words that set the claim's thing off from what the indicator counts, in their order.
    pub(crate) narrowing: Vec<String>,
    /// Nothing else is said that nobody knows.
    pub(crate) firm: bool,
}

/// All that fit `claim`, without those whose words are a part of another's. An amount or a percentage is about what is
/// said since the number before it, and only where that is nothing about what the sentence is.
pub(crate) fn all(claim: &Claim, around: &Around, lexicon: &Lexicon, places: &[String]) -> Vec<Candidate> {
    let near = within(&Search { claim, around, before: &around.segment, lexicon, places });
    if !near.is_empty() || around.segment.len() == around.sentence.len() {
        return near;
    }
    within(&Search { claim, around, before: &around.sentence, lexicon, places })
}

/// A claim that is looked up.
struct Search<'a> {
    claim: &'a Claim,
    around: &'a Around,
    /// The words before it that may name what it is about.
    before: &'a [String],
    lexicon: &'a Lexicon,
    /// Words that name its place.
    places: &'a [String],
}

fn within(search: &Search<'_>) -> Vec<Candidate> {
    let mut fits: Vec<Candidate> = Vec::new();
    for (definition, sayings) in &search.lexicon.known {
        if factor(search.claim, &definition.unit.vi).is_none() {
            continue;
        }
        let found = sayings.iter().filter_map(|saying| search.fit(definition, saying));
        // Of several ways to say it the one that knows the most words.
        fits.extend(found.max_by_key(|fit| (fit.matched.len(), fit.narrowing.is_empty(), fit.firm)));
    }
    let outdone = |one: &Candidate| {
        let more = |other: &Candidate| one.matched.len() < other.matched.len();
        fits.iter().any(|other| more(other) && one.matched.is_subset(&other.matched))
    };
    fits.iter().filter(|one| !outdone(one)).cloned().collect()
}

impl Search<'_> {
    fn fit(&self, definition: &Arc<Definition>, saying: &Saying) -> Option<Candidate> {
        let found = match self.claim.kind {
            Kind::Percent | Kind::Money => self.subject(saying),
            _ => self.thing(saying),
        }?;
        let mut phrases: Vec<&Phrase> = found.said.iter().chain(&saying.beside).collect();
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        let clean = |left: Vec<String>| {
            let mut left = phrases.iter().fold(left, |left, phrase| without(left, phrase));
            left.retain(|word| !self.is_known(word));
            left
        };
        // A clause that names its place is about that; else somebody before it may be whose thing it is.
        let placed = found.before.iter().any(|word| self.is_place(word));
        let nobodys =
            || self.around.sentence.iter().all(|word| self.is_known(word) || self.lexicon.knows(word));
        let of_some = self.around.clause.last().is_some_and(|word| OF_SOME.contains(&word.as_str()));
        let firm = (placed || nobodys()) && !of_some && !self.around.of_whole;
        Some(Candidate {
            definition: Arc::clone(definition),
            matched: found.said.iter().flatten().cloned().collect(),
            narrowing: clean(found.behind),
            firm: firm && clean(found.before).is_empty(),
        })
    }

    fn is_known(&self, word: &str) -> bool {
        let is_when = || self.claim.time.is_some() && WHEN.split(' ').any(|known| known == word);
        is_neutral(word) || is_when() || self.places.iter().any(|place| place == word)
    }

    fn is_place(&self, word: &str) -> bool {
        PLACED.contains(&word) || self.places.iter().any(|place| place == word)
    }

    /// The counted thing stands behind the number, or before it with the bare unit behind: "số trạm thu phát sóng:
    /// 4.607 trạm".
    fn thing(&self, saying: &Saying) -> Option<Found> {
        let (around, unit) = (self.around, words(&self.claim.unit));
        let phrase: Vec<String> = unit.iter().chain(&around.behind).cloned().collect();
        let there =
            |one: &Phrase| find(&around.sentence, one).is_some() || find(&around.behind, one).is_some();
        let mut said = named(saying, there)?;
        let behind = saying.heads.iter().find_map(|head| Some((head, behind_head(&phrase, head)?)));
        let before = || {
            let of_unit = |head: &&Phrase| head.starts_with(&unit) && find(&around.clause, head).is_some();
            saying.heads.iter().find(of_unit).map(|head| (head, around.behind.clone()))
        };
        let (head, rest) = behind.or_else(before)?;
        let mut mark = rest.iter().position(|word| word == COMMA).unwrap_or(rest.len());
        if head.len() == 1 && mark == 0 {
            // "12 thôn, bản vùng cao": a bare noun may go on behind the comma.
            mark = rest.len();
        }
        let behind = rest.get(..mark).unwrap_or_default().to_vec();
        said.push(head.clone());
        Some(Found { said, behind, before: around.clause.clone() })
    }

    /// The sentence names all that a percentage or an amount is about; what stands behind a percentage is its base.
    fn subject(&self, saying: &Saying) -> Option<Found> {
        let behind: Vec<String> =
            self.around.behind.iter().take_while(|word| *word != COMMA).cloned().collect();
        let there = |one: &Phrase| find(self.before, one).is_some() || find(&behind, one).is_some();
        let mut said = named(saying, there)?;
        if !saying.heads.is_empty() {
            said.push(saying.heads.iter().find(|head| find(&behind, head).is_some())?.clone());
        }
        let before = self.before.to_vec();
        Some(match self.claim.kind {
            Kind::Percent => Found { said, behind, before },
            _ => Found { said, behind: Vec::new(), before: [before, behind].concat() },
        })
    }
}

/// Whether a word says where, when or that something is there, and not what.
pub(crate) fn is_neutral(word: &str) -> bool {
    NEUTRAL.contains(word) || word == COMMA || word.bytes().all(|byte| byte.is_ascii_digit())
}

/// What of a saying was found, and what else stands there.
struct Found {
    said: Vec<Phrase>,
    behind: Vec<String>,
    before: Vec<String>,
}

/// The phrases of every alternative that is there whole.
fn named(saying: &Saying, there: impl Fn(&Phrase) -> bool) -> Option<Vec<Phrase>> {
    let mut said: Vec<Phrase> = Vec::new();
    for all in saying.names.iter().filter(|all| all.iter().all(&there)) {
        said.extend(all.iter().cloned());
    }
    (saying.names.is_empty() || !said.is_empty()).then_some(said)
}

/// What stands behind `head` at the beginning of `phrase`, in which commas may lie between its words.
fn behind_head(phrase: &[String], head: &[String]) -> Option<Vec<String>> {
    let mut rest = phrase.iter();
    for wanted in head {
        rest.by_ref().find(|word| *word != COMMA).filter(|word| *word == wanted)?;
    }
    Some(rest.cloned().collect())
}

/// By what our value is multiplied to stand in the unit of the claim, as (numerator, denominator); `None` where the
/// units are of two kinds.
pub(crate) fn factor(claim: &Claim, unit: &str) -> Option<(i128, i128)> {
    let fits = match claim.kind {
        Kind::Percent => return (unit == "%").then_some((100, 1)),
        Kind::Money => unit == "đồng" && claim.unit == "đồng",
        Kind::Measure => match (unit, claim.unit.as_str()) {
            ("m²", "ha") => return Some((1, 10_000)),
            ("m²", "km²") => return Some((1, 1_000_000)),
            (ours, said) => ours == said,
        },
        Kind::Rate => unit == claim.unit,
        Kind::Count => !matches!(unit, "%" | "đồng" | "m²") && !unit.contains('/'),
        Kind::Points | Kind::Multiple | Kind::Rank | Kind::Score | Kind::Duration => false,
    };
    fits.then_some((1, 1))
}
