//! Edits of things: versions, spells, and what is refused.

use std::collections::BTreeMap;

use crate::common::{day, every_type, mast, spell};
use mc_base::Day;
use mc_ledger::Value;
use mc_register::{ChangeError, Edit, Record, RecordState, RowAct, Schema, Thing, key_text};
use proptest::prelude::*;

const JULY: &str = "A/X/2025-07-01";

fn thing(schema: &Schema, spells: &[(&str, &str, &str)]) -> Thing {
    let mut thing = Thing::default();
    for (state, since, until) in spells {
        let record = spell(schema, "X", state, since, until);
        let acts = thing.plan(schema, Edit::Insert { record }).expect("disjoint spells");
        thing.apply(&acts);
    }
    thing
}

fn correct(key: &str, expected_ordinal: u32, record: Record) -> Edit {
    Edit::Correct { key: key.to_owned(), expected_ordinal, record }
}

fn change(key: &str, expected_ordinal: u32, since: &str, record: Record) -> Edit {
    Edit::Change { key: key.to_owned(), expected_ordinal, since: day(since), record }
}

fn retire(key: &str, expected_ordinal: u32) -> Edit {
    Edit::Retire { key: key.to_owned(), expected_ordinal }
}

fn open(key: &str, ordinal: u32, record: Record) -> RowAct {
    RowAct::Open { key: key.to_owned(), ordinal, record }
}

fn close(key: &str, ordinal: u32) -> RowAct {
    RowAct::Close { key: key.to_owned(), ordinal }
}

#[test]
fn an_insert_opens_version_one() {
    let schema = mast();
    let record = spell(&schema, "X", "live", "2025-07-01", "");
    let acts = Thing::default().plan(&schema, Edit::Insert { record: record.clone() });
    assert_eq!(acts, Ok(vec![open(JULY, 1, record)]));
}

#[test]
fn a_correction_closes_and_opens_the_same_record() {
    let schema = mast();
    let mast = thing(&schema, &[("live", "2025-07-01", "")]);
    let right = spell(&schema, "X", "planned", "2025-07-01", "");
    assert_eq!(
        mast.plan(&schema, correct(JULY, 1, right.clone())),
        Ok(vec![close(JULY, 1), open(JULY, 2, right)])
    );
}

#[test]
fn a_change_ends_the_spell_and_begins_the_next() {
    let schema = mast();
    let mast = thing(&schema, &[("live", "2025-07-01", "")]);
    let paused = spell(&schema, "X", "paused", "1999-01-01", "1999-01-02");
    assert_eq!(
        mast.plan(&schema, change(JULY, 1, "2025-09-01", paused)),
        Ok(vec![
            close(JULY, 1),
            open(JULY, 2, spell(&schema, "X", "live", "2025-07-01", "2025-09-01")),
            open("A/X/2025-09-01", 1, spell(&schema, "X", "paused", "2025-09-01", "")),
        ])
    );
}

#[test]
fn a_late_known_change_splits_an_ended_spell() {
    let schema = mast();
    let mast = thing(&schema, &[("live", "2025-07-01", "2025-10-01"), ("gone", "2025-10-01", "")]);
    let paused = spell(&schema, "X", "paused", "2025-08-01", "");
    assert_eq!(
        mast.plan(&schema, change(JULY, 1, "2025-08-01", paused)),
        Ok(vec![
            close(JULY, 1),
            open(JULY, 2, spell(&schema, "X", "live", "2025-07-01", "2025-08-01")),
            open("A/X/2025-08-01", 1, spell(&schema, "X", "paused", "2025-08-01", "2025-10-01")),
        ])
    );
}

#[test]
fn versions_go_on_after_a_retirement() {
    let schema = mast();
    let mut mast = thing(&schema, &[("live", "2025-07-01", "")]);
    let acts = mast.plan(&schema, retire(JULY, 1)).expect("retired");
    assert_eq!(acts, [close(JULY, 1)]);
    mast.apply(&acts);
    assert!(matches!(mast.plan(&schema, retire(JULY, 1)), Err(ChangeError::Retired { ordinal: 1, .. })));
    let record = spell(&schema, "X", "gone", "2025-07-01", "");
    let acts = mast.plan(&schema, Edit::Insert { record: record.clone() });
    assert_eq!(acts, Ok(vec![open(JULY, 2, record)]));
}

