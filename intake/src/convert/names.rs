//! The names of an instance, remembered for the length of a file, with the number style of the file.

use std::cell::RefCell;
use std::collections::HashMap;

use mc_base::number::Style;
use mc_base::{AgencyId, Day, PlaceId};
use mc_register::{Resolved, Resolver};

use crate::header::Numbers;

/// Names remembered at most; a file has few different ones, an attack many.
const NAMES_MAX: usize = 20_000;

/// Asks `inner` once per name: millions of rows name a hundred communes.
pub(super) struct Names<'a> {
    inner: &'a dyn Resolver,
    numbers: Option<Numbers>,
    places: RefCell<HashMap<String, Resolved<PlaceId>>>,
    agencies: RefCell<HashMap<String, Resolved<AgencyId>>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(inner: &'a dyn Resolver, numbers: Option<Numbers>) -> Self {
        Self { inner, numbers, places: RefCell::default(), agencies: RefCell::default() }
    }
}

fn remembered<T: Clone>(memory: &RefCell<HashMap<String, T>>, text: &str, ask: impl FnOnce() -> T) -> T {
    if let Some(known) = memory.borrow().get(text) {
        return known.clone();
    }
    let answer = ask();
    let mut memory = memory.borrow_mut();
    if memory.len() < NAMES_MAX {
        memory.insert(text.to_owned(), answer.clone());
    }
    answer
}

impl Resolver for Names<'_> {
    fn place(&self, text: &str) -> Resolved<PlaceId> {
        remembered(&self.places, text, || self.inner.place(text))
    }

    fn agency(&self, text: &str) -> Resolved<AgencyId> {
        remembered(&self.agencies, text, || self.inner.agency(text))
    }

    fn reference(&self, register: &str, text: &str) -> Resolved<String> {
        self.inner.reference(register, text)
    }

    fn reference_day(&self) -> Day {
        self.inner.reference_day()
    }

    fn number_style(&self) -> Option<Style> {
        self.numbers.map(Numbers::style).or_else(|| self.inner.number_style())
    }
}
