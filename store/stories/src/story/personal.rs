//! Values about persons: seen by those who may, erasable without a trace.

use mc_access::{Actor, Factor, Role};
use mc_base::text::fold;
use mc_ledger::Value;
use mc_port::CommitError;

use crate::small::{COMMUNES, correct, inserted, nfd, plot, request};
use crate::{Erasure, Stage};

const OWNER: &str = "Giàng Thị Sống Xéo";
const KEY: &str = "1/7/2025-01-01";
const NAME: u16 = 8;
const BIRTH: u16 = 9;

fn erasure(key: &str, fields: Option<&[&str]>) -> Erasure {
    Erasure {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: key.to_owned(),
        fields: fields.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect()),
        ground: "Điều 16 Nghị định 13/2023/NĐ-CP".to_owned(),
        reason: "chủ thể dữ liệu yêu cầu".to_owned(),
        texts: false,
    }
}

fn founded(stage: &mut dyn Stage) {
    let plot = plot(7, COMMUNES[0], "2025-01-01", OWNER);
    stage.must(vec![inserted("plot", plot.clone())]);
    let area = Value::Scaled(mc_base::Scaled { mantissa: 990, scale: 1 });
    stage.must(vec![correct("plot", KEY, 1, crate::small::with(plot, "plot", "area", area))]);
}

/// Every form in which a name could lie about.
fn forms(name: &str) -> Vec<String> {
    vec![name.to_owned(), nfd(name), name.to_uppercase(), name.to_lowercase(), fold(name)]
}

fn found(stage: &dyn Stage, name: &str) -> Vec<String> {
    forms(name)
        .iter()
        .flat_map(|form| {
            stage.files_holding(form.as_bytes()).into_iter().map(move |it| format!("{form}: {it}"))
        })
        .collect()
}

pub(super) fn masked(stage: &mut dyn Stage) {
    founded(stage);
    let read = |actor: &Actor| stage.read(actor).history("plot", KEY).expect("history");
    for version in read(&Actor::public()) {
        assert_eq!(version.masked, [NAME, BIRTH]);
        assert!(!version.values.contains_key(&NAME) && !version.values.contains_key(&BIRTH));
    }
    let officer = |place| Actor {
        id: "cb".to_owned(),
        role: Role::CommuneOfficer,
        agency: None,
        place,
        factor: Factor::NotAsked,
    };
    assert_eq!(read(&officer(Some(COMMUNES[1])))[0].masked, [NAME, BIRTH], "another commune");
    for actor in [Actor::illustrative(), officer(Some(COMMUNES[0]))] {
        for version in read(&actor) {
            assert!(version.masked.is_empty() && version.erased.is_empty());
            assert_eq!(version.values.get(&NAME), Some(&Value::Text(OWNER.to_owned())));
        }
    }
    let hits = stage.read(&Actor::illustrative()).search("Sống Xéo", None, 10).expect("a search");
    assert!(hits.is_empty(), "personal values are in no index: {hits:?}");
}

pub(super) fn erased(stage: &mut dyn Stage) {
    founded(stage);
    assert!(!found(stage, OWNER).is_empty(), "the search for bytes finds what is there");
    let receipt = stage.erase(&erasure(KEY, None)).expect("an erasure");
    assert_eq!(
        receipt.opened, 6,
        "a record for each version and field, and for each request that brought them"
    );
    assert_eq!(found(stage, OWNER), Vec::<String>::new());
    for version in stage.read(&Actor::illustrative()).history("plot", KEY).expect("history") {
        assert_eq!(version.erased, [NAME, BIRTH]);
        assert!(!version.values.contains_key(&NAME));
    }
    let report = stage.verify();
    assert!(report.ok(), "{:#?}", report.findings);
    assert_eq!(report.erased, 4);
    let history = stage.read(&Actor::public()).history("erasure", "plot/1%2F7%2F2025-01-01/1/8");
    let record = history.expect("history").pop().expect("the record of the erasure");
    assert_eq!(record.seq_from, receipt.seq);
    assert_eq!(record.values.get(&5), Some(&Value::Text("Điều 16 Nghị định 13/2023/NĐ-CP".to_owned())));
    // Figures know nothing of persons.
    assert_eq!(stage.figure("plot_area", COMMUNES[0], "2025-10").value.as_deref(), Some("99.0"));
    stage.reopen();
    stage.sound();
}

