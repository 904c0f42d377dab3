//! Digits with points and commas.

use crate::amount::{Amount, DIGITS_MAX};
use crate::text::Token;

/// Which mark groups thousands and which begins decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Marks {
    /// 1.234,5
    #[default]
    Vietnamese,
    /// 1,234.5
    English,
}

impl Marks {
    const fn pair(self) -> (char, char) {
        match self {
            Self::Vietnamese => ('.', ','),
            Self::English => (',', '.'),
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Vietnamese => Self::English,
            Self::English => Self::Vietnamese,
        }
    }

    /// What the numbers of a text show: Vietnamese, unless there are some that can only be read the other way
    /// round and none that can only be read this way.
    pub(crate) fn of(tokens: &[Token]) -> Self {
        let only = |marks: Self| {
            tokens.iter().filter(|token| token.is_number()).any(|token| {
                let sure = token.norm.matches(marks.pair().0).count() > 1 || both(&token.norm);
                sure && read_as(&token.norm, marks).is_some() && read_as(&token.norm, marks.other()).is_none()
            })
        };
        let decimal = tokens.iter().filter(|token| token.is_number()).any(|token| {
            token.norm.split_once(',').is_some_and(|(_, tail)| tail.len() != 3 && !tail.contains(['.', ',']))
        });
        if only(Self::English) && !only(Self::Vietnamese) && !decimal {
            Self::English
        } else {
            Self::Vietnamese
        }
    }
}

fn both(text: &str) -> bool {
    text.contains('.') && text.contains(',')
}

/// The number, by the marks of the text; where they make none of it, by the others.
pub(crate) fn read(text: &str, marks: Marks) -> Option<Amount> {
    read_as(text, marks).or_else(|| read_as(text, marks.other()))
}

fn read_as(text: &str, marks: Marks) -> Option<Amount> {
    let (group, mark) = marks.pair();
    let (whole, part) = text.split_once(mark).map_or((text, ""), |(whole, part)| (whole, part));
    let mut groups = whole.split(group);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if first.is_empty() || first.len() > 3 || group.len() != 3 {
            return None;
        }
        digits.push_str(group);
    }
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(&digits) || !is_digits(part) || (text.contains(mark) && part.is_empty()) {
        return None;
    }
    let decimals = u8::try_from(part.len()).ok()?;
    digits.push_str(part);
    if digits.is_empty() || digits.len() > DIGITS_MAX {
        return None;
    }
    Some(Amount { digits: digits.parse().ok()?, decimals, power: 0 })
}
