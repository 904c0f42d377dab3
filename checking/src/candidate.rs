//! Which indicators a claim may be about, by its words.
//!
//! A counted thing is the indicator's where the words behind the number begin with a way to say it and go on with
//! nothing that narrows it. A percentage or an amount of money is where the sentence names everything the indicator
//! is about. Words that nobody knows make a fit loose: it may agree with a figure, but it accuses nobody.

use std::collections::BTreeSet;
use std::sync::Arc;

use mc_claims::{Claim, Kind};
use mc_figure::Definition;

use crate::around::Around;
use crate::sayings::{Phrase, Saying};
use crate::words::{find, without, words};

/// Words that place and time are told with, and words of being there.
const NEUTRAL: [&str; 62] = [
    "tại",
    "ở",
    "trên",
    "trong",
    "địa",
    "bàn",
    "toàn",
    "cả",
    "tỉnh",
    "thành",
    "phố",
    "huyện",
    "xã",
    "phường",
    "thị",
    "trấn",
    "này",
    "ta",
    "tính",
    "đến",
    "tới",
    "ngày",
    "tháng",
    "năm",
    "quý",
    "cuối",
    "hết",
    "đầu",
    "từ",
    "thời",
    "điểm",
    "nay",
    "hiện",
    "có",
    "là",
    "đạt",
    "tổng",
    "số",
    "lượng",
    "về",
    "với",
    "đối",
    "theo",
    "báo",
    "cáo",
    "thống",
    "kê",
    "kết",
    "quả",
    "mức",
    "tỷ",
    "lệ",
    "chiếm",
    "gồm",
    "qua",
    "khoảng",
    "hơn",
    "gần",
    "trước",
    "bằng",
    "duy",
    "trì",
];

/// An indicator that a claim may be about.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) definition: Arc<Definition>,
    /// The words by which it was found.
    pub(crate) matched: BTreeSet<String>,
    /// Words that set the claim's thing off from what the indicator counts, in their order.
    pub(crate) narrowing: Vec<String>,
    /// Other words of the clause that nobody knows.
    pub(crate) loose: Vec<String>,
}

/// All that fit `claim`, without those whose words are a part of another's.
pub(crate) fn all(
    claim: &Claim,
    around: &Around,
    known: &[(Arc<Definition>, Saying)],
    places: &[String],
) -> Vec<Candidate> {
    let fits: Vec<Candidate> = known
        .iter()
        .filter_map(|(definition, saying)| fit(claim, around, definition, saying, places))
        .collect();
    let outdone = |one: &Candidate| {
        fits.iter()
            .any(|other| one.matched.is_subset(&other.matched) && one.matched.len() < other.matched.len())
    };
    fits.iter().filter(|one| !outdone(one)).cloned().collect()
}

fn fit(
    claim: &Claim,
    around: &Around,
    definition: &Arc<Definition>,
    saying: &Saying,
    places: &[String],
) -> Option<Candidate> {
    factor(claim, &definition.unit.vi)?;
    let found = match claim.kind {
        Kind::Percent | Kind::Money => subject(around, saying),
        _ => thing(claim, around, saying),
    }?;
    let neutral = |word: &String| {
        NEUTRAL.contains(&word.as_str())
            || places.contains(word)
            || word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let clean = |mut left: Vec<String>| {
        for phrase in saying.beside.iter().chain(&found.said) {
            left = without(left, phrase);
        }
        left.retain(|word| !neutral(word));
        left
    };
    Some(Candidate {
        definition: Arc::clone(definition),
        matched: found.said.iter().flatten().cloned().collect(),
        narrowing: clean(found.behind),
        loose: clean(found.before),
    })
}

/// What of a saying was found, and what else stands there.
struct Found {
    said: Vec<Phrase>,
    behind: Vec<String>,
    before: Vec<String>,
}

/// The counted thing stands behind the number, or before it with the bare unit behind: "số trạm thu phát sóng: 4.607
/// trạm".
fn thing(claim: &Claim, around: &Around, saying: &Saying) -> Option<Found> {
    let unit = words(&claim.unit);
    let phrase: Vec<String> = unit.iter().chain(&around.behind).cloned().collect();
    let named = match saying.names.as_slice() {
        [] => Vec::new(),
        names => names.iter().find(|all| all.iter().all(|one| find(&around.before, one).is_some()))?.clone(),
    };
    let behind =
        saying.heads.iter().find_map(|head| Some((head, phrase.strip_prefix(head.as_slice())?.to_vec())));
    let before = || {
        let of_unit = |head: &&Phrase| head.starts_with(&unit) && find(&around.clause, head).is_some();
        saying.heads.iter().find(of_unit).map(|head| (head, around.behind.clone()))
    };
    let (head, behind) = behind.or_else(before)?;
    let said = named.into_iter().chain([head.clone()]).collect();
    Some(Found { said, behind, before: around.clause.clone() })
}

/// The sentence names all that a percentage or an amount is about; what stands behind the number is its base.
fn subject(around: &Around, saying: &Saying) -> Option<Found> {
    let there = |one: &Phrase| find(&around.before, one).is_some() || find(&around.behind, one).is_some();
    let mut said = saying.names.iter().find(|all| all.iter().all(there))?.clone();
    if !saying.heads.is_empty() {
        said.push(saying.heads.iter().find(|head| find(&around.behind, head).is_some())?.clone());
    }
    let before = around.before.iter().chain(&around.behind).cloned().collect();
    Some(Found { said, behind: Vec::new(), before })
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
