//! The language of one rendering.
//!
//! A page is rendered from end to end by one thread, so its language is set around the rendering instead of
//! being handed through every call; it is put back even when the rendering panics.

use std::cell::Cell;
use std::fmt;

use askama::filters::HtmlSafe;

thread_local! {
    static LANG: Cell<Lang> = const { Cell::new(Lang::Vietnamese) };
}

/// Language of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// Vietnamese, which is meant where nobody asks for another.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Lang {
    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }

    /// The language of a tag as our own addresses and cookies carry it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        [Self::Vietnamese, Self::English].into_iter().find(|lang| lang.tag() == tag)
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Vietnamese => Self::English,
            Self::English => Self::Vietnamese,
        }
    }

    /// What the language calls itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Vietnamese => crate::vietnamese!("Tiếng Việt"),
            Self::English => "English",
        }
    }

    /// Runs `render` with every sentence in this language.
    pub fn speaking<T>(self, render: impl FnOnce() -> T) -> T {
        let _before = Before(LANG.replace(self));
        render()
    }
}

/// What was spoken before; put back when it is dropped.
struct Before(Lang);

impl Drop for Before {
    fn drop(&mut self) {
        LANG.set(self.0);
    }
}

/// The language spoken now.
#[must_use]
pub fn lang() -> Lang {
    LANG.get()
}

/// The attribute of an element that holds `text` of records or documents: nothing, or that it is Vietnamese on
/// an English page, so that a screen reader pronounces it. Names alone need no mark (WCAG 3.1.2).
#[must_use]
pub fn mark(text: &str) -> Mark {
    Mark(lang() == Lang::English && is_vietnamese(text))
}

/// See [`mark`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark(bool);

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { " lang=\"vi\"" } else { "" })
    }
}

impl askama::FastWritable for Mark {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(write!(dest, "{self}")?)
    }
}

impl HtmlSafe for Mark {}

/// Whether a word is Vietnamese and not simply a name: it begins small and has letters that English has not.
fn is_vietnamese(text: &str) -> bool {
    let foreign = |c: char| matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ỹ');
    let words = text.split(|c: char| !c.is_alphabetic());
    words.filter(|word| word.starts_with(char::is_lowercase)).any(|word| word.chars().any(foreign))
}
