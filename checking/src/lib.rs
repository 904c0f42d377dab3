//! A text from its words to the verdict on each of its numbers: read and reckoned with by `mc-claims`, then held
//! against the registers of an instance through `mc-port`. The command and the page both call it.
//!
//! Nothing is guessed. An indicator is a candidate where measure, unit, place and kind of time agree with what the
//! text says; its figure is read as known at the end of the text's day, and only what the asker may be told is told.

mod around;
mod candidate;
mod judge;
mod lexicon;
mod lists;
mod named;
mod part;
mod place;
mod read;
mod reason;
mod report;
mod sayings;
mod verdict;
mod when;
mod words;

use mc_access::Actor;
use mc_base::{Day, Seq};
use mc_claims::{Checked, Context, Gazetteer};
use mc_port::{Snapshot, StoreFailure};

pub use named::{Named, line};
pub use report::Report;
pub use sayings::{Sayings, SayingsError};
pub use verdict::{Base, Ours, RegisterVerdict, Standing};

/// What is known beside the text.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The day the text was written.
    pub date: Day,
    /// Places it may name.
    pub places: &'a Gazetteer,
    /// Registers to hold its numbers against.
    pub registers: Option<Registers<'a>>,
}

/// The registers of an instance, as one reader may see them.
#[derive(Clone, Copy)]
pub struct Registers<'a> {
    /// One consistent view.
    pub snapshot: &'a dyn Snapshot,
    /// Who asks.
    pub viewer: &'a Actor,
    /// How texts say what indicators count.
    pub sayings: &'a Sayings,
    /// Up to where they are read; `None`: all that the snapshot holds, on the day that it is.
    pub as_of: Option<AsOf>,
}

/// Where the registers stood when a text was checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AsOf {
    /// The last position that is read.
    pub position: Seq,
    /// The day it was.
    pub day: Day,
}

impl Registers<'_> {
    /// The last position that is read.
    fn head(&self) -> Seq {
        let head = self.snapshot.head().seq;
        self.as_of.map_or(head, |as_of| as_of.position.min(head))
    }

    /// The day it is.
    fn today(&self) -> Day {
        self.as_of.map_or_else(|| self.snapshot.today(), |as_of| as_of.day)
    }

    /// The last position of `day`, as far as they are read.
    fn known_on(&self, day: Day) -> Result<Seq, StoreFailure> {
        Ok(self.snapshot.known_on(day)?.min(self.head()))
    }
}

impl std::fmt::Debug for Registers<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registers").field("viewer", &self.viewer.id).finish_non_exhaustive()
    }
}

/// A text with what was found in it.
#[derive(Debug)]
pub struct CheckedText {
    /// The text, in which spans count code points.
    pub text: String,
    /// The day it was written.
    pub date: Day,
    /// Its claims and what ties them together.
    pub checked: Checked,
    /// The claims against the registers, in the order of the claims; empty where there are no registers. A claim that
    /// several indicators fit has one entry for each.
    pub registers: Vec<RegisterVerdict>,
}

/// Reads `text` and judges its numbers.
///
/// # Errors
/// When the store cannot be read.
pub fn check(text: String, asked: &Asked<'_>) -> Result<CheckedText, StoreFailure> {
    let Asked { date, places, registers } = *asked;
    let checked = mc_claims::check(&text, &Context { date, places });
    let registers = match registers {
        Some(registers) => judge::all(&text, date, &checked, &registers)?,
        None => Vec::new(),
    };
    Ok(CheckedText { text, date, checked, registers })
}
