//! Imports: what a row comes to, what is refused, and that others go on meanwhile.

mod claim;
mod closed;
mod explained;
mod instance;
mod rights;
mod slices;

use std::panic::{AssertUnwindSafe, catch_unwind};

use mc_base::PlaceId;
use mc_ledger::Value;
use mc_port::{
    CommitError, FigureError, ImportRequest, Importer as _, ListRequest, Prepared, Sink as _, declare_schema,
};
use mc_register::{Record, Schema};
use mc_sqlite::{Queue, Writer};
use mc_stories::small::{COMMUNES, PROVINCE, correct, inserted, outlay, plot, record, request, with};
use mc_stories::stage::figure_request;

use instance::{Instance, import_of, world};

fn plots(numbers: std::ops::Range<i64>) -> Vec<Record> {
    let place = |number: i64| COMMUNES[usize::try_from(number % 3).expect("small")];
    numbers.map(|number| plot(number, place(number), "2025-07-10", &format!("Chủ {number}"))).collect()
}

fn counts(prepared: &Prepared) -> (u64, u64, u64, u64) {
    let counts = prepared.counts;
    (counts.added, counts.changed, counts.unchanged, counts.rejected)
}

fn list(register: &str) -> ListRequest {
    ListRequest {
        register: register.to_owned(),
        place: None,
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: 10,
        at: None,
    }
}

#[test]
fn a_file_is_one_commit_with_figures_and_personal_values() {
    let instance = Instance::new();
    let receipt = instance.import(&import_of("plot"), plots(1..8)).expect("a commit");
    assert_eq!((receipt.opened, receipt.closed, receipt.seq.0), (7, 0, 4));
    assert_eq!(instance.good("2025-07"), (Some("7".into()), Some("7".into())));
    let history = instance.read().history("plot", "1/3/2025-07-10").expect("a history");
    let owner = history[0].values.iter().find(|(_, value)| **value == Value::Text("Chủ 3".into()));
    assert!(owner.is_some(), "{history:?}");
    assert_eq!(instance.staging(), 0);
    instance.sound();
}

#[test]
fn the_same_rows_come_to_the_same_cells_as_commits() {
    let (imported, committed) = (Instance::new(), Instance::new());
    imported.import(&import_of("plot"), plots(1..12));
    let edits = plots(1..12).into_iter().map(|record| inserted("plot", record)).collect();
    committed.queue().commit(request(edits)).expect("committed");
    for period in ["2025-06", "2025-07-09", "2025-07-10", "2025-10"] {
        assert_eq!(imported.good(period), committed.good(period), "{period}");
        let area = |instance: &Instance| {
            let request = figure_request("plot_area", PROVINCE, period, None);
            instance.read().figure(&request).expect("a figure").value
        };
        assert_eq!(area(&imported), area(&committed), "{period}");
    }
    imported.sound();
}

#[test]
fn a_row_adds_corrects_changes_or_says_what_is_known() {
    let instance = Instance::new();
    instance.import(&import_of("plot"), plots(1..5));
    let mut bigger = record("plot", &[("sheet", "1"), ("number", "2"), ("area", "99.9")]);
    let mut changed =
        record("plot", &[("sheet", "1"), ("number", "3"), ("since", "2025-09-01"), ("grade", "2")]);
    let same_later =
        record("plot", &[("sheet", "1"), ("number", "4"), ("since", "2025-09-01"), ("grade", "1")]);
    let rows = vec![
        plot(1, COMMUNES[1], "2025-07-10", "Chủ 1"),
        std::mem::take(&mut bigger),
        std::mem::take(&mut changed),
        same_later,
        plot(9, COMMUNES[0], "2025-08-01", "Chủ mới"),
    ];
    let prepared = instance.prepare(&import_of("plot"), rows);
    assert_eq!(prepared.rejected, []);
    assert_eq!(counts(&prepared), (1, 2, 2, 0));
    let receipt =
        instance.queue().apply(prepared, false, &mut |_, _| {}).expect("applied").expect("a commit");
    assert_eq!((receipt.opened, receipt.closed), (4, 2));
    let spells = instance.read().spells("plot", "1/3/2025-07-10").expect("spells");
    assert_eq!(
        spells.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(),
        ["1/3/2025-07-10", "1/3/2025-09-01"]
    );
    assert_eq!(instance.good("2025-08"), (Some("5".into()), Some("5".into())));
    assert_eq!(instance.good("2025-09"), (Some("4".into()), Some("5".into())));
    // What the row did not state is as it was, the personal values too.
    let second = instance.read().history("plot", "1/2/2025-07-10").expect("a history");
    assert_eq!((second.len(), second[1].values.get(&8)), (2, Some(&Value::Text("Chủ 2".into()))));
    instance.sound();
}

