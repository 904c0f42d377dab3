//! One parcel corrected, durable, with five measures current.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;
use mc_port::{By, EditRequest, ListRequest, Sink as _};
use mc_register::Edit;
use mc_stories::small;

use super::{Ours, request};
use crate::data::parcel;
use crate::measure::{Samples, timed};
use crate::world::PROVINCE;

/// Corrects `count` parcels, one commit each: every one not corrected before, from number `first` on.
///
/// # Errors
/// When one is refused.
pub fn run(ours: &Ours, first: u64, count: u64) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    for row in first..first + count {
        let mut corrected = parcel(row)?;
        let key = corrected.key();
        corrected.area += 1;
        corrected.group = if corrected.group == "2" { "3" } else { "2" };
        let edit = Edit::Correct { key, expected_ordinal: 1, record: corrected.record() };
        let edits = vec![EditRequest { register: "parcel".to_owned(), edit }];
        let (answer, took) = timed(|| ours.queue.commit(small::request(edits)));
        answer.context("a parcel's correction is refused")?;
        samples.add(took);
    }
    Ok(samples)
}

/// Reads as visitors do, until told to stop: figures, figures by group, first pages. Says how many.
///
/// # Errors
/// When something cannot be read.
pub fn read_along(ours: &Ours, stop: &AtomicBool) -> anyhow::Result<u64> {
    let mut reads = 0;
    let figure = request("parcels", PROVINCE, "2025-10", None)?;
    let list = ListRequest {
        register: "parcel".to_owned(),
        place: Some(PROVINCE),
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: 50,
        at: None,
    };
    while !stop.load(Ordering::Relaxed) {
        let reader = ours.reader()?;
        reader.figure(&figure)?;
        reader.figure_by(&figure, &By::Cut("group".to_owned()))?;
        reader.list(&list)?;
        reads += 3;
    }
    Ok(reads)
}
