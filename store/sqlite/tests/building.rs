//! Measures declared over records that are there already: commits go on while the cells are written, a process may
//! end at any point, and what comes out is a recount.

use mc_access::Actor;
use mc_base::{Instant, PlaceId, Seq};
use mc_figure::Definition;
use mc_ledger::Value;
use mc_port::{
    CommitRequest, FigureError, FigureRequest, ImportRequest, ImportRow, Importer as _, Sink as _,
    declare_indicator,
};
use mc_register::{Edit, system};
use mc_sqlite::{ErasureRequest, Layout, Queue, Settling, Store, StoryWorld, Writer};
use mc_stories::small::{
    COMMUNES, OLD_COMMUNE, PROVINCE, correct, dawn, day, inserted, outlay, plot, register, request, retire,
    succession, with,
};
use mc_stories::stage::figure_request;
use mc_testkit::files::copy;
use mc_testkit::instance::{found, verify};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tempfile::TempDir;

/// Records that are there before the declaration.
const FIRST: i64 = 90;
const PLACES: [PlaceId; 4] = [COMMUNES[0], COMMUNES[1], COMMUNES[2], OLD_COMMUNE];

/// What happens while a measure is built.
#[derive(Clone, Debug)]
enum Op {
    Insert(i64),
    Correct(i64),
    Retire(i64),
    Import,
    Erase,
    Merge,
    /// The process ends here; another one goes on with the copied files.
    End,
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![
        3 => (0..900_i64).prop_map(Op::Insert),
        3 => (0..FIRST).prop_map(Op::Correct),
        2 => (0..FIRST).prop_map(Op::Retire),
        1 => Just(Op::Import),
        1 => Just(Op::Erase),
        1 => Just(Op::Merge),
        2 => Just(Op::End),
    ]
}

fn spent(code: &str, number: i64) -> mc_register::Record {
    let place = PLACES[usize::try_from(number).expect("positive") % PLACES.len()];
    let day = day("2024-11-01").plus(i32::try_from(number * 7 % 380).expect("days")).expect("a day");
    outlay(code, place, &day.to_string(), number % 11)
}

fn code(number: i64) -> String {
    format!("K-{number}")
}

/// A version of the indicator "outlays" with another measure.
fn defined(version: u32, filter: &str) -> CommitRequest {
    let all = mc_stories::small::indicators();
    let mut definition: Definition = all.into_iter().find(|it| it.id == "outlays").expect("declared");
    definition.version = version;
    definition.num.id = format!("outlays_{version}");
    definition.num.filter = Some(filter.to_owned());
    request(vec![declare_indicator(&register(system::INDICATOR), &definition)])
}

fn ask(version: u32, place: PlaceId, at: Option<Seq>) -> FigureRequest {
    FigureRequest { version: Some(version), ..figure_request("outlays", place, "2025", at) }
}

fn open(layout: &Layout) -> Writer {
    let mut writer = Writer::open_at_once(layout, Box::new(StoryWorld::new(Instant(dawn().0 + 5_000), 31)))
        .expect("the instance opens");
    writer.build_at_once(0);
    writer
}

/// An instance whose indicator "outlays" has a second version, which is being built.
fn declared(layout: &Layout) -> Queue {
    let mut writer = found(layout, 3);
    for batch in 0..3 {
        let numbers = batch * FIRST / 3..(batch + 1) * FIRST / 3;
        let rows = numbers.map(|number| inserted("outlay", spent(&code(number), number)));
        writer.commit(&request(rows.collect())).expect("outlays");
    }
    writer
        .commit(&request(vec![inserted("plot", plot(7, COMMUNES[0], "2025-01-01", "Chủ"))]))
        .expect("a plot");
    writer.build_at_once(0);
    writer.commit(&defined(2, "amount > 3")).expect("the declaration");
    Queue::new(writer)
}

fn figure(layout: &Layout, request: &FigureRequest) -> Result<mc_figure::Figure, FigureError> {
    let store = Store::open(layout).expect("the store opens");
    store.reader(&Actor::public()).expect("a reader").figure(request)
}

