//! Proofs of figures hold, say what they count, and keep what is personal to themselves.

use mc_base::Seq;
use mc_ledger::{NoteVerifier, ProofFile};
use mc_port::{EditRequest, FigureRequest};
use mc_register::Edit;
use verifier::{Line, Verdict, judge};

use crate::fixture::{Instance, october, request};

fn judged(file: &ProofFile) -> Verdict {
    judge(&file.to_json(), None).expect("a proof file")
}

#[test]
fn records_and_totals_add_up_and_the_verdict_has_three_lines() {
    let file = Instance::new().figure(&october("stations"));
    let key = NoteVerifier::parse(&file.vkey).expect("a key");
    let verdict = judge(&file.to_json(), Some(&key)).expect("a proof file");
    assert_eq!(
        verdict.to_string(),
        "\
Sổ cái: minh-hoa/15/kiem-thu
DỮ LIỆU MINH HỌA: sổ cái này không chứa số liệu thật.
Số liệu: Số trạm đang phát sóng, Tỉnh Lào Cai (mã 15), tháng 10/2025: 47 trạm; đọc ở lần ghi 9.
1. Bản ghi có thật: 16 dòng, ghi ở 7 lần ghi, từ 1 đến 9 lúc 09:00 17/11/2025 (mốc niêm phong: 9 lần ghi).
2. Số học khớp: đếm lại từ 7 bản ghi và 1 tổng không danh sách được đúng số đã nêu.
3. Đầy đủ: không chứng minh được (chưa có kỳ chốt).
Có bản ghi không ghi địa bàn; địa bàn được tính cho chúng do tệp nêu.
Khóa: đúng khóa đã cho.
"
    );
    assert_eq!(
        verdict.to_json().to_string(),
        concat!(
            r#"{"ok":true,"recorded":"ok","arithmetic":"ok","completeness":"unprovable","#,
            r#""illustrative":true,"key":"given"}"#
        )
    );
}

#[test]
fn without_a_key_of_ones_own_the_verdict_says_so() {
    let verdict = judged(&Instance::new().figure(&october("result_rate")));
    assert!(verdict.ok());
    let text = verdict.to_string();
    let figure =
        "Số liệu: Tỷ lệ đã làm trên tổng số, Tỉnh Lào Cai (mã 15), tháng 10/2025: 84,2% (842 ÷ 1.000); ";
    assert!(text.contains(figure), "{text}");
    assert!(text.contains("Khóa: lấy từ chính tệp, CHƯA ĐÁNG TIN"), "{text}");
    assert_eq!(verdict.to_json()["key"], "file");
}

#[test]
fn a_commit_of_which_every_row_counts_is_given_whole_and_others_with_paths() {
    let instance = Instance::new();
    let before = FigureRequest { at: Some(Seq(4)), ..october("stations") };
    let file = instance.figure(&before);
    let four = file.commits.iter().find(|commit| commit.seq == Seq(4)).expect("commit 4");
    assert!(four.complete);
    assert!(four.rows.iter().all(|row| row.path.is_none()));
    assert_eq!(four.rows.len(), 6);
    let verdict = judged(&file);
    assert_eq!(
        (verdict.recorded.clone(), verdict.arithmetic.clone()),
        (Line::Holds, Line::Holds),
        "{verdict}"
    );

    let now = instance.figure(&october("stations"));
    let four = now.commits.iter().find(|commit| commit.seq == Seq(4)).expect("commit 4");
    assert!(!four.complete, "A1 was corrected later");
    assert!(four.rows.iter().all(|row| row.path.is_some()));
    assert_eq!(four.rows.len(), 5);
}

