//! Shares that are the whole together.

use std::collections::BTreeMap;

use super::judge::{self, Stated};
use super::relation::{Formula, Relation, Tie, Verdict};
use super::{Said, Scene, has, label, reason, states, tie};
use crate::amount::Exact;
use crate::interval::Interval;
use crate::lexicon::ends_with;
use crate::print;
use crate::text::{Token, TokenKind};

/// Names that split a set: nothing has two of one line.
const FAMILIES: [&[&str]; 14] = [
    &["nam", "nữ"],
    &["thành thị", "nông thôn"],
    &["trực tuyến", "trực tiếp"],
    &["trong nước", "nước ngoài", "ngoài nước"],
    &["quốc tế", "nội địa"],
    &["trước hạn", "đúng hạn", "quá hạn", "trễ hạn"],
    &["đúng hạn", "chậm"],
    &["rất hài lòng", "hài lòng", "bình thường", "chưa hài lòng", "không hài lòng"],
    &["xuất sắc", "tốt", "khá", "trung bình", "yếu", "kém"],
    &["giỏi", "khá", "trung bình", "yếu"],
    &["tốt", "khá", "đạt", "chưa đạt", "không đạt"],
    &["đạt", "chưa đạt", "không đạt"],
    &["kiên cố", "bán kiên cố", "tạm"],
    &["hoàn thành xuất sắc", "hoàn thành tốt", "hoàn thành", "không hoàn thành"],
];
/// Lines above whose first two names are all there are.
const BINARY: usize = 3;
/// Words that lead to the parts of a structure.
const STRUCTURE: [&str; 2] = ["cơ cấu", "tỷ trọng"];
/// Words that say that the parts are all there are.
const ALL: [&str; 6] = ["gồm", "bao gồm", "chia ra", "còn lại", "các nguồn khác", "nhóm khác"];
/// Words before the last part.
const REST: [&str; 5] = ["còn lại", "còn lại là", "số còn lại", "phần còn lại", "còn lại chiếm"];
/// Words of a percentage that is no part: of another time, of a change, of an aim.
const OTHER: [&str; 22] = [
    "năm",
    "tháng",
    "quý",
    "cùng kỳ",
    "so với",
    "trong đó",
    "riêng",
    "tăng trưởng",
    "tốc độ",
    "kế hoạch",
    "mục tiêu",
    "từ",
    "xuống",
    "lên",
    "tăng",
    "giảm",
    "chỉ tiêu",
    "dự toán",
    "lãi suất",
    "hoàn thành",
    "giải ngân",
    "nay",
];
/// Words beside names that name nothing else.
const NEUTRAL: [&str; 24] = [
    "nhiệm", "vụ", "người", "hỏi", "hồ", "sơ", "phiếu", "ý", "kiến", "đánh", "giá", "loại", "xếp", "học",
    "sinh", "hộ", "việc", "giải", "quyết", "rất", "lại", "mức", "trả", "lời",
];
/// Tokens before the first percentage that say of what.
const LEAD: usize = 18;
/// Percentages that are added up at most.
const SHARES_MAX: usize = 16;
/// Percentages one after the other that are tried as parts of one thing.
const RUN_MAX: usize = 8;
/// A sum farther off is of percentages that are no parts of one thing.
const FAR: i128 = 35;