#[test]
fn a_mapped_field_without_value_is_emptied() {
    let instance = Instance::new();
    instance.import(&import_of("plot"), plots(1..3));
    let bare = record("plot", &[("sheet", "1"), ("number", "1"), ("grade", "1")]);
    let kept = instance.prepare(&import_of("plot"), vec![bare.clone()]);
    assert_eq!(counts(&kept), (0, 0, 1, 0));
    let request = ImportRequest { mapped: vec![7], ..import_of("plot") };
    let receipt = instance.import(&request, vec![bare]).expect("a commit");
    assert_eq!(receipt.opened, 1);
    let history = instance.read().history("plot", "1/1/2025-07-10").expect("a history");
    assert_eq!((history[0].values.contains_key(&7), history[1].values.contains_key(&7)), (true, false));
    instance.sound();
}

#[test]
fn rows_are_refused_with_a_sentence_each() {
    let instance = Instance::new();
    let mut rows = plots(1..4);
    rows.push(plot(2, COMMUNES[0], "2025-07-10", "Chủ khác"));
    rows.push(plot(5, PlaceId(77), "2025-07-10", "Chủ 5"));
    rows.push(with(plot(6, COMMUNES[0], "2025-07-10", "Chủ 6"), "plot", "grade", Value::Code("9".into())));
    rows.push(record("plot", &[("number", "7")]));
    let prepared = instance.prepare(&import_of("plot"), rows.clone());
    assert_eq!(counts(&prepared), (3, 0, 0, 4));
    let said: Vec<(u64, &str)> =
        prepared.rejected.iter().map(|row| (row.row, row.message.as_str())).collect();
    assert_eq!(said.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [5, 6, 7, 8]);
    assert!(said[0].1.contains("“1/2”") && said[0].1.contains("dòng trước"), "{said:?}");
    assert_eq!(prepared.rejected[1].field.as_deref(), Some("place"));
    assert_eq!(prepared.rejected[2].field.as_deref(), Some("grade"));
    assert!(said[3].1.contains("Số tờ"), "{said:?}");
    let whole = instance.queue().apply(prepared, false, &mut |_, _| {});
    let Err(CommitError::Rows(refused)) = whole else { panic!("{whole:?}") };
    assert_eq!(refused.len(), 4);
    assert!(refused[0].message.starts_with("Dòng 5: "), "{refused:?}");
    assert_eq!(instance.read().head().seq.0, 3);

    let again = instance.prepare(&import_of("plot"), rows);
    let receipt = instance.queue().apply(again, true, &mut |_, _| {}).expect("applied").expect("a commit");
    assert_eq!(receipt.opened, 3);
    assert_eq!(instance.staging(), 0);
    instance.sound();
}

#[test]
fn the_same_file_again_writes_nothing() {
    let instance = Instance::new();
    let request = ImportRequest { idempotency_key: "tep-1".to_owned(), ..import_of("plot") };
    let first = instance.import(&request, plots(1..6)).expect("a commit");
    assert_eq!(instance.import(&request, plots(1..6)), None);
    let other = ImportRequest { upsert: false, ..request.clone() };
    assert_eq!(counts(&instance.prepare(&other, plots(1..6))), (0, 0, 0, 5));
    // Somebody corrected a record since: the old file, sent again, does not undo that.
    let key = "1/1/2025-07-10";
    let corrected = plot(1, COMMUNES[2], "2025-07-10", "Chủ 1");
    instance
        .queue()
        .commit(mc_stories::small::request(vec![correct("plot", key, 1, corrected)]))
        .expect("a commit");
    let again = instance.import(&request, plots(1..6)).expect("the first reply");
    assert_eq!((again.seq, again.repeated), (first.seq, true));
    assert_eq!(instance.read().head().seq.0, first.seq.0 + 1);
}

