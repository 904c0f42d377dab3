//! Reading numbers as people and programs write them, and saying when a text has two readings.

use crate::scaled::{SCALE_MAX, Scaled};

const LENGTH_MAX: usize = 64;
const HOW: &str = "cần viết như 1.234 hoặc 1.234,5";

/// What the place that the number is typed into can hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// Whole numbers only: `1.234` can only be one thousand two hundred and thirty-four.
    Whole,
    /// Decimals too: `1.234` has two readings.
    Decimal,
}

/// Which marks a file uses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `1.234,5`
    Vietnamese,
    /// `1,234.5`
    English,
}

/// A number read from a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParsedNumber {
    /// The digits as one whole number.
    pub mantissa: i64,
    /// Digits after the decimal mark, 0 to 9.
    pub scale: u8,
    /// A percent sign followed; the value is as written, 84,2 for `84,2%`.
    pub percent: bool,
    /// A person should be asked, once per file, before the value is taken.
    pub ambiguous: Option<Ambiguity>,
}

/// Why a person should be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ambiguity {
    /// The value is the Vietnamese reading; this is the English one.
    TwoReadings {
        /// The value with English marks.
        other: Scaled,
    },
    /// Only the English reading (`1,234.5`) makes sense, in a file that should be Vietnamese.
    EnglishMarks,
}

/// Why a text is no number. Displays as the Vietnamese sentence to show.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("Ô trống; {HOW}.")]
    Empty,
    /// More than 64 characters.
    #[error("Số dài quá {LENGTH_MAX} ký tự; {HOW}.")]
    TooLong,
    /// Something other than digits and marks.
    #[error("“{0}” không phải là số; {HOW}.")]
    NotANumber(String),
    /// Digits of another script.
    #[error("“{text}” có chữ số lạ “{digit}”, chỉ dùng chữ số 0 đến 9; {HOW}.")]
    ForeignDigit {
        /// What was typed.
        text: String,
        /// The first such digit.
        digit: char,
    },
    /// Scientific notation.
    #[error("“{0}” viết dạng lũy thừa; cần viết đủ các chữ số, như 1.234,5.")]
    Exponent(String),
    /// Points and commas in impossible places.
    #[error("“{0}” đặt dấu chấm, dấu phẩy hoặc khoảng trắng sai chỗ; {HOW}.")]
    Malformed(String),
    /// A fraction where whole numbers are wanted.
    #[error("“{0}” có phần lẻ, ở đây cần số nguyên.")]
    NotWhole(String),
    /// More than nine decimals.
    #[error("“{0}” có quá {SCALE_MAX} chữ số thập phân.")]
    TooPrecise(String),
    /// Outside ±9.2 × 10^18.
    #[error("“{0}” quá lớn; số lớn nhất là 9.223.372.036.854.775.807.")]
    TooLarge(String),
}

impl ParsedNumber {
    /// The value as a decimal.
    #[must_use]
    pub const fn value(&self) -> Scaled {
        Scaled { mantissa: self.mantissa, scale: self.scale }
    }

    const fn of(value: Scaled, percent: bool, ambiguous: Option<Ambiguity>) -> Self {
        Self { mantissa: value.mantissa, scale: value.scale, percent, ambiguous }
    }
}

/// Reads a number whose style is not known.
///
/// Accepts points, spaces (also no-break and thin) between thousands, full-width digits, any minus sign,
/// `(1.234)` for a negative, a percent sign behind; in English style also `1,234.5`. A lone decimal point
/// (`84.2`), as programs write it, has one reading and is not ambiguous.
///
/// # Errors
/// [`NumberError`] says what was found and how to write it.
pub fn parse(text: &str, wanted: Wanted) -> Result<ParsedNumber, NumberError> {
    let written = Written::of(text)?;
    let vietnamese = written.read(Style::Vietnamese)?;
    let english = written.read(Style::English)?;
    let fits = |value: Option<Scaled>| value.and_then(|value| fit(value, wanted));
    let (value, ambiguous) = match (fits(vietnamese), fits(english)) {
        (Some(one), Some(other)) if one != other => (one, Some(Ambiguity::TwoReadings { other })),
        (Some(one), _) => (one, None),
        (None, Some(other)) => (other, written.body.contains(',').then_some(Ambiguity::EnglishMarks)),
        (None, None) => return Err(written.refusal(vietnamese.or(english).is_some())),
    };
    Ok(ParsedNumber::of(value, written.percent, ambiguous))
}