/// Percentages of a sentence, or of a list, that are said to be the parts of one thing.
pub(super) fn find(scene: &Scene<'_, '_>, stated: &[Stated]) -> Vec<Relation> {
    let own = scene.own;
    let mut found: Vec<Relation> = of_sums(scene, stated);
    let mut from = 0;
    while from < own.len() {
        let rest = own.get(from..).unwrap_or_default();
        let goes_on =
            |pair: &[Said<'_>]| matches!(pair, [one, next] if next.same_sentence(one) || is_item(one, next));
        let count = 1 + rest.windows(2).take_while(|pair| goes_on(pair)).count();
        let known = |relation: &Relation| {
            found.iter().any(|known| known.claims.iter().any(|share| relation.claims.contains(share)))
        };
        let said = together(rest.get(..count).unwrap_or_default()).filter(|relation| !known(relation));
        found.extend(said);
        from += count;
    }
    found
}

/// Percentages one after the other, each beside its part, that are a hundred together though no word says so.
pub(super) fn runs(own: &[Said<'_>], known: &[Relation]) -> Vec<Relation> {
    let percents: Vec<&Said<'_>> = own.iter().filter(is_share).collect();
    let mut found: Vec<Relation> = Vec::new();
    let told = |all: &[Relation], said: &Said<'_>| {
        all.iter().any(|one| one.kind == Tie::SharesTo100 && one.claims.contains(&said.index))
    };
    let near =
        |pair: &[&Said<'_>]| matches!(pair, [one, next] if next.claim.sentence <= one.claim.sentence + 1);
    for (at, first) in percents.iter().enumerate() {
        if told(known, first) || told(&found, first) {
            continue;
        }
        let run = |length: usize| percents.get(at..at + length).filter(|run| run.windows(2).all(near));
        let exact = |run: &&[&Said<'_>]| {
            let sum: Exact = run.iter().map(|said| said.claim.value.exact()).sum();
            let off = sum - Exact::from_integer(100);
            // Two are a hundred by chance sooner than three.
            off == Exact::from_integer(0) || run.len() > 2 && off.pow(2) <= Exact::new(1, 25)
        };
        let whole = (2..=RUN_MAX).filter_map(run).find(exact);
        found.extend(whole.and_then(|run| relation(run, Sure::default())));
    }
    found
}

/// "vốn trung ương 6.274 tỷ đồng, chiếm 40,5%; vốn địa phương 7.938 tỷ đồng, chiếm 51,2%; …": what has shares that are a
/// hundred together, most of them of one whole, must add up to it.
pub(super) fn split(scene: &Scene<'_, '_>, known: &[Relation]) -> Vec<Relation> {
    let whole = |share: &usize| {
        let told = known.iter().find(|one| one.kind == Tie::Share && one.claims.first() == Some(share));
        match told.map(|one| one.claims.as_slice()) {
            Some([_, part, whole]) => Some((*part, *whole)),
            _ => None,
        }
    };
    let holds = |share: &usize| {
        known.iter().any(|one| {
            one.kind == Tie::Share
                && one.claims.first() == Some(share)
                && matches!(one.verdict, Verdict::Ok | Verdict::OkTruncated)
        })
    };
    let summed = |total: usize, parts: &[usize]| {
        let of = |one: &&Relation| one.kind == Tie::Sum && one.claims.first() == Some(&total);
        known.iter().filter(of).any(|one| one.claims.iter().skip(1).any(|part| parts.contains(part)))
    };
    let of = |hundred: &Relation| {
        let pairs: Vec<(usize, usize)> = hundred.claims.iter().map(whole).collect::<Option<_>>()?;
        let parts: Vec<usize> = pairs.iter().map(|(part, _)| *part).collect();
        let total = pairs.first()?.1;
        let most = hundred.claims.iter().filter(|share| holds(share)).count() * 2 > parts.len();
        let one = pairs.iter().all(|(_, whole)| *whole == total) && parts.len() >= 3;
        if !one || !most || summed(total, &parts) {
            return None;
        }
        let claims = std::iter::once(total).chain(parts).collect();
        judge::judged(scene, &tie(Tie::Sum, Formula::Sum, claims, true))
    };
    let told = known.iter().filter(|one| one.kind == Tie::SharesTo100 && one.verdict == Verdict::Ok);
    told.filter_map(of).collect()
}

fn is_share(said: &&Said<'_>) -> bool {
    said.claim.unit == "%" && said.is_level() && said.claim.value_to.is_none() && said.fraction.is_none()
}

/// Whether `next` stands in the next line of a list.
fn is_item(one: &Said<'_>, next: &Said<'_>) -> bool {
    next.claim.sentence == one.claim.sentence + 1
        && one.claim.unit == "%"
        && one
            .until(next)
            .iter()
            .take(3)
            .any(|token| matches!(token.kind, TokenKind::Mark('-' | '+' | '•' | '*' | '–')))
}

fn together(own: &[Said<'_>]) -> Option<Relation> {
    let percents: Vec<&Said<'_>> = own.iter().filter(is_share).take(SHARES_MAX).collect();
    let [first, .., last] = percents.as_slice() else { return None };
    let lead = first.tokens.get(first.from.saturating_sub(LEAD)..first.from)?;
    let between = first.until(last);
    let rated =
        splits(&["hoàn thành xuất sắc", "hoàn thành tốt", "hoàn thành", "không hoàn thành"], &percents);
    let behind = label::words_behind(last.tokens, last.to);
    let clean = rated || !tells_other(between) && !tells_other(behind);
    let told = has(lead, &STRUCTURE);
    let structure = told && percents.len() > 2;
    // "38% chọn …, 27% chọn …, số còn lại (18%) …"
    let shared = percents.len() > 2 || percents.iter().any(|share| share.follows(&["chiếm", "đạt", "là"], 4));
    let rest = last.follows(&REST, 6) && shared;
    let family = FAMILIES.iter().position(|family| splits(family, &percents));
    let split = family.is_some_and(|family| names_only(family, &percents));
    // "Các nguồn vốn gồm: trung ương 45%, tỉnh 30%, nguồn khác 25%"
    let sources = percents.len() > 2 && has(lead, &["nguồn", "nguồn vốn"]) && has(lead, &["gồm", "bao gồm"]);
    let all = rest || sources || structure && (has(lead, &ALL) || has(between, &ALL));
    let binary = split && family.is_some_and(|family| family < BINARY);
    let sure = Sure {
        over: clean && (structure || split || rest || sources),
        under: clean && (all || binary),
        told: clean && (structure || split),
    };
    let shared = percents.iter().any(|share| share.follows(&["chiếm"], 3));
    (sure.over || told || shared || percents.len() >= 3 && !has(between, &["tỷ lệ"]) || split)
        .then(|| relation(&percents, sure))
        .flatten()
}

/// Whether the words tell a percentage of something else; "từ 30 đến 45 tuổi" names a part.
fn tells_other(words: &[Token]) -> bool {
    (1..=words.len()).any(|end| {
        let aged = words.get(end).is_some_and(Token::is_number) && ends_with(words, end, &["từ"]) > 0;
        !aged && ends_with(words, end, &OTHER) > 0
    })
}

/// Whether each percentage is told by another name of the family.
fn splits(family: &[&'static str], percents: &[&Said<'_>]) -> bool {
    let names: Vec<Vec<&str>> = percents.iter().map(|share| states::of(share, family)).collect();
    let one = names.iter().all(|names| names.len() == 1);
    one && names.iter().enumerate().all(|(at, name)| names.iter().skip(at + 1).all(|other| other != name))
}

/// Whether nothing but the names and what was said before sets the percentages off from each other.
fn names_only(family: usize, percents: &[&Said<'_>]) -> bool {
    let (Some(family), [first, .., last]) = (FAMILIES.get(family), percents) else { return false };
    let lead = label::content(label::clause_before(first.tokens, first.from));
    let words = [first.until(last), label::words_behind(last.tokens, last.to)];
    words.iter().flat_map(|words| label::content(words)).all(|word| {
        lead.contains(&word)
            || NEUTRAL.contains(&word)
            || family.iter().any(|name| name.split(' ').any(|part| part == word))
    })
}

/// Shares of one whole whose parts are said to add up to it.
fn of_sums(scene: &Scene<'_, '_>, stated: &[Stated]) -> Vec<Relation> {
    let own = scene.own;
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
        // Parts that are the whole to the last digit have shares that are a hundred.
        let told =
            own.iter().find(|said| said.index == *total).is_some_and(|total| total.value() >= 100.into());
        let exact = told && parts.len() > 2 && scene.holds(sum);
        relation(&percents?, Sure { over: exact, under: exact, told: false })
    };
    let sums = stated.iter().filter(|stated| stated.kind == Tie::Sum && stated.claims.len() > 2);
    sums.filter_map(of).collect()
}

/// What is an error where shares do not add up to 100.
#[derive(Clone, Copy, Debug, Default)]
struct Sure {
    /// More than 100.
    over: bool,
    /// Less than 100.
    under: bool,
    /// They are told as parts of one thing: less is worth telling.
    told: bool,
}

/// The shares of a column of a table; `whole` where what they are of adds up.
pub(super) fn of_column(shares: &[&Said<'_>], whole: bool) -> Option<Relation> {
    (shares.len() > 1).then(|| relation(shares, Sure { over: whole, under: whole, told: whole })).flatten()
}

fn relation(shares: &[&Said<'_>], sure: Sure) -> Option<Relation> {
    let sum = shares.iter().map(|said| Interval::of(said.claim)).reduce(|sum, share| sum.plus(&share))?;
    let hundred = Exact::from_integer(100);
    let exact: Exact = shares.iter().map(|said| said.claim.value.exact()).sum();
    let near = exact > hundred - FAR && exact < hundred + FAR;
    let wrong = if exact > hundred { sure.over } else { sure.under };
    let verdict = if sum.meets(&Interval::point(hundred)) {
        Verdict::Ok
    } else if wrong && near {
        Verdict::Mismatch
    } else if sure.told && near && exact < hundred {
        Verdict::Insufficient
    } else {
        return None;
    };
    let written: Vec<String> =
        shares.iter().map(|said| format!("{}%", print::plain(said.claim.value))).collect();
    let (tail, reason) = match verdict {
        Verdict::Mismatch => (", không phải 100%", explained(shares, exact)),
        Verdict::Insufficient => ("", "các phần nêu ra chưa chắc là đủ".to_owned()),
        _ => ("", String::new()),
    };
    Some(Relation {
        kind: Tie::SharesTo100,
        claims: shares.iter().map(|said| said.index).collect(),
        expression: format!("{} = {}%{tail}", written.join(" + "), print::exact(exact, 2)),
        computed: Some(sum),
        verdict,
        reason,
    })
}

/// The slip of one share that makes all of them 100.
fn explained(shares: &[&Said<'_>], sum: Exact) -> String {
    let meant = |share: &Said<'_>| Exact::from_integer(100) - (sum - share.value());
    shares
        .iter()
        .find_map(|share| reason::slip(share.claim, meant(share)))
        .unwrap_or_else(|| "chưa rõ".to_owned())
}
