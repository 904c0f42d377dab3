//! Numbers in words: "mười lăm", "hai phẩy năm", "ba mươi tám".

use crate::amount::Amount;
use crate::text::Token;

/// Words read at most.
const WORDS_MAX: usize = 24;

fn digit(word: &str) -> Option<i64> {
    Some(match word {
        "không" => 0,
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" | "nhăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

/// The number below a thousand that begins at `at`, and where it ends.
fn below_thousand(word: &impl Fn(usize) -> &'static str, at: usize) -> Option<(i64, usize)> {
    let mut end = at;
    let mut value = 0;
    let mut hundreds = false;
    if let Some(count) = digit(word(end)).filter(|_| word(end + 1) == "trăm") {
        value = count * 100;
        end += 2;
        hundreds = true;
        if matches!(word(end), "linh" | "lẻ") {
            return digit(word(end + 1)).map(|unit| (value + unit, end + 2));
        }
        if word(end) == "rưỡi" {
            return Some((value + 50, end + 1));
        }
    }
    if word(end) == "mười" {
        end += 1;
        let unit = digit(word(end)).filter(|_| !is_year_after(word, end));
        return Some((value + 10 + unit.unwrap_or(0), end + usize::from(unit.is_some())));
    }
    let Some(count) = digit(word(end)) else { return hundreds.then_some((value, end)) };
    if word(end + 1) == "mươi" || (count > 1 && ends_ten(word(end + 1))) {
        let is_ten = word(end + 1) == "mươi";
        end += if is_ten { 2 } else { 1 };
        let unit = digit(word(end)).filter(|_| !is_year_after(word, end));
        return Some((value + count * 10 + unit.unwrap_or(0), end + usize::from(unit.is_some())));
    }
    if hundreds && word(end + 1) != "mươi" {
        // "hai trăm năm" stops before a digit that stands alone.
        return Some((value, end));
    }
    (word(end) != "không" || word(end + 1) == "phẩy").then_some((value + count, end + 1))
}

/// Forms that only stand behind tens: "hai mốt", "ba lăm".
fn ends_ten(word: &str) -> bool {
    matches!(word, "mốt" | "lăm" | "nhăm")
}

/// "mười năm": ten years, not fifteen.
fn is_year_after(word: &impl Fn(usize) -> &'static str, at: usize) -> bool {
    word(at) == "năm"
}

/// Forms that stand only behind tens or hundreds, and words that mean something else alone.
fn never_first(word: &str) -> bool {
    matches!(word, "tư" | "mốt" | "lăm" | "nhăm")
}

/// The number in words that begins at token `at`, and the token behind it.
pub(super) fn read(tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    if never_first(&tokens.get(at)?.norm) {
        return None;
    }
    let known = |index: usize| -> &'static str {
        let word = tokens.get(at + index).filter(|token| token.is_word() && index < WORDS_MAX);
        word.and_then(|token| WORDS.iter().find(|known| **known == token.norm)).copied().unwrap_or_default()
    };
    let (mut value, mut end) = below_thousand(&known, 0)?;
    // "một nghìn hai trăm": a group with its thousands, then a group below.
    if matches!(known(end), "nghìn" | "ngàn")
        && let Some((rest, behind)) = below_thousand(&known, end + 1).filter(|(rest, _)| *rest >= 10)
    {
        value = value * 1_000 + rest;
        end = behind;
    }
    let mut amount = Amount::whole(value);
    if known(end) == "phẩy"
        && let Some((part, behind)) = below_thousand(&known, end + 1)
    {
        let decimals = u8::try_from(part.to_string().len()).ok()?;
        let digits = value * 10_i64.pow(u32::from(decimals)) + part;
        amount = Amount { digits, decimals, power: 0 };
        end = behind;
    }
    Some((amount, at + end))
}

const WORDS: [&str; 25] = [
    "không", "một", "mốt", "hai", "ba", "bốn", "tư", "năm", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám",
    "chín", "mười", "mươi", "trăm", "linh", "lẻ", "nghìn", "ngàn", "phẩy", "rưỡi", "tỷ",
];
