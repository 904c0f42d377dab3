//! "Bình quân mỗi xã 46,5 trạm", and positions: "xếp thứ 9/34".

mod per;
pub(super) mod span;

use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::{Said, Scene, adds, has, has_mark, tie};
use crate::claim::Kind;
use crate::find::Fraction;

use per::{Cue, Per};

/// Kinds of people: a total "đối tượng" is one of "người".
const PEOPLE: [&str; 15] = [
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
    "lượt khách",
    "lượt người",
    "nhân khẩu",
    "khẩu",
    "cán bộ, công chức",
];

/// Words right before a total.
const TOTAL: [&str; 16] = [
    "tổng",
    "tổng số",
    "tổng cộng",
    "tổng số tiền",
    "số tiền",
    "tổng kinh phí",
    "kinh phí",
    "tổng trị giá",
    "trị giá",
    "tổng giá trị",
    "giá trị",
    "thành tiền",
    "tổng vốn",
    "tổng mức đầu tư",
    "tổng chi phí",
    "tổng số vốn",
];
/// Totals, and counts, that a mean is tried with.
const OPERANDS_MAX: usize = 8;

pub(super) fn find(scene: &Scene<'_, '_>, out: &mut Vec<Stated>) {
    let own = scene.own;
    for (at, said) in own.iter().enumerate() {
        if let Some(per) = Per::of(said) {
            out.extend(mean(scene, at, &per));
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
        ("kg", "tấn") | ("lít", "m³") | ("m", "km") | ("gam", "kg") | ("kWh", "MWh") | ("kW", "MW") => {
            1_000
        }
        ("m²", "ha") => 10_000,
        _ => return None,
    })
}

/// How many times the unit of a mean the unit of a total is; `None` where it is of something else.
fn unit_of(per: &Per, total: &Said<'_>) -> Option<i128> {
    let (base, unit) = (per.base.as_str(), total.claim.unit.as_str());
    let (one, span) = base.split_once('/').unwrap_or((base, ""));
    let (other, of_span) = unit.split_once('/').unwrap_or((unit, ""));
    // "400.000 đồng/ha/năm … tổng kinh phí 5 tỷ đồng" tells the span of the total no more.
    if span != of_span && !of_span.is_empty() {
        return None;
    }
    let people = PEOPLE.contains(&one) && PEOPLE.contains(&other);
    let within = other.strip_prefix(one).is_some_and(|rest| rest.starts_with(' '));
    if one == other || within || people { Some(1) } else { larger_unit(one, other) }
}

/// A total and the count that it is shared among.
struct Operands<'s, 'd> {
    total: &'s Said<'d>,
    count: &'s Said<'d>,
    units: i128,
    /// How many times what the mean is told per the unit of the count is: 1.000 kg in tấn.
    finer: i128,
}

impl Operands<'_, '_> {
    fn formula(&self, per: &Per) -> Formula {
        match (self.units * per.times, self.finer) {
            (1, 1) => Formula::Quotient,
            (1, finer) => Formula::Finer(finer),
            (times, _) => Formula::Converted(times),
        }
    }
}

