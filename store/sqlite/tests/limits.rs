//! What a reading may take: how long a snapshot is held, how long a scan runs, and that a scan is remembered.

use std::time::Duration;

use mc_access::Actor;
use mc_figure::{Definition, Kind};
use mc_ledger::Value;
use mc_port::{
    By, FigureError, FigureRequest, Source as _, StoreFailure, TOTALS_MAX, TotalsAsked, declare_indicator,
};
use mc_register::system;
use mc_sqlite::Store;
use mc_stories::stage::figure_request;
use mc_stories::{Stage as _, small};
use mc_testkit::SmallInstance;

const MASTS: usize = 900;

/// A scan over the masts.
fn definition(id: &str, scan: &str) -> Definition {
    let template = small::indicators().into_iter().find(|it| it.id == "masts").expect("an indicator");
    Definition {
        id: id.to_owned(),
        slug: id.replace('_', "-"),
        kind: Kind::Scan,
        scan: Some(scan.to_owned()),
        ..template
    }
}

fn stocked() -> SmallInstance {
    let mut stage = SmallInstance::new(5);
    let register = small::register(system::INDICATOR);
    let declared = [("operators", "distinct(operator)"), ("middle_height", "median(height)")];
    stage.must(declared.map(|(id, scan)| declare_indicator(&register, &definition(id, scan))).to_vec());
    let masts = (0..MASTS).map(|number| {
        let mast = small::mast(&format!("C-{number}"), small::COMMUNES[number % 3], "live", "2025-01-01");
        let operator = ["A", "B", "C", "D"][number % 4].to_owned();
        small::inserted("mast", small::with(mast, "mast", "operator", Value::Code(operator)))
    });
    stage.must(masts.collect());
    stage
}

fn figure(store: &Store, request: &FigureRequest) -> Result<Option<String>, FigureError> {
    store.reader(&Actor::public()).expect("a reader").figure(request).map(|figure| figure.value)
}

#[test]
fn a_scan_has_a_limit_and_is_remembered_until_the_next_commit() {
    let mut stage = stocked();
    let hasty = stage.store().clone().with_scan_max(Duration::ZERO);
    let province = figure_request("operators", small::PROVINCE, "2025-10", None);
    let slow = figure(&hasty, &province);
    assert!(matches!(slow, Err(FigureError::ScanTooSlow(0))), "the limit that holds is told: {slow:?}");
    assert_eq!(figure(stage.store(), &province).expect("a figure").as_deref(), Some("4"));
    assert_eq!(figure(&hasty, &province).expect("it is remembered").as_deref(), Some("4"));
    let then = FigureRequest { places: mc_port::PlaceBasis::Then, ..province.clone() };
    assert!(figure(&hasty, &then).is_err(), "of another basis it is not");
    let median = figure_request("middle_height", small::PROVINCE, "2025-10", None);
    assert!(figure(&hasty, &median).is_err(), "nor another one");
    assert_eq!(figure(stage.store(), &median).expect("a figure").as_deref(), Some("30"));
    let mast = small::mast("C-x", small::COMMUNES[0], "live", "2025-01-01");
    let mast = small::with(mast, "mast", "operator", mc_ledger::Value::Code("E".to_owned()));
    stage.must(vec![small::inserted("mast", mast)]);
    assert!(figure(&hasty, &province).is_err(), "what was known is of an earlier position");
    assert_eq!(figure(stage.store(), &province).expect("a figure").as_deref(), Some("5"));
    // Four operators in the province, four in each commune: no sum of parts.
    let reader = stage.reader(&Actor::public());
    let refused = reader.figure_by(&province, &By::Cut("operator".to_owned()));
    assert!(matches!(refused, Err(FigureError::NoCut { .. })), "{refused:?}");
}

#[test]
fn a_snapshot_of_a_page_is_read_within_its_limit() {
    const LIMIT: Duration = Duration::from_millis(400);
    let stage = stocked();
    let store = stage.store().clone().with_snapshot_max(LIMIT);
    let snapshot = store.snapshot(&Actor::public()).expect("a snapshot");
    let request = figure_request("masts", small::PROVINCE, "2025-10", None);
    assert!(snapshot.figure(&request).is_ok());
    std::thread::sleep(LIMIT);
    assert!(snapshot.age() >= LIMIT);
    assert!(matches!(snapshot.figure(&request), Err(FigureError::Expired)));
    assert_eq!(snapshot.history("mast", "C-1/2025-01-01").expect_err("a refusal"), StoreFailure::Expired);
    // Whoever says so goes on with the newest.
    snapshot.let_go().expect("it ends");
    assert!(snapshot.figure(&request).is_ok());
    drop(snapshot);
    assert!(store.snapshot(&Actor::public()).expect("another one").figure(&request).is_ok());
    // A statement that runs beyond the limit is stopped in the middle.
    let brief = stage.store().clone().with_snapshot_max(Duration::from_micros(300));
    let snapshot = brief.snapshot(&Actor::public()).expect("a snapshot");
    let scan = figure_request("operators", small::PROVINCE, "2025-10", None);
    assert!(matches!(snapshot.figure(&scan), Err(FigureError::Expired)));
    // Long work takes as long as it takes, also on a connection that was limited before.
    drop(snapshot);
    std::thread::sleep(LIMIT);
    assert!(brief.reader(&Actor::public()).expect("a reader").figure(&scan).is_ok());
}

/// Totals beyond a page are told on the next, and values beyond the parts of a cut are one part together.
#[test]
fn nothing_is_left_out_of_a_thousand_totals_and_one() {
    let mut instance = SmallInstance::new(5);
    let of = |number: usize| {
        let mut total = small::total("masts", small::PROVINCE, "2025-07-10", 2);
        let code = |text: String| Value::Code(text);
        let cut = [("cut", code("operator".to_owned())), ("cut_value", code(format!("M{number:04}")))];
        small::set(&mut total, "total", cut);
        small::inserted("total", total)
    };
    for numbers in [0..600, 600..1_001] {
        instance.must(numbers.map(of).collect());
    }
    let reader = instance.reader(&Actor::operator());
    let request = figure_request("masts", small::PROVINCE, "2025-10", None);
    let asked = TotalsAsked::Behind(request.clone());
    let first = reader.totals(&asked, None, usize::MAX).expect("totals");
    assert_eq!((first.rows.len(), first.count), (TOTALS_MAX, 1_001));
    let next = first.next.expect("there is one more");
    let rest = reader.totals(&asked, Some(&next), usize::MAX).expect("the last");
    assert_eq!((rest.rows.len(), rest.count, rest.next), (1, 1_001, None));
    assert!(rest.rows[0].total.key.contains("M1000"), "{}", rest.rows[0].total.key);
    let parts = reader.figure_by(&request, &By::Cut("operator".to_owned())).expect("the parts");
    assert_eq!(parts.len(), 1_001);
    let last = parts.last().map(|part| (part.key.as_str(), part.figure.value.as_deref()));
    assert_eq!(last, Some(("~con-lai", Some("2"))));
    let whole = reader.figure(&request).expect("the whole");
    assert_eq!(whole.value.as_deref(), Some("2002"));
}
