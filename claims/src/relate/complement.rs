//! "48 mẫu không đạt, tỷ lệ đạt chuẩn là 92,5%": the percentage of what is left of a whole.

use super::judge::Stated;
use super::relation::{Formula, Tie};
use super::share::is_pair;
use super::{Said, Scene, adds, has, has_mark, label, tie};
use crate::text::{Token, TokenKind};

/// Words of a clause that speaks of another place, time or aim than the numbers before it.
const ELSEWHERE: [&str; 18] = [
    "toàn tỉnh",
    "cả nước",
    "cả tỉnh",
    "toàn quốc",
    "bình quân",
    "trung bình",
    "năm",
    "cùng kỳ",
    "mục tiêu",
    "phấn đấu",
    "kế hoạch",
    "quy định",
    "yêu cầu",
    "so với",
    "trong đó",
    "riêng",
    "tháng",
    "quý",
];
/// Words that lead to what is left.
const LEFT: [&str; 5] = ["còn", "còn lại", "số còn lại", "phần còn lại", "chưa"];
/// Tokens from a part to its percentage at most.
const NEAR: usize = 26;

/// What a percentage says of the rest of a whole whose part stands before it.
pub(super) fn of(scene: &Scene<'_, '_>, at: usize, known: &[Stated]) -> Option<Stated> {
    let own = scene.own;
    let percent = own.get(at)?;
    let clause = clause(percent);
    let (whole, part) = pair(own, at, known)?;
    // "61/89 xã đạt chuẩn, 28 xã chưa đạt; tỷ lệ đạt chuẩn 68,5%": of the pair that stands before it.
    let told = |pair: &[Said<'_>]| match pair {
        [one, all] if is_pair(one, all) && all.index == whole.index => {
            scene.holds(&tie(Tie::Share, Formula::Share, vec![percent.index, one.index, all.index], false))
        }
        _ => false,
    };
    if own.get(..at)?.windows(2).any(told) {
        return None;
    }
    let words = part.tokens.get(part.to..percent.from)?;
    if words.len() > NEAR || has_mark(words, &['(', '.', ':']) {
        return None;
    }
    // "còn 7,6% số tin đang trong thời hạn", "tỷ lệ đạt chuẩn là 92,5%"
    let rest = has(clause.before, &LEFT);
    let rate = has(clause.before, &["tỷ lệ"]);
    let denied = label::denies(clause.before) || label::denies(clause.behind);
    let part_denied = label::denies(&part_words(part));
    let turned = denied != part_denied;
    if !(rest && (turned || !part_denied) || rate && turned) {
        return None;
    }
    let elsewhere = has(clause.before, &ELSEWHERE) || has(clause.behind, &ELSEWHERE);
    let stated = tie(
        Tie::Complement,
        Formula::Complement,
        vec![percent.index, whole.index, part.index],
        !elsewhere && percent.claim.modality == part.claim.modality,
    );
    (scene.holds(&stated) || stated.whole && scene.explains(&stated)).then_some(stated)
}

/// The clause of a percentage: its words before and behind.
struct Clause<'d> {
    before: &'d [Token],
    behind: &'d [Token],
}

fn clause<'d>(percent: &Said<'d>) -> Clause<'d> {
    Clause {
        before: label::clause_before(percent.tokens, percent.from),
        behind: label::words_behind(percent.tokens, percent.to),
    }
}

/// Whole and part right before the percentage, or those of the share right before it.
fn pair<'s, 'd>(own: &'s [Said<'d>], at: usize, known: &[Stated]) -> Option<(&'s Said<'d>, &'s Said<'d>)> {
    let (percent, before) = (own.get(at)?, own.get(at.checked_sub(1)?)?);
    let find = |index: &usize| own.iter().find(|said| said.index == *index);
    let share =
        known.iter().find(|share| share.kind == Tie::Share && share.claims.first() == Some(&before.index));
    let (whole, part) = match share.map(|share| share.claims.as_slice()) {
        Some([_, part, whole]) => (find(whole)?, find(part)?),
        _ => (own.get(at.checked_sub(2)?)?, before),
    };
    let amounts = adds(whole.claim.kind) && adds(part.claim.kind);
    let fits =
        amounts && whole.alike(part) && whole.value() > part.value() && whole.is_level() && part.is_level();
    (fits && whole.same_sentence(percent) && part.same_sentence(percent)).then_some((whole, part))
}

/// The words of a part itself: from the last mark or number before it to the next mark behind it.
fn part_words(part: &Said<'_>) -> Vec<Token> {
    let ends = |token: &&Token| !matches!(token.kind, TokenKind::Mark(_));
    let behind = part.tokens.get(part.to..).unwrap_or_default().iter().take(12).take_while(ends);
    label::clause_before(part.tokens, part.from).iter().chain(behind).cloned().collect()
}
