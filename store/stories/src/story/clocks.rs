//! Two clocks: what is true on a day, and what was known on a day.

use mc_access::Actor;
use mc_base::Instant;

use crate::Stage;
use crate::small::{COMMUNES, day, inserted, outlay};

pub(super) fn known_on(stage: &mut dyn Stage) {
    let midnight = Instant::start_of(day("2025-08-02")).0;
    let add = |stage: &mut dyn Stage, code: &str, at: i64| {
        stage.set_clock(Instant(at));
        stage.must(vec![inserted("outlay", outlay(code, COMMUNES[0], "2025-07-15", 1))]).seq
    };
    let last = add(stage, "K-1", midnight - 1);
    let first = add(stage, "K-2", midnight);
    let reader = stage.read(&Actor::public());
    assert_eq!(reader.known_on(day("2025-08-01")).expect("a position"), last);
    assert_eq!(reader.known_on(day("2025-08-02")).expect("a position"), first);
    assert_eq!(reader.known_on(day("2025-06-30")).expect("a position").0, 0, "before the first entry");
    let known = stage.figure_at("outlays", COMMUNES[0], "2025", Some(last));
    assert_eq!((known.value.as_deref(), known.seq), (Some("1"), last.0));
    assert_eq!(stage.figure("outlays", COMMUNES[0], "2025").value.as_deref(), Some("2"));
    let future =
        crate::stage::figure_request("outlays", COMMUNES[0], "2025", Some(mc_base::Seq(first.0 + 1)));
    let refused = reader.figure(&future);
    assert!(matches!(refused, Err(mc_port::FigureError::Future { .. })), "{refused:?}");
}

pub(super) fn backwards(stage: &mut dyn Stage) {
    let noon = Instant(Instant::start_of(day("2025-08-02")).0 + 12 * 3_600_000);
    stage.set_clock(noon);
    stage.must(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-07-15", 1))]);
    stage.set_clock(Instant::start_of(day("1970-01-01")));
    let second = stage.must(vec![inserted("outlay", outlay("K-2", COMMUNES[0], "2025-07-15", 1))]);
    assert_eq!(second.recorded_at, noon, "never before the entry before");
    stage.reopen();
    let third = stage.must(vec![inserted("outlay", outlay("K-3", COMMUNES[0], "2025-07-15", 1))]);
    assert!(third.recorded_at >= noon);
    stage.sound();
}
