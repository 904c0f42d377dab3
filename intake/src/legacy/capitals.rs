//! The case of TCVN3 capitals, which its bytes do not hold.

use super::{letters, syllable};

/// Puts marked letters into capitals where the letters around them, which have their case, are capitals.
///
/// "CHứC" is CHỨC. "Số TT" and a title typed in small letters stay; "Tổ" becomes TỔ only beside a word that is
/// surely in capitals ("CHứC", or "TÊN", which is no abbreviation), in a text without a small letter of ASCII.
pub(super) fn restore(text: &str) -> String {
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let shouted = !text.contains(|c: char| c.is_ascii_lowercase())
        && words().any(|word| is_surely_capital(word) || is_capital_syllable(word));
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        if is_surely_capital(piece.trim_end_matches(|c: char| !c.is_alphabetic())) || shouted {
            out.extend(piece.chars().flat_map(char::to_uppercase));
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// Capitals that make a syllable of two letters or more.
fn is_capital_syllable(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && syllable::is_possible(&word.chars().map(letters::lower).collect::<String>())
}

/// A small letter with marks, a capital after the first letter, and no small letter of ASCII.
fn is_surely_capital(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
        && !word.contains(|c: char| c.is_ascii_lowercase())
        && word.contains(|c: char| !c.is_ascii() && c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_follow_their_neighbours() {
        assert_eq!(restore("TÊN Tổ CHứC TíN DụNG…"), "TÊN TỔ CHỨC TÍN DỤNG…");
        assert_eq!(restore("Số TT"), "Số TT");
        assert_eq!(restore("ĐƠN Vị"), "ĐƠN VỊ");
        assert_eq!(restore("Số QĐ, ĐVT, USD"), "Số QĐ, ĐVT, USD");
        assert_eq!(restore("ước thực hiện"), "ước thực hiện");
        assert_eq!(restore("CHứC danh vụ"), "CHỨC danh vụ");
        assert_eq!(restore("UBND xã"), "UBND xã");
        assert_eq!(restore("Ở ĐÔ THị, ĐấT ở"), "Ở ĐÔ THỊ, ĐẤT Ở");
    }
}
