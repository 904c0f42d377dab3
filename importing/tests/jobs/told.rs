//! What is told of an import is what was written: the same file once more, rows that others made impossible, and
//! failures behind the commit.

use std::io::Cursor;
use std::sync::atomic::Ordering;

use mc_importing::jobs::{Found, Stage};
use mc_intake::{Request, read_here};
use mc_ledger::Value;
use mc_port::{EditRequest, Sink as _};
use mc_sqlite::Store;
use mc_stories::small::{COMMUNES, correct, inserted, plot, request};

use crate::office::{Office, plots, sender};

/// Two jobs of one file, and a correction between them: the second puts the record right again.
pub fn same_file_twice() {
    let office = Office::new();
    let before = office.head();
    let [first, second] = ['a', 'b'].map(|digit| {
        let id = office.start(&sender(), digit, &plots(1, 3)).expect("begun");
        office.over(&sender(), &id);
        id
    });
    let written = |id: &String| {
        office.jobs.write(&sender(), "plot", id, false).expect("begun");
        let written = office.over(&sender(), id);
        let Stage::Written(summary) = &written.ticket.stage else { panic!("{written:?}") };
        (summary.seq, summary.added, summary.changed, summary.unchanged)
    };
    assert_eq!(written(&first), (Some(before + 1), 3, 0, 0));
    let corrected = correct("plot", "1/2/2025-07-10", 1, plot(2, COMMUNES[0], "2025-07-10", "Chủ"));
    office.queue.commit(request(vec![corrected])).expect("corrected");
    assert_eq!(written(&second), (Some(before + 3), 0, 1, 2));
    let store = Store::open(&office.layout()).expect("a store");
    let reader = store.reader(&sender()).expect("a reader");
    let history = reader.history("plot", "1/2/2025-07-10").expect("a history");
    let area = |at: usize| history.get(at).and_then(|version| version.values.get(&7)).cloned();
    let said = |mantissa| Some(Value::Scaled(mc_base::Scaled { mantissa, scale: 1 }));
    assert_eq!([area(0), area(1), area(2)], [said(777), said(1_205), said(777)]);
    drop(reader);
    // A third time nothing differs.
    let third = office.start(&sender(), 'c', &plots(1, 3)).expect("begun");
    let Stage::Tried(summary) = office.over(&sender(), &third).ticket.stage else { panic!("it is tried") };
    assert_eq!((summary.good(), summary.unchanged), (0, 3));
    office.sound();
}

/// The disk fails behind the commit: what was written is told as written, by whoever wrote it.
pub fn failing_behind() {
    let office = Office::new();
    let before = office.head();
    let id = office.start(&sender(), 'a', &plots(1, 3)).expect("begun");
    office.over(&sender(), &id);
    office.doored.fails_then.store(true, Ordering::SeqCst);
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    let written = office.over(&sender(), &id);
    assert_eq!(written.ticket.seq().map(|seq| seq.0), Some(before + 1), "{written:?}");
    assert!(!written.resumed, "nobody cut it off");
    office.sound();
}

/// How a file writes numbers shows only behind the rows that are looked at first.
pub fn late_style() {
    let office = Office::new();
    let before = office.head();
    let file = |second: &str| {
        let written = |(at, line): (usize, &str)| {
            line.replace(
                "77,7",
                match at {
                    290 => "1.200,5",
                    295 => second,
                    _ => "1.200",
                },
            )
        };
        plots(1, 300).lines().enumerate().map(written).collect::<Vec<_>>().join("\n")
    };
    // Where two rows prove the opposite of each other, nothing is assumed.
    let id = office.start(&sender(), 'b', &file("1,200.5")).expect("begun");
    let tried = office.over(&sender(), &id);
    let Stage::Tried(summary) = &tried.ticket.stage else { panic!("{tried:?}") };
    assert_eq!(summary.unclear_number.as_deref(), Some("1.200"));
    assert!(summary.rejected >= 298, "{summary:?}");

    let id = office.start(&sender(), 'a', &file("1.200")).expect("begun");
    let tried = office.over(&sender(), &id);
    let Stage::Tried(summary) = &tried.ticket.stage else { panic!("{tried:?}") };
    assert_eq!((summary.added, summary.rejected, &summary.unclear_number), (300, 0, &None));
    let remark = "Các số trong tệp được đọc theo kiểu Việt Nam, như 1.234,5, vì dòng 291 viết như vậy.";
    assert_eq!(summary.remarks.last().map(String::as_str), Some(remark));
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    assert_eq!(office.over(&sender(), &id).ticket.seq().map(|seq| seq.0), Some(before + 1));
    let store = Store::open(&office.layout()).expect("a store");
    let reader = store.reader(&sender()).expect("a reader");
    let history = reader.history("plot", "1/1/2025-07-10").expect("a history");
    let area = history.last().and_then(|version| version.values.get(&7));
    assert_eq!(area, Some(&Value::Scaled(mc_base::Scaled { mantissa: 12_000, scale: 1 })));
    drop(reader);
    office.sound();
}

