//! Figures stand still while an import goes in by slices, wherever it is cut off and taken up again.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use mc_base::{Day, Seq};
use mc_figure::Figure;
use mc_port::{By, CommitError, FigureRequest, Importer as _, Part, PlaceBasis, Sink as _};
use mc_register::Record;
use mc_sqlite::{Queue, Writer};
use mc_stories::small::{COMMUNES, PROVINCE, ROOT, inserted, outlay, record, request};
use mc_stories::stage::figure_request;
use proptest::prelude::*;

use crate::instance::{Instance, import_of, world};

const PERIODS: [&str; 7] =
    ["2024-03-05", "2024-02", "2024-12-31", "2025-Q2", "2025-07", "2025-10-15", "2025"];

/// Everything that pages show of the imported register, with positions.
fn shown(instance: &Instance, at: Option<Seq>) -> (Vec<Figure>, Vec<Part>) {
    let (mut figures, mut parts) = (Vec::new(), Vec::new());
    let reader = instance.read();
    for indicator in ["plots_good_rate", "plot_area"] {
        for place in [ROOT, PROVINCE, COMMUNES[0], COMMUNES[2]] {
            for (period, places) in
                PERIODS.iter().flat_map(|it| [(it, PlaceBasis::Now), (it, PlaceBasis::Then)])
            {
                let request = FigureRequest { places, ..figure_request(indicator, place, period, at) };
                figures.push(reader.figure(&request).expect("a figure"));
            }
        }
        let request = figure_request(indicator, PROVINCE, "2025-10-15", at);
        parts.extend(reader.figure_by(&request, &By::Place).expect("by place"));
    }
    let request = figure_request("plot_area", PROVINCE, "2025-08", at);
    parts.extend(reader.figure_by(&request, &By::Cut("grade".to_owned())).expect("by grade"));
    (figures, parts)
}

/// Leaves of a slice.
const SLICE: u64 = 400;

fn parcel(number: u64, chance: u64) -> Record {
    let pick = |shift: u32, below: u64| (chance >> shift) % below;
    let since = Day::new(2024, 1, 1).and_then(|day| day.plus(i32::try_from(pick(0, 600)).ok()?));
    let until = since.filter(|_| pick(12, 5) == 0).and_then(|day| day.plus(40));
    let place = COMMUNES[usize::try_from(pick(20, 3)).expect("small")];
    let area = (pick(24, 4) > 0).then(|| format!("{}.5", pick(28, 900)));
    record(
        "plot",
        &[
            ("sheet", "1"),
            ("number", &number.to_string()),
            ("since", &since.expect("a day").to_string()),
            ("until", &until.map_or_else(String::new, |day| day.to_string())),
            ("place", &place.to_string()),
            ("grade", if pick(40, 3) == 0 { "2" } else { "1" }),
            ("area", &area.unwrap_or_default()),
        ],
    )
}

/// A correction, a new spell or nothing of a parcel that is there.
fn again(number: u64, chance: u64) -> Record {
    let mut row = parcel(number, chance);
    let since = Day::new(2025, 9, 1 + i8::try_from(chance % 28).expect("small")).expect("a day");
    row.set(3, mc_ledger::Value::Day(since));
    row.set(4, mc_ledger::Value::Null);
    row
}

fn mixed(seed: u64, number: u64) -> u64 {
    let mut z = seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z ^ (z >> 27)
}

/// The end of a process, as far as a test can bring it about.
struct CutOff;

/// Goes on with the import until its end (true), or ends this process after `slices`.
fn finishes(
    slices: u32,
    each: &mut dyn FnMut(),
    run: impl FnOnce(&mut dyn FnMut(u64, u64)) -> Result<(), CommitError>,
) -> bool {
    let mut seen = 0;
    let ended = catch_unwind(AssertUnwindSafe(|| {
        run(&mut |_, _| {
            each();
            seen += 1;
            if seen == slices {
                resume_unwind(Box::new(CutOff));
            }
        })
    }));
    match ended {
        Ok(done) => done.map(|()| true).expect("applied"),
        Err(cut) if cut.is::<CutOff>() => false,
        Err(failed) => resume_unwind(failed),
    }
}

