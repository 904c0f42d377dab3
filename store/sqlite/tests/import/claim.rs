//! What others write between the comparison of a file and its import: only the rows about it are compared again, and
//! what comes out is what a file compared last of all would have come to.

use mc_base::Seq;
use mc_ledger::Value;
use mc_port::{CommitError, EditRequest, Importer as _, Prepared, Sink as _};
use mc_register::Record;
use mc_stories::small::{COMMUNES, PROVINCE, correct, inserted, plot, record, request, retire};
use mc_stories::stage::figure_request;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::instance::{Instance, import_of};

const SINCE: &str = "2025-07-10";

fn key(number: i64) -> String {
    format!("1/{number}/{SINCE}")
}

fn with_area(number: i64, area: &str) -> Record {
    let mut row = plot(number, COMMUNES[0], SINCE, &format!("Chủ {number}"));
    row.set(7, record("plot", &[("area", area)]).get(7).clone());
    row
}

fn counts(prepared: &Prepared) -> (u64, u64, u64, u64) {
    let counts = prepared.counts;
    (counts.added, counts.changed, counts.unchanged, counts.rejected)
}

fn area(instance: &Instance, number: i64) -> Option<Value> {
    let history = instance.read().history("plot", &key(number)).expect("a history");
    history.last().and_then(|last| last.values.get(&7).cloned())
}

fn apply(instance: &Instance, prepared: Prepared) -> Option<Seq> {
    let applied = instance.queue().apply(prepared, true, &mut |_, _| {}).expect("applied");
    applied.map(|receipt| receipt.seq)
}

#[test]
fn only_what_was_touched_is_compared_again() {
    let instance = Instance::new();
    instance.import(&import_of("plot"), (1..6).map(|number| with_area(number, "10.0")).collect());
    // 1 changes, 2 and 3 stay, 8 and 9 are new, and one line is refused.
    let rows = vec![
        with_area(1, "7.0"),
        with_area(2, "10.0"),
        with_area(3, "10.0"),
        with_area(8, "1.0"),
        with_area(9, "2.0"),
        with_area(9, "3.0"),
    ];
    let prepared = instance.prepare(&import_of("plot"), rows);
    assert_eq!(counts(&prepared), (2, 1, 2, 1));
    let others = vec![
        correct("plot", &key(1), 1, with_area(1, "55.0")),
        correct("plot", &key(2), 1, with_area(2, "66.0")),
        inserted("plot", with_area(9, "2.0")),
        retire("plot", &key(5), 1),
    ];
    instance.queue().commit(request(others)).expect("others write");
    let claimed = instance.queue().claim(prepared).expect("brought up to date");
    // 2 is put right again, and 9 is there as the file has it.
    assert_eq!(counts(&claimed), (1, 2, 2, 1));
    assert_eq!(claimed.position, instance.read().head().seq);
    apply(&instance, claimed).expect("a commit");
    let tenths = |mantissa| Some(Value::Scaled(mc_base::Scaled { mantissa, scale: 1 }));
    assert_eq!([1, 2, 8, 9].map(|number| area(&instance, number)), [70, 100, 10, 20].map(tenths));
    assert_eq!(instance.read().history("plot", &key(1)).expect("a history").len(), 3);
    assert_eq!(instance.staging(), 0, "nothing stays beside the database");
    instance.sound();
}

#[test]
fn a_register_is_held_from_the_claim_to_the_entry() {
    let instance = Instance::new();
    instance.import(&import_of("plot"), vec![with_area(1, "10.0"), with_area(2, "10.0")]);
    let rows = || vec![with_area(1, "7.0")];
    let [first, second] = [0, 1].map(|_| instance.prepare(&import_of("plot"), rows()));
    let first = instance.queue().claim(first).expect("held");
    let other = || request(vec![correct("plot", &key(2), 1, with_area(2, "5.0"))]);
    let held = instance.queue().commit(other());
    assert!(matches!(held, Err(CommitError::Importing { .. })), "{held:?}");
    let elsewhere = inserted("mast", mc_stories::small::mast("C1", COMMUNES[0], "live", "2025-07-02"));
    instance.queue().commit(request(vec![elsewhere])).expect("another register");
    let second = instance.queue().claim(second);
    assert!(matches!(second, Err(CommitError::Importing { .. })), "{second:?}");
    // Whoever lets go gives the register back.
    drop(first);
    instance.queue().commit(other()).expect("free again");
    let third = instance.prepare(&import_of("plot"), rows());
    let third = instance.queue().claim(third).expect("held");
    apply(&instance, third).expect("a commit");
    instance.queue().commit(request(vec![correct("plot", &key(2), 2, with_area(2, "6.0"))])).expect("free");
    assert_eq!(instance.staging(), 0);
    instance.sound();
}

