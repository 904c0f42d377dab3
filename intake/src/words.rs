//! Header texts reduced to what matters when they are compared.

use mc_base::text::{clean, fold, search_key};

/// The words of a header: folded, without asterisks, column numbers and punctuation.
///
/// A unit in brackets goes too: "Chiều cao (m)" is "chieu cao".
pub(crate) fn header_key(text: &str) -> String {
    let folded = fold(&clean(text).text);
    let mut out = String::with_capacity(folded.len());
    let mut depth = 0_u32;
    for c in folded.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if c.is_alphanumeric() => out.push(c),
            _ => out.push(' '),
        }
    }
    let squeezed = search_key(&out);
    // A header that is nothing but a bracket keeps its words.
    if squeezed.is_empty() { plain_key(text) } else { squeezed }
}

/// As [`header_key`], with what stands in brackets.
pub(crate) fn plain_key(text: &str) -> String {
    let folded = fold(&clean(text).text);
    search_key(&folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect::<String>())
}

/// Lower case with its marks, single spaces: for words that folding would confuse (Cộng, Công).
pub(crate) fn marked(text: &str) -> String {
    mc_base::text::squeeze(&mc_base::text::to_new_tone(&clean(text).text.to_lowercase()))
}

/// A roman numeral up to 49, written alone: I, IV., XII)
pub(crate) fn is_roman(text: &str) -> bool {
    let digits = text.trim().trim_end_matches(['.', ')', ':']);
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let Some(values) = digits.chars().map(value).collect::<Option<Vec<u32>>>() else { return false };
    if values.is_empty() || values.len() > 8 {
        return false;
    }
    let next = values.iter().skip(1).chain(std::iter::once(&0));
    let mut total = 0_i64;
    for (&one, &after) in values.iter().zip(next) {
        total += if one < after { -i64::from(one) } else { i64::from(one) };
    }
    total > 0 && to_roman(total) == digits
}

fn to_roman(mut number: i64) -> String {
    let mut out = String::new();
    for (value, digits) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while number >= value {
            out.push_str(digits);
            number -= value;
        }
    }
    out
}

/// Looks like data and not like a header: a number, a date, a code with digits.
pub(crate) fn looks_like_data(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let one_word = !text.contains(char::is_whitespace);
    digits > 0
        && (one_word && digits >= letters || text.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_lose_marks_units_and_stars() {
        assert_eq!(header_key("  Mã\ntrạm (*) "), "ma tram");
        assert_eq!(header_key("Chiều cao cột (m)"), "chieu cao cot");
        assert_eq!(header_key("(Toạ độ)"), "toa do");
        assert_eq!(header_key("KINH ĐỘ"), "kinh do");
    }

    #[test]
    fn roman_numerals_are_written_one_way() {
        for yes in ["I", "IV", "VIII.", "XII", "XL)"] {
            assert!(is_roman(yes), "{yes}");
        }
        for no in ["", "IIII", "VX", "A", "i", "1", "MIX"] {
            assert!(!is_roman(no), "{no}");
        }
    }

    #[test]
    fn data_is_told_from_headers() {
        for data in ["1.234,5", "31/02/2025", "2025", "-3"] {
            assert!(looks_like_data(data), "{data}");
        }
        for header in ["Mã trạm", "Năm 2025", "Quý III/2025 (đồng)", "Cột 1a"] {
            assert!(!looks_like_data(header), "{header}");
        }
    }
}