fn building(layout: &Layout) -> usize {
    let store = Store::open(layout).expect("the store opens");
    store.reader(&Actor::public()).expect("a reader").building().expect("a look")
}

/// What was built in pieces is what is built at once, at every position and place; and it is a recount.
fn is_whole(layout: &Layout) {
    let mut writer = open(layout);
    writer.settle(&mut |_| {}).expect("nothing is left");
    writer.build_at_once(u64::MAX);
    writer.commit(&defined(3, "amount >= 4")).expect("the same measure in other words");
    drop(writer);
    let report = verify(layout.dir()).expect("a report");
    assert!(report.ok() && report.notes.is_empty(), "{report:#?}");
    let store = Store::open(layout).expect("the store opens");
    let reader = store.reader(&Actor::public()).expect("a reader");
    let positions = (0..=reader.head().seq.0).map(|seq| Some(Seq(seq))).chain([None]);
    for at in positions {
        for place in PLACES.into_iter().chain([PROVINCE]) {
            let pieces = reader.figure(&ask(2, place, at)).expect("a figure");
            let at_once = reader.figure(&ask(3, place, at)).expect("a figure");
            assert_eq!((pieces.value, pieces.records), (at_once.value, at_once.records), "{place} at {at:?}");
        }
    }
}

fn perform(queue: &Queue, layout: &Layout, op: &Op, turn: usize, ends: &mut Vec<TempDir>) {
    let tried = |edits| match queue.commit(request(edits)) {
        Ok(_) | Err(mc_port::CommitError::Rows(_)) => {}
        Err(error) => panic!("{op:?}: {error}"),
    };
    match op {
        Op::Insert(number) => tried(vec![inserted("outlay", spent(&format!("N-{turn}"), *number))]),
        Op::Correct(number) => {
            let record = with(spent(&code(*number), number + 5), "outlay", "amount", Value::Int(40 + number));
            tried(vec![correct("outlay", &code(*number), 1, record)]);
        }
        Op::Retire(number) => tried(vec![retire("outlay", &code(*number), 1)]),
        Op::Merge => tried(vec![succession(OLD_COMMUNE, COMMUNES[1], true)]),
        Op::Import => import(queue, turn),
        Op::Erase => {
            let asked = ErasureRequest {
                actor: Actor::operator(),
                register: "plot".to_owned(),
                key: "1/7/2025-01-01".to_owned(),
                fields: None,
                ground: "Điều 16".to_owned(),
                reason: "yêu cầu".to_owned(),
                texts: false,
            };
            match queue.with(|writer| writer.erase(&asked)) {
                Ok(_) | Err(mc_port::CommitError::Unchanged) => {}
                Err(error) => panic!("an erasure waits for nothing: {error}"),
            }
        }
        Op::End => {
            let copied = tempfile::tempdir().expect("a directory");
            copy(layout.dir(), copied.path());
            ends.push(copied);
        }
    }
}

/// Imports more rows than go into one transaction, some of them over records that are there.
fn import(queue: &Queue, turn: usize) {
    let asked = ImportRequest {
        actor: Actor::operator(),
        source: "tệp thử".to_owned(),
        reason: "nhập thử".to_owned(),
        idempotency_key: format!("tệp-{turn}"),
        register: "outlay".to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    };
    let mut rows = (0..1_100_i64).map(|number| {
        let record = spent(&format!("I-{}", number % 1_050 + 1_100 * i64::from(turn > 2)), number + 3);
        Ok(ImportRow { row: number.unsigned_abs() + 1, edit: Edit::Insert { record } })
    });
    let prepared =
        queue.prepare(&asked, &mut rows.by_ref().take(1_050), &mut |_| {}).expect("a prepared import");
    queue.apply(prepared, true, &mut |_, _| {}).expect("an import");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 10,
        max_shrink_iters: 20,
        rng_seed: RngSeed::Fixed(20_251_117),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_meanwhile_the_cells_are_a_recount(ops in vec(op(), 1..6)) {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path());
        let queue = declared(&layout);
        let mut ends = Vec::new();
        let mut left = ops.iter().enumerate();
        queue
            .settle(&mut |_| {
                if let Some((turn, op)) = left.next() {
                    perform(&queue, &layout, op, turn, &mut ends);
                }
            })
            .expect("it is built");
        for (turn, op) in left {
            perform(&queue, &layout, op, turn, &mut ends);
        }
        drop(queue);
        is_whole(&layout);
        for end in ends {
            is_whole(&Layout::new(end.path()));
        }
    }
}

