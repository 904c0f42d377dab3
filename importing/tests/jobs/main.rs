//! Imports beside the requests: one press or two, taken back in time or too late, several at once, and what a
//! restart leaves.
//!
//! This test is its own executable: started with the hidden command it is the process that reads files.

mod office;
mod races;
mod told;

use std::process::ExitCode;

use mc_importing::ImportError;
use mc_importing::jobs::{Phase, Stage, WAITING_MAX};
use mc_testkit::reader::tests_or_child;

use office::{Office, plots, sender, somebody_else};

fn main() -> ExitCode {
    tests_or_child([
        ("two_presses_are_one_import", two_presses),
        ("an_import_is_its_senders_alone", senders_alone),
        ("two_people_import_at_once", two_people),
        ("what_is_taken_back_in_time_writes_nothing", taken_back),
        ("a_full_queue_says_so", full_queue),
        ("a_restart_before_anything_was_written_is_told", restarted),
        ("what_was_being_written_is_found_written", cut_off),
        ("a_file_that_cannot_be_read_stops_with_its_sentence", unreadable),
        ("a_press_that_comes_late_changes_nothing", races::late_press),
        ("what_is_being_written_is_not_taken_back", races::late_cancel),
        ("what_waits_to_be_written_leaves_nothing_when_taken_back", races::waiting_write_taken_back),
        ("what_nobody_decides_on_goes_after_an_hour", races::undecided),
        ("the_same_file_once_more_puts_right_what_was_changed", told::same_file_twice),
        ("what_is_written_is_told_whatever_fails_behind_it", told::failing_behind),
        ("rows_refused_by_now_are_shown_before_anything_is_written", told::refused_by_now),
        ("after_a_restart_too", told::refused_after_a_restart),
        ("numbers_are_read_as_a_late_row_writes_them", told::late_style),
        ("the_reasons_are_those_of_the_writing", told::fewer_good_rows),
    ])
}

fn two_presses() {
    let office = Office::new();
    let before = office.head();
    let id = office.start(&sender(), 'a', &plots(1, 3)).expect("begun");
    let staged = office.jobs.parts().staging.find(&sender(), &id).expect("kept");
    let mapping = office.mapping(&staged.file);
    office.jobs.start(&sender(), &id, &staged, mapping.clone(), None).expect("the same");
    let tried = office.over(&sender(), &id);
    let Stage::Tried(summary) = &tried.ticket.stage else { panic!("{tried:?}") };
    assert_eq!((summary.added, summary.rejected), (3, 0));
    office.jobs.start(&sender(), &id, &staged, mapping, None).expect("the same");
    assert!(office.jobs.find(&sender(), "plot", &id).expect("there").seen.is_none(), "nothing begins anew");
    for _ in 0..3 {
        office.jobs.write(&sender(), "plot", &id, false).expect("begun, or there");
    }
    let written = office.over(&sender(), &id);
    assert_eq!(written.ticket.seq().map(|seq| seq.0), Some(before + 1), "{written:?}");
    assert_eq!(office.head(), before + 1);
    assert_eq!(office.jobs.of(&sender(), "plot", 5).expect("a list").len(), 1);
    assert!(!office.jobs.cancel(&sender(), "plot", &id).expect("there"), "too late");
    office.sound();
}

fn senders_alone() {
    let office = Office::new();
    let id = office.start(&sender(), 'b', &plots(1, 2)).expect("begun");
    office.over(&sender(), &id);
    let other = somebody_else();
    assert!(matches!(office.jobs.find(&other, "plot", &id), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.find(&sender(), "mast", &id), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.write(&other, "plot", &id, true), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.cancel(&other, "plot", &id), Err(ImportError::Gone)));
    assert!(office.jobs.of(&other, "plot", 5).expect("a list").is_empty());
    // Nor can its name be taken.
    let staged = office.jobs.parts().staging.find(&sender(), &id).expect("kept");
    let mapping = office.mapping(&staged.file);
    assert!(matches!(office.jobs.start(&other, &id, &staged, mapping, None), Err(ImportError::Gone)));
    assert!(matches!(office.jobs.find(&sender(), "plot", &id).expect("there").ticket.stage, Stage::Tried(_)));
}

fn two_people() {
    let office = Office::new();
    let before = office.head();
    let one = office.start(&sender(), 'c', &plots(1, 1_500)).expect("begun");
    let two = office.start(&somebody_else(), 'd', &plots(5_000, 1_500)).expect("begun");
    for (actor, id) in [(sender(), &one), (somebody_else(), &two)] {
        office.over(&actor, id);
        office.jobs.write(&actor, "plot", id, false).expect("begun");
    }
    let mut seqs = [(sender(), &one), (somebody_else(), &two)].map(|(actor, id)| {
        let written = office.over(&actor, id);
        written.ticket.seq().unwrap_or_else(|| panic!("{written:?}")).0
    });
    seqs.sort_unstable();
    assert_eq!(seqs, [before + 1, before + 2]);
    office.sound();
}

