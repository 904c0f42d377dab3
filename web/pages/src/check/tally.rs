//! How many numbers and calculations stand how, each count with the way to the first of them in the text.

use mc_checking::CheckedText;
use mc_claims::{Standing, Verdict};
use mc_ui::{Icon, write};

use super::registers::Against;
use super::words::{STANDINGS, Shown as _};

/// Counts of one sort.
pub(super) struct Tally {
    pub(super) of: &'static str,
    pub(super) counts: Vec<Count>,
}

/// How many stand so.
pub(super) struct Count {
    pub(super) count: String,
    pub(super) word: &'static str,
    pub(super) icon: Icon,
    pub(super) class: &'static str,
    /// The number carries the underline of those that it counts.
    pub(super) sample: bool,
    /// The claim where the first of them stands.
    pub(super) first: Option<usize>,
    /// Why, where that is known, with how many.
    pub(super) reasons: Vec<String>,
}

/// Calculations, registers, numbers; what there is none of is left out.
pub(super) fn of(found: &CheckedText, standings: &[Standing]) -> Vec<Tally> {
    let all = [
        Tally { of: t!("Các phép tính"), counts: calculations(found) },
        Tally { of: t!("So với sổ"), counts: registers(found) },
        Tally { of: t!("Con số"), counts: numbers(standings) },
    ];
    all.into_iter().filter(|tally| !tally.counts.is_empty()).collect()
}

fn calculations(found: &CheckedText) -> Vec<Count> {
    let relations = &found.checked.relations;
    if relations.is_empty() {
        return Vec::new();
    }
    // Those that hold when digits are cut off hold.
    let kinds: [(Verdict, &[Verdict]); 3] = [
        (Verdict::Mismatch, &[Verdict::Mismatch]),
        (Verdict::Insufficient, &[Verdict::Insufficient]),
        (Verdict::Ok, &[Verdict::Ok, Verdict::OkTruncated]),
    ];
    let count = |(shown, wanted): (Verdict, &[Verdict])| {
        let these = || relations.iter().filter(|relation| wanted.contains(&relation.verdict));
        let standing = Standing::of(shown);
        let first = these().filter_map(|relation| relation.claims.first().copied()).min();
        Count {
            count: write::whole(these().count() as u64),
            word: standing.word(),
            icon: standing.icon(),
            // None is no alarm.
            class: if first.is_some() { standing.class() } else { Standing::Alone.class() },
            sample: false,
            first,
            reasons: Vec::new(),
        }
    };
    kinds.into_iter().map(count).collect()
}

fn registers(found: &CheckedText) -> Vec<Count> {
    let claims = 0..found.checked.claims.len();
    let all: Vec<(usize, Against)> =
        claims.filter_map(|at| Some((at, Against::of(&found.registers, at)?))).collect();
    let count = |against: Against| {
        let these = || all.iter().filter(|(_, known)| *known == against);
        let first = these().next()?.0;
        Some(Count {
            count: write::whole(these().count() as u64),
            word: against.word(),
            icon: against.icon(),
            class: against.class(),
            sample: false,
            first: Some(first),
            reasons: if against == Against::Unknown { reasons(found) } else { Vec::new() },
        })
    };
    Against::ALL.into_iter().filter_map(count).collect()
}

/// "không có chỉ tiêu nào về điều này: 12", the most frequent first.
fn reasons(found: &CheckedText) -> Vec<String> {
    let unknown = |at: usize| Against::of(&found.registers, at) == Some(Against::Unknown);
    let mut all: Vec<(&str, u64)> = Vec::new();
    for verdict in
        found.registers.iter().filter(|verdict| !verdict.reason.is_empty() && unknown(verdict.claim))
    {
        match all.iter_mut().find(|(reason, _)| *reason == verdict.reason) {
            Some((_, count)) => *count += 1,
            None => all.push((&verdict.reason, 1)),
        }
    }
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    match all.as_slice() {
        [(reason, _)] => vec![(*reason).to_owned()],
        all => all.iter().map(|(reason, count)| format!("{reason}: {}", write::whole(*count))).collect(),
    }
}

fn numbers(standings: &[Standing]) -> Vec<Count> {
    let count = |standing: Standing| {
        let these = || standings.iter().enumerate().filter(|(_, known)| **known == standing);
        let (first, _) = these().next()?;
        Some(Count {
            count: write::whole(these().count() as u64),
            word: standing.word(),
            icon: standing.icon(),
            class: standing.class(),
            sample: true,
            first: Some(first),
            reasons: Vec::new(),
        })
    };
    STANDINGS.into_iter().filter_map(count).collect()
}
