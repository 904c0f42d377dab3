//! The story that a generated instance tells, chapter by chapter: who recorded what, when, whence and why.
//!
//! Lào Cai carries what was published on 17 November 2025 and nothing more: records behind a published total
//! are invented, marked as such, and add up to it. Everything else happens in the invented province "Tỉnh
//! Minh Họa". The same seed tells the same story to the byte; no clock, no float and no other source of
//! chance is used.

mod chance;
mod error;
mod evidence;
mod lao_cai;
mod minh_hoa;
mod network;
mod play;
mod script;
mod stage;
mod value;
mod volume;

pub use error::SimError;
pub use evidence::EvidenceFile;
pub use volume::{Load, PARCELS, PARCELS_MIN, Rows};

use std::sync::Arc;

use mc_access::Actor;
use mc_base::Instant;
use mc_port::EditRequest;
use mc_register::Schema;

use crate::script::Script;
use crate::stage::Stage;
use crate::volume::Size;

/// What one ledger entry of the story says.
#[derive(Clone, PartialEq, Debug)]
pub struct Chapter {
    /// When it is recorded, in story time.
    pub at: Instant,
    /// Who records it.
    pub actor: Actor,
    /// Whence: a file, a report, a form.
    pub source: String,
    /// Why.
    pub reason: String,
    /// The edits, at most [`mc_port::EDITS_MAX`].
    pub edits: Vec<EditRequest>,
}

/// What happens next in a whole province.
pub enum Step {
    /// A commit.
    Chapter(Chapter),
    /// A file that is imported.
    Load(Load),
}

/// The demo: Lào Cai as published and Tỉnh Minh Họa, from 1 July to 17 November 2025, in order of time.
///
/// Places and agencies of both provinces are expected to be there before the first chapter.
///
/// # Errors
/// A register or field that the story needs is not declared, or an edit does not fit what was told before.
pub fn demo(schemas: Schemas<'_>, seed: u64) -> Result<Vec<Chapter>, SimError> {
    play::play(schemas, script(&Stage::new()?, seed, None))
}

/// Where the story finds the registers as they are declared.
pub type Schemas<'a> = &'a dyn Fn(&str) -> Option<Arc<Schema>>;

/// The demo with what a whole province has recorded beside it, in order of time: Tỉnh Minh Họa has `parcels`
/// parcels ([`PARCELS_MIN`] at least), and of everything else as many as match them.
///
/// # Errors
/// As [`demo`].
pub fn province(schemas: Schemas<'_>, seed: u64, parcels: u64) -> Result<Vec<Step>, SimError> {
    let (stage, size) = (Stage::new()?, Size { parcels: parcels.max(PARCELS_MIN) });
    let chapters = play::play(schemas, script(&stage, seed, Some(size)))?.into_iter().map(Step::Chapter);
    let loads = volume::loads(schemas, &stage.minh_hoa, seed, size)?.into_iter().map(Step::Load);
    let mut steps: Vec<Step> = chapters.chain(loads).collect();
    // Stable: what the story tells comes before a file of the same moment.
    steps.sort_by_key(Step::at);
    Ok(steps)
}

impl Step {
    /// When it is recorded, in story time.
    #[must_use]
    pub const fn at(&self) -> Instant {
        match self {
            Self::Chapter(chapter) => chapter.at,
            Self::Load(load) => load.at,
        }
    }
}

/// The evidence files that records of [`demo`] point to, in order of their hashes.
///
/// # Errors
/// A damaged table of places.
pub fn demo_evidence(seed: u64) -> Result<Vec<EvidenceFile>, SimError> {
    Ok(in_order(script(&Stage::new()?, seed, None).evidence))
}

/// The evidence files that records of [`province`] point to, in order of their hashes.
///
/// # Errors
/// A damaged table of places.
pub fn province_evidence(seed: u64) -> Result<Vec<EvidenceFile>, SimError> {
    let mut files = script(&Stage::new()?, seed, None).evidence;
    files.extend(volume::evidence());
    Ok(in_order(files))
}

fn in_order(mut files: Vec<EvidenceFile>) -> Vec<EvidenceFile> {
    files.sort_by_key(|file| file.hash);
    files.dedup();
    files
}

/// `size`: of the province around the story, where there is one.
fn script(stage: &Stage, seed: u64, size: Option<Size>) -> Script {
    let mut script = Script::default();
    lao_cai::tell(stage, seed, &mut script);
    minh_hoa::tell(stage, seed, size, &mut script);
    script
}
