//! Messages: what happened, what was expected, what to do.

use askama::Template;

use crate::html::{Html, component};
use crate::icon::Icon;
use crate::link::Link;

/// How serious a message is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// To know.
    Info,
    /// Went well.
    Good,
    /// Needs attention.
    Warn,
    /// Went wrong or was refused.
    Bad,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Good => Icon::Check,
            Self::Warn => Icon::Warning,
            Self::Bad => Icon::Cross,
        }
    }
}

/// A message with heading, text and next steps.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "message.html")]
pub struct Message {
    /// Tone.
    pub tone: Tone,
    /// The message in one line.
    pub title: String,
    /// More, or nothing.
    pub body: Html,
    /// What the person can do next.
    pub links: Vec<Link>,
}

impl Message {
    /// A message of one line.
    #[must_use]
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self { tone, title: title.into(), body: Html::default(), links: Vec::new() }
    }
}

/// All errors of a form, on top of it, each leading to its field. The words are those beside the field.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "error_summary.html")]
pub struct ErrorSummary {
    /// Field id and sentence.
    pub errors: Vec<(String, String)>,
    /// The form only asks what to show: nothing was to be sent.
    pub reads: bool,
}

component!(Message, ErrorSummary);
