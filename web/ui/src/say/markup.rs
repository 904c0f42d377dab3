//! Sentences with components and links inside.

use super::catalogue::{filled, say};
use crate::figure::{FigureChip, FigureText};
use crate::html::{Html, escape};
use crate::number::ViNum;

/// What may stand inside a sentence of markup.
pub trait Markup {
    /// As markup: a component as it is, a text escaped.
    fn to_markup(&self) -> String;
}

macro_rules! texts {
    ($($name:ty),+) => {$(
        impl Markup for $name {
            fn to_markup(&self) -> String {
                escape(&self.to_string())
            }
        }
    )+};
}
texts!(str, String, u32, u64, usize, ViNum);

macro_rules! components {
    ($($name:ty),+) => {$(
        impl Markup for $name {
            fn to_markup(&self) -> String {
                self.html().into_string()
            }
        }
    )+};
}
components!(FigureText, FigureChip);

impl Markup for Html {
    fn to_markup(&self) -> String {
        self.as_str().to_owned()
    }
}

impl<T: Markup + ?Sized> Markup for &T {
    fn to_markup(&self) -> String {
        (**self).to_markup()
    }
}

/// A sentence whose key is markup, with its parameters.
#[must_use]
pub fn markup(key: &'static str, parameters: &[(&str, &dyn Markup)]) -> Html {
    Html::trusted(filled(say(key), |name| {
        let found = parameters.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.to_markup())
    }))
}
