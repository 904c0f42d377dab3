//! Forms. Days and numbers are typed as text, as they are written in Việt Nam; the server reads and echoes
//! them.

use askama::Template;

use crate::html::{Html, component};
use crate::message::ErrorSummary;

/// One choice of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// Value sent.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// A choice that is not chosen.
    #[must_use]
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), chosen: false }
    }

    /// The same, chosen when `value` is its value.
    #[must_use]
    pub fn chosen_if(mut self, value: &str) -> Self {
        self.chosen = self.value == value;
        self
    }
}

/// What a field takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A line of text.
    Text {
        /// Value.
        value: String,
    },
    /// A password; it is never filled in.
    Password {
        /// What the browser's own store is told: "current-password" or "new-password".
        autocomplete: &'static str,
    },
    /// A one-time code; it is never filled in.
    Code,
    /// A number with an optional unit behind it.
    Number {
        /// Value as typed.
        value: String,
        /// Unit.
        unit: Option<String>,
    },
    /// A day, dd/mm/yyyy.
    Day {
        /// Value as typed.
        value: String,
    },
    /// A choice from a list.
    Select {
        /// Choices.
        choices: Vec<Choice>,
    },
    /// A choice from a few, all seen.
    Radios {
        /// Choices.
        choices: Vec<Choice>,
    },
    /// Yes or no.
    Checkbox {
        /// Value sent when ticked.
        value: String,
        /// Whether it is ticked.
        ticked: bool,
    },
    /// Several lines of text.
    Area {
        /// Value.
        value: String,
    },
    /// A file.
    File {
        /// Accepted endings, for example ".xlsx,.csv".
        accept: String,
    },
    /// Further fields behind a summary, for what most people have no need of.
    Fold {
        /// The fields.
        fields: Vec<Field>,
        /// Whether they are seen from the start.
        open: bool,
    },
    /// Sent, not shown.
    Hidden {
        /// Value.
        value: String,
    },
}

/// A field with label, hint and error.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "field.html")]
pub struct Field {
    /// Name sent and id on the page.
    pub name: String,
    /// Label.
    pub label: String,
    /// How to fill it.
    pub hint: Option<String>,
    /// What was found and what was expected.
    pub error: Option<String>,
    /// Whether it must be filled; the optional ones say so.
    pub required: bool,
    /// When it must be filled, where that depends on another field: "khi chọn cách ghi thứ hai".
    pub when: Option<String>,
    /// What it takes.
    pub input: Input,
}

impl Field {
    /// A field that must be filled, without hint and error.
    #[must_use]
    pub fn new(name: impl Into<String>, label: impl Into<String>, input: Input) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            required: true,
            when: None,
            input,
        }
    }

    /// A field that is sent but not shown.
    #[must_use]
    pub fn hidden(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self::new(name, "", Input::Hidden { value: value.into() })
    }

    /// The same, with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, with an error.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    /// The same, left to the person.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// The same, to be filled only then.
    #[must_use]
    pub fn when(mut self, when: impl Into<String>) -> Self {
        self.required = false;
        self.when = Some(when.into());
        self
    }

    /// Ids of hint and error, as `aria-describedby` takes them; empty for none.
    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-goi-y", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-loi", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }

    fn class(&self) -> String {
        let shape = match self.input {
            Input::Number { .. } => " narrow",
            Input::Day { .. } => " day",
            _ => "",
        };
        let wrong = if self.error.is_some() { " wrong" } else { "" };
        format!("field{shape}{wrong}")
    }

    /// Choices with ids; the first has the field's own id, so that an error can lead to it.
    fn numbered<'a>(&self, choices: &'a [Choice]) -> Vec<(String, &'a Choice)> {
        let id = |place: usize| if place == 0 { self.name.clone() } else { format!("{}-{place}", self.name) };
        choices.iter().enumerate().map(|(place, choice)| (id(place), choice)).collect()
    }
}

/// How a form is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Filters and search: the address holds everything.
    Get,
    /// Writing.
    Post,
    /// Writing with a file.
    Upload,
}

/// A form. Its errors stand on top and beside the fields, in the same words.
#[derive(Clone, PartialEq, Eq, Debug, Template)]
#[template(path = "form.html")]
pub struct Form {
    /// Address.
    pub action: String,
    /// How it is sent.
    pub method: Method,
    /// Fields.
    pub fields: Vec<Field>,
    /// The one primary button.
    pub submit: String,
    /// Name and value sent by further buttons, and their words.
    pub others: Vec<(String, String, String)>,
    /// Where "Bỏ" leads.
    pub cancel: Option<String>,
    /// Text above the fields.
    pub intro: Html,
}

impl Form {
    /// A form with fields and one button.
    #[must_use]
    pub fn new(
        action: impl Into<String>,
        method: Method,
        fields: Vec<Field>,
        submit: impl Into<String>,
    ) -> Self {
        Self {
            action: action.into(),
            method,
            fields,
            submit: submit.into(),
            others: Vec::new(),
            cancel: None,
            intro: Html::default(),
        }
    }

    /// The summary of its errors; `None` when there are none.
    #[must_use]
    pub fn summary(&self) -> Option<ErrorSummary> {
        let inside = |field: &Field| match &field.input {
            Input::Fold { fields, .. } => fields.clone(),
            _ => Vec::new(),
        };
        let all = self.fields.iter().flat_map(|field| std::iter::once(field.clone()).chain(inside(field)));
        let errors: Vec<_> = all.filter_map(|field| Some((field.name, field.error?))).collect();
        (!errors.is_empty()).then_some(ErrorSummary { errors, reads: self.method == Method::Get })
    }

    const fn class(&self) -> &'static str {
        match self.method {
            Method::Get => "filters",
            Method::Post | Method::Upload => "stack",
        }
    }

    const fn verb(&self) -> &'static str {
        match self.method {
            Method::Get => "get",
            Method::Post | Method::Upload => "post",
        }
    }

    const fn uploads(&self) -> bool {
        matches!(self.method, Method::Upload)
    }
}

component!(Field, Form);
