//! Somebody with the machine in hand changes something, and `verify` names it: the kind, the record, what is
//! wrong.

mod cases;
mod damage;
mod derived;
mod ground;
mod rows;

use mc_port::Finding;
use mc_testkit::{files, instance};

use crate::cases::{CASES, Case};

fn all() -> impl Iterator<Item = &'static Case> {
    CASES.iter().chain(rows::CASES).chain(derived::CASES)
}

#[test]
fn every_tampering_is_named() {
    let ground = ground::prepare();
    let mut silent = Vec::new();
    for case in all() {
        let copy = tempfile::tempdir().expect("a directory");
        files::copy(&ground, copy.path());
        if std::panic::catch_unwind(|| (case.damage)(copy.path())).is_err() {
            silent.push(format!("{}: the damage was not done", case.name));
            continue;
        }
        let found = match instance::verify(copy.path()) {
            Ok(report) => report.findings,
            // What makes the store refuse to open is named by the refusal.
            Err(why) => vec![Finding { kind: case.kind, place: why.clone(), message: why }],
        };
        let named = found.iter().any(|it| {
            it.kind == case.kind && it.place.contains(case.place) && it.message.contains(case.message)
        });
        if !named {
            silent.push(format!("{}: {found:#?}", case.name));
        }
    }
    assert!(silent.is_empty(), "{} of {} are not named:\n{}", silent.len(), all().count(), silent.join("\n"));
    assert!(all().count() >= 25);
}

#[test]
fn a_clean_copy_raises_no_alarm() {
    let ground = ground::prepare();
    for _ in 0..3 {
        let copy = tempfile::tempdir().expect("a directory");
        files::copy(&ground, copy.path());
        let report = instance::verify(copy.path()).expect("it opens");
        assert!(report.ok(), "{:#?}", report.findings);
        assert!(report.erased > 0, "what was lawfully erased is told as such");
    }
}

#[test]
fn a_ledger_put_back_is_not_signed_again() {
    let ground = ground::prepare();
    let copy = tempfile::tempdir().expect("a directory");
    files::copy(&ground, copy.path());
    damage::put_back(copy.path());
    let world = Box::new(mc_sqlite::StoryWorld::new(mc_stories::small::dawn(), 9));
    let refused = mc_sqlite::Writer::open(&mc_sqlite::Layout::new(copy.path()), world);
    assert!(refused.is_err_and(|why| why.to_string().contains("không được ký tiếp")));
}
