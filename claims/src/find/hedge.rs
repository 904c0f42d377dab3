//! Words before a number that loosen it.

use crate::claim::Hedge;
use crate::lexicon::{Phrases, any_of, ends_with, starts_with};
use crate::text::Token;

const OVER: &Phrases = &["hơn", "trên", "vượt", "vượt mức", "vượt quá"];
const UNDER: &Phrases = &["gần", "dưới", "ngót", "gần đạt"];
const ABOUT: &Phrases =
    &["khoảng", "xấp xỉ", "ước", "chừng", "ước khoảng", "ước tính", "ước tính khoảng", "tương đương khoảng"];
const AT_LEAST: &Phrases =
    &["ít nhất", "tối thiểu", "không dưới", "không thấp hơn", "không ít hơn", "ít nhất là"];
const AT_MOST: &Phrases =
    &["không quá", "tối đa", "không vượt quá", "nhiều nhất", "không vượt", "tối đa là", "không cao hơn"];
/// "cao hơn 5%" compares; it does not loosen.
const COMPARING: &Phrases = &[
    "cao hơn",
    "thấp hơn",
    "nhiều hơn",
    "ít hơn",
    "lớn hơn",
    "nhỏ hơn",
    "sớm hơn",
    "muộn hơn",
    "nhanh hơn",
    "chậm hơn",
    "dài hơn",
    "ngắn hơn",
    "kém hơn",
    "tốt hơn",
];
/// Verbs between "ước" and its number.
const VERBS: &Phrases = &[
    "đạt",
    "tăng",
    "giảm",
    "có",
    "thu",
    "chi",
    "thực hiện",
    "hoàn thành",
    "giải ngân",
    "còn",
    "trồng",
    "sản xuất",
    "tính",
    "thu hút",
    "đón",
];

/// The hedge of the number that begins at `at`, and how many tokens before it the words begin.
pub(super) fn of(tokens: &[Token], at: usize, behind: usize) -> Hedge {
    if starts_with(tokens, behind, &["trở lên"]) > 0 {
        return Hedge::AtLeast;
    }
    if starts_with(tokens, behind, &["trở xuống"]) > 0 {
        return Hedge::AtMost;
    }
    let longest = [
        (Hedge::AtLeast, AT_LEAST),
        (Hedge::AtMost, AT_MOST),
        (Hedge::Over, OVER),
        (Hedge::Under, UNDER),
        (Hedge::About, ABOUT),
    ]
    .into_iter()
    .map(|(hedge, phrases)| (ends_with(tokens, at, phrases), hedge))
    .max_by_key(|(length, _)| *length)
    .filter(|(length, _)| *length > 0);
    match longest {
        Some((_, Hedge::Over)) if ends_with(tokens, at, COMPARING) > 0 || is_no_hedge(tokens, at, behind) => {
            Hedge::None
        }
        Some((_, hedge)) => hedge,
        None => estimated(tokens, at),
    }
}

/// "vượt 5% kế hoạch" is a verb, "trạm trên 99 xã" a place.
fn is_no_hedge(tokens: &[Token], at: usize, behind: usize) -> bool {
    let percent = tokens.get(at..behind).unwrap_or_default().iter().any(|token| token.is_mark('%'));
    if ends_with(tokens, at, &["vượt"]) > 0 {
        return percent;
    }
    let last = behind.checked_sub(1).and_then(|last| tokens.get(last));
    let places = any_of(last, &["xã", "phường", "tỉnh", "thôn", "bản", "huyện", "phố", "trấn"]);
    let said = ends_with(
        tokens,
        at,
        &["có trên", "đạt trên", "hơn", "với trên", "là trên", "được trên", "cho trên"],
    ) > 0;
    places && !said && at > 1
}

/// "ước đạt 15": a verb may stand between.
fn estimated(tokens: &[Token], at: usize) -> Hedge {
    let verb = ends_with(tokens, at, VERBS);
    let before = at - verb.min(at);
    if verb > 0 && ends_with(tokens, before, &["ước", "ước tính", "dự ước"]) > 0 {
        Hedge::About
    } else {
        Hedge::None
    }
}
