//! Reads labelled texts and compares what is found in them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::LazyLock;

use mc_base::Day;
use mc_claims::{Context, Gazetteer, Relation, check};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    text: Vec<Labelled>,
}

/// A text with what it claims.
#[derive(Deserialize)]
pub struct Labelled {
    pub id: String,
    pub date: String,
    pub body: String,
    #[serde(default)]
    claim: Vec<LabelledClaim>,
    #[serde(default)]
    relation: Vec<LabelledRelation>,
}

#[derive(Deserialize)]
struct LabelledClaim {
    id: String,
    text: String,
    #[serde(default)]
    nth: Option<usize>,
    value: String,
    value_to: Option<String>,
    unit: String,
    time: Option<[String; 2]>,
    place: Option<String>,
    #[serde(default)]
    aside: bool,
}

#[derive(Deserialize)]
struct LabelledRelation {
    kind: String,
    claims: Vec<String>,
    verdict: String,
}

/// All texts of a part of the corpus.
pub fn corpus(part: &str) -> Vec<Labelled> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(part);
    let mut paths: Vec<_> =
        std::fs::read_dir(dir).expect("a corpus").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut texts = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "toml")) {
        let file = std::fs::read_to_string(path).expect("a file");
        let file: File = toml::from_str(&file).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        texts.extend(file.text);
    }
    texts
}

/// The places of the country as they are.
pub static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| mc_reference::gazetteer().expect("places"));

/// Found, wanted and right.
#[derive(Default, Clone, Copy)]
pub struct Rate {
    found: u32,
    wanted: u32,
    right: u32,
}

impl Rate {
    /// Percent of what was found that is right.
    pub fn precision(self) -> f64 {
        100.0 * f64::from(self.right) / f64::from(self.found.max(1))
    }

    /// Percent of what is there that was found.
    pub fn recall(self) -> f64 {
        100.0 * f64::from(self.right) / f64::from(self.wanted.max(1))
    }
}

/// How well a part of the corpus is read.
#[derive(Default)]
pub struct Score {
    pub values: Rate,
    pub units: Rate,
    pub times: Rate,
    pub places: Rate,
    /// Labelled verdict × given verdict ("–" for none) → how many.
    pub verdicts: BTreeMap<(String, String), u32>,
    pub false_mismatches: u32,
    pub faults: Vec<String>,
}

impl Score {
    /// Percent of the labelled relations that got their verdict.
    pub fn right_verdicts(&self) -> f64 {
        let all: u32 =
            self.verdicts.iter().filter(|((wanted, _), _)| wanted != "–").map(|(_, count)| count).sum();
        let right: u32 =
            self.verdicts.iter().filter(|((wanted, given), _)| wanted == given).map(|(_, count)| count).sum();
        100.0 * f64::from(right) / f64::from(all.max(1))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines =
            [("value", self.values), ("unit", self.units), ("time", self.times), ("place", self.places)];
        for (what, rate) in lines {
            writeln!(
                f,
                "{what}: P {:.1} R {:.1} ({} right of {} found, {} labelled)",
                rate.precision(),
                rate.recall(),
                rate.right,
                rate.found,
                rate.wanted
            )?;
        }
        for ((wanted, given), count) in &self.verdicts {
            writeln!(f, "{wanted} → {given}: {count}")?;
        }
        write!(f, "right verdicts {:.1}, false mismatches {}", self.right_verdicts(), self.false_mismatches)
    }
}

fn day(text: &str) -> Option<Day> {
    Day::parse_iso(text)
}

/// Reads every text and compares.
pub fn measure(texts: &[Labelled]) -> Score {
    let mut score = Score::default();
    for text in texts {
        one(text, &mut score);
    }
    score
}

fn place_of(body: &str, claim: &LabelledClaim) -> (usize, usize) {
    let nth = claim.nth.unwrap_or(1).max(1) - 1;
    let (from, _) = body
        .match_indices(&claim.text)
        .nth(nth)
        .unwrap_or_else(|| panic!("{} is not in the text", claim.text));
    (from, from + claim.text.len())
}