fn figures_stand_still(seed: u64, rows: u64, crashes: &[u32]) {
    let mut instance = Instance::new();
    instance.import(&import_of("plot"), (0..200).map(|number| parcel(number, mixed(seed, number))).collect());
    let before = shown(&instance, None);
    let position = instance.read().head().seq;
    let number = |at: u64| mixed(!seed, at);
    let mut file: Vec<Record> = (0..120).map(|at| again(at, number(at))).collect();
    file.extend((200..200 + rows).map(|at| parcel(at, number(at))));
    let prepared = instance.prepare(&import_of("plot"), file);
    assert_eq!(prepared.rejected, []);

    let (mut prepared, mut crashes) = (Some(prepared), crashes.iter().copied());
    let mut code = 0;
    loop {
        instance.fix_slices(SLICE);
        let each = &mut || {
            assert_eq!(shown(&instance, None), before, "shown as before");
            assert_eq!(shown(&instance, Some(position)), before, "as known before");
            // Positions move on under the import, by a register of its own figures.
            code += 1;
            let other = inserted("outlay", outlay(&format!("C{code}"), COMMUNES[1], "2025-07-02", 10));
            instance.queue().commit(request(vec![other])).expect("another register");
        };
        let queue = instance.queue();
        let finished = finishes(crashes.next().unwrap_or(u32::MAX), each, |tell| match prepared.take() {
            Some(prepared) => queue.apply(prepared, false, tell).map(|_| ()),
            None => queue.resume(tell),
        });
        if finished {
            break;
        }
        instance.close();
        assert_eq!(instance.verify().findings, [], "in the middle");
        let writer = Writer::open_at_once(&instance.layout(), world(seed ^ code)).expect("opened");
        instance.queue = Some(Queue::new(writer));
    }
    assert!(code > 0, "it went in by slices");
    instance.sound();
    assert_eq!(shown(&instance, Some(position)), before, "as known before");
    let after = shown(&instance, None);
    assert_ne!(after.0[8].num, before.0[8].num, "and now it is shown");
    let outlays = instance.read().figure(&figure_request("outlays", PROVINCE, "2025-07-02", None));
    assert_eq!(outlays.expect("a figure").value, Some((10 * code).to_string()));
}

/// A slice that fails in the middle takes all its parts back; the import goes on from what is in the file.
#[test]
fn a_slice_that_failed_is_done_again() {
    let instance = Instance::new();
    let rows = (0..1_500).map(|number| parcel(number, mixed(7, number))).collect();
    let prepared = instance.prepare(&import_of("plot"), rows);
    let other = rusqlite::Connection::open(instance.layout().database()).expect("the database");
    other
        .execute_batch(
            "CREATE TRIGGER fails BEFORE INSERT ON row_leaf WHEN new.idx = 700
             BEGIN SELECT RAISE(ABORT, 'a failure'); END",
        )
        .expect("a trigger");
    let failed = instance.queue().apply(prepared, false, &mut |_, _| {}).expect_err("it fails");
    assert!(failed.to_string().contains("a failure"), "{failed}");
    other.execute_batch("DROP TRIGGER fails").expect("dropped");
    instance.queue().resume(&mut |_, _| {}).expect("it goes on");
    let listed = instance.read().figure(&figure_request("plots_good_rate", PROVINCE, "2025-10-15", None));
    assert!(listed.expect("a figure").value.is_some());
    instance.sound();
}

/// Whoever writes without pause while a file goes in neither stops the import nor is stopped by it.
#[test]
fn commits_and_slices_take_turns() {
    let instance = Instance::new();
    let rows = (0..3_000).map(|number| parcel(number, mixed(11, number))).collect();
    let prepared = instance.prepare(&import_of("plot"), rows);
    let done = std::sync::atomic::AtomicBool::new(false);
    let written = std::thread::scope(|scope| {
        let queue = instance.queue();
        let writers: Vec<_> = (0..3)
            .map(|who| {
                let done = &done;
                scope.spawn(move || {
                    let mut count = 0;
                    while !done.load(std::sync::atomic::Ordering::Relaxed) {
                        let code = format!("W{who}-{count}");
                        let other = inserted("outlay", outlay(&code, COMMUNES[1], "2025-07-02", 10));
                        queue.commit(request(vec![other])).expect("another register");
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        let applied = queue.apply(prepared, false, &mut |_, _| {});
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        let receipt = applied.expect("applied").expect("a commit");
        assert_eq!(receipt.opened, 3_000);
        writers.into_iter().map(|writer| writer.join().expect("a writer")).sum::<u64>()
    });
    assert!(written > 3, "{written} commits");
    instance.sound();
    let outlays = instance.read().figure(&figure_request("outlays", PROVINCE, "2025-07-02", None));
    assert_eq!(outlays.expect("a figure").value, Some((10 * written).to_string()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 0, ..ProptestConfig::default() })]
    #[test]
    fn figures_stand_still_while_slices_go_in(
        seed: u64, rows in 1_000_u64..2_200, crashes in prop::collection::vec(1_u32..4, 0..3),
    ) {
        figures_stand_still(seed, rows, &crashes);
    }
}
