//! Commits: versions, keys, groups.

use mc_access::{Actor, Factor, Role};
use mc_base::Seq;
use mc_ledger::Value;
use mc_port::CommitError;

use crate::Stage;
use crate::small::{COMMUNES, correct, inserted, mast, outlay, request, retire, with};

pub(super) fn stale(stage: &mut dyn Stage) {
    let first = outlay("K-1", COMMUNES[0], "2025-08-01", 100);
    stage.must(vec![inserted("outlay", first.clone())]);
    let theirs = with(first.clone(), "outlay", "amount", Value::Int(200));
    stage.must(vec![correct("outlay", "K-1", 1, theirs.clone())]);
    let mine = with(first, "outlay", "amount", Value::Int(300));
    let refused = stage.put(vec![correct("outlay", "K-1", 1, mine)]);
    let Err(CommitError::Rows(rows)) = refused else { panic!("a stale correction gave {refused:?}") };
    assert_eq!((rows[0].register.as_str(), rows[0].key.as_str()), ("outlay", "K-1"));
    assert!(rows[0].message.contains("phiên bản 2") && rows[0].message.contains("phiên bản 1"), "{rows:?}");
    let history = stage.read(&Actor::operator()).history("outlay", "K-1").expect("history");
    assert_eq!(history.len(), 2);
    assert_eq!(history[1].values.get(&4), Some(&Value::Int(200)));
    stage.sound();
}

pub(super) fn unchanged(stage: &mut dyn Stage) {
    let plot = crate::small::plot(7, COMMUNES[0], "2025-01-01", "Lò Thị Mẩy");
    let outlay = outlay("K-1", COMMUNES[0], "2025-08-01", 100);
    let receipt = stage.must(vec![inserted("outlay", outlay.clone()), inserted("plot", plot.clone())]);
    let again =
        stage.put(vec![correct("outlay", "K-1", 1, outlay), correct("plot", "1/7/2025-01-01", 1, plot)]);
    assert!(matches!(again, Err(CommitError::Unchanged)), "{again:?}");
    assert_eq!(stage.read(&Actor::public()).head().seq, receipt.seq);
}

pub(super) fn repeated(stage: &mut dyn Stage) {
    let mut request = request(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 100))]);
    request.idempotency_key = "khóa-1".to_owned();
    let first = stage.commit(&request).expect("the first");
    stage.reopen();
    let second = stage.commit(&request).expect("the stored reply");
    assert!(second.repeated && !first.repeated);
    assert_eq!((second.seq, second.rows_root), (first.seq, first.rows_root));
    assert_eq!((second.recorded_at, second.opened), (first.recorded_at, first.opened));
    assert_eq!(stage.read(&Actor::public()).head().seq, first.seq);
    stage.sound();
}

pub(super) fn key_reused(stage: &mut dyn Stage) {
    let mut one = request(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 100))]);
    one.idempotency_key = "khóa-1".to_owned();
    stage.commit(&one).expect("the first");
    let mut other = one.clone();
    other.edits = vec![inserted("outlay", outlay("K-2", COMMUNES[0], "2025-08-01", 100))];
    let refused = stage.commit(&other);
    assert!(matches!(&refused, Err(CommitError::KeyReused(key)) if key == "khóa-1"), "{refused:?}");
    // Another actor's key is another key.
    other.actor = Actor::illustrative();
    stage.commit(&other).expect("another actor");
}

pub(super) fn duplicate(stage: &mut dyn Stage) {
    let outlay = |amount| inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", amount));
    let refused = stage.put(vec![outlay(1), outlay(2)]);
    assert!(matches!(&refused, Err(CommitError::Rows(rows)) if rows.len() == 1), "{refused:?}");
    assert!(stage.read(&Actor::public()).history("outlay", "K-1").expect("history").is_empty());
}

