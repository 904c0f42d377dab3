//! The language's functions: one definition, used by the reference evaluator and registered by each store.

use mc_base::{Day, Month, text};

/// A function of the language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Function {
    /// `fold(text)`: without marks, case or repeated space.
    Fold,
    /// `len(text)`: Unicode scalar values.
    Len,
    /// `year(day)`.
    YearOfDay,
    /// `year(month)`.
    YearOfMonth,
    /// `month(day)`: 1 to 12.
    MonthOfDay,
    /// `month(month)`: 1 to 12.
    MonthOfMonth,
    /// `first_day(month)`: a day.
    FirstDay,
    /// `next_month(month)`: the first day of the month after; NULL after 9999-12.
    NextMonth,
    /// `count_of(set)`: how many codes.
    CountOf,
    /// `matches_code(set, 'code')`: the set has the code.
    HasCode,
    /// `matches_code(text, 'pattern')`: see [`matches_pattern`].
    MatchesPattern,
}

/// Longest pattern of `matches_code`, in characters.
pub const PATTERN_MAX: usize = 64;

/// See [`Function::Fold`].
#[must_use]
pub fn fold(text: &str) -> String {
    text::fold(text)
}

/// See [`Function::Len`].
#[must_use]
pub fn len(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

/// See [`Function::YearOfDay`].
#[must_use]
pub fn year_of_day(day: Day) -> i64 {
    i64::from(day.ymd().0)
}

/// See [`Function::MonthOfDay`].
#[must_use]
pub fn month_of_day(day: Day) -> i64 {
    i64::from(day.ymd().1)
}

/// See [`Function::YearOfMonth`].
#[must_use]
pub fn year_of_month(month: Month) -> i64 {
    i64::from(month.number() / 100)
}

/// See [`Function::MonthOfMonth`].
#[must_use]
pub fn month_of_month(month: Month) -> i64 {
    i64::from(month.number() % 100)
}

/// See [`Function::NextMonth`].
#[must_use]
pub fn next_month(month: Month) -> Option<Day> {
    let next = month.next();
    (next > month).then(|| next.first_day())
}

/// Whether `pattern` may be used: not empty, at most [`PATTERN_MAX`] characters, `*` only at its end.
#[must_use]
pub fn is_pattern(pattern: &str) -> bool {
    let length = pattern.chars().count();
    (1..=PATTERN_MAX).contains(&length)
        && pattern.char_indices().all(|(at, c)| c != '*' || at + 1 == pattern.len())
}

/// Whether the whole of `text` has the form of `pattern`: `#` one ASCII digit, `@` one ASCII letter, a final
/// `*` any rest, every other character itself.
#[must_use]
pub fn matches_pattern(text: &str, pattern: &str) -> bool {
    let mut rest = text.chars();
    for wanted in pattern.chars() {
        if wanted == '*' {
            return true;
        }
        let Some(found) = rest.next() else { return false };
        let same = match wanted {
            '#' => found.is_ascii_digit(),
            '@' => found.is_ascii_alphabetic(),
            _ => found == wanted,
        };
        if !same {
            return false;
        }
    }
    rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_the_whole_text() {
        for (text, pattern, expected) in [
            ("LC-00001", "LC-#####", true),
            ("LC-0001", "LC-#####", false),
            ("LC-000012", "LC-#####", false),
            ("LC-A-0001", "LC-@-####", true),
            ("LC-Đ-0001", "LC-@-####", false),
            ("LC-A-0001", "LC-*", true),
            ("LC-", "LC-*", true),
            ("lc-1", "LC-*", false),
            ("", "*", true),
        ] {
            assert_eq!(matches_pattern(text, pattern), expected, "{text} {pattern}");
        }
        assert!(!is_pattern("a*b"));
        assert!(!is_pattern(""));
    }

    #[test]
    fn no_month_follows_the_last() {
        let month = |number| Month::from_number(number).expect("a month");
        assert_eq!(next_month(month(202_512)), Day::new(2026, 1, 1));
        assert_eq!(next_month(month(999_912)), None);
    }
}
