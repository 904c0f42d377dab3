//! What is left in the middle beside a running writer is taken up without a restart, and nobody waits for all of it.

use std::sync::Arc;
use std::time::Duration;

use mc_access::Actor;
use mc_ledger::Value;
use mc_port::{CommitRequest, Sink as _, declare_schema};
use mc_register::system;
use mc_sqlite::{ErasureRequest, Layout, Queue};
use mc_stories::small::{COMMUNES, inserted, outlay, plot, register, request, with};
use mc_testkit::files::holding;
use mc_testkit::instance::{found, verify};

const PLOTS: i64 = 4_000;
const WORD: &str = "Giàngzqxw";

/// The note of the plots becomes personal.
fn declaration() -> CommitRequest {
    let mut schema = register("plot");
    let note = schema.field.iter_mut().find(|field| field.id == "note").expect("the note");
    (note.personal, note.search) = (true, false);
    request(vec![declare_schema(&register(system::SCHEMA), &schema, 2)])
}

/// More plots with a note than the commit itself moves, and the commit that marks the note.
fn marked(layout: &Layout) -> Arc<Queue> {
    let mut writer = found(layout, 1);
    for batch in 0..PLOTS / 1_000 {
        let rows = (batch * 1_000..(batch + 1) * 1_000).map(|number| {
            let plot = plot(number, COMMUNES[0], "2025-01-01", "Chủ");
            inserted("plot", with(plot, "plot", "note", Value::Text(format!("{WORD} {number}"))))
        });
        writer.commit(&request(rows.collect())).expect("plots");
    }
    writer.commit(&declaration()).expect("the declaration");
    Arc::new(Queue::new(writer))
}

fn noted(dir: &std::path::Path) -> u64 {
    verify(dir).expect("a report").notes.len() as u64
}

#[test]
fn a_declaration_whose_process_ended_is_followed_by_the_running_writer() {
    let dir = tempfile::tempdir().expect("a directory");
    let queue = marked(&Layout::new(dir.path()));
    assert!(noted(dir.path()) > 0, "more is left than the commit did itself");
    queue.tend(Duration::from_millis(20), |error| panic!("{error}")).expect("a thread");
    for _ in 0..500 {
        if noted(dir.path()) == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let report = verify(dir.path()).expect("a report");
    assert!(report.ok() && report.notes.is_empty(), "{report:#?}");
}

/// An erasure for which all notes have to move.
fn of_the_last() -> ErasureRequest {
    ErasureRequest {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: "1/3999/2025-01-01".to_owned(),
        fields: Some(vec!["note".to_owned()]),
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    }
}

#[test]
fn an_erasure_that_waits_for_a_declaration_lets_others_write_between() {
    let dir = tempfile::tempdir().expect("a directory");
    let queue = marked(&Layout::new(dir.path()));
    let others = {
        let queue = Arc::clone(&queue);
        std::thread::spawn(move || {
            let spend = |number: i32| {
                let record = outlay(&format!("K-{number}"), COMMUNES[0], "2025-08-01", 5);
                queue.commit(request(vec![inserted("outlay", record)])).expect("a commit").seq
            };
            (0..20).map(spend).collect::<Vec<_>>()
        })
    };
    let erased = queue.erase(&of_the_last()).expect("an erasure").seq;
    let between = others.join().expect("the others").into_iter().filter(|seq| *seq < erased).count();
    assert!(between > 0, "nobody wrote before the erasure at {erased}");
    assert_eq!(holding(dir.path(), format!("{WORD} 3999").as_bytes()), Vec::<String>::new());
}
