//! The verdict on each claim of a text.

use std::sync::Arc;

use mc_base::Day;
use mc_claims::{Checked, Claim, Exact, Hedge, Interval, Modality, print};
use mc_figure::Definition;
use mc_port::StoreFailure;

use crate::Registers;
use crate::around::Around;
use crate::candidate::{self, Candidate};
use crate::lexicon::Lexicon;
use crate::lists::Lists;
use crate::part::Part;
use crate::place::Whereabouts;
use crate::read::{Reading, Shelf, scaled};
use crate::reason::{self, Subject};
use crate::sayings::Saying;
use crate::verdict::{Ours, RegisterVerdict, Standing};
use crate::when;
use crate::words::words;

/// Claims that are held against registers, at most: a text is no way to read out a whole instance.
const CLAIMS_MAX: usize = 2_000;

/// Fields that every figure of the platform may be told under.
const UMBRELLAS: [&str; 6] = [
    "chuyển đổi số",
    "khoa học công nghệ",
    "khoa học và công nghệ",
    "khoa học, công nghệ",
    "viễn thông",
    "đầu tư",
];
/// Decimals of an operand.
const DECIMALS: u32 = 3;
/// What is said where no indicator is about a claim.
const NOTHING: &str = "không có chỉ tiêu nào về điều này";
/// What is said where words of the clause are unknown and the number is not ours.
const LOOSE: &str = "lời bài có chỗ khác với chỉ tiêu này nên không so";
/// What is said of "hơn 1.000" where there are 4.607.
const BEYOND: &str = "cùng phía với số của sổ, nhưng cách xa";

/// One text with all that its claims are judged by.
struct Bench<'a> {
    shelf: Shelf<'a>,
    whereabouts: Whereabouts<'a>,
    lexicon: Lexicon,
    lists: Lists,
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
    let bench = Bench {
        shelf: Shelf::of(registers, date)?,
        whereabouts: Whereabouts::of(registers.snapshot, text, checked, date),
        lexicon: Lexicon::of(registers.snapshot, registers.sayings),
        lists: Lists::of(registers.snapshot),
    };
    let mut verdicts = Vec::new();
    let main = checked.claims.iter().enumerate().filter(|(_, claim)| !claim.aside).take(CLAIMS_MAX);
    for (index, claim) in main {
        let next = checked.claims.get(index + 1).map(|next| next.bytes.start);
        let earlier =
            index.checked_sub(1).and_then(|index| checked.claims.get(index)).map(|claim| claim.bytes.end);
        let around = Around::of(text, claim, (earlier, next));
        let scope = Scope::of(text, checked, claim);
        verdicts.extend(bench.verdicts(index, claim, &around, &scope)?);
    }
    Ok(verdicts)
}

/// Whose number it is, as far as its own sentence does not say.
struct Scope {
    /// Words of the agency that an earlier sentence names: its own sentence narrows it no more.
    agency: Vec<String>,
    /// Words of the field that a heading or an earlier sentence names.
    field: Vec<String>,
}

impl Scope {
    fn of(text: &str, checked: &Checked, claim: &Claim) -> Self {
        let sentence = checked.sentences.get(claim.sentence).and_then(|bytes| text.get(bytes.clone()));
        let named_before = |name: &Option<String>| {
            let name =
                name.as_deref().filter(|name| sentence.is_some_and(|sentence| !sentence.contains(name)));
            name.map_or_else(Vec::new, words)
        };
        Self { agency: named_before(&claim.scope.agency), field: named_before(&claim.scope.sector) }
    }