fn taken_back() {
    let office = Office::shut();
    let before = office.head();
    // Two are worked on, behind the door; the third waits.
    let ids = ['1', '2', '3'].map(|digit| office.start(&sender(), digit, &plots(1, 3)).expect("begun"));
    let waits = |id: &String| {
        let seen = office.jobs.find(&sender(), "plot", id).expect("there").seen.expect("live");
        seen.phase == Phase::Waiting
    };
    office.until(&sender(), &ids[1], |found| found.seen.is_some_and(|seen| seen.phase != Phase::Waiting));
    assert!(waits(&ids[2]));
    assert!(office.jobs.cancel(&sender(), "plot", &ids[2]).expect("there"));
    assert_eq!(office.over(&sender(), &ids[2]).ticket.stage, Stage::Cancelled, "at once");
    assert!(office.jobs.cancel(&sender(), "plot", &ids[0]).expect("there"));
    assert!(office.jobs.find(&sender(), "plot", &ids[0]).expect("there").seen.expect("live").cancelling);
    office.doored.compare.open();
    assert_eq!(office.over(&sender(), &ids[0]).ticket.stage, Stage::Cancelled);
    let upload = office.jobs.parts().staging.find(&sender(), &ids[0]);
    assert!(matches!(upload, Err(ImportError::Gone)), "nothing of it stays");
    // What was tried can still be taken back.
    assert!(matches!(office.over(&sender(), &ids[1]).ticket.stage, Stage::Tried(_)));
    assert!(office.jobs.cancel(&sender(), "plot", &ids[1]).expect("there"));
    office.jobs.write(&sender(), "plot", &ids[1], false).expect("nothing happens");
    assert_eq!(office.over(&sender(), &ids[1]).ticket.stage, Stage::Cancelled);
    assert_eq!(office.head(), before);
    let staging = std::fs::read_dir(office.layout().staging()).map_or(0, Iterator::count);
    assert_eq!(staging, 0, "nothing of any of them stays");
}

fn full_queue() {
    let office = Office::shut();
    let names = "0123456789abcdefABCDEF".chars();
    let begun = names.map(|digit| office.start(&sender(), digit, &plots(1, 1)));
    let refused: Vec<ImportError> = begun.filter_map(Result::err).collect();
    // Two are worked on.
    assert_eq!(refused.len(), 22 - 2 - WAITING_MAX);
    assert!(refused[0].to_string().contains("16 tệp chờ đến lượt"), "{}", refused[0]);
    office.doored.compare.open();
    assert!(matches!(office.over(&sender(), &"0".repeat(32)).ticket.stage, Stage::Tried(_)));
}

fn restarted() {
    let office = Office::shut();
    let id = office.start(&sender(), 'e', &plots(1, 3)).expect("begun");
    let found = office.restarted().find(&sender(), "plot", &id).expect("there");
    assert_eq!((found.ticket.stage, found.seen), (Stage::Interrupted(None), None));
    office.doored.compare.open();
    office.over(&sender(), &id);
    // A press on the button that the next process never came to do.
    office.doored.compare.shut();
    let third = office.restarted();
    let tried = third.find(&sender(), "plot", &id).expect("there");
    assert!(matches!(tried.ticket.stage, Stage::Tried(_)), "a decision can wait for a restart");
    let gate = office.restarted_behind_doors();
    gate.jobs.write(&sender(), "plot", &id, false).expect("begun");
    let found = gate.restarted().find(&sender(), "plot", &id).expect("there");
    let Stage::Interrupted(Some(summary)) = &found.ticket.stage else { panic!("{found:?}") };
    assert_eq!(summary.added, 3);
    let before = gate.head();
    let fourth = Office { jobs: gate.restarted(), ..gate };
    fourth.jobs.write(&sender(), "plot", &id, false).expect("begun");
    let written = fourth.over(&sender(), &id);
    assert_eq!(written.ticket.seq().map(|seq| seq.0), Some(before + 1), "{written:?}");
    fourth.sound();
}

fn cut_off() {
    let office = Office::new();
    office.queue.with(|writer| writer.fix_slices(400));
    let id = office.start(&sender(), 'f', &plots(1, 1_500)).expect("begun");
    office.over(&sender(), &id);
    *office.doored.ends_after.lock().expect("whole") = Some(2);
    let before = office.head();
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    // The entry is written, and the store has the rest to do.
    let found = office.until(&sender(), &id, |found| found.resumed);
    let seen = found.seen.expect("it goes on");
    assert_eq!((seen.phase, seen.total, seen.can_cancel), (Phase::Writing, Some(1_500), false));
    assert!(seen.done < 1_500);
    assert!(!office.jobs.cancel(&sender(), "plot", &id).expect("there"));
    office.queue.resume(&mut |_, _| {}).expect("resumed");
    let written = office.over(&sender(), &id);
    assert!(written.resumed);
    let Stage::Written(summary) = &written.ticket.stage else { panic!("{written:?}") };
    assert_eq!((summary.seq, summary.added), (Some(before + 1), 1_500));
    let staged = office.jobs.parts().staging.find(&sender(), &id).expect("still there");
    assert!(office.proposal(&staged.file).remembered, "its columns are remembered all the same");
    office.sound();
}

fn unreadable() {
    let office = Office::new();
    let mut text = plots(1, 100);
    text.push_str("1,\"9");
    let id = office.start(&sender(), '9', &text).expect("begun");
    let found = office.over(&sender(), &id);
    let staged = office.jobs.parts().staging.find(&sender(), &id).expect("still there");
    let expected = staged.file;
    match &found.ticket.stage {
        Stage::Stopped { why, in_file } => assert!(*in_file && !why.is_empty(), "{why}"),
        other => panic!("{other:?} of {expected:?}"),
    }
}