/// A total of the unit of a mean and a count of what it is told per, the nearest first.
fn mean(scene: &Scene<'_, '_>, at: usize, per: &Per) -> Option<Stated> {
    let said = scene.own.get(at)?;
    let (earlier, behind) = (scene.own.get(..at)?, scene.own.get(at + 1..)?);
    let near = |other: &&Said<'_>| other.claim.sentence.abs_diff(said.claim.sentence) <= 2;
    let others = || earlier.iter().rev().chain(behind).filter(near).chain(scene.before.iter().rev());
    let counted = |other: &'_ Said<'_>| {
        let unit = other.claim.unit.as_str();
        let finer = if per.counts(unit) { Some(1) } else { larger_unit(per.noun(), unit) };
        let level = adds(other.claim.kind) && other.is_level() && other.claim.value_to.is_none();
        finer.filter(|_| level)
    };
    let totals = others().filter_map(|total| {
        let units = unit_of(per, total)?;
        let larger = units * per.times > 1 || total.value() > said.value();
        (total.is_level() && total.claim.value_to.is_none() && larger).then_some((total, units))
    });
    let mut pairs: Vec<Operands<'_, '_>> = Vec::new();
    for (total, units) in totals.take(OPERANDS_MAX) {
        let counts = others().filter(|count| count.index != total.index);
        let counts =
            counts.filter_map(|count| Some(Operands { total, count, units, finer: counted(count)? }));
        pairs.extend(counts.take(OPERANDS_MAX));
    }
    // Of several the one that its own sentence tells is meant.
    let here = |pair: &&Operands<'_, '_>| pair.total.same_sentence(said) && pair.count.same_sentence(said);
    let only = pairs.len() == 1 || pairs.iter().filter(here).count() == 1;
    let mut readings: Vec<Stated> = pairs
        .iter()
        .map(|pair| {
            let sure = is_sure(scene.own, at, per, pair, only && (pairs.len() == 1 || here(&pair)));
            tie(Tie::Mean, pair.formula(per), vec![said.index, pair.total.index, pair.count.index], sure)
        })
        .collect();
    readings.sort_by_key(|reading| !reading.whole);
    let chosen = scene.choose(&readings)?;
    if scene.holds(&chosen) {
        return Some(chosen);
    }
    // "sản lượng ngô 2.316 tấn, diện tích 595 ha, năng suất 39,8 tạ/ha"
    if let Some(swapped) = scene.only_swapped(&readings) {
        return Some(swapped);
    }
    let whole = chosen.whole || is_alone(scene, said, per, &pairs) || is_yield(scene, said, &pairs);
    (whole || only && per.cue == Cue::Each || per.cue == Cue::Mean).then_some(Stated { whole, ..chosen })
}

/// "742 cơ sở lưu trú … 8.906 phòng, bình quân 16 phòng/cơ sở": whether but one total and one count of what the unit names
/// are told around, at one time and of nothing apart.
fn is_alone(scene: &Scene<'_, '_>, said: &Said<'_>, per: &Per, pairs: &[Operands<'_, '_>]) -> bool {
    let near = |of: &Said<'_>| of.index < said.index && of.claim.sentence + 1 >= said.claim.sentence;
    let mut told = pairs.iter().filter(|pair| near(pair.total) && near(pair.count));
    let Some(pair) = told.next().filter(|_| told.next().is_none()) else { return false };
    let both = [pair.total, pair.count];
    let plain = both.iter().all(|of| !of.is_bracketed());
    let first = pair.total.from.min(pair.count.from);
    let words = said.tokens.get(first..said.from).unwrap_or_default();
    let timely = |of: &&Said<'_>| of.claim.time.zip(said.claim.time).is_none_or(|(one, other)| one == other);
    let twin = scene.own.iter().any(|other| other.index != said.index && other.claim.unit == said.claim.unit);
    per.cue == Cue::Mean
        && plain
        && both.iter().all(timely)
        && !twin
        && !has(words, &["riêng", "trong đó", "trong khi"])
        && per::subject(said).is_empty()
}

/// "820 ha lúa, năng suất 52 tạ/ha, sản lượng 4.756 tấn": whether its sentence tells one area, one harvest and one yield.
fn is_yield(scene: &Scene<'_, '_>, said: &Said<'_>, pairs: &[Operands<'_, '_>]) -> bool {
    let here = |pair: &&Operands<'_, '_>| pair.total.same_sentence(said) && pair.count.same_sentence(said);
    let mut told = pairs.iter().filter(here);
    let Some(pair) = told.next().filter(|_| told.next().is_none()) else { return false };
    let between = |one: &Said<'_>, other: &Said<'_>| {
        let (from, to) = (one.to.min(other.to), one.from.max(other.from));
        said.tokens.get(from..to).unwrap_or_default()
    };
    let words = [between(pair.total, said), between(pair.count, said)].concat();
    let others =
        scene.own.iter().filter(|other| other.same_sentence(said) && other.claim.unit == said.claim.unit);
    said.follows(&["năng suất", "năng suất bình quân", "năng suất đạt", "năng suất ước đạt"], 4)
        && said.claim.unit.ends_with("/ha")
        && others.count() == 1
        && !has_mark(&words, &[';'])
        && !has(&words, &["trong đó", "riêng", "thu hoạch", "trồng mới"])
}