#[test]
fn a_stale_version_shows_both() {
    let schema = mast();
    let mut mast = thing(&schema, &[("live", "2025-07-01", "")]);
    let theirs = spell(&schema, "X", "planned", "2025-07-01", "");
    let acts = mast.plan(&schema, correct(JULY, 1, theirs.clone())).expect("first");
    mast.apply(&acts);
    let yours = spell(&schema, "X", "paused", "2025-07-01", "");
    let error = mast.plan(&schema, correct(JULY, 1, yours.clone())).expect_err("stale");
    assert_eq!(
        error.to_string(),
        "Bản ghi “A/X/2025-07-01” đã sang phiên bản 2 trong khi bạn sửa phiên bản 1; cần xem cả hai rồi chọn."
    );
    assert_eq!(
        error,
        ChangeError::Stale {
            key: JULY.to_owned(),
            expected: 1,
            current: 2,
            theirs: Some(Box::new(theirs.clone())),
            yours: Some(Box::new(yours.clone())),
        }
    );
    let numbers: Vec<u16> = theirs.differences(&yours).iter().map(|difference| difference.no).collect();
    assert_eq!(numbers, [3]);
}

#[test]
fn what_is_refused() {
    let schema = mast();
    let mast = thing(&schema, &[("live", "2025-07-01", "2025-10-01"), ("paused", "2025-11-01", "")]);
    let record =
        |code: &str, state: &str, since: &str, until: &str| spell(&schema, code, state, since, until);
    let cases = [
        (
            Edit::Insert { record: record("X", "live", "2025-07-01", "") },
            "Bản ghi “A/X/2025-07-01” đã có (phiên bản 1); cần sửa bản ghi ấy thay vì thêm mới.",
        ),
        (
            Edit::Insert { record: record("Y", "live", "2025-07-01", "") },
            "Bản ghi “A/Y” thuộc đối tượng khác; cần đối tượng “A/X”.",
        ),
        (
            Edit::Insert { record: record("X", "live", "2025-09-30", "2025-10-15") },
            "Giai đoạn từ 30/09/2025 đến trước 15/10/2025 chồng lên giai đoạn “A/X/2025-07-01” đã có; \
             mỗi ngày chỉ thuộc một giai đoạn.",
        ),
        (
            Edit::Insert { record: record("X", "live", "2025-10-01", "") },
            "Giai đoạn từ 01/10/2025 trở đi chồng lên giai đoạn “A/X/2025-11-01” đã có; \
             mỗi ngày chỉ thuộc một giai đoạn.",
        ),
        (
            Edit::Insert { record: record("X", "live", "2025-10-05", "2025-10-05") },
            "Giai đoạn từ 05/10/2025 đến trước 05/10/2025 không có ngày nào; ngày kết thúc cần sau ngày bắt đầu.",
        ),
        (
            correct(JULY, 1, record("X", "live", "2025-07-02", "2025-10-01")),
            "Khóa không được đổi từ “A/X/2025-07-01” thành “A/X/2025-07-02”; khóa sai thì rút bản ghi cũ và thêm \
             bản ghi mới.",
        ),
        (
            correct(JULY, 1, record("X", "live", "2025-07-01", "2025-10-01")),
            "Không có gì khác với phiên bản 1 của bản ghi “A/X/2025-07-01”; không ghi.",
        ),
        (
            correct(JULY, 1, record("X", "live", "2025-07-01", "2025-12-01")),
            "Giai đoạn từ 01/07/2025 đến trước 01/12/2025 chồng lên giai đoạn “A/X/2025-11-01” đã có; \
             mỗi ngày chỉ thuộc một giai đoạn.",
        ),
        (
            correct("A/X/2020-01-01", 1, record("X", "live", "2020-01-01", "")),
            "Không có bản ghi “A/X/2020-01-01” trong sổ “mast”.",
        ),
        (
            change(JULY, 1, "2025-07-01", record("X", "paused", "2025-07-01", "")),
            "Ngày thay đổi 01/07/2025 không sau ngày đầu giai đoạn 01/07/2025; nếu giai đoạn này ghi sai thì chọn \
             “sửa sai”.",
        ),
        (
            change(JULY, 1, "2025-10-01", record("X", "paused", "2025-07-01", "")),
            "Ngày thay đổi 01/10/2025 không nằm trong giai đoạn từ 01/07/2025 đến trước 01/10/2025.",
        ),
        (
            change(JULY, 1, "2025-08-01", record("X", "live", "2025-07-01", "")),
            "Thay đổi từ 01/08/2025 không đổi trường nào trong: Trạng thái; các trường khác thì chọn “sửa sai”.",
        ),
        (
            change(JULY, 1, "2025-08-01", record("Z", "paused", "2025-07-01", "")),
            "Khóa không được đổi từ “A/X/2025-07-01” thành “A/Z/2025-08-01”; khóa sai thì rút bản ghi cũ và thêm \
             bản ghi mới.",
        ),
    ];
    for (edit, sentence) in cases {
        assert_eq!(mast.plan(&schema, edit).expect_err(sentence).to_string(), sentence);
    }
}

