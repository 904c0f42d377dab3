//! What is to be said of each number of a text.

use mc_checking::RegisterVerdict;
use mc_claims::{Relation, Standing, Verdict, standings};

use crate::{Findings, OurFigure};

/// What is to be said of one number.
#[derive(Debug)]
pub struct Said<'f> {
    pub standing: Standing,
    /// Relations that it states, and those that do not hold and that it is a part of.
    pub relations: Vec<Told<'f>>,
    /// What the registers say of it, with the place of our figure.
    pub registers: Vec<(&'f RegisterVerdict, Option<&'f OurFigure>)>,
}

impl Said<'_> {
    /// Whether there is anything to tell.
    pub fn speaks(&self) -> bool {
        !self.relations.is_empty() || !self.registers.is_empty()
    }

    /// How it stands to the registers, where they have a figure about it.
    pub fn against(&self) -> Option<mc_checking::Standing> {
        let standings = self.registers.iter().map(|(verdict, _)| verdict.standing);
        standings.into_iter().find(|standing| *standing != mc_checking::Standing::None)
    }
}

/// A relation as seen from one of its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Told<'f> {
    pub relation: &'f Relation,
    /// The number is the one that is stated, not one it is reckoned from.
    pub stated: bool,
}

/// What is to be said of each claim, in their order; one pass over relations and registers, however many there are.
pub fn all<'f>(findings: &Findings<'f>) -> Vec<Said<'f>> {
    let checked = &findings.found.checked;
    let blank = |standing| Said { standing, relations: Vec::new(), registers: Vec::new() };
    let mut all: Vec<Said<'f>> = standings(checked).into_iter().map(blank).collect();
    for relation in &checked.relations {
        for (place, at) in relation.claims.iter().enumerate() {
            let stated = place == 0;
            if let Some(number) = all.get_mut(*at).filter(|_| stated || relation.verdict == Verdict::Mismatch)
            {
                number.relations.push(Told { relation, stated });
            }
        }
    }
    for (place, verdict) in findings.found.registers.iter().enumerate() {
        if let Some(number) = all.get_mut(verdict.claim).filter(|_| tells(verdict)) {
            number.registers.push((verdict, findings.figures.get(place)));
        }
    }
    all
}

/// Whether the registers say anything: a number that they know nothing about needs no line.
pub fn tells(verdict: &RegisterVerdict) -> bool {
    verdict.ours.is_some() || !verdict.reason.is_empty()
}