#[test]
fn what_changed_since_the_file_was_checked_is_not_overwritten() {
    let instance = Instance::new();
    instance.import(&import_of("plot"), plots(1..6));
    let with_area = |mut plot: Record| {
        plot.set(7, mc_stories::small::record("plot", &[("area", "7.0")]).get(7).clone());
        plot
    };
    let rows: Vec<Record> = plots(1..4).into_iter().map(with_area).collect();
    let prepared = [0, 1].map(|_| instance.prepare(&import_of("plot"), rows.clone()));
    let [first, second] = prepared;
    let elsewhere = correct("plot", "1/5/2025-07-10", 1, plot(5, COMMUNES[0], "2025-07-10", "Chủ 5"));
    instance.queue().commit(request(vec![elsewhere])).expect("a commit");
    instance
        .queue()
        .apply(first, false, &mut |_, _| {})
        .expect("another record was touched")
        .expect("a commit");
    let refused = instance.queue().apply(second, false, &mut |_, _| {});
    let Err(CommitError::Moved(what)) = &refused else { panic!("{refused:?}") };
    assert!(what.contains("đã có người khác sửa"), "{what}");
    assert_eq!(instance.staging(), 0);
    instance.sound();
}

#[test]
fn others_write_and_read_while_a_large_file_goes_in() {
    let instance = Instance::new();
    instance.import(&import_of("plot"), plots(1..4));
    let mut rows = plots(4..1_800);
    rows.push(with(plot(1, COMMUNES[0], "2025-07-10", "Chủ 1"), "plot", "place", Value::Place(COMMUNES[2])));
    let before = instance.good("2025-10");
    instance.fix_slices(500);
    let prepared = instance.prepare(&import_of("plot"), rows);
    assert_eq!(counts(&prepared), (1_796, 1, 0, 0));
    let mut slices = 0;
    let receipt = instance
        .queue()
        .apply(prepared, false, &mut |done, total| {
            slices += 1;
            assert!(done <= total);
            let code = format!("C{slices}");
            let written = instance
                .queue()
                .commit(request(vec![inserted("outlay", outlay(&code, COMMUNES[0], "2025-07-02", 10))]));
            assert!(written.is_ok(), "{written:?}");
            let edit = correct("plot", "1/2/2025-07-10", 1, plot(2, COMMUNES[0], "2025-07-10", "Chủ 2"));
            let held = instance.queue().commit(request(vec![edit]));
            assert!(matches!(held, Err(CommitError::Importing { .. })), "{held:?}");
            let reader = instance.read();
            assert_eq!(instance.good("2025-10"), before, "the register is shown as it was");
            assert_eq!(reader.list(&list("plot")).expect("a page").count, 3);
            assert_eq!(reader.history("plot", "1/1/2025-07-10").expect("a history").len(), 1);
            let head = reader.head().seq;
            let late = reader.figure(&figure_request("plots_good_rate", PROVINCE, "2025-10", Some(head)));
            assert!(matches!(late, Err(FigureError::Importing { .. })), "{late:?}");
            let outlays = reader.list(&list("outlay")).expect("a page").count;
            assert_eq!(outlays, slices);
            if slices == 2 {
                let report = instance.verify();
                assert_eq!(report.findings, []);
                assert!(report.notes[0].starts_with("đang áp dụng 5, "), "{:?}", report.notes);
            }
        })
        .expect("applied")
        .expect("a commit");
    assert_eq!(slices, 5);
    assert_eq!((receipt.seq.0, receipt.opened, receipt.closed), (5, 1_797, 1));
    assert_eq!(instance.good("2025-10"), (Some("1799".into()), Some("1799".into())));
    assert_eq!(instance.read().history("plot", "1/1/2025-07-10").expect("a history").len(), 2);
    assert_eq!(instance.verify().notes, Vec::<String>::new());
    instance.sound();
}

/// Ends the process, as far as a test can: the import is dropped after a few slices.
fn crash(instance: &mut Instance, slices: u32) {
    instance.fix_slices(500);
    let prepared = instance.prepare(&import_of("plot"), plots(1..1_500));
    let mut seen = 0;
    let ended = catch_unwind(AssertUnwindSafe(|| {
        instance.queue().apply(prepared, false, &mut |_, _| {
            seen += 1;
            assert!(seen < slices, "the end of this process");
        })
    }));
    assert!(ended.is_err());
    instance.close();
}

#[test]
fn an_import_goes_on_where_a_crash_left_it() {
    let mut instance = Instance::new();
    crash(&mut instance, 2);
    assert_eq!(instance.staging(), 1);
    let report = instance.verify();
    assert_eq!(report.findings, []);
    assert_eq!(report.notes.len(), 1, "{report:?}");
    let writer = Writer::open(&instance.layout(), world(2)).expect("opened");
    instance.queue = Some(Queue::new(writer));
    assert_eq!(instance.good("2025-10"), (Some("1499".into()), Some("1499".into())));
    assert_eq!(instance.staging(), 0);
    let report = instance.verify();
    assert_eq!((report.findings, report.notes), (Vec::new(), Vec::new()));
}

