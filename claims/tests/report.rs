//! What programs are told of a text.

use mc_base::Day;
use mc_claims::{Context, Gazetteer, Report, check};

#[test]
fn a_claim_is_told_with_its_sentence_and_its_code_points() {
    let text = "Năm 2024 đã qua. Xã đào tạo 512 học viên.";
    let date = Day::new(2025, 11, 20).expect("a day");
    let checked = check(text, &Context { date, places: &Gazetteer::default() });
    let report = serde_json::to_value(Report::of(text, &checked, date)).expect("a report");
    assert_eq!(report["text"], text);
    let claim = &report["claims"][0];
    assert_eq!(claim["sentence"], "Xã đào tạo 512 học viên.");
    let span = |at: usize| usize::try_from(claim["span"][at].as_u64().expect("a number")).expect("small");
    let shown: String = text.chars().skip(span(0)).take(span(1) - span(0)).collect();
    assert_eq!(shown, "512 học viên");
    assert_eq!(claim["text"], shown);
    let keys = [
        "id", "value", "value_to", "unit", "hedge", "modality", "time", "scope", "measures", "kind", "aside",
    ];
    for key in keys {
        assert!(claim.get(key).is_some(), "{key}");
    }
}
