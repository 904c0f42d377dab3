//! A field is marked personal on a register that has records.

use mc_access::Actor;
use mc_base::text::fold;
use mc_ledger::Value;
use mc_port::{CommitError, EditRequest, Version, declare_schema};
use mc_register::{Schema, system};

use crate::small::{COMMUNES, change, correct, inserted, plot, record_of, register, with};
use crate::{Erasure, Stage};

const NOTE: u16 = 10;
const KEY: &str = "1/7/2025-01-01";
/// One word, so that it lies in an index of words as it is.
const SECRET: &str = "Quẩynxtrưmbđzxw";
const LATER: &str = "Hmlokpằngvszrw";

fn marked_plot() -> Schema {
    let mut schema = register("plot");
    let note = schema.field.iter_mut().find(|field| field.no == NOTE).expect("the note");
    note.personal = true;
    note.search = false;
    schema
}

fn declared(schema: &Schema, version: u32) -> Vec<EditRequest> {
    vec![declare_schema(&register(system::SCHEMA), schema, version)]
}

fn noted(number: i64, note: &str) -> mc_register::Record {
    with(plot(number, COMMUNES[0], "2025-01-01", "Lò Thị Mẩy"), "plot", "note", Value::Text(note.to_owned()))
}

/// A plot whose note is recorded, corrected, and carried into a second spell; another one without a note.
fn founded(stage: &mut dyn Stage) {
    stage.must(vec![
        inserted("plot", noted(7, SECRET)),
        inserted("plot", plot(8, COMMUNES[0], "2025-01-01", "Vàng A Páo")),
    ]);
    let area = Value::Scaled(mc_base::Scaled { mantissa: 990, scale: 1 });
    let corrected = with(noted(7, SECRET), "plot", "area", area);
    stage.must(vec![correct("plot", KEY, 1, corrected.clone())]);
    let second = with(corrected, "plot", "grade", Value::Code("2".to_owned()));
    stage.must(vec![change("plot", KEY, 2, "2025-06-01", second)]);
}

fn erasure(key: &str) -> Erasure {
    Erasure {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: key.to_owned(),
        fields: Some(vec!["note".to_owned()]),
        ground: "Điều 16 Nghị định 13/2023/NĐ-CP".to_owned(),
        reason: "chủ thể dữ liệu yêu cầu".to_owned(),
        texts: false,
    }
}

fn history(stage: &dyn Stage, actor: &Actor) -> Vec<Version> {
    stage.read(actor).history("plot", KEY).expect("history")
}

fn found(stage: &dyn Stage, word: &str) -> Vec<String> {
    // An index of words may leave out what a word has in common with the one before it.
    let tail = |text: &str| text.chars().skip(3).collect::<String>();
    let forms = [tail(word), tail(&word.to_lowercase()), tail(&fold(word))];
    forms.iter().flat_map(|form| stage.files_holding(form.as_bytes())).collect()
}

/// Figures as known now and as known when the first plots were recorded.
fn figures(stage: &dyn Stage) -> Vec<Option<String>> {
    let recorded = history(stage, &Actor::public())[0].seq_from;
    let known = [None, Some(recorded)];
    let areas = known.map(|at| stage.figure_at("plot_area", COMMUNES[0], "2025-10", at).value);
    let rates = known.map(|at| stage.figure_at("plots_good_rate", COMMUNES[0], "2025-10", at).value);
    areas.into_iter().chain(rates).collect()
}

pub(super) fn everywhere(stage: &mut dyn Stage) {
    founded(stage);
    let hits =
        |stage: &dyn Stage| stage.read(&Actor::illustrative()).search(SECRET, None, 10).expect("a search");
    assert!(!hits(stage).is_empty(), "an ordinary note is found");
    let before = figures(stage);
    stage.must(declared(&marked_plot(), 2));
    // What lies where is the store's affair: before and after it is done, readers see the same.
    for done in [false, true] {
        if done {
            stage.reopen();
        }
        for version in history(stage, &Actor::public()) {
            assert!(version.masked.contains(&NOTE), "{done}: version {}", version.ordinal);
            assert!(!version.values.contains_key(&NOTE));
        }
        for version in history(stage, &Actor::illustrative()) {
            assert_eq!(version.values.get(&NOTE), Some(&Value::Text(SECRET.to_owned())), "{done}");
        }
        let other = stage.read(&Actor::public()).history("plot", "1/8/2025-01-01").expect("history");
        assert!(!other[0].masked.contains(&NOTE), "{done}: nothing was stated");
        assert!(hits(stage).is_empty(), "{done}: what is personal is not found");
        stage.sound();
    }
    assert_eq!(figures(stage), before);
}

