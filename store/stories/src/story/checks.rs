//! What is checked before anything is written.

use mc_access::Actor;
use mc_ledger::Value;
use mc_port::CommitError;
use mc_register::Severity;

use crate::Stage;
use crate::small::{COMMUNES, correct, insert, inserted, mast, nfd, record, with};

pub(super) fn severities(stage: &mut dyn Stage) {
    let live = mast("C-1", COMMUNES[0], "live", "2025-01-01");
    let ended = with(live.clone(), "mast", "until", Value::Day(crate::small::day("2024-12-31")));
    assert!(matches!(stage.put(vec![inserted("mast", ended)]), Err(CommitError::Rows(_))), "refuse");
    let tall = with(live, "mast", "height", Value::Int(300));
    let refused = stage.put(vec![inserted("mast", tall.clone())]);
    let Err(CommitError::Rows(rows)) = refused else { panic!("{refused:?}") };
    assert!(rows[0].message.contains("Cột cao hơn 200 m") && rows[0].message.contains("giải trình"));
    assert_eq!(rows[0].field.as_deref(), Some("explanation_document"));
    // Neither a document alone nor an empty reason will do.
    let explained = |record, reason: &str| {
        let record = with(record, "mast", "explanation_document", Value::Text("Biên bản 12/BB".to_owned()));
        with(record, "mast", "explanation_reason", Value::Text(reason.to_owned()))
    };
    let refused = stage.put(vec![inserted("mast", explained(tall.clone(), ""))]);
    let Err(CommitError::Rows(rows)) = refused else { panic!("{refused:?}") };
    assert_eq!(rows[0].field.as_deref(), Some("explanation_reason"));
    stage.must(vec![inserted("mast", explained(tall, "Cột nối thêm đoạn ngọn."))]);
    stage.must(vec![inserted("mast", mast("C-2", COMMUNES[0], "lost", "2025-01-01"))]);
    stage.must(vec![inserted("mast", mast("C-3", COMMUNES[0], "live", "2025-01-01"))]);
    let reader = stage.read(&Actor::public());
    let flags = |key: &str| {
        let version = reader.history("mast", key).expect("history").pop().expect("a version");
        let says = |flag: &mc_port::Flag| (flag.message.vi.clone(), flag.severity);
        version.flags.iter().map(says).collect::<Vec<_>>()
    };
    assert_eq!(flags("C-1/2025-01-01"), [("Cột cao hơn 200 m.".to_owned(), Severity::Explain)]);
    assert_eq!(flags("C-2/2025-01-01"), [("Cột mất liên lạc nên có tên gọi.".to_owned(), Severity::Warn)]);
    assert!(flags("C-3/2025-01-01").is_empty());
}

pub(super) fn references(stage: &mut dyn Stage) {
    let live = mast("C-1", COMMUNES[0], "live", "2025-01-01");
    let site = Value::Ref { register: "site".to_owned(), key: "V-1".to_owned() };
    let wrong = [
        ("site", site.clone()),
        ("place", Value::Place(mc_base::PlaceId(99))),
        ("agency", crate::small::agency("khong-co")),
    ];
    for (field, value) in wrong {
        let refused = stage.put(vec![inserted("mast", with(live.clone(), "mast", field, value))]);
        let Err(CommitError::Rows(rows)) = refused else { panic!("{field}: {refused:?}") };
        assert_eq!(rows[0].field.as_deref(), Some(field));
    }
    // What the same commit brings may be pointed at.
    let right = with(live, "mast", "site", site);
    stage.must(vec![inserted("mast", right), insert("site", &[("code", "V-1"), ("tower", "roof")])]);
}