/// The rows of the workbook with the reasons of an import, and its last column.
fn reasons(office: &Office, found: &Found) -> Vec<(String, String)> {
    let why = office.jobs.parts().staging.why(&found.ticket.upload, &found.ticket.id).expect("reasons");
    let book = read_here(Cursor::new(why), "why.xlsx", &Request::default()).expect("a workbook");
    let rows = book.rows.iter().skip(1).filter(|row| !row.cell(6).to_string().is_empty());
    rows.map(|row| (row.cell(1).to_string(), row.cell(6).to_string())).collect()
}

/// A spell of a plot that begins after the file's: into that the file's would reach.
fn later_spell(number: i64) -> EditRequest {
    inserted("plot", plot(number, COMMUNES[0], "2025-08-01", "Chủ"))
}

fn numbers(reasons: &[(String, String)]) -> Vec<&str> {
    reasons.iter().map(|(number, _)| number.as_str()).collect()
}

/// Others make a row impossible between the trial and the writing: its sender decides again, with the reason at
/// hand, and what was compared for that is not compared once more.
pub fn refused_by_now() {
    decided_again(Office::new(), |office| office);
}

/// The same after a restart, which holds nothing.
pub fn refused_after_a_restart() {
    decided_again(Office::new(), Office::restarted_behind_doors);
}

fn decided_again(office: Office, then: impl FnOnce(Office) -> Office) {
    let before = office.head();
    let id = office.start(&sender(), 'a', &plots(1, 3)).expect("begun");
    assert!(matches!(office.over(&sender(), &id).ticket.stage, Stage::Tried(_)));
    let office = then(office);
    let compared = || office.doored.compared.swap(0, Ordering::SeqCst);
    assert_eq!(compared(), 1);

    office.queue.commit(request(vec![later_spell(3)])).expect("others write");
    office.jobs.write(&sender(), "plot", &id, false).expect("begun");
    let found = office.over(&sender(), &id);
    let Stage::Tried(summary) = &found.ticket.stage else { panic!("{found:?}") };
    assert_eq!((summary.added, summary.rejected), (2, 1));
    assert_eq!(numbers(&reasons(&office, &found)), ["3"]);
    assert_eq!((compared(), office.head()), (1, before + 1));

    office.jobs.write(&sender(), "plot", &id, true).expect("begun");
    let found = office.over(&sender(), &id);
    let Stage::Written(summary) = &found.ticket.stage else { panic!("{found:?}") };
    assert_eq!((summary.seq, summary.added, summary.rejected), (Some(before + 2), 2, 1));
    assert_eq!(compared(), 0, "what was compared was held");
    assert_eq!(numbers(&reasons(&office, &found)), ["3"]);
    office.sound();
}

/// Only the good rows are wanted, and there are fewer by now: the workbook has the rows that stayed out.
pub fn fewer_good_rows() {
    let office = Office::new();
    let file = format!("{}1,9,10/07/2025,Xã Lạ Lùng,Nhóm 1,\"77,7\"\n", plots(1, 3));
    let id = office.start(&sender(), 'a', &file).expect("begun");
    let tried = office.over(&sender(), &id);
    assert_eq!(numbers(&reasons(&office, &tried)), ["9"]);
    office.queue.commit(request(vec![later_spell(3)])).expect("others write");
    office.jobs.write(&sender(), "plot", &id, true).expect("begun");
    let found = office.over(&sender(), &id);
    let Stage::Written(summary) = &found.ticket.stage else { panic!("{found:?}") };
    assert_eq!((summary.added, summary.rejected), (2, 2));
    assert_eq!(numbers(&reasons(&office, &found)), ["3", "9"]);
    office.sound();
}