fn one(text: &Labelled, score: &mut Score) {
    let date = day(&text.date).expect("a date");
    let checked = check(&text.body, &Context { date, places: &PLACES });
    let mut index_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut used = vec![false; checked.claims.len()];
    let all = [&mut score.values, &mut score.units, &mut score.times, &mut score.places];
    for rate in all {
        rate.found += u32::try_from(checked.claims.len()).expect("few");
        rate.wanted += u32::try_from(text.claim.len()).expect("few");
    }
    for label in &text.claim {
        let (from, to) = place_of(&text.body, label);
        let hit = checked.claims.iter().enumerate().find(|(at, claim)| {
            !used[*at]
                && claim.bytes.start < to
                && from < claim.bytes.end
                && claim.value.decimal() == label.value
                && claim.value_to.map(|to| to.decimal()) == label.value_to
        });
        let Some((at, claim)) = hit else {
            let near: Vec<String> = checked
                .claims
                .iter()
                .filter(|claim| claim.bytes.start < to && from < claim.bytes.end)
                .map(|claim| format!("{} {}", claim.value.decimal(), claim.unit))
                .collect();
            score
                .faults
                .push(format!("{} missed: “{}” {} (found {near:?})", text.id, label.text, label.value));
            continue;
        };
        used[at] = true;
        index_of.insert(&label.id, at);
        score.values.right += 1;
        if claim.unit.eq_ignore_ascii_case(&label.unit) {
            score.units.right += 1;
        } else {
            score
                .faults
                .push(format!("{} unit: “{}” is {}, found {}", text.id, label.text, label.unit, claim.unit));
        }
        let time = claim.time.map(|time| [time.from, time.to]);
        let wanted = label.time.as_ref().map(|[from, to]| [day(from), day(to)]);
        if time == wanted {
            score.times.right += 1;
        } else {
            let show = |time: Option<[Option<Day>; 2]>| {
                time.map(|ends| ends.map(|day| day.map(|day| format!("{:?}", day.ymd()))))
            };
            score.faults.push(format!(
                "{} time: “{}” is {:?}, found {:?}",
                text.id,
                label.text,
                show(wanted),
                show(time)
            ));
        }
        if claim.scope.place == label.place {
            score.places.right += 1;
        } else {
            score.faults.push(format!(
                "{} place: “{}” is {:?}, found {:?}",
                text.id, label.text, label.place, claim.scope.place
            ));
        }
        if claim.aside != label.aside {
            score.faults.push(format!("{} aside: “{}”", text.id, label.text));
        }
    }
    for (claim, _) in checked.claims.iter().zip(&used).filter(|(_, used)| !**used) {
        score.faults.push(format!(
            "{} extra: “{}” {} {}",
            text.id,
            claim.text,
            claim.value.decimal(),
            claim.unit
        ));
    }
    relations(text, &checked, &index_of, score);
}

fn relations(
    text: &Labelled,
    checked: &mc_claims::Checked,
    index_of: &BTreeMap<&str, usize>,
    score: &mut Score,
) {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let mut used = vec![false; checked.relations.len()];
    for label in &text.relation {
        let first = label.claims.first().and_then(|id| index_of.get(id.as_str()));
        // A number may be tied twice in one way: to all its parts, and to some of them again.
        let shared = |relation: &Relation| {
            let labelled = label.claims.iter().filter_map(|id| index_of.get(id.as_str()));
            let shared = labelled.filter(|at| relation.claims.contains(at)).count();
            let apart = relation.claims.len().abs_diff(label.claims.len());
            (shared, Reverse(apart))
        };
        let fits = checked.relations.iter().enumerate().rev().filter(|(at, relation)| {
            let kind = word(serde_json::to_value(relation.kind).expect("a kind"));
            !used[*at] && kind == label.kind && relation.claims.first() == first
        });
        let hit = fits.max_by_key(|(_, relation)| shared(relation));
        let given = hit.map_or("–".to_owned(), |(at, relation)| {
            used[at] = true;
            word(serde_json::to_value(relation.verdict).expect("a verdict"))
        });
        if given != label.verdict {
            let shown = hit.map_or(String::new(), |(_, relation)| relation.expression.clone());
            score.faults.push(format!(
                "{} {} {:?}: {} → {given} {shown}",
                text.id, label.kind, label.claims, label.verdict
            ));
        }
        if given == "mismatch" && label.verdict != "mismatch" {
            score.false_mismatches += 1;
        }
        *score.verdicts.entry((label.verdict.clone(), given)).or_default() += 1;
    }
    for (relation, _) in checked.relations.iter().zip(&used).filter(|(_, used)| !**used) {
        let given = word(serde_json::to_value(relation.verdict).expect("a verdict"));
        if given == "mismatch" {
            score.false_mismatches += 1;
        }
        if given != "insufficient" {
            score.faults.push(format!(
                "{} extra relation: {:?} {given} {}",
                text.id, relation.kind, relation.expression
            ));
        }
        *score.verdicts.entry(("–".to_owned(), given)).or_default() += 1;
    }
}
