//! The verdict on each claim of a text.

use std::sync::Arc;

use mc_base::Day;
use mc_claims::{Checked, Claim, Exact, Hedge, Interval, Modality};
use mc_figure::Definition;
use mc_port::StoreFailure;

use crate::Registers;
use crate::around::Around;
use crate::candidate::{self, Candidate};
use crate::place::Whereabouts;
use crate::read::{Reading, Shelf};
use crate::sayings::Saying;
use crate::verdict::{RegisterVerdict, Standing};
use crate::when;
use crate::words::words;

/// Claims that are held against registers, at most: a text is no way to read out a whole instance.
const CLAIMS_MAX: usize = 2_000;

/// One text with all that its claims are judged by.
struct Bench<'a> {
    shelf: Shelf<'a>,
    whereabouts: Whereabouts<'a>,
    known: Vec<(Arc<Definition>, Saying)>,
}

/// The verdicts on the claims of `text`, in their order; asides get none.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn all(
    text: &str,
    date: Day,
    checked: &Checked,
    registers: &Registers<'_>,
) -> Result<Vec<RegisterVerdict>, StoreFailure> {
    let said = |definition: Arc<Definition>| {
        let saying = registers.sayings.of(&definition);
        (definition, saying)
    };
    let bench = Bench {
        shelf: Shelf::of(registers, date)?,
        whereabouts: Whereabouts::of(registers.snapshot, checked, date),
        known: registers.snapshot.indicators().into_iter().map(said).collect(),
    };
    let mut verdicts = Vec::new();
    let main = checked.claims.iter().enumerate().filter(|(_, claim)| !claim.aside).take(CLAIMS_MAX);
    for (index, claim) in main {
        let next = checked.claims.get(index + 1).map(|next| next.bytes.start);
        let around = Around::of(text, claim, next);
        verdicts.extend(bench.verdicts(index, claim, &around)?);
    }
    Ok(verdicts)
}

fn none(claim: usize, reason: impl Into<String>) -> Vec<RegisterVerdict> {
    vec![RegisterVerdict { claim, standing: Standing::None, ours: None, reason: reason.into() }]
}

/// Why a claim is of a kind that no register holds.
fn unheld(claim: &Claim) -> Option<&'static str> {
    if claim.modality != Modality::Fact {
        return Some("bài nêu mức sẽ có hoặc phải đạt; sổ ghi số đã có");
    }
    if claim.measures.direction.is_some() {
        return Some("bài nêu mức tăng giảm; sổ ghi số hiện có");
    }
    claim.value_to.is_some().then_some("bài nêu một khoảng")
}

impl Bench<'_> {
    fn verdicts(
        &self,
        index: usize,
        claim: &Claim,
        around: &Around,
    ) -> Result<Vec<RegisterVerdict>, StoreFailure> {
        let place = self.whereabouts.place(claim);
        let home = self.shelf.registers.snapshot.instance().home;
        let names = self.whereabouts.names(place.unwrap_or(home), home);
        let names: Vec<String> = names.flat_map(words).collect();
        let found = candidate::all(claim, around, &self.known, &names);
        let (fits, narrowed): (Vec<&Candidate>, Vec<&Candidate>) =
            found.iter().partition(|candidate| candidate.narrowing.is_empty());
        if fits.is_empty() {
            let Some(near) = narrowed.first() else {
                return Ok(none(index, "không có chỉ tiêu nào về điều này"));
            };
            let (title, more) = (&near.definition.title.vi, near.narrowing.join(" "));
            return Ok(none(index, format!("chỉ tiêu gần nhất là “{title}”; bài nói thêm “{more}”")));
        }
        if let Some(why) = unheld(claim) {
            return Ok(none(index, why));
        }
        let place = match place {
            Ok(place) => place,
            Err(why) => return Ok(none(index, why)),
        };
        let mut readings: Vec<(Reading, bool)> = Vec::new();
        let mut why = String::new();
        for candidate in fits {
            match when::period(claim, &candidate.definition, self.shelf.date) {
                Ok(period) => {
                    let reading = self.shelf.reading(claim, &candidate.definition, place, period)?;
                    readings.push((reading, candidate.loose.is_empty()));
                }
                Err(words) => why = words.to_owned(),
            }
        }
        Ok(self.told(index, claim, readings, why))
    }

    fn told(
        &self,
        index: usize,
        claim: &Claim,
        mut readings: Vec<(Reading, bool)>,
        why: String,
    ) -> Vec<RegisterVerdict> {
        if readings.iter().any(|(reading, _)| reading.ours.value.is_some()) {
            readings.retain(|(reading, _)| reading.ours.value.is_some());
        }
        let [(reading, firm)] = readings.as_slice() else {
            if readings.is_empty() {
                return none(index, why);
            }
            let ambiguous = readings.into_iter().map(|(reading, _)| RegisterVerdict {
                claim: index,
                standing: Standing::Ambiguous,
                ours: Some(reading.ours),
                reason: "nhiều chỉ tiêu cùng hợp với lời bài".to_owned(),
            });
            return ambiguous.collect();
        };
        let (standing, reason) = match reading.ours.value {
            None => (Standing::None, reading.why.clone()),
            Some(value) => match standing(claim, value) {
                Standing::Different if !firm => {
                    (Standing::None, "lời bài có chỗ khác với chỉ tiêu này nên không so".to_owned())
                }
                Standing::None => (Standing::None, "cùng phía với số của sổ, chưa rõ xa đến đâu".to_owned()),
                Standing::Different => (Standing::Different, "chưa rõ".to_owned()),
                same => (same, String::new()),
            },
        };
        vec![RegisterVerdict { claim: index, standing, ours: Some(reading.ours.clone()), reason }]
    }
}

/// How a claim stands to the one figure that it is about.
fn standing(claim: &Claim, value: Exact) -> Standing {
    let said = claim.value.exact();
    let beyond = match claim.hedge {
        Hedge::Over | Hedge::AtLeast => value >= said,
        Hedge::Under | Hedge::AtMost => value <= said,
        Hedge::About | Hedge::None => false,
    };
    if value == said {
        Standing::Equal
    } else if Interval::of(claim).meets(&Interval::point(value)) {
        Standing::Rounded
    } else if beyond {
        Standing::None
    } else {
        Standing::Different
    }
}