pub(super) fn group(stage: &mut dyn Stage) {
    let before = stage.read(&Actor::public()).head().seq;
    let good = |code: &str| request(vec![inserted("outlay", outlay(code, COMMUNES[0], "2025-08-01", 5))]);
    let bad = request(vec![retire("outlay", "không-có", 1)]);
    let answers = stage.commit_group(&[good("K-1"), bad, good("K-2"), good("K-1")]);
    let seqs: Vec<Option<Seq>> = answers.iter().map(|it| it.as_ref().ok().map(|it| it.seq)).collect();
    assert_eq!(seqs, [Some(Seq(before.0 + 1)), None, Some(Seq(before.0 + 2)), None]);
    assert_eq!(stage.figure("outlays", COMMUNES[0], "2025").num.as_deref(), Some("10"));
    stage.sound();
}

pub(super) fn refused_whole(stage: &mut dyn Stage) {
    let before = stage.read(&Actor::public()).head().seq;
    let good = inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 5));
    let beyond = inserted("outlay", outlay("K-2", COMMUNES[0], "2025-08-01", 1_000_000_001));
    let keyless = inserted("outlay", mc_register::Record::new());
    let refused = stage.put(vec![good, beyond, keyless]);
    let Err(CommitError::Rows(rows)) = refused else { panic!("{refused:?}") };
    assert!(rows.iter().any(|row| row.field.as_deref() == Some("amount") && row.key == "K-2"), "{rows:?}");
    assert!(rows.len() >= 2, "all reasons are given: {rows:?}");
    let after = stage.read(&Actor::public());
    assert_eq!(after.head().seq, before);
    assert!(after.history("outlay", "K-1").expect("history").is_empty());
    let unknown = stage.put(vec![inserted("không_có", mc_register::Record::new())]);
    assert!(matches!(unknown, Err(CommitError::NoRegister(_))), "{unknown:?}");
}

pub(super) fn denied(stage: &mut dyn Stage) {
    let mut request = request(vec![inserted("mast", mast("C-1", COMMUNES[1], "live", "2025-01-01"))]);
    request.actor = Actor::public();
    assert!(matches!(stage.commit(&request), Err(CommitError::Denied { .. })));
    let officer = |place| Actor {
        id: "cb-1".to_owned(),
        role: Role::CommuneOfficer,
        agency: None,
        place: Some(place),
        factor: Factor::NotAsked,
    };
    request.actor = officer(COMMUNES[0]);
    assert!(matches!(stage.commit(&request), Err(CommitError::Denied { .. })), "another commune's record");
    request.actor = officer(COMMUNES[1]);
    stage.commit(&request).expect("the own commune's record");
    // Neither may a record be carried off into the own commune.
    let mut carried = mast("C-1", COMMUNES[0], "live", "2025-01-01");
    crate::small::set(&mut carried, "mast", [("height", Value::Int(31))]);
    request.edits = vec![correct("mast", "C-1/2025-01-01", 1, carried)];
    request.actor = officer(COMMUNES[0]);
    assert!(matches!(stage.commit(&request), Err(CommitError::Denied { .. })));
}

pub(super) fn comes_back(stage: &mut dyn Stage) {
    let outlay = outlay("K-1", COMMUNES[0], "2025-08-01", 5);
    stage.must(vec![inserted("outlay", outlay.clone())]);
    let retired = stage.must(vec![retire("outlay", "K-1", 1)]);
    assert_eq!((retired.opened, retired.closed), (0, 1));
    assert_eq!(stage.figure("outlays", COMMUNES[0], "2025").value, None);
    stage.must(vec![inserted("outlay", outlay)]);
    let history = stage.read(&Actor::public()).history("outlay", "K-1").expect("history");
    let ordinals: Vec<u32> = history.iter().map(|version| version.ordinal).collect();
    assert_eq!(ordinals, [1, 2]);
    assert_eq!((history[0].seq_to, history[1].seq_to), (Some(retired.seq), None));
    stage.sound();
}

pub(super) fn illustrative(stage: &mut dyn Stage) {
    let reader = stage.read(&Actor::public());
    let instance = reader.instance();
    assert_eq!(instance.illustrative, instance.origin.starts_with("minh-hoa/"));
    assert!(instance.illustrative, "stories are told on illustrative instances");
    let note = reader.checkpoint().expect("a read").expect("a checkpoint");
    assert!(note.starts_with(&format!("{}\n{}\n", instance.origin, reader.head().seq)), "{note}");
}