/// Reads a number of a file whose style a person has confirmed.
///
/// # Errors
/// [`NumberError`] says what was found and how to write it.
pub fn parse_as(text: &str, wanted: Wanted, style: Style) -> Result<ParsedNumber, NumberError> {
    let written = Written::of(text)?;
    let value = written.read(style)?;
    match value.and_then(|value| fit(value, wanted)) {
        Some(fitted) => Ok(ParsedNumber::of(fitted, written.percent, None)),
        None => Err(written.refusal(value.is_some())),
    }
}

fn fit(value: Scaled, wanted: Wanted) -> Option<Scaled> {
    match wanted {
        Wanted::Whole => value.rescale(0),
        Wanted::Decimal => Some(value),
    }
}

/// A text taken apart: sign, percent and a body of ASCII digits, points, commas and spaces.
struct Written {
    text: String,
    body: String,
    negative: bool,
    percent: bool,
}

impl Written {
    fn of(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NumberError::Empty);
        }
        if text.chars().nth(LENGTH_MAX).is_some() {
            return Err(NumberError::TooLong);
        }
        let plain: String = text.chars().map(plain).collect();
        let (percent, rest) = plain.strip_suffix('%').map_or((false, plain.as_str()), |rest| (true, rest));
        let rest = rest.trim();
        let (negative, body) = if let Some(inside) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')'))
        {
            (true, inside)
        } else if let Some(rest) = rest.strip_prefix('-') {
            (true, rest)
        } else {
            (false, rest.strip_prefix('+').unwrap_or(rest))
        };
        let written = Self { text: text.to_owned(), body: body.trim().to_owned(), negative, percent };
        written.check_characters()?;
        Ok(written)
    }

    fn check_characters(&self) -> Result<(), NumberError> {
        let text = || self.text.clone();
        let known = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ');
        let foreign = |c: &char| c.is_numeric() && !c.is_ascii_digit();
        if let Some(digit) = self.body.chars().find(foreign) {
            return Err(NumberError::ForeignDigit { text: text(), digit });
        }
        if let Some((before, after)) = self.body.split_once(['e', 'E']) {
            let power = after.trim_start_matches(['+', '-']);
            let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
            if !before.is_empty() && !power.is_empty() && digits(before) && digits(power) {
                return Err(NumberError::Exponent(text()));
            }
        }
        if !self.body.bytes().any(|b| b.is_ascii_digit()) || !self.body.chars().all(known) {
            return Err(NumberError::NotANumber(text()));
        }
        Ok(())
    }

    /// The value in one style, or `None` where the marks make no sense in it.
    fn read(&self, style: Style) -> Result<Option<Scaled>, NumberError> {
        let (group, point) = match style {
            Style::Vietnamese => ('.', ','),
            Style::English => (',', '.'),
        };
        let (whole, part) = match self.body.split_once(point) {
            Some((whole, part)) => (whole, Some(part)),
            None => (self.body.as_str(), None),
        };
        let Some(whole) = joined(whole, group) else { return Ok(None) };
        if part.is_some_and(|part| !is_digits(part)) {
            return Ok(None);
        }
        let mut part = part.unwrap_or_default();
        if part.len() > usize::from(SCALE_MAX) {
            part = part.trim_end_matches('0');
        }
        let scale = u8::try_from(part.len()).ok().filter(|scale| *scale <= SCALE_MAX);
        let Some(scale) = scale else { return Err(NumberError::TooPrecise(self.text.clone())) };
        let sign = if self.negative { "-" } else { "" };
        match format!("{sign}{whole}{part}").parse() {
            Ok(mantissa) => Ok(Some(Scaled { mantissa, scale })),
            Err(_) => Err(NumberError::TooLarge(self.text.clone())),
        }
    }

    fn refusal(&self, makes_sense: bool) -> NumberError {
        let text = self.text.clone();
        if makes_sense { NumberError::NotWhole(text) } else { NumberError::Malformed(text) }
    }
}