    /// Whether the field is none that the indicator is of: "Về y tế, … Hiện tỉnh có 120 trạm" tells no base stations.
    fn is_of_another(&self, definition: &Definition, sayings: &[Saying]) -> bool {
        let own = |word: &String| {
            sayings.iter().any(|saying| saying.says(word)) || words(&definition.title.vi).contains(word)
        };
        let umbrella = UMBRELLAS.iter().any(|name| words(name) == self.field);
        !umbrella && !self.field.is_empty() && !self.field.iter().any(own)
    }
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
        scope: &Scope,
    ) -> Result<Vec<RegisterVerdict>, StoreFailure> {
        let place = self.whereabouts.place(claim);
        let home = self.shelf.registers.snapshot.instance().home;
        let names = self.whereabouts.names(place.unwrap_or(home), home);
        let names: Vec<String> = names.flat_map(words).collect();
        let found = candidate::all(claim, around, &self.lexicon, &names);
        if let Some(why) = unheld(claim).filter(|_| !found.is_empty()) {
            return Ok(none(index, why));
        }
        let place = match place {
            Ok(place) => place,
            Err(_) if found.is_empty() => return Ok(none(index, self.nothing(claim))),
            Err(why) => return Ok(none(index, why)),
        };
        let mut readings: Vec<Read> = Vec::new();
        let mut why = self.nothing(claim);
        for candidate in found {
            let Candidate { definition, mut narrowing, firm, .. } = candidate;
            let firm = firm && !scope.is_of_another(&definition, self.lexicon.sayings(&definition));
            narrowing.extend_from_slice(&scope.agency);
            let period = match when::period(claim, &definition, self.shelf.date) {
                Ok(period) => period,
                Err(words) => {
                    words.clone_into(&mut why);
                    continue;
                }
            };
            let request = self.shelf.request(&definition, place, period);
            let part = Part::named(self.shelf.registers.snapshot, &definition, &narrowing, &request)?;
            if part.is_none() && !narrowing.is_empty() {
                let (title, more) = (&definition.title.vi, narrowing.join(" "));
                why = format!("chỉ tiêu gần nhất là “{title}”; bài nói thêm “{more}”");
                continue;
            }
            let reading = self.shelf.reading(claim, (&definition, part.as_ref()), place, period)?;
            readings.push(Read { reading, definition, part, firm });
        }
        if readings.iter().any(Read::is_there) {
            readings.retain(Read::is_there);
        }
        match readings.as_slice() {
            [] => Ok(none(index, why)),
            [read] => Ok(vec![self.verdict(index, claim, read)?]),
            _ => Ok(readings.into_iter().map(|read| ambiguous(index, read)).collect()),
        }
    }

    /// Where no indicator is about it, a list that the registers declare may be.
    fn nothing(&self, claim: &Claim) -> String {
        self.lists.said(claim).map_or_else(|| NOTHING.to_owned(), |list| format!("{NOTHING}; {list}"))
    }

    /// Against the one figure that it is about.
    fn verdict(&self, index: usize, claim: &Claim, read: &Read) -> Result<RegisterVerdict, StoreFailure> {
        let (standing, reason) = match read.reading.ours.value {
            None => (Standing::None, read.reading.why.clone()),
            Some(value) => match standing(claim, value) {
                Standing::Different if !read.firm => (Standing::None, LOOSE.to_owned()),
                Standing::Different => (Standing::Different, self.reason(claim, read, value)?),
                Standing::None => (Standing::None, BEYOND.to_owned()),
                same => (same, base(&read.reading.ours)),
            },
        };
        Ok(RegisterVerdict { claim: index, standing, ours: Some(read.reading.ours.clone()), reason })
    }

    fn reason(&self, claim: &Claim, read: &Read, value: Exact) -> Result<String, StoreFailure> {
        let subject = Subject { shelf: self.shelf, claim, read, value };
        reason::of(&subject, &self.lexicon.known)
    }
}

/// Of what a share is: "574.000.000.000 ÷ 38.266.666.666.667, tổng chi ngân sách địa phương thực hiện đến cùng ngày".
fn base(ours: &Ours) -> String {
    let (Some(base), Some((_, of))) = (&ours.base, ours.title.split_once(" trên ")) else {
        return String::new();
    };
    let number =
        |text: &str| scaled(text, (1, 1)).map(|value| print::exact(value, DECIMALS)).unwrap_or_default();
    format!("{} ÷ {}, {of}", number(&base.num), number(&base.den))
}

/// One of several that fit.
fn ambiguous(claim: usize, read: Read) -> RegisterVerdict {
    let reason = "nhiều chỉ tiêu cùng hợp với lời bài".to_owned();
    RegisterVerdict { claim, standing: Standing::Ambiguous, ours: Some(read.reading.ours), reason }
}

/// A figure that a claim may be about.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) reading: Reading,
    pub(crate) definition: Arc<Definition>,
    pub(crate) part: Option<Part>,
    /// The words leave no doubt.
    firm: bool,
}

impl Read {
    fn is_there(&self) -> bool {
        self.reading.ours.value.is_some()
    }
}

/// How a claim stands to the one figure that it is about.
pub(crate) fn standing(claim: &Claim, value: Exact) -> Standing {
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
