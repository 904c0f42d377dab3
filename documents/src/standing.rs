//! How each number of a text stands, and what is to be said of it.

use mc_claims::{Relation, Verdict};

use crate::Findings;

/// How a number stands: the worst of what it states, and else what it helps to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// What it states is not what its parts give.
    Wrong,
    /// What it states cannot be judged by the text.
    Open,
    /// What it states holds when digits are cut off.
    Cut,
    /// What it states holds, or what it is a part of.
    Right,
    /// It is a part of what does not hold.
    Beside,
    /// Nothing ties it to another number.
    Alone,
    /// It stands outside the text proper.
    Aside,
}

impl Standing {
    const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ok => Self::Right,
            Verdict::OkTruncated => Self::Cut,
            Verdict::Mismatch => Self::Wrong,
            Verdict::Insufficient => Self::Open,
        }
    }
}

/// What is to be said of one number.
#[derive(Debug)]
pub struct Said<'f> {
    pub standing: Standing,
    /// Relations that it states, and those that do not hold and that it is a part of.
    pub relations: Vec<Told<'f>>,
    /// What else is said of it.
    pub notes: Vec<&'f str>,
}

/// A relation as seen from one of its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Told<'f> {
    pub relation: &'f Relation,
    /// The number is the one that is stated, not one it is reckoned from.
    pub stated: bool,
}

/// What is known of a number while relations are gone through.
#[derive(Default)]
struct Gathered<'f> {
    /// The worst of what it states.
    states: Option<Standing>,
    /// What it is as a part of others.
    helps: Option<Standing>,
    relations: Vec<Told<'f>>,
    notes: Vec<&'f str>,
}

/// What is to be said of each claim, in their order; one pass over relations and notes, however many there are.
pub fn all<'f>(findings: &Findings<'f>) -> Vec<Said<'f>> {
    let claims = &findings.checked.claims;
    let mut gathered: Vec<Gathered<'f>> = claims.iter().map(|_| Gathered::default()).collect();
    for relation in &findings.checked.relations {
        for (place, at) in relation.claims.iter().enumerate() {
            let Some(number) = gathered.get_mut(*at) else { continue };
            let stated = place == 0;
            if stated {
                let standing = Standing::of(relation.verdict);
                number.states = Some(number.states.map_or(standing, |before| before.min(standing)));
            } else {
                let standing = helping(relation.verdict);
                number.helps = Some(number.helps.map_or(standing, |before| stronger(before, standing)));
            }
            if stated || relation.verdict == Verdict::Mismatch {
                number.relations.push(Told { relation, stated });
            }
        }
    }
    for (at, line) in findings.notes {
        if let Some(number) = gathered.get_mut(*at) {
            number.notes.push(line);
        }
    }
    let said = claims.iter().zip(gathered).map(|(claim, number)| {
        let standing = if claim.aside {
            Standing::Aside
        } else {
            number.states.or(number.helps).unwrap_or(Standing::Alone)
        };
        Said { standing, relations: number.relations, notes: number.notes }
    });
    said.collect()
}

/// What a part of a relation is by it.
const fn helping(verdict: Verdict) -> Standing {
    match verdict {
        Verdict::Ok | Verdict::OkTruncated => Standing::Right,
        Verdict::Mismatch => Standing::Beside,
        Verdict::Insufficient => Standing::Open,
    }
}

/// A part of one that does not hold is no longer right; a part of one that holds is, whatever else is open.
fn stronger(one: Standing, other: Standing) -> Standing {
    const ORDER: [Standing; 3] = [Standing::Beside, Standing::Right, Standing::Open];
    ORDER.into_iter().find(|standing| [one, other].contains(standing)).unwrap_or(one)
}