#[test]
fn beyond_a_thousand_the_file_is_compared_anew() {
    let instance = Instance::new();
    let all = |area: &str| (1..=1_001).map(|number| with_area(number, area)).collect::<Vec<_>>();
    instance.import(&import_of("plot"), all("10.0"));
    let prepared = [0, 1].map(|_| instance.prepare(&import_of("plot"), all("7.0")));
    let [more, exactly] = prepared;
    let others = |range: std::ops::RangeInclusive<i64>| -> Vec<EditRequest> {
        range.map(|number| correct("plot", &key(number), 1, with_area(number, "55.0"))).collect()
    };
    instance.queue().commit(request(others(1..=1_000))).expect("others write");
    let exactly = instance.queue().claim(exactly).expect("a thousand");
    assert_eq!(counts(&exactly), (0, 1_001, 0, 0));
    drop(exactly);
    instance.queue().commit(request(others(1_001..=1_001))).expect("others write");
    let refused = instance.queue().claim(more);
    let Err(CommitError::Moved(what)) = &refused else { panic!("{refused:?}") };
    assert!(what.contains("hơn 1.000 bản ghi"), "{what}");
    instance.queue().commit(request(vec![retire("plot", &key(7), 2)])).expect("nothing is held");
    instance.sound();
}

/// What somebody does to a plot while a file waits.
#[derive(Clone, Copy, Debug)]
enum Race {
    Corrects,
    Says,
    Retires,
    Adds,
}

fn raced(there: &[bool], races: &[(i64, Race)]) -> Vec<EditRequest> {
    let mut done: Vec<i64> = Vec::new();
    let mut edits = Vec::new();
    for (number, race) in races.iter().copied() {
        let known = usize::try_from(number).ok().and_then(|at| there.get(at)).copied().unwrap_or(false);
        if done.contains(&number) {
            continue;
        }
        match race {
            Race::Corrects if known => {
                edits.push(correct("plot", &key(number), 1, with_area(number, "55.0")))
            }
            // The very thing that the file says.
            Race::Says if known => edits.push(correct("plot", &key(number), 1, with_area(number, "7.5"))),
            Race::Retires if known => edits.push(retire("plot", &key(number), 1)),
            Race::Adds if !known => edits.push(inserted("plot", with_area(number, "33.0"))),
            _ => continue,
        }
        done.push(number);
    }
    edits
}

/// Records as anybody sees them now, and the figures over them.
fn shown(instance: &Instance, numbers: i64) -> (Vec<Option<Value>>, Vec<Option<String>>) {
    let reader = instance.read();
    let areas = (0..numbers).map(|number| {
        let spells = reader.spells("plot", &key(number)).expect("spells");
        spells.last().and_then(|last| last.values.get(&7).cloned())
    });
    let figures = ["plots_good_rate", "plot_area"].into_iter().flat_map(|id| {
        ["2025-07", "2025-07-09", "2025-10"]
            .map(|period| reader.figure(&figure_request(id, PROVINCE, period, None)).expect("a figure").num)
    });
    (areas.collect(), figures.collect())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        rng_seed: RngSeed::Fixed(3),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_claim_is_a_comparison_made_last_of_all(
        there in prop::collection::vec(any::<bool>(), 12),
        filed in prop::collection::vec(any::<bool>(), 12),
        races in prop::collection::vec(
            (0_i64..12, prop::sample::select(vec![Race::Corrects, Race::Says, Race::Retires, Race::Adds])),
            0..10,
        ),
    ) {
        let (early, late) = (Instance::new(), Instance::new());
        let numbers = |wanted: &[bool]| {
            (0_i64..).zip(wanted).filter(|(_, is)| **is).map(|(number, _)| number).collect::<Vec<_>>()
        };
        // One that the file never speaks of, so that the register is never empty.
        let mut base: Vec<Record> = numbers(&there).iter().map(|number| with_area(*number, "10.0")).collect();
        base.push(with_area(99, "1.0"));
        let file: Vec<Record> = numbers(&filed)
            .iter()
            .map(|number| with_area(*number, if number % 3 == 0 { "10.0" } else { "7.5" }))
            .collect();
        let edits = raced(&there, &races);
        for instance in [&early, &late] {
            instance.import(&import_of("plot"), base.clone());
        }
        let before = early.prepare(&import_of("plot"), file.clone());
        for instance in [&early, &late] {
            if !edits.is_empty() {
                instance.queue().commit(request(edits.clone())).expect("others write");
            }
        }
        let claimed = early.queue().claim(before).expect("brought up to date");
        let anew = late.prepare(&import_of("plot"), file);
        prop_assert_eq!(counts(&claimed), counts(&anew));
        prop_assert_eq!(claimed.leaf_count, anew.leaf_count);
        prop_assert_eq!(&claimed.listed, &anew.listed);
        prop_assert_eq!(apply(&early, claimed), apply(&late, anew));
        prop_assert_eq!(shown(&early, 12), shown(&late, 12));
        early.sound();
    }
}
