//! The name that an account signs in with.

use std::fmt;

/// Characters at most.
const CHARS_MAX: usize = 40;
/// Characters at least.
const CHARS_MIN: usize = 3;
/// Names that entries carry already for those who have no account (`Actor` of `mc_access`): nobody may sign as them.
const TAKEN: [&str; 3] = ["public", "khach-minh-hoa", "quan-tri"];

/// A sign-in name: small letters without marks, digits, points and dashes; it is written into entries, so it is no name
/// of a person that could not be taken back.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AccountName(String);

/// Why a text is no sign-in name.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NameError {
    /// Too short or too long.
    #[error("tên đăng nhập “{0}” có {1} ký tự; cần từ {CHARS_MIN} đến {CHARS_MAX}")]
    Length(String, usize),
    /// A character that does not belong.
    #[error(
        "tên đăng nhập “{0}” có ký tự “{1}”; chỉ dùng chữ thường không dấu, chữ số, dấu chấm và gạch nối, bắt đầu bằng chữ"
    )]
    Character(String, char),
    /// It stands for somebody without an account.
    #[error("tên đăng nhập “{0}” dành riêng cho hệ thống; hãy chọn tên khác")]
    Taken(String),
}

impl AccountName {
    /// Reads a name as typed: white space around it and capitals are forgiven, everything else is not.
    ///
    /// # Errors
    /// What does not fit, as a sentence.
    pub fn parse(typed: &str) -> Result<Self, NameError> {
        let name = typed.trim().to_lowercase();
        let count = name.chars().count();
        let shown: String = name.chars().take(CHARS_MAX).collect();
        if !(CHARS_MIN..=CHARS_MAX).contains(&count) {
            return Err(NameError::Length(shown, count));
        }
        let fits = |(at, c): (usize, char)| match c {
            'a'..='z' => true,
            '0'..='9' | '.' | '-' => at > 0,
            _ => false,
        };
        match name.chars().enumerate().find(|place| !fits(*place)) {
            Some((_, other)) => Err(NameError::Character(shown, other)),
            None if TAKEN.contains(&name.as_str()) => Err(NameError::Taken(name)),
            None => Ok(Self(name)),
        }
    }

    /// As it is stored and written into entries.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use mc_access::Actor;

    use super::*;

    #[test]
    fn names_are_small_letters_digits_points_and_dashes() {
        for (typed, name) in [(" Nguyen.An ", "nguyen.an"), ("cb-02647", "cb-02647"), ("abc", "abc")] {
            assert_eq!(AccountName::parse(typed).map(|name| name.0), Ok(name.to_owned()), "{typed}");
        }
        for typed in ["", "ab", "1an", ".an.", "nguyễn.an", "an b", "an/b", "an\u{202e}b"] {
            assert!(AccountName::parse(typed).is_err(), "{typed:?}");
        }
        assert!(AccountName::parse(&"a".repeat(41)).is_err());
    }

    #[test]
    fn nobody_signs_as_somebody_without_an_account() {
        for actor in [Actor::public(), Actor::illustrative(), Actor::operator()] {
            assert_eq!(AccountName::parse(&actor.id), Err(NameError::Taken(actor.id)));
        }
    }
}
