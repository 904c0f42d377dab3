//! Proofs of records: every version, what it held, and why there is none.

use mc_ledger::{Act, RowLeaf};
use mc_sqlite::ProofError;
use verifier::{Line, judge};

use crate::fixture::Instance;

#[test]
fn a_record_is_proved_with_all_its_versions() {
    let file = Instance::new().reader().proof_of_record("station", "A1").expect("a proof");
    let leaves = file.commits.iter().flat_map(|commit| &commit.rows);
    let acts: Vec<(String, Act, u32)> = leaves
        .map(|row| RowLeaf::decode(&row.leaf).expect("a leaf"))
        .map(|leaf| (leaf.register, leaf.act, leaf.ordinal))
        .collect();
    let station = |act, ordinal| ("station".to_owned(), act, ordinal);
    assert_eq!(
        acts,
        [
            ("schema".to_owned(), Act::Open, 1),
            station(Act::Open, 1),
            station(Act::Open, 2),
            station(Act::Close, 1),
        ]
    );
    let verdict = judge(&file.to_json(), None).expect("a proof file");
    assert_eq!(verdict.recorded, Line::Holds);
    assert_eq!(verdict.arithmetic.word(), "unchecked");
    let text = verdict.to_string();
    for line in [
        "2. Chưa kiểm số học: tệp chứng minh bản ghi, không có phép tính.",
        "3. Đầy đủ: không chứng minh được (chưa có kỳ chốt).",
        "   Trạm “A1”, phiên bản 1: được ghi ở lần ghi 4",
        "   Trạm “A1”, phiên bản 2: được ghi ở lần ghi 6",
        "   Trạm “A1”, phiên bản 1: được khép ở lần ghi 6",
        "     Nhà mạng: Nhà mạng A",
        "     Phát sóng từ: 2025-01-16",
        "Bằng chứng không nói bản ghi còn hiện hành hay không.",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
}

#[test]
fn a_personal_value_is_shown_as_a_commitment() {
    let file = Instance::new().reader().proof_of_record("result", "R2").expect("a proof");
    let text = judge(&file.to_json(), None).expect("a proof file").to_string();
    assert!(text.contains("Người báo: (dữ liệu cá nhân: tệp chỉ có cam kết)"), "{text}");
}

#[test]
fn declarations_themselves_can_be_proved() {
    let file = Instance::new().reader().proof_of_record("indicator", "stations/1").expect("a proof");
    let verdict = judge(&file.to_json(), None).expect("a proof file");
    assert!(verdict.ok(), "{verdict}");
}

#[test]
fn what_is_not_there_is_named() {
    let instance = Instance::new();
    let reader = instance.reader();
    let missing = reader.proof_of_record("stations", "A1").expect_err("no such register");
    assert_eq!(missing.to_string(), "Không có sổ “stations”.");
    let missing = reader.proof_of_record("station", "Z9").expect_err("no such record");
    assert!(matches!(missing, ProofError::NoRecord { .. }));
    assert_eq!(missing.to_string(), "Sổ “Trạm” không có bản ghi “Z9”.");
}