pub(super) fn erased(stage: &mut dyn Stage) {
    founded(stage);
    stage.must(vec![inserted("plot", noted(9, LATER))]);
    stage.must(declared(&marked_plot(), 2));
    let before = figures(stage);
    assert!(!found(stage, SECRET).is_empty());
    stage.erase(&erasure("1/7")).expect("an erasure of all spells");
    assert_eq!(found(stage, SECRET), Vec::<String>::new());
    assert!(!found(stage, LATER).is_empty(), "the others are kept");
    let versions = history(stage, &Actor::illustrative());
    for version in &versions {
        assert_eq!(version.erased, [NOTE], "version {}", version.ordinal);
        assert!(!version.values.contains_key(&NOTE));
    }
    let report = stage.verify();
    assert!(report.ok(), "{:#?}", report.findings);
    assert_eq!(report.erased, 4, "three versions of the first spell, one of the second");
    assert!(
        report.notes.iter().any(|note| note.contains("4 phiên bản chỉ còn mã băm")),
        "{:?}",
        report.notes
    );
    assert_eq!(figures(stage), before);
    let again = stage.erase(&erasure("1/7"));
    assert!(matches!(again, Err(CommitError::Unchanged)), "{again:?}");
    stage.reopen();
    stage.sound();
    assert_eq!(found(stage, SECRET), Vec::<String>::new());
}

pub(super) fn afterwards(stage: &mut dyn Stage) {
    founded(stage);
    stage.must(declared(&marked_plot(), 2));
    // Before what is there has moved, and after.
    let ordinal = |stage: &dyn Stage| {
        history(stage, &Actor::public()).iter().map(|version| version.ordinal).max().expect("versions")
    };
    let stated =
        |note: &str| with(noted(7, note), "plot", "until", Value::Day(crate::small::day("2025-06-01")));
    stage.must(vec![correct("plot", KEY, ordinal(stage), stated(LATER))]);
    stage.reopen();
    let last = history(stage, &Actor::illustrative()).pop().expect("a version");
    assert_eq!(last.values.get(&NOTE), Some(&Value::Text(LATER.to_owned())));
    let same = stage.put(vec![correct("plot", KEY, ordinal(stage), stated(LATER))]);
    assert!(matches!(same, Err(CommitError::Unchanged)), "the value is compared in clear: {same:?}");
    // A record whose value was moved is compared and corrected too.
    let far = record_of(
        &marked_plot(),
        &[
            ("sheet", "1"),
            ("number", "11"),
            ("since", "2025-01-01"),
            ("place", "3"),
            ("grade", "1"),
            ("note", SECRET),
        ],
    );
    stage.must(vec![inserted("plot", far)]);
    stage.erase(&erasure(KEY)).expect("an erasure");
    assert_eq!(found(stage, LATER), Vec::<String>::new());
    let versions = history(stage, &Actor::illustrative());
    assert!(versions.iter().all(|version| version.erased == [NOTE]), "{versions:#?}");
    stage.sound();
}

pub(super) fn refused(stage: &mut dyn Stage) {
    founded(stage);
    let mark = |register_id: &str, field: &str| {
        let mut schema = register(register_id);
        let field = schema.field.iter_mut().find(|it| it.id == field).expect("the field");
        (field.personal, field.index, field.search) = (true, false, false);
        schema
    };
    let cases = [
        ("plot", "area", "plot_area"),
        ("plot", "sheet", "khóa"),
        ("plot", "grade", "giai đoạn"),
        ("plot", "place", "place"),
        ("mast", "operator", "masts"),
        ("mast", "height", "mast_height"),
    ];
    for (register_id, field, named) in cases {
        let refused = stage.put(declared(&mark(register_id, field), 2));
        let Err(CommitError::Rows(rows)) = refused else { panic!("{register_id}.{field}: {refused:?}") };
        let said = rows.iter().map(|row| row.message.as_str()).collect::<Vec<_>>().join("\n");
        assert!(said.contains(named), "{register_id}.{field}: {said}");
    }
    let mut searched = marked_plot();
    searched.field[9].search = true;
    assert!(stage.put(declared(&searched, 2)).is_err(), "what is personal is not searched");
    stage.must(declared(&marked_plot(), 2));
    let unmarked = stage.put(declared(&register("plot"), 3));
    assert!(
        matches!(unmarked, Err(CommitError::Rows(_))),
        "what is committed to stays personal: {unmarked:?}"
    );
    stage.sound();
}

pub(super) fn searched(stage: &mut dyn Stage) {
    founded(stage);
    let count = |stage: &dyn Stage, text: &str| {
        stage.read(&Actor::illustrative()).search(text, None, 10).expect("a search").len()
    };
    assert_eq!((count(stage, SECRET), count(stage, "Nhóm")), (2, 0));
    let mut schema = register("plot");
    schema.field[5].search = true;
    stage.must(declared(&schema, 2));
    stage.reopen();
    assert_eq!((count(stage, SECRET), count(stage, "Nhóm")), (2, 3), "records that were there are found too");
    schema.field[9].search = false;
    schema.field[5].codes[0].title.vi = "Hạng nhất".to_owned();
    stage.must(declared(&schema, 3));
    stage.reopen();
    assert_eq!((count(stage, SECRET), count(stage, "Nhóm"), count(stage, "hạng nhất")), (0, 1, 2));
    stage.sound();
}