#[test]
fn every_kind_of_indicator_place_and_period_holds() {
    let instance = Instance::new();
    let expected = [
        (october("stations"), Some("47")),
        (october("result_rate"), Some("0.842000")),
        (request("result_rate", 2, "2025"), Some("0.839445")),
        (request("stations", 3, "2025-10"), Some("2")),
        (request("stations", 5, "2025-10"), Some("1")),
        (request("stations", 6, "2025-10"), Some("1")),
        (request("stations", 1, "2025-11"), Some("49")),
        (request("stations", 2, "2025-06-29"), Some("48")),
        (request("stations", 2, "2024"), Some("0")),
        (request("result_rate", 2, "2025-09"), None),
        (october("operators"), Some("2")),
        (october("height"), Some("36.00")),
        (request("height", 4, "2025-10"), Some("36.00")),
    ];
    for (request, value) in expected {
        let file = instance.figure(&request);
        let verdict = judged(&file);
        let context = format!("{} {} {}\n{verdict}", request.indicator, request.place, request.period);
        let (claim, _) = verdict.figure.as_ref().expect("a figure");
        assert_eq!(claim.value.as_deref(), value, "{context}");
        assert_eq!(verdict.arithmetic, Line::Holds, "{context}");
    }
}

#[test]
fn a_successor_counts_what_it_took_over_by_recorded_edges() {
    let verdict = judged(&Instance::new().figure(&request("stations", 3, "2025-10")));
    let (claim, checked) = verdict.figure.as_ref().expect("a figure");
    assert_eq!((claim.inside.clone(), checked.records), (vec![3, 5], 2));
    assert_eq!(checked.place, "Xã Bát Xát");
}

#[test]
fn where_nothing_is_known_the_arithmetic_is_not_claimed() {
    let instance = Instance::declared(crate::fixture::ORIGIN, 1);
    let verdict = judged(&instance.figure(&october("stations")));
    assert_eq!(verdict.arithmetic.word(), "unchecked", "{verdict}");
    assert!(verdict.ok());
    assert!(verdict.to_string().contains("Chưa kiểm số học: tệp nêu là không có số liệu."), "{verdict}");

    let future = judged(&Instance::new().figure(&request("stations", 2, "2026")));
    assert_eq!(future.arithmetic.word(), "unchecked", "{future}");
}

#[test]
fn no_personal_value_and_no_salt_enters_a_proof() {
    let instance = Instance::new();
    let figure = instance.figure(&october("result_rate"));
    let record = instance.reader().proof_of_record("result", "R1").expect("a proof");
    for file in [figure, record] {
        let rows = || file.commits.iter().flat_map(|commit| &commit.rows);
        assert!(rows().count() > 0);
        for row in rows() {
            let leaf = mc_ledger::RowLeaf::decode(&row.leaf).expect("a leaf");
            if leaf.register == "result" {
                assert!(matches!(leaf.field_value(6), Some(mc_ledger::Value::Commitment(_))));
            }
            let clear = "Giàng A Páo".as_bytes();
            assert!(!row.leaf.windows(clear.len()).any(|window| window == clear));
        }
    }
}

#[test]
fn beyond_ten_thousand_records_only_roots_are_given() {
    let mut instance = Instance::declared(crate::fixture::ORIGIN, 1);
    for half in 0..2 {
        let edits = (0..5_001).map(|number| EditRequest {
            register: "station".to_owned(),
            edit: Edit::Insert {
                record: instance.station(&format!("K{half}-{number}"), 3, "2025-01-15", None),
            },
        });
        let edits = edits.collect();
        instance.commit(edits);
    }
    let file = instance.figure(&october("stations"));
    let stations: Vec<_> = file.commits.iter().filter(|commit| commit.seq > Seq(3)).collect();
    assert_eq!(stations.len(), 2);
    assert!(stations.iter().all(|commit| commit.rows.is_empty() && commit.leaf_count == 5_001));
    let verdict = judged(&file);
    assert!(verdict.ok());
    assert_eq!(verdict.recorded, Line::Holds);
    let text = verdict.to_string();
    assert!(text.contains("10.002 trạm"), "{text}");
    assert!(text.contains("2. Chưa kiểm số học: tệp không kèm bản ghi"), "{text}");

    let half = instance.figure(&FigureRequest { at: Some(Seq(4)), ..october("stations") });
    assert_eq!(judged(&half).arithmetic, Line::Holds);
}