/// Whether the words leave no other total and count: the three stand one after the other, or there are no others in
/// the sentence before, and nothing else of the same kind is told beside the mean.
fn is_sure(own: &[Said<'_>], at: usize, per: &Per, pair: &Operands<'_, '_>, only: bool) -> bool {
    let Some(said) = own.get(at) else { return false };
    let place = |of: &Said<'_>| own.iter().position(|said| said.index == of.index);
    let (Some(total), Some(count)) = (place(pair.total), place(pair.count)) else { return false };
    let (low, high) = (at.min(total).min(count), at.max(total).max(count));
    // "…, bình quân 500 nghìn đồng/người; đồng thời tặng 7.350 suất quà, mỗi suất 600.000 đồng": told apart.
    let apart = |other: &Said<'_>| {
        let first = own.get(low);
        first.is_some_and(|first| other.index < first.index && has_mark(other.until(first), &[';']))
    };
    let twin = |other: &Said<'_>| {
        let operand = [said.index, pair.total.index, pair.count.index].contains(&other.index);
        !operand && other.claim.unit == said.claim.unit && other.same_sentence(said) && !apart(other)
    };
    let told = match per.cue {
        Cue::Mean => {
            let words = own.get(low).map(|first| said.tokens.get(first.from.saturating_sub(12)..said.from));
            let words = words.flatten().unwrap_or_default();
            per::subject(said).iter().all(|word| words.iter().filter(|token| token.norm == *word).count() > 1)
        }
        // "bổ sung cho 6 xã biên giới là 84 tỷ đồng; định mức 14 tỷ đồng/xã"
        Cue::Each => {
            let of_count = count + 1 == total && pair.total.follows(&["là"], 1);
            pair.total.follows(&TOTAL, 2) || of_count && said.follows(&["định mức", "mức"], 2)
        }
        Cue::Rate => false,
    };
    let same = |one: &Said<'_>, other: &Said<'_>| {
        one.claim.time.zip(other.claim.time).is_none_or(|(one, other)| one == other)
    };
    // "cho 107 hộ với 321 nhân khẩu, bình quân 15 kg/người": what else is counted is not what the mean is told per.
    let near = high - low == 2 || only && per.cue == Cue::Mean && high == at && high - low == 3;
    let here = pair.total.same_sentence(said) && pair.count.same_sentence(said) && near;
    let before = only
        && per.cue == Cue::Mean
        && pair.total.same_sentence(pair.count)
        && pair.total.claim.sentence + 1 == said.claim.sentence;
    let all = own.get(low).zip(own.get(high)).and_then(|(first, last)| said.tokens.get(first.to..last.from));
    let all = all.unwrap_or_default();
    // "6.842 trường hợp, phạt 14,7 tỷ đồng (bình quân 2,15 triệu đồng/trường hợp)": the mean alone is in brackets.
    let alone = own.get(high).is_some_and(|last| last.index == said.index && last.is_bracketed());
    let operands = own.get(low).zip(own.get(high - 1)).filter(|_| alone);
    let between = operands.and_then(|(first, last)| said.tokens.get(first.to..last.from)).unwrap_or(all);
    let turned = has(all, &["riêng", "trong đó", "trong khi"]) || here && has_mark(between, &['(']);
    let spanned = per.base.contains('/') == pair.total.claim.unit.contains('/');
    let plain = spanned && !turned && !pair.count.is_bracketed() && !pair.total.is_bracketed();
    let timely = same(pair.total, pair.count) && same(said, pair.total);
    told && (here || before) && plain && timely && !own.iter().any(twin)
}