pub(super) fn one_field(stage: &mut dyn Stage) {
    founded(stage);
    stage.erase(&erasure(KEY, Some(&["owner_name"]))).expect("an erasure");
    for version in stage.read(&Actor::illustrative()).history("plot", KEY).expect("history") {
        assert_eq!(version.erased, [NAME]);
        assert!(matches!(version.values.get(&BIRTH), Some(Value::Day(_))));
    }
    // The rest is erased later; nothing is erased twice.
    let later = stage.erase(&erasure(KEY, None)).expect("the other field");
    assert_eq!(later.opened, 2);
    stage.sound();
}

pub(super) fn texts(stage: &mut dyn Stage) {
    let mut request = request(vec![inserted("plot", plot(7, COMMUNES[0], "2025-01-01", OWNER))]);
    request.source = format!("đơn của bà {OWNER}");
    let written = stage.commit(&request).expect("a commit").seq;
    let kept = stage.erase(&Erasure { fields: Some(vec!["owner_birth".to_owned()]), ..erasure(KEY, None) });
    kept.expect("an erasure");
    let source = |stage: &dyn Stage| {
        stage.read(&Actor::public()).commit(written).expect("a read").expect("the commit").source
    };
    assert_eq!(source(stage).as_deref(), Some(request.source.as_str()), "texts stay unless asked");
    stage.erase(&Erasure { texts: true, ..erasure(KEY, None) }).expect("an erasure");
    assert_eq!(source(stage), None);
    assert_eq!(found(stage, OWNER), Vec::<String>::new());
    stage.sound();
}

pub(super) fn refused(stage: &mut dyn Stage) {
    founded(stage);
    let denied = stage.erase(&Erasure { actor: Actor::public(), ..erasure(KEY, None) });
    assert!(matches!(denied, Err(CommitError::Denied { .. })), "{denied:?}");
    let groundless = stage.erase(&Erasure { ground: String::new(), ..erasure(KEY, None) });
    assert!(matches!(groundless, Err(CommitError::Rows(_))), "{groundless:?}");
    for (key, fields) in [("1/8/2025-01-01", None), (KEY, Some(&["area"][..])), (KEY, Some(&["không"][..]))]
    {
        let refused = stage.erase(&erasure(key, fields));
        assert!(matches!(&refused, Err(CommitError::Rows(rows)) if rows.len() == 1), "{refused:?}");
    }
    stage.erase(&erasure(KEY, None)).expect("an erasure");
    let again = stage.erase(&erasure(KEY, None));
    assert!(matches!(again, Err(CommitError::Unchanged)), "{again:?}");
    stage.sound();
}

pub(super) fn idempotency(stage: &mut dyn Stage) {
    let mut request = request(vec![inserted("plot", plot(7, COMMUNES[0], "2025-01-01", OWNER))]);
    request.idempotency_key = "đơn-7".to_owned();
    stage.commit(&request).expect("a commit");
    stage.erase(&erasure(KEY, None)).expect("an erasure");
    // What the request held can no longer be compared, not even by hash; it is not done a second time either.
    let again = stage.commit(&request);
    assert!(matches!(again, Err(CommitError::KeyReused(_))), "{again:?}");
    stage.sound();
}

pub(super) fn among_many(stage: &mut dyn Stage) {
    const PLOTS: i64 = 400;
    let name = |number: i64| format!("Vàng A Sử thứ {number:04}");
    // Rows of many lengths, so that pages are split and filled anew.
    let owner =
        |number: i64| format!("{}{}", name(number), "ơ".repeat(usize::try_from(number % 60).unwrap_or(0)));
    for start in (0..PLOTS).step_by(100) {
        let plots =
            (start..start + 100).map(|number| plot(number, COMMUNES[0], "2025-01-01", &owner(number)));
        stage.must(plots.map(|plot| inserted("plot", plot)).collect());
    }
    for number in (0..PLOTS).step_by(7) {
        let corrected = plot(number, COMMUNES[1], "2025-01-01", &owner(number));
        stage.must(vec![correct("plot", &format!("1/{number}/2025-01-01"), 1, corrected)]);
    }
    for number in (0..PLOTS).step_by(5) {
        stage.erase(&erasure(&format!("1/{number}/2025-01-01"), None)).expect("an erasure");
    }
    let left: Vec<String> = (0..PLOTS).step_by(5).flat_map(|number| found(stage, &name(number))).collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(!stage.files_holding(name(1).as_bytes()).is_empty(), "the others are kept");
    stage.sound();
}
