//! Small blocks of a page: pairs of term and value, the notice on top, proof lines, the pin.

use askama::Template;

use crate::html::{Html, component};
use crate::icon::Icon;
use crate::link::Link;

/// Terms and values.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "pairs.html")]
pub struct Pairs {
    /// Term and value.
    pub pairs: Vec<(String, Html)>,
}

/// The strip above everything, for example "Dữ liệu minh họa · ngày 17/11/2025".
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "notice.html")]
pub struct Notice {
    /// What the data are.
    pub title: String,
    /// The day the instance lives on, or what else must be known; empty for none.
    pub text: String,
    /// Where it is explained.
    pub link: Option<Link>,
}

impl Notice {
    /// The strip of an illustrative instance on its own day, given as dd/mm/yyyy.
    #[must_use]
    pub fn illustrative(day: &str) -> Self {
        Self { title: t!("Dữ liệu minh họa").to_owned(), text: t!("ngày {day}", day), link: None }
    }

    /// The strip of a copy restored from a backup that takes no commits yet, before what was there to be said.
    #[must_use]
    pub fn sealed(other: Option<Self>) -> Self {
        let mut text = t!("chỉ đọc").to_owned();
        if let Some(other) = other {
            text = format!("{text} · {} · {}", other.title, other.text);
        }
        Self { title: t!("Bản phục hồi, chưa mở niêm phong").to_owned(), text, link: None }
    }
}

/// What one line of a proof comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Shown.
    Holds,
    /// Cannot be shown with what there is; no fault.
    NotShown,
    /// Contradicted.
    Fails,
}

impl Verdict {
    const fn class(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::NotShown => "open",
            Self::Fails => "fails",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Holds => Icon::Check,
            Self::NotShown => Icon::Open,
            Self::Fails => Icon::Cross,
        }
    }
}

/// One line of a proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProofLine {
    /// Outcome.
    pub verdict: Verdict,
    /// The sentence.
    pub says: String,
}

impl ProofLine {
    /// A line.
    #[must_use]
    pub fn new(verdict: Verdict, says: impl Into<String>) -> Self {
        Self { verdict, says: says.into() }
    }
}

/// What a proof says, in three lines that are never blurred (architecture 4).
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "proof.html")]
pub struct ProofLines {
    /// What is proved, for example "4.607 trạm, Lào Cai, tháng 10/2025".
    pub subject: String,
    /// The records exist, recorded at N.
    pub recorded: ProofLine,
    /// The arithmetic holds.
    pub arithmetic: ProofLine,
    /// Nothing is missing.
    pub completeness: ProofLine,
    /// Download and explanation.
    pub links: Vec<Link>,
}

/// Offers the address that keeps its numbers, or says that this is one.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "pin.html")]
pub struct PinLink {
    /// Whether the page is pinned already.
    pub pinned: bool,
    /// The position in words, for example "lần ghi 20.852".
    pub position: String,
    /// Pinned: the way back to now. Not pinned: the pinned address.
    pub href: String,
    /// The pinned address, for copying.
    pub address: String,
}

/// A part of a page with a heading of its own, for example "Vì sao là 84,2%?".
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "panel.html")]
pub struct Panel {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Contents.
    pub body: Html,
}

component!(Pairs, Notice, ProofLines, PinLink, Panel);