#[test]
fn a_server_goes_on_with_it_in_the_background() {
    let mut instance = Instance::new();
    crash(&mut instance, 1);
    let writer = Writer::open_at_once(&instance.layout(), world(2)).expect("opened");
    instance.queue = Some(Queue::new(writer));
    let other = inserted("outlay", outlay("C1", COMMUNES[0], "2025-07-02", 10));
    instance.queue().commit(request(vec![other])).expect("another register");
    let own = inserted("plot", plot(9_999, COMMUNES[0], "2025-07-10", "Chủ"));
    let held = instance.queue().commit(request(vec![own.clone()]));
    assert!(matches!(held, Err(CommitError::Importing { .. })), "{held:?}");
    instance.queue().resume(&mut |_, _| {}).expect("resumed");
    instance.queue().commit(request(vec![own])).expect("free again");
    assert_eq!(instance.good("2025-10"), (Some("1500".into()), Some("1500".into())));
    instance.sound();
}

#[test]
fn a_staging_file_that_was_touched_is_not_applied() {
    let mut instance = Instance::new();
    crash(&mut instance, 1);
    let path = std::fs::read_dir(instance.layout().staging()).expect("a directory").next();
    let path = path.expect("a file").expect("a file").path();
    let mut bytes = std::fs::read(&path).expect("bytes");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&path, bytes).expect("written");
    let opened = Writer::open(&instance.layout(), world(2));
    let said = opened.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(said.contains("đã bị sửa"), "{said}");
}

#[test]
fn declarations_and_places_are_not_imported() {
    let instance = Instance::new();
    for register in ["schema", "place", "succession"] {
        let refused = instance.queue().prepare(&import_of(register), &mut std::iter::empty(), &mut |_| {});
        assert!(matches!(refused, Err(CommitError::Rows(_))), "{register}");
    }
    let unknown = instance.queue().prepare(&import_of("khong-co"), &mut std::iter::empty(), &mut |_| {});
    assert!(matches!(unknown, Err(CommitError::NoRegister(_))));
    assert_eq!(instance.staging(), 0);
}

const PART: &str = r#"
id = "part"
slug = "bo-phan"
programme = "small"
title = { vi = "Bộ phận", en = "Part" }
description = { vi = "Một bộ phận.", en = "A part." }
unit = { vi = "bộ phận", en = "parts" }
key = ["code"]
field = [
  { no = 1, id = "code", type = "code", required = true, title = { vi = "Mã", en = "Code" } },
  { no = 2, id = "within", type = "ref", register = "part", title = { vi = "Thuộc", en = "Within" } },
  { no = 3, id = "size", type = "int", min = 0, max = 9, title = { vi = "Cỡ", en = "Size" } },
]
rule = [{ id = "small", expr = "size < 5", severity = "refuse", message = { vi = "Cỡ phải dưới 5.", en = "x" } }]
"#;

#[test]
fn a_row_may_point_at_another_row_that_is_taken() {
    let instance = Instance::new();
    let schema = Schema::from_toml(PART).expect("a register");
    let declared = declare_schema(&mc_stories::small::register("schema"), &schema, 1);
    instance.queue().commit(request(vec![declared])).expect("declared");
    let part = |code: &str, within: &str, size: &str| {
        mc_stories::small::record_of(&schema, &[("code", code), ("within", within), ("size", size)])
    };
    let rows = vec![
        part("B", "A", "1"),
        part("A", "", "1"),
        part("C", "D", "1"),
        part("D", "E", "1"),
        part("E", "", "7"),
        part("F", "X", "1"),
    ];
    let prepared = instance.prepare(&import_of("part"), rows);
    assert_eq!(counts(&prepared), (2, 0, 0, 4));
    let said: Vec<(u64, Option<&str>)> =
        prepared.rejected.iter().map(|row| (row.row, row.field.as_deref())).collect();
    assert_eq!(said, [(4, Some("within")), (5, Some("within")), (6, None), (7, Some("within"))]);
    let receipt = instance.queue().apply(prepared, true, &mut |_, _| {}).expect("applied").expect("a commit");
    assert_eq!(receipt.opened, 2);
    instance.sound();
}
