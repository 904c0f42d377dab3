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

pub use error::SimError;
pub use evidence::EvidenceFile;

use std::sync::Arc;

use mc_access::Actor;
use mc_base::Instant;
use mc_port::EditRequest;
use mc_register::Schema;

use crate::script::Script;
use crate::stage::Stage;

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
    /// A document and a reason accompany rows that break an `explain` rule.
    pub explained: bool,
    /// The edits, at most [`mc_port::EDITS_MAX`].
    pub edits: Vec<EditRequest>,
}

/// The demo: Lào Cai as published and Tỉnh Minh Họa, from 1 July to 17 November 2025, in order of time.
///
/// Places and agencies of both provinces are expected to be there before the first chapter.
///
/// # Errors
/// A register or field that the story needs is not declared, or an edit does not fit what was told before.
pub fn demo(schemas: &dyn Fn(&str) -> Option<Arc<Schema>>, seed: u64) -> Result<Vec<Chapter>, SimError> {
    play::play(schemas, script(seed)?)
}

/// The evidence files that records of [`demo`] point to, in order of their hashes.
///
/// # Errors
/// A damaged table of places.
pub fn demo_evidence(seed: u64) -> Result<Vec<EvidenceFile>, SimError> {
    let mut files = script(seed)?.evidence;
    files.sort_by_key(|file| file.hash);
    files.dedup();
    Ok(files)
}

fn script(seed: u64) -> Result<Script, SimError> {
    let stage = Stage::new()?;
    let mut script = Script::default();
    lao_cai::tell(&stage, seed, &mut script);
    minh_hoa::tell(&stage, seed, &mut script);
    Ok(script)
}
