//! Presses that cross each other, and what an import leaves behind.

use std::sync::atomic::Ordering;

use mc_importing::ImportError;
use mc_importing::jobs::{Phase, Stage};

use crate::office::{LATER_MS, Office, plots, sender};

/// A second press that read the note before the first one's work began, and goes on after it has ended.
pub fn late_press() {
    let office = Office::new();
    let before = office.head();
    let id = office.start(&sender(), 'a', &plots(1, 3)).expect("begun");
    office.over(&sender(), &id);
    let door = office.notes.hold_next();
    let (jobs, late) = (office.jobs.clone(), id.clone());
    let late = std::thread::spawn(move || jobs.write(&sender(), "plot", &late, false));
    door.until_waiting(1);
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    let written = office.over(&sender(), &id);
    assert_eq!(written.ticket.seq().map(|seq| seq.0), Some(before + 1), "{written:?}");
    door.open();
    late.join().expect("no panic").expect("nothing happens");
    assert_eq!(office.over(&sender(), &id), written, "what is written stays so");
    office.sound();
}

/// The same, of somebody who takes the import back while it is being written.
pub fn late_cancel() {
    let office = Office::new();
    let before = office.head();
    let id = office.start(&sender(), 'a', &plots(1, 3)).expect("begun");
    office.over(&sender(), &id);
    office.doored.write.shut();
    let door = office.notes.hold_next();
    let (jobs, late) = (office.jobs.clone(), id.clone());
    let late = std::thread::spawn(move || jobs.cancel(&sender(), "plot", &late));
    door.until_waiting(1);
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    office.doored.write.until_waiting(1);
    door.open();
    assert!(!late.join().expect("no panic").expect("there"), "too late");
    let seen = office.jobs.find(&sender(), "plot", &id).expect("there").seen;
    assert_eq!(seen.map(|seen| seen.phase), Some(Phase::Writing));
    office.doored.write.open();
    let written = office.over(&sender(), &id);
    assert_eq!(written.ticket.seq().map(|seq| seq.0), Some(before + 1), "{written:?}");
    office.sound();
}

/// One that waits to be written keeps what was tried and its upload no longer than it is wanted.
pub fn waiting_write_taken_back() {
    let office = Office::new();
    let id = office.start(&sender(), '3', &plots(1, 3)).expect("begun");
    office.over(&sender(), &id);
    assert!(office.staged() > 0, "what was tried waits for a decision");
    office.doored.compare.shut();
    for digit in ['1', '2'] {
        office.start(&sender(), digit, &plots(1, 3)).expect("begun");
    }
    office.doored.compare.until_waiting(2);
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    assert!(office.jobs.cancel(&sender(), "plot", &id).expect("there"));
    assert_eq!(office.over(&sender(), &id).ticket.stage, Stage::Cancelled);
    assert!(matches!(office.jobs.parts().staging.find(&sender(), &id), Err(ImportError::Gone)));
    assert_eq!(office.staged(), 0, "nothing of its rows stays");
}

/// What was tried holds values of the file, and goes with the uploads of its age.
pub fn undecided() {
    let office = Office::with_a_clock();
    let before = office.head();
    let id = office.start(&sender(), 'a', &plots(1, 3)).expect("begun");
    office.over(&sender(), &id);
    assert_eq!(office.jobs.uploads_in_use(), Vec::<String>::new());
    assert!(office.staged() > 0);
    LATER_MS.store(3_601_000, Ordering::SeqCst);
    assert_eq!(office.jobs.uploads_in_use(), Vec::<String>::new());
    assert_eq!(office.staged(), 0);
    // Whoever decides in time that the upload is there still gets it written.
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    assert_eq!(office.over(&sender(), &id).ticket.seq().map(|seq| seq.0), Some(before + 1));
    assert_eq!(office.doored.compared.load(Ordering::SeqCst), 2, "compared anew");
}