pub(super) fn look_up(stage: &mut dyn Stage) {
    let site = |tower: &str| record("site", &[("code", "V-1"), ("tower", tower)]);
    stage.must(vec![inserted("site", site("guyed"))]);
    let pointing = |code: &str| {
        let site = Value::Ref { register: "site".to_owned(), key: "V-1".to_owned() };
        with(mast(code, COMMUNES[0], "live", "2025-01-01"), "mast", "site", site)
    };
    stage.must(vec![inserted("mast", pointing("C-1"))]);
    stage.must(vec![correct("site", "V-1", 1, site("roof"))]);
    stage.must(vec![inserted("mast", pointing("C-2"))]);
    let reader = stage.read(&Actor::public());
    let tower = |key: &str| reader.history("mast", key).expect("history")[0].values.get(&8).cloned();
    assert_eq!(tower("C-1/2025-01-01"), Some(Value::Code("guyed".to_owned())));
    assert_eq!(tower("C-2/2025-01-01"), Some(Value::Code("roof".to_owned())));
    let request = crate::stage::figure_request("masts", COMMUNES[0], "2025-10", None);
    let parts = reader.figure_by(&request, &mc_port::By::Cut("tower".to_owned())).expect("parts");
    let split: Vec<_> = parts.iter().map(|it| (it.key.as_str(), it.figure.value.as_deref())).collect();
    assert_eq!(split, [("guyed", Some("1")), ("roof", Some("1"))]);
}

pub(super) fn normal_form(stage: &mut dyn Stage) {
    let named = |name: &str| {
        with(mast("C-1", COMMUNES[0], "live", "2025-01-01"), "mast", "name", Value::Text(name.to_owned()))
    };
    let refused = stage.put(vec![inserted("mast", named(&nfd("Đỉnh Phan Xi Păng")))]);
    assert!(matches!(&refused, Err(CommitError::Rows(rows)) if rows[0].field.as_deref() == Some("name")));
    stage.must(vec![inserted("mast", named("Đỉnh Phan Xi Păng"))]);
}

pub(super) fn keys(stage: &mut dyn Stage) {
    for (code, key) in [
        ("Trạm Ô Quý Hồ", "Trạm Ô Quý Hồ/2025-01-01"),
        ("A/B", "A%2FB/2025-01-01"),
        ("A%2FB", "A%252FB/2025-01-01"),
        ("ЦВ-ﬁ", "ЦВ-ﬁ/2025-01-01"),
        ("'; DROP TABLE r_mast; --", "'; DROP TABLE r_mast; --/2025-01-01"),
        ("0", "0/2025-01-01"),
        ("A", "A/2025-01-01"),
    ] {
        stage.must(vec![inserted("mast", mast(code, COMMUNES[0], "live", "2025-01-01"))]);
        let reader = stage.read(&Actor::public());
        let history = reader.history("mast", key).expect("history");
        assert_eq!(history.len(), 1, "{key}");
        assert_eq!(history[0].values.get(&1), Some(&Value::Code(code.to_owned())));
        assert_eq!(reader.spells("mast", key).expect("spells").len(), 1, "{key}");
    }
    assert_eq!(stage.figure("masts", COMMUNES[0], "2025-10").value.as_deref(), Some("7"));
    stage.sound();
}

pub(super) fn search(stage: &mut dyn Stage) {
    let named = |code: &str, name: &str| {
        let mast = mast(code, COMMUNES[0], "live", "2025-01-01");
        inserted("mast", with(mast, "mast", "name", Value::Text(name.to_owned())))
    };
    stage.must(vec![named("C-1", "Đồi Hòa Bình"), named("C-2", "Đổi Hoa Binh")]);
    let hits = |text: &str| -> Vec<(String, bool)> {
        let found = stage.read(&Actor::public()).search(text, None, 10).expect("a search");
        found.into_iter().filter(|hit| hit.register == "mast").map(|hit| (hit.key, hit.exact)).collect()
    };
    let first = ("C-1/2025-01-01".to_owned(), true);
    assert_eq!(hits("Đồi Hòa").first(), Some(&first), "with marks, the exact one comes first");
    assert_eq!(hits("doi hoa binh").len(), 2, "without marks, both");
    assert!(hits("\" OR * NEAR(").is_empty(), "what is typed is no query syntax");
}