#[test]
fn a_register_without_spells_has_no_changes() {
    let schema = every_type();
    let mut record = Record::new();
    record.set(1, Value::Text("a".to_owned()));
    record.set(2, Value::Int(1));
    let key = key_text(&schema, &record).expect("a key");
    let mut thing = Thing::default();
    let acts = thing.plan(&schema, Edit::Insert { record: record.clone() }).expect("new");
    thing.apply(&acts);
    let error = thing.plan(&schema, change(&key, 1, "2025-08-01", record)).expect_err("no spells");
    assert_eq!(error, ChangeError::NoSpells { register: "every_type".to_owned() });
}

#[test]
fn versions_have_an_end() {
    let schema = mast();
    let record = spell(&schema, "X", "live", "2025-07-01", "");
    let state = RecordState { key: JULY.to_owned(), ordinal: u32::MAX, record: Some(record) };
    let mast = Thing { records: vec![state] };
    let other = spell(&schema, "X", "gone", "2025-07-01", "");
    assert!(matches!(
        mast.plan(&schema, correct(JULY, u32::MAX, other)),
        Err(ChangeError::TooManyVersions { .. })
    ));
}

const STATES: [&str; 4] = ["planned", "live", "paused", "gone"];

/// What is true on each of the days 1 to 40, the plain way.
type Model = BTreeMap<i32, String>;

fn nth(day: i32) -> Day {
    Day::from_epoch_days(20_000 + day).expect("a day")
}

fn on_each_day(schema: &Schema, thing: &Thing) -> Model {
    let mut model = Model::new();
    for record in thing.records.iter().filter_map(|state| state.record.as_ref()) {
        let days: Vec<Option<Day>> = ["since", "until"]
            .iter()
            .map(|id| match record.get_id(schema, id) {
                Some(Value::Day(day)) => Some(*day),
                _ => None,
            })
            .collect();
        let [Some(since), until] = days.as_slice() else { panic!("no since") };
        let Some(Value::Code(state)) = record.get_id(schema, "state") else { panic!("no state") };
        for day in 1..=40 {
            if *since <= nth(day) && until.is_none_or(|until| nth(day) < until) {
                assert_eq!(model.insert(day, state.clone()), None, "one spell a day");
            }
        }
    }
    model
}

proptest! {
    /// Changes on random days give, on every day, the state a calendar filled by hand would show; ordinals
    /// count up.
    #[test]
    fn changes_equal_a_calendar(edits in prop::collection::vec((2_i32..=40, 0_usize..4), 0..25)) {
        let schema = mast();
        let mut mast = thing(&schema, &[("planned", "2024-10-05", "")]);
        let mut model: Model = (1..=40).map(|day| (day, "planned".to_owned())).collect();
        prop_assert_eq!(on_each_day(&schema, &mast), model.clone());
        for (at, state) in edits {
            let covering = mast.records.iter().find_map(|known| {
                let mut own = Thing { records: vec![known.clone()] };
                own.records.retain(|known| known.record.is_some());
                on_each_day(&schema, &own).contains_key(&at).then(|| known.clone())
            }).expect("a spell covers every day");
            let wanted = STATES.get(state).expect("a state");
            let mut record = covering.record.clone().expect("open");
            prop_assert!(record.set_id(&schema, "state", Value::Code((*wanted).to_owned())));
            let edit = Edit::Change {
                key: covering.key.clone(),
                expected_ordinal: covering.ordinal,
                since: nth(at),
                record,
            };
            match mast.plan(&schema, edit) {
                Ok(acts) => {
                    let end = (at..=40).find(|day| {
                        mast.records.iter().any(|other| other.key.ends_with(&nth(*day).to_string()))
                    }).unwrap_or(41);
                    for day in at..end {
                        model.insert(day, (*wanted).to_owned());
                    }
                    mast.apply(&acts);
                }
                Err(ChangeError::SpellUnchanged { .. }) => {
                    prop_assert_eq!(model.get(&at).map(String::as_str), Some(*wanted));
                }
                Err(ChangeError::NotAfter { begins, .. }) => prop_assert_eq!(begins, nth(at)),
                Err(other) => prop_assert!(false, "{}", other),
            }
            prop_assert_eq!(on_each_day(&schema, &mast), model.clone());
        }
    }
}
