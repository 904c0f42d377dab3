//! Shares that are the whole together.

use std::collections::BTreeMap;

use super::judge::Stated;
use super::relation::{Relation, Tie, Verdict};
use super::{Said, has};
use crate::amount::Exact;
use crate::interval::Interval;
use crate::print;

/// Pairs that together are all there is.
const OPPOSITES: [(&str, &str); 9] = [
    ("đúng hạn", "quá hạn"),
    ("đúng hạn", "trễ hạn"),
    ("đúng hạn", "chậm"),
    ("nam", "nữ"),
    ("trực tuyến", "trực tiếp"),
    ("thành thị", "nông thôn"),
    ("trong nước", "nước ngoài"),
    ("hài lòng", "không hài lòng"),
    ("đạt", "không đạt"),
];

/// Tokens before the first percentage that say of what.
const LEAD: usize = 18;

/// Percentages of a sentence that are said to be the parts of one thing.
pub(super) fn find(own: &[Said<'_>], stated: &[Stated]) -> Vec<Relation> {
    let mut found: Vec<Relation> = of_sums(own, stated);
    let mut from = 0;
    while let Some(first) = own.get(from) {
        let count = own.iter().skip(from).take_while(|said| said.same_sentence(first)).count();
        let here = own.get(from..from + count).unwrap_or_default();
        let known =
            |relation: &Relation| found.iter().any(|known| known.claims.first() == relation.claims.first());
        let said = in_sentence(here).filter(|relation| !known(relation));
        found.extend(said);
        from += count;
    }
    found
}

fn in_sentence(own: &[Said<'_>]) -> Option<Relation> {
    let percents: Vec<&Said<'_>> = own
        .iter()
        .filter(|said| said.claim.unit == "%" && said.is_level() && said.claim.value_to.is_none())
        .collect();
    let first = percents.first()?;
    let lead = first.tokens.get(first.from.saturating_sub(LEAD)..first.from)?;
    let structure = has(lead, &["cơ cấu", "tỷ trọng"]);
    let shared = percents.iter().filter(|said| said.follows(&["chiếm"], 3)).count();
    if percents.len() >= 2 && (structure || shared > 0 || percents.len() >= 3) {
        return relation(&percents, structure && percents.len() > 2);
    }
    let [one, two] = percents.as_slice() else { return None };
    let other = one.until(two);
    let opposed = OPPOSITES
        .iter()
        .any(|(a, b)| (has(lead, &[a]) && has(other, &[b])) || (has(lead, &[b]) && has(other, &[a])));
    let rest = two.follows(&["còn lại", "còn lại là", "số còn lại", "phần còn lại", "còn lại chiếm"], 6);
    if opposed || (rest && one.follows(&["chiếm", "đạt", "là"], 4)) {
        relation(&percents, true)
    } else {
        None
    }
}

/// Shares of one whole whose parts are said to add up to it.
fn of_sums(own: &[Said<'_>], stated: &[Stated]) -> Vec<Relation> {
    let mut shares: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for share in stated.iter().filter(|stated| stated.kind == Tie::Share) {
        if let [percent, part, whole] = share.claims.as_slice() {
            shares.entry(*whole).or_default().push((*percent, *part));
        }
    }
    let of = |sum: &Stated| {
        let (total, parts) = sum.claims.split_first()?;
        let shares = shares.get(total)?;
        let percents: Option<Vec<&Said<'_>>> = parts
            .iter()
            .map(|part| shares.iter().find(|(_, of)| of == part))
            .map(|share| share.and_then(|(percent, _)| own.iter().find(|said| said.index == *percent)))
            .collect();
        relation(&percents?, true)
    };
    let sums = stated.iter().filter(|stated| stated.kind == Tie::Sum && stated.claims.len() > 2);
    sums.filter_map(of).collect()
}

fn relation(shares: &[&Said<'_>], sure: bool) -> Option<Relation> {
    let sum = shares.iter().map(|said| Interval::of(said.claim)).reduce(|sum, share| sum.plus(&share))?;
    let holds = sum.meets(&Interval::point(Exact::from_integer(100)));
    if !holds && !sure {
        return None;
    }
    let exact: Exact = shares.iter().map(|said| said.claim.value.exact()).sum();
    let written: Vec<String> =
        shares.iter().map(|said| format!("{}%", print::plain(said.claim.value))).collect();
    let tail = if holds { "" } else { ", không phải 100%" };
    Some(Relation {
        kind: Tie::SharesTo100,
        claims: shares.iter().map(|said| said.index).collect(),
        expression: format!("{} = {}%{tail}", written.join(" + "), print::exact(exact, 2)),
        computed: Some(sum),
        verdict: if holds { Verdict::Ok } else { Verdict::Mismatch },
        reason: if holds { String::new() } else { "chưa rõ".to_owned() },
    })
}