/// The digits of a whole part without the marks between thousands: `1.234` by `.` or ` `, never both.
fn joined(whole: &str, group: char) -> Option<String> {
    let mark = if whole.contains(group) { group } else { ' ' };
    let mut parts = whole.split(mark);
    let first = parts.next().filter(|first| is_digits(first))?;
    let rest: Vec<&str> = parts.collect();
    if !rest.is_empty() && (first.len() > 3 || first.starts_with('0')) {
        return None;
    }
    let three = |part: &&str| part.len() == 3 && is_digits(part);
    rest.iter().all(three).then(|| first.to_owned() + &rest.concat())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The ASCII character of which this is a variant in numbers.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        '％' => '%',
        '＋' => '+',
        '（' => '(',
        '）' => ')',
        // Hyphens, en dash, minus, small and full-width hyphen-minus.
        '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> (String, Option<Ambiguity>) {
        let parsed = parse(text, Wanted::Decimal).expect(text);
        (parsed.value().to_string(), parsed.ambiguous)
    }

    #[test]
    fn one_reading() {
        let cases = [
            ("1.234,5", "1234.5"),
            ("1\u{a0}234", "1234"),
            ("1\u{202f}234\u{202f}567,25", "1234567.25"),
            ("1234", "1234"),
            ("１２３４", "1234"),
            ("\u{2212}5", "-5"),
            ("–5,5", "-5.5"),
            ("(1.234,0)", "-1234.0"),
            ("84,2%", "84.2"),
            ("84,2 %", "84.2"),
            ("84.2", "84.2"),
            ("0.123", "0.123"),
            ("-0", "0"),
            ("-0,00", "0.00"),
            ("+7", "7"),
            ("007", "7"),
            ("1,5000000000000", "1.5"),
            (" 12 ", "12"),
            ("-9.223.372.036.854.775.808", "-9223372036854775808"),
        ];
        for (text, value) in cases {
            assert_eq!(decimal(text), (value.to_owned(), None), "{text}");
        }
        assert!(parse("84,2%", Wanted::Decimal).is_ok_and(|n| n.percent));
    }

    #[test]
    fn two_readings_are_both_told() {
        let other = |mantissa, scale| Some(Ambiguity::TwoReadings { other: Scaled { mantissa, scale } });
        assert_eq!(decimal("1.234"), ("1234".to_owned(), other(1_234, 3)));
        assert_eq!(decimal("1,234"), ("1.234".to_owned(), other(1_234, 0)));
        assert_eq!(decimal("84.200"), ("84200".to_owned(), other(84_200, 3)));
        assert_eq!(decimal("1,234.5"), ("1234.5".to_owned(), Some(Ambiguity::EnglishMarks)));
        assert_eq!(decimal("1,234,567"), ("1234567".to_owned(), Some(Ambiguity::EnglishMarks)));
    }

    #[test]
    fn whole_numbers_settle_the_point() {
        let whole = |text: &str| parse(text, Wanted::Whole).map(|n| (n.mantissa, n.scale, n.ambiguous));
        assert_eq!(whole("4.607"), Ok((4_607, 0, None)));
        assert_eq!(whole("12,0"), Ok((12, 0, None)));
        assert_eq!(whole("1,234"), Ok((1_234, 0, Some(Ambiguity::EnglishMarks))));
        assert_eq!(whole("1,5"), Err(NumberError::NotWhole("1,5".into())));
        assert_eq!(whole("1.5"), Err(NumberError::NotWhole("1.5".into())));
    }

    #[test]
    fn a_confirmed_style_leaves_nothing_to_ask() {
        let read = |text, style| parse_as(text, Wanted::Decimal, style).map(|n| n.value().to_string());
        assert_eq!(read("1.234", Style::Vietnamese), Ok("1234".to_owned()));
        assert_eq!(read("1.234", Style::English), Ok("1.234".to_owned()));
        assert_eq!(read("1,234.5", Style::English), Ok("1234.5".to_owned()));
        assert_eq!(read("1,234.5", Style::Vietnamese), Err(NumberError::Malformed("1,234.5".into())));
    }

    #[test]
    fn what_is_no_number_is_refused_with_the_reason() {
        use NumberError as E;
        let refused = |text: &str| parse(text, Wanted::Decimal).expect_err(text);
        assert_eq!(refused("  "), E::Empty);
        assert_eq!(refused(&"1".repeat(65)), E::TooLong);
        for text in
            ["NaN", "inf", "#REF!", "-", "()", "%", "abc", "12 trạm", "(-5)", "--5", "1_000", ".", "1'234"]
        {
            assert_eq!(refused(text), E::NotANumber(text.into()), "{text}");
        }
        assert_eq!(refused("١٢"), E::ForeignDigit { text: "١٢".into(), digit: '١' });
        assert_eq!(refused("½"), E::ForeignDigit { text: "½".into(), digit: '½' });
        for text in ["1e309", "1E5", "1.5e-3", "-2e+8"] {
            assert_eq!(refused(text), E::Exponent(text.into()), "{text}");
        }
        for text in ["1.23.456", "12.34,5", "1,2,3", "1. 234", "5,", ",5", "1.234 567", "0.123.456", "1 23"] {
            assert_eq!(refused(text), E::Malformed(text.into()), "{text}");
        }
        assert_eq!(refused("1,0000000001"), E::TooPrecise("1,0000000001".into()));
        assert_eq!(refused("9.223.372.036.854.775.808"), E::TooLarge("9.223.372.036.854.775.808".into()));
        assert_eq!(
            refused("12.34,5").to_string(),
            "“12.34,5” đặt dấu chấm, dấu phẩy hoặc khoảng trắng sai chỗ; cần viết như 1.234 hoặc 1.234,5."
        );
    }
}
