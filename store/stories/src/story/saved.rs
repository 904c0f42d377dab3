//! Checks of texts that are kept: as long as asked for, no more than there is room for, gone when they are gone.

use mc_base::Instant;
use mc_port::{OPENING_CHARS, SAVED_BYTES_MAX, SAVED_CHECKS_MAX, SaveError, SavedChecks};

use crate::Stage;
use crate::small::saved_check;

const NOW: Instant = Instant(1_763_000_000_000);
const TEXT: &str = "Toàn tỉnh có 1.672 hộ nghèo khó nhớ\nvà một dòng nữa.";

const fn after(milliseconds: i64) -> Instant {
    Instant(NOW.0 + milliseconds)
}

/// Tells the rest of a story against where checks are kept.
fn with(stage: &mut dyn Stage, tell: impl FnOnce(&dyn SavedChecks)) {
    let mut tell = Some(tell);
    stage.saved(&mut |saved| {
        if let Some(tell) = tell.take() {
            tell(saved);
        }
    });
}

fn ids(saved: &dyn SavedChecks, now: Instant) -> Vec<String> {
    let page = saved.saved_checks(now, 0, SAVED_CHECKS_MAX).expect("a list");
    assert_eq!(page.total, page.checks.len());
    page.checks.into_iter().map(|(check, _)| check.id).collect()
}

pub(super) fn kept(stage: &mut dyn Stage) {
    with(stage, |saved| {
        saved.save_check(&saved_check("a", NOW), TEXT).expect("saved");
        saved.save_check(&saved_check("b", after(1)), &format!("\n  {}", "ố".repeat(5_000))).expect("saved");
        assert!(saved.save_check(&saved_check("a", NOW), TEXT).is_err(), "a name is given once");
    });
    stage.reopen();
    with(stage, |saved| {
        assert_eq!(
            saved.saved_check("a", NOW).expect("read"),
            Some((saved_check("a", NOW), TEXT.to_owned()))
        );
        assert_eq!(saved.saved_check("c", NOW).expect("read"), None);
        let page = saved.saved_checks(after(1), 0, 9).expect("a list");
        let openings: Vec<&str> = page.checks.iter().map(|(_, opening)| opening.as_str()).collect();
        assert_eq!(openings, ["ố".repeat(OPENING_CHARS).as_str(), TEXT], "the newest first");
        let rest = saved.saved_checks(after(1), 1, 9).expect("a list");
        assert_eq!((rest.checks.len(), rest.total), (1, 2));
    });
    stage.sound();
}

pub(super) fn ended(stage: &mut dyn Stage) {
    with(stage, |saved| {
        for id in ["a", "b", "c"] {
            saved.save_check(&saved_check(id, NOW), TEXT).expect("saved");
        }
        assert!(saved.keep_check("b", after(999), after(3_000)).expect("written"));
        assert!(!saved.keep_check("a", after(1_000), after(3_000)).expect("written"), "its time is over");
        assert_eq!(saved.saved_check("a", after(1_000)).expect("read"), None);
        assert!(saved.saved_check("a", after(999)).expect("read").is_some(), "nobody removed it yet");
        assert_eq!(ids(saved, after(1_000)), ["b"]);
        assert_eq!(saved.saved_check("a", after(999)).expect("read"), None, "the list removed it");
        saved.save_check(&saved_check("d", after(3_000)), TEXT).expect("saved");
        assert_eq!(ids(saved, after(2_999)), ["d"], "saving removed the other");
    });
}

pub(super) fn forgotten(stage: &mut dyn Stage) {
    let part = "hộ nghèo khó nhớ".as_bytes();
    with(stage, |saved| saved.save_check(&saved_check("a", NOW), TEXT).expect("saved"));
    assert_eq!(stage.files_holding(part), Vec::<String>::new(), "sealed from the start");
    let name = "cán-bộ".as_bytes();
    assert!(!stage.files_holding(name).is_empty(), "the row is there");
    with(stage, |saved| {
        assert!(saved.forget_check("a").expect("written"));
        assert!(!saved.forget_check("a").expect("written"), "once");
        assert_eq!(saved.saved_check("a", NOW).expect("read"), None);
    });
    assert_eq!(stage.files_holding(name), Vec::<String>::new(), "and then nowhere, the journal neither");
    stage.sound();
}

pub(super) fn full(stage: &mut dyn Stage) {
    with(stage, |saved| {
        for number in 0..SAVED_CHECKS_MAX {
            saved.save_check(&saved_check(&format!("{number}"), NOW), "5 xã").expect("saved");
        }
        let refused = saved.save_check(&saved_check("x", after(999)), "5 xã");
        assert!(matches!(refused, Err(SaveError::Full { checks: SAVED_CHECKS_MAX, .. })), "{refused:?}");
        assert_eq!(saved.saved_check("x", NOW).expect("read"), None);
        let large = "a".repeat(usize::try_from(SAVED_BYTES_MAX).expect("fits") / 8);
        for number in 0..8 {
            saved
                .save_check(&saved_check(&format!("L{number}"), after(1_000)), &large)
                .expect("the others ended");
        }
        let refused = saved.save_check(&saved_check("y", after(1_000)), "5 xã");
        assert!(matches!(refused, Err(SaveError::Full { checks: 8, bytes: SAVED_BYTES_MAX })), "{refused:?}");
    });
}
