//! How each number of a text stands among the others.

use crate::{Checked, Verdict};

/// How a number stands: the worst of what it states, and else what it helps to say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
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
    /// Of what is stated.
    #[must_use]
    pub const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ok => Self::Right,
            Verdict::OkTruncated => Self::Cut,
            Verdict::Mismatch => Self::Wrong,
            Verdict::Insufficient => Self::Open,
        }
    }

    /// What a part of a relation is by it.
    const fn helping(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ok | Verdict::OkTruncated => Self::Right,
            Verdict::Mismatch => Self::Beside,
            Verdict::Insufficient => Self::Open,
        }
    }
}

/// How each claim stands, in their order; one pass over the relations, however many there are.
#[must_use]
pub fn standings(checked: &Checked) -> Vec<Standing> {
    let mut states: Vec<Option<Standing>> = vec![None; checked.claims.len()];
    let mut helps = states.clone();
    for relation in &checked.relations {
        for (place, at) in relation.claims.iter().enumerate() {
            let (of, standing) = if place == 0 {
                (states.get_mut(*at), Standing::of(relation.verdict))
            } else {
                (helps.get_mut(*at), Standing::helping(relation.verdict))
            };
            let Some(known) = of else { continue };
            let worse =
                |before: Standing| if place == 0 { before.min(standing) } else { stronger(before, standing) };
            *known = Some(known.map_or(standing, worse));
        }
    }
    let said = checked.claims.iter().zip(states.into_iter().zip(helps));
    said.map(
        |(claim, (states, helps))| {
            if claim.aside { Standing::Aside } else { states.or(helps).unwrap_or(Standing::Alone) }
        },
    )
    .collect()
}

/// A part of one that does not hold is no longer right; a part of one that holds is, whatever else is open.
fn stronger(one: Standing, other: Standing) -> Standing {
    const ORDER: [Standing; 3] = [Standing::Beside, Standing::Right, Standing::Open];
    ORDER.into_iter().find(|standing| [one, other].contains(standing)).unwrap_or(one)
}
