//! The English of each Vietnamese sentence, embedded by the build script, and how parameters enter it.

use std::fmt::{self, Write as _};

use super::lang::{Lang, lang};

include!(concat!(env!("OUT_DIR"), "/english.rs"));

/// The English of a key.
fn english(key: &str) -> Option<&'static str> {
    let at = ENGLISH.binary_search_by(|(known, _)| (*known).cmp(key)).ok()?;
    ENGLISH.get(at).map(|(_, english)| *english)
}

/// A key in the language spoken now, its parameters unfilled.
fn template(key: &'static str) -> &'static str {
    let shown = || key.split_once('|').map_or(key, |(_, shown)| shown);
    match lang() {
        Lang::Vietnamese => shown(),
        Lang::English => english(key).unwrap_or_else(shown),
    }
}

/// A sentence without parameters.
#[must_use]
pub fn say(key: &'static str) -> &'static str {
    template(key)
}

/// A sentence with its parameters. In English `{days|day|days}` is the word for one or for several `days`.
#[must_use]
pub fn fill(key: &'static str, parameters: &[(&str, &dyn fmt::Display)]) -> String {
    filled(template(key), |name| {
        let found = parameters.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.to_string())
    })
}

/// Replaces each `{name}` by what `value` gives; what it does not know stays as it is written.
pub(super) fn filled(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((hole, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        let mut parts = hole.split('|');
        match (parts.next().and_then(&value), parts.next(), parts.next()) {
            (Some(text), None, _) => out.push_str(&text),
            (Some(text), Some(one), Some(many)) => out.push_str(if text == "1" { one } else { many }),
            // Writing to a string does not fail.
            _ => drop(write!(out, "{{{hole}}}")),
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A word that comes from a declaration or the kernel and is Vietnamese there: a unit, a programme, a type of
/// place. What the catalogue does not have stays as it is.
#[must_use]
pub fn of_data(text: &str) -> &str {
    match lang() {
        Lang::Vietnamese => text,
        Lang::English => english(text).unwrap_or(text),
    }
}

/// A key that is said when it is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Word(pub &'static str);

impl Word {
    /// In the language spoken now.
    #[must_use]
    pub fn said(self) -> &'static str {
        say(self.0)
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.said())
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.said().to_owned()
    }
}
