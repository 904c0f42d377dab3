//! Spells: what was wrong is corrected, what became different is changed.

use mc_access::Actor;
use mc_base::{Hash32, Seq};
use mc_ledger::Value;
use mc_port::CommitError;

use crate::Stage;
use crate::small::{COMMUNES, change, inserted, mast, plot, with};
use crate::stage::figure_request;

pub(super) fn change_and_read(stage: &mut dyn Stage) -> Seq {
    let live = mast("C-1", COMMUNES[0], "live", "2025-01-01");
    let opened = stage.must(vec![inserted("mast", live.clone())]);
    let lost = with(live, "mast", "state", Value::Code("lost".to_owned()));
    let changed = stage.must(vec![change("mast", "C-1/2025-01-01", 1, "2025-09-10", lost)]);
    assert_eq!((changed.opened, changed.closed), (2, 1));
    opened.seq
}

pub(super) fn changed(stage: &mut dyn Stage) {
    let before = change_and_read(stage);
    let reader = stage.read(&Actor::public());
    let spells = reader.spells("mast", "C-1/2025-01-01").expect("spells");
    let keys: Vec<(&str, u32)> = spells.iter().map(|it| (it.key.as_str(), it.ordinal)).collect();
    assert_eq!(keys, [("C-1/2025-01-01", 2), ("C-1/2025-09-10", 1)]);
    assert_eq!(spells[0].values.get(&3), Some(&Value::Day(crate::small::day("2025-09-10"))));
    let masts = |period: &str, at| {
        reader.figure(&figure_request("masts", COMMUNES[0], period, at)).expect("a figure").value
    };
    assert_eq!(masts("2025-09-09", None).as_deref(), Some("1"), "the last day on air");
    assert_eq!(masts("2025-09-10", None).as_deref(), Some("0"), "off air from midnight");
    assert_eq!(masts("2025-09-10", Some(before)).as_deref(), Some("1"), "as it was known");
    stage.sound();
}

pub(super) fn disjoint(stage: &mut dyn Stage) {
    change_and_read(stage);
    let other = mast("C-1", COMMUNES[0], "planned", "2025-06-01");
    let refused = stage.put(vec![inserted("mast", other)]);
    let Err(CommitError::Rows(rows)) = refused else { panic!("{refused:?}") };
    assert!(rows[0].message.contains("chồng lên"), "{rows:?}");
    let same = mast("C-1", COMMUNES[0], "live", "2025-09-10");
    let refused = stage.put(vec![change("mast", "C-1/2025-09-10", 1, "2025-09-10", same)]);
    let Err(CommitError::Rows(rows)) = refused else { panic!("{refused:?}") };
    assert!(rows[0].message.contains("không sau ngày đầu giai đoạn"), "{rows:?}");
}

pub(super) fn keeps_unseen(stage: &mut dyn Stage) {
    stage.must(vec![inserted("plot", plot(7, COMMUNES[0], "2025-01-01", "Lò Thị Mẩy"))]);
    // An author who may not see the owner sends the field back unread.
    let mut unread = plot(7, COMMUNES[0], "2025-01-01", "x");
    let unseen = || Value::Commitment(Hash32::ZERO);
    crate::small::set(
        &mut unread,
        "plot",
        [("owner_name", unseen()), ("owner_birth", unseen()), ("grade", Value::Code("2".to_owned()))],
    );
    stage.must(vec![change("plot", "1/7/2025-01-01", 1, "2025-09-10", unread)]);
    let reader = stage.read(&Actor::illustrative());
    let spells = reader.spells("plot", "1/7/2025-01-01").expect("spells");
    assert_eq!(spells.len(), 2);
    for spell in &spells {
        // Spells are listed without the values that lists do not show.
        let shown = reader.history("plot", &spell.key).expect("history").pop().expect("a version");
        assert_eq!(shown.values.get(&8), Some(&Value::Text("Lò Thị Mẩy".to_owned())), "{}", spell.key);
    }
    stage.sound();
}