#[test]
fn until_its_last_cell_is_written_a_figure_is_being_computed() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let queue = declared(&layout);
    let is_building = || {
        let found = figure(&layout, &ask(2, PROVINCE, None));
        assert!(matches!(&found, Err(FigureError::Building(of)) if of == "outlays"), "{found:?}");
    };
    is_building();
    assert!(figure(&layout, &ask(1, PROVINCE, None)).is_ok(), "the version before is there");
    let (mut counted, mut built) = (0, 0);
    queue
        .settle(&mut |step| {
            match step {
                Settling::Counted { .. } => counted += 1,
                Settling::Built { done, total } => {
                    assert!(done < total);
                    built += 1;
                }
                Settling::Moved { .. } => panic!("nothing moves"),
            }
            is_building();
            let report = verify(dir.path()).expect("a report");
            assert!(report.ok(), "{:#?}", report.findings);
            assert!(report.notes.iter().any(|note| note.contains("đang tính")), "{:?}", report.notes);
        })
        .expect("it is built");
    assert!(counted == 1 && built > 1, "{counted} pieces read, {built} slices");
    assert!(figure(&layout, &ask(2, PROVINCE, None)).is_ok());
    drop(queue);
    is_whole(&layout);
}

#[test]
fn an_indicator_retired_meanwhile_leaves_nothing_and_can_be_declared_again() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let queue = declared(&layout);
    let mut is_retired = false;
    queue
        .settle(&mut |step| {
            if matches!(step, Settling::Built { .. }) && !is_retired {
                queue.commit(request(vec![retire("indicator", "outlays/2", 1)])).expect("it is retired");
                is_retired = true;
            }
        })
        .expect("it goes on");
    assert!(is_retired);
    assert_eq!(building(&layout), 0);
    queue.commit(request(vec![inserted("outlay", spent("N-1", 9))])).expect("an outlay");
    let report = verify(dir.path()).expect("a report");
    assert!(report.ok() && report.notes.is_empty(), "{report:#?}");
    queue.commit(defined(2, "amount > 3")).expect("declared again");
    queue.settle(&mut |_| {}).expect("it is built");
    let counted = verify(dir.path()).expect("a report");
    assert!(counted.ok() && counted.notes.is_empty(), "what was recorded in between counts: {counted:#?}");
    // Built once, retired, and declared a third time: what was recorded in between counts.
    queue.commit(request(vec![retire("indicator", "outlays/2", 2)])).expect("it is retired");
    queue.commit(request(vec![inserted("outlay", spent("N-2", 10))])).expect("an outlay");
    queue.commit(defined(2, "amount > 3")).expect("declared again");
    drop(queue);
    is_whole(&layout);
}

#[test]
fn an_indicator_declared_again_before_its_first_building_ended_counts_what_was_recorded_between() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let queue = declared(&layout);
    let mut left = 1;
    queue
        .settle(&mut |step| {
            if matches!(step, Settling::Built { .. }) && left > 0 {
                left -= 1;
                queue.commit(request(vec![retire("indicator", "outlays/2", 1)])).expect("it is retired");
                queue.commit(request(vec![inserted("outlay", spent("N-1", 9))])).expect("an outlay");
                queue.commit(defined(2, "amount > 3")).expect("declared again");
            }
        })
        .expect("it goes on");
    assert_eq!((left, building(&layout)), (0, 0));
    drop(queue);
    is_whole(&layout);
}
