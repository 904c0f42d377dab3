//! "Bình quân mỗi xã 46,5 trạm", and positions: "xếp thứ 9/34".

use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::{Said, Scene, has, tie};
use crate::claim::Kind;
use crate::find::Fraction;

/// Kinds of people: a total "đối tượng" is one of "người".
const PEOPLE: [&str; 10] = [
    "người",
    "đối tượng",
    "lao động",
    "cán bộ",
    "học sinh",
    "đoàn viên",
    "hội viên",
    "giáo viên",
    "thành viên",
    "khách",
];

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    let own = scene.own;
    for (at, said) in own.iter().enumerate() {
        let cue = said.follows(&["bình quân", "trung bình", "bình quân mỗi", "trung bình mỗi"], 8);
        let each = said.follows(&["mỗi"], 7);
        if (cue || each) && said.claim.kind != Kind::Percent && said.claim.value_to.is_none() {
            out.extend(mean(scene, at, said));
        }
        if said.claim.kind == Kind::Rank {
            let of = own.get(at + 1).filter(|of| {
                let among =
                    has(said.until(of), &["trong số", "trong tổng số", "trên tổng số", "trên", "trong"]);
                of.fraction == Some(Fraction::Whole) || (among && said.until(of).len() <= 4)
            });
            if let Some(of) = of {
                out.push(tie(Tie::Rank, Formula::Rank, vec![said.index, of.index], true));
            }
        }
    }
}

/// How many times `unit` a larger unit is: a total may be told in tấn, its mean in tạ.
fn larger_unit(unit: &str, larger: &str) -> Option<i128> {
    Some(match (unit, larger) {
        ("tạ", "tấn") => 10,
        ("kg", "tạ") => 100,
        ("kg", "tấn") | ("lít", "m³") | ("m", "km") => 1_000,
        ("m²", "ha") => 10_000,
        _ => return None,
    })
}

/// A total of the same unit and a count of what "mỗi" or the unit's divisor names.
fn mean(scene: &Scene<'_, '_>, at: usize, said: &Said<'_>) -> Option<Stated> {
    let (earlier, behind) = (scene.own.get(..at)?, scene.own.get(at + 1..)?);
    let near = |other: &&Said<'_>| other.claim.sentence.abs_diff(said.claim.sentence) <= 2;
    let others = || earlier.iter().rev().chain(behind).filter(near).chain(scene.before.iter().rev());
    let each = said.distance_to(&["mỗi", "một"], 8).map(|distance| said.from - distance);
    let named = each.and_then(|each| said.tokens.get(each)).map(|token| token.norm.clone());
    let base = said.claim.unit.split('/').next().unwrap_or_default();
    let per = said.claim.unit.split_once('/').map(|(_, per)| per.to_owned()).or(named)?;
    let people = |unit: &str| PEOPLE.contains(&unit);
    let counts = |unit: &str| {
        let listed = unit.split(", ").any(|one| one == per) || unit.starts_with(&format!("{per} "));
        listed || (per == "người" && people(unit))
    };
    let totals = others().filter_map(|other| {
        let times = larger_unit(base, &other.claim.unit);
        let same = other.claim.unit == base
            || times.is_some()
            || (people(base) && people(&other.claim.unit) && !counts(&other.claim.unit));
        (same && other.is_level() && (times.is_some() || other.value() > said.value()))
            .then_some((other, times))
    });
    let counted: Vec<&Said<'_>> =
        others().filter(|other| counts(&other.claim.unit) && other.is_level()).collect();
    let mut readings = Vec::new();
    for (total, times) in totals {
        let formula = times.map_or(Formula::Quotient, Formula::Converted);
        for count in counted.iter().filter(|count| count.index != total.index) {
            readings.push(tie(Tie::Mean, formula, vec![said.index, total.index, count.index], true));
        }
    }
    let sure = readings.len() == 1;
    scene.choose(readings).map(|stated| Stated { whole: sure, ..stated })
}
