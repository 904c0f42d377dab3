//! The parameters of an address or a form, and how addresses are written.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What needs no escape in a query: unreserved characters of RFC 3986.
const IN_QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Parameters of one address, and of a form that says no other number.
pub(crate) const PARAMETERS_MAX: usize = 400;

/// Names and values in the order in which they were sent. Of a name sent twice the first counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `application/x-www-form-urlencoded`; `None` when it is not UTF-8, or there are too many
    /// parameters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_up_to(text, PARAMETERS_MAX)
    }

    /// The same with at most so many parameters.
    pub(crate) fn parse_up_to(text: &str, most: usize) -> Option<Self> {
        let mut pairs = Vec::new();
        for piece in text.split('&').filter(|piece| !piece.is_empty()) {
            if pairs.len() == most {
                return None;
            }
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            pairs.push((decode_plus(name)?, decode_plus(value)?));
        }
        Some(Self(pairs))
    }

    /// Fields that were read already; there are few of them.
    #[must_use]
    pub(crate) const fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value of `name`, `None` where it was not sent or is blank.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.raw(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// The value of `name` as it was sent.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same with `name` set to `value`, or without it.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<&str>) -> Self {
        self.0.retain(|(known, _)| known != name);
        if let Some(value) = value {
            self.0.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// The address of `path` with these parameters.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut address = path.to_owned();
        for (place, (name, value)) in self.0.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
            let sign = if place == 0 { '?' } else { '&' };
            let (name, value) = (utf8_percent_encode(name, IN_QUERY), utf8_percent_encode(value, IN_QUERY));
            // Writing to a string does not fail.
            let _ = write!(address, "{sign}{name}={value}");
        }
        address
    }
}

/// The segments of a path, decoded; `None` when one is not UTF-8 or not properly escaped.
#[must_use]
pub fn segments(path: &str) -> Option<Vec<String>> {
    path.split('/').skip(1).map(decode).collect()
}

/// One segment of a path.
#[must_use]
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, IN_QUERY).to_string()
}

fn decode_plus(text: &str) -> Option<String> {
    decode(&text.replace('+', " "))
}

fn decode(text: &str) -> Option<String> {
    let escapes = text.bytes().filter(|byte| *byte == b'%').count();
    let good = text.split('%').skip(1).filter(|rest| {
        rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if good.count() != escapes {
        return None;
    }
    let text = percent_decode_str(text).decode_utf8().ok()?;
    (!text.contains('\0')).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let query = Query::default().with("q", Some("số hóa & đất/50%+")).with("dv", Some("15"));
        let address = query.address("/tim");
        let sent = address.strip_prefix("/tim?").expect("parameters");
        assert_eq!(Query::parse(sent), Some(query));
    }

    #[test]
    fn a_name_is_replaced_and_a_blank_value_is_none() {
        let query = Query::parse("dv=15&tai=+&dv=16").expect("a query");
        assert_eq!(query.get("dv"), Some("15"));
        assert_eq!(query.get("tai"), None);
        assert_eq!(query.with("dv", Some("MH")).address("/so"), "/so?tai=%20&dv=MH");
    }

    #[test]
    fn broken_escapes_are_refused() {
        for text in ["a=%", "a=%2", "a=%zz", "a=%ff", "a=%00"] {
            assert_eq!(Query::parse(text), None, "{text}");
        }
        assert_eq!(segments("/so/a%2Fb/c"), Some(vec!["so".into(), "a/b".into(), "c".into()]));
        assert_eq!(segments("/so/%"), None);
    }

    #[test]
    fn parameters_have_a_limit() {
        assert_eq!(Query::parse(&"a=1&".repeat(PARAMETERS_MAX + 1)), None);
    }
}
