//! Whatever is changed in a proof file is named.

use mc_base::Seq;
use mc_ledger::proof::{CommitProof, RowEvidence};
use mc_ledger::{Checkpoint, NoteSigner, NoteVerifier, ProofFile, RowLeaf, Value};
use serde_json::json;
use verifier::{Verdict, judge};

use crate::fixture::{Instance, ORIGIN, day, october};

fn judged(file: &ProofFile) -> Verdict {
    judge(&file.to_json(), None).expect("a proof file")
}

fn commit(file: &mut ProofFile, seq: u64) -> &mut CommitProof {
    file.commits.iter_mut().find(|commit| commit.seq == Seq(seq)).expect("the commit")
}

fn claim<'f>(file: &'f mut ProofFile, member: &str) -> &'f mut serde_json::Value {
    file.figure.as_mut().expect("a figure").get_mut(member).expect("the member")
}

/// Row of a record, by commit.
fn row_of(file: &ProofFile, seq: u64, key: &str) -> RowEvidence {
    let commit = file.commits.iter().find(|commit| commit.seq == Seq(seq)).expect("the commit");
    let is_it = |row: &&RowEvidence| RowLeaf::decode(&row.leaf).expect("a leaf").key == key;
    commit.rows.iter().find(is_it).expect("the row").clone()
}

fn recorded_fails(file: &ProofFile, expected: &str) {
    let verdict = judged(file);
    assert!(!verdict.ok());
    assert!(verdict.recorded.word().contains(expected), "{expected}\n{verdict}");
    assert_eq!(verdict.arithmetic.word(), "unchecked");
}

fn arithmetic_fails(file: &ProofFile, expected: &str) {
    let verdict = judged(file);
    assert!(!verdict.ok());
    assert_eq!(verdict.recorded.word(), "ok");
    assert!(verdict.arithmetic.word().contains(expected), "{expected}\n{verdict}");
    assert!(verdict.to_string().contains("2. Số học: SAI: "), "{verdict}");
}

#[test]
fn a_changed_record() {
    let mut file = Instance::new().figure(&october("stations"));
    let row = commit(&mut file, 4).rows.first_mut().expect("a row");
    let mut leaf = RowLeaf::decode(&row.leaf).expect("a leaf");
    for (no, value) in &mut leaf.fields {
        if *no == 4 {
            *value = Value::Day(day("2025-01-14"));
        }
    }
    row.leaf = leaf.encode().expect("bytes");
    recorded_fails(&file, "lần ghi 4, dòng 1: dòng không thuộc lần ghi");
}

#[test]
fn a_dropped_record() {
    let instance = Instance::new();
    let mut file = instance.figure(&october("stations"));
    commit(&mut file, 4).rows.pop();
    arithmetic_fails(&file, "tử số trong tệp là 47, tính lại được 46");
    arithmetic_fails(&file, "số bản ghi trong tệp là 7, tính lại được 6");

    let before = mc_port::FigureRequest { at: Some(Seq(4)), ..october("stations") };
    let mut whole = instance.figure(&before);
    commit(&mut whole, 4).rows.pop();
    recorded_fails(&whole, "lần ghi 4: lần ghi được nói là đủ dòng nhưng tệp có 5 dòng, phải là 6");
}

#[test]
fn a_dropped_total() {
    let mut file = Instance::new().figure(&october("stations"));
    file.commits.retain(|commit| commit.seq != Seq(9));
    arithmetic_fails(&file, "tử số trong tệp là 47, tính lại được 7");
    arithmetic_fails(
        &file,
        "cơ sở số liệu trong tệp là bản ghi và tổng không danh sách, tính lại được đếm từng bản ghi",
    );
}

#[test]
fn any_other_number_in_the_claim() {
    let file = Instance::new().figure(&october("result_rate"));
    let changes = [
        ("value", json!("0.850000"), "giá trị trong tệp là 0.850000, tính lại được 0.842000"),
        ("value", json!(null), "giá trị trong tệp là không có, tính lại được 0.842000"),
        ("num", json!("850"), "tử số trong tệp là 850, tính lại được 842"),
        ("den", json!("999"), "mẫu số trong tệp là 999, tính lại được 1000"),
        ("listed", json!("0.500000"), "phần có danh sách trong tệp là 0.500000"),
        ("records", json!(3), "số bản ghi trong tệp là 3, tính lại được 2"),
        ("basis", json!("published"), "cơ sở số liệu trong tệp là giá trị đã công bố"),
        (
            "period",
            json!("tháng 10 năm 2025"),
            "kỳ “tháng 10 năm 2025” không đọc được hoặc không ở dạng chuẩn",
        ),
        ("today", json!("2025-10-19"), "tử số trong tệp là 842, tính lại được 700"),
        ("today", json!("hôm nay"), "ngày “hôm nay” không đọc được"),
        ("place", json!(3), "không có dòng nào ghi rằng địa bàn số 3 mang mã “15”"),
        ("place_code", json!("14"), "không có dòng nào ghi rằng địa bàn số 2 mang mã “14”"),
        ("inside", json!([2, 3, 4, 6]), "không có dòng nào ghi rằng địa bàn số 6 thuộc địa bàn số 2"),
        ("inside", json!([2, 3]), "tử số trong tệp là 842, tính lại được 700"),
        ("home", json!(6), "không có dòng nào ghi rằng địa bàn số 6 thuộc địa bàn số 2"),
        ("version", json!(2), "là của “result_rate” bản 1, số liệu nêu “result_rate” bản 2"),
        ("seq", json!(6), "tử số trong tệp là 842, tính lại được 0"),
        ("seq", json!(10), "số liệu đọc ở lần ghi 10 nhưng mốc niêm phong chỉ có 9 lần ghi"),
        ("format", json!("minhchung/figure/v2"), "chỉ đọc “minhchung/figure/v1”"),
        ("rows", json!("some"), "không đúng mẫu"),
        ("schemas", json!([]), "không có trong hệ thống"),
    ];
    for (member, value, expected) in changes {
        let mut changed = file.clone();
        *claim(&mut changed, member) = value;
        let verdict = judged(&changed);
        let word = verdict.arithmetic.word();
        assert!(!verdict.ok(), "{member}\n{verdict}");
        assert!(word.contains(expected), "{member}: {expected}\n{verdict}");
    }
}

#[test]
fn another_definition() {
    let instance = Instance::new();
    let mut file = instance.figure(&october("result_rate"));
    let text = claim(&mut file, "definition").as_str().expect("a text").to_owned();
    *claim(&mut file, "definition") = json!(text.replace("sum(total)", "sum(done)"));
    arithmetic_fails(&file, "không có lần ghi nào trong tệp chứa đúng cách tính “result_rate” bản 1 này");

    let mut file = instance.figure(&october("operators"));
    let mut other = instance.figure(&october("height"));
    *claim(&mut file, "definition") = claim(&mut other, "definition").take();
    arithmetic_fails(&file, "cách tính trong tệp là của “height” bản 1, số liệu nêu “operators” bản 1");
    *claim(&mut file, "definition") = json!("{}");
    arithmetic_fails(&file, "cách tính trong tệp không đọc được hoặc không ở dạng chuẩn");
}

#[test]
fn another_schema() {
    let mut file = Instance::new().figure(&october("stations"));
    for given in claim(&mut file, "schemas").as_array_mut().expect("a list") {
        let text = given["text"].as_str().expect("a text").replace("\"Mã trạm\"", "\"Mã\"");
        given["text"] = json!(text);
    }
    arithmetic_fails(&file, "khai báo của sổ “station” trong tệp không được lần ghi nào nhắc tới");
}

#[test]
fn a_version_that_was_corrected_counted_again() {
    let instance = Instance::new();
    let mut file = instance.figure(&october("stations"));
    let history = instance.reader().proof_of_record("station", "A1").expect("a proof");
    commit(&mut file, 4).rows.insert(0, row_of(&history, 4, "A1"));
    arithmetic_fails(&file, "sổ station, bản ghi A1: phiên bản 1 đã được thay ở lần ghi 6");
}

#[test]
fn a_retired_record_counted_again() {
    let instance = Instance::new();
    let mut file = instance.figure(&october("stations"));
    let history = instance.reader().proof_of_record("station", "C5").expect("a proof");
    commit(&mut file, 5).rows.push(row_of(&history, 5, "C5"));
    arithmetic_fails(&file, "tử số trong tệp là 47, tính lại được 48");
    *claim(&mut file, "value") = json!("48");
    *claim(&mut file, "num") = json!("48");
    *claim(&mut file, "listed") = json!("0.166667");
    *claim(&mut file, "records") = json!(8);
    // The file alone cannot show that C5 was retired: "still current" is never claimed. With the close it
    // does.
    assert!(judged(&file).ok());
    let close = row_of(&history, 6, "C5");
    commit(&mut file, 6).rows.push(close);
    arithmetic_fails(&file, "sổ station, bản ghi C5: phiên bản 1 đã được thay ở lần ghi 6");
}

#[test]
fn another_key() {
    let file = Instance::new().figure(&october("stations"));
    let own = NoteVerifier::parse(&file.vkey).expect("a key");
    let forger = NoteSigner::from_seed(ORIGIN, &[7; 32]).expect("a key");
    let checkpoint = Checkpoint::verify(&file.checkpoint, &own).expect("a checkpoint");
    let mut forged = file.clone();
    forged.vkey = forger.verifier().to_string();
    recorded_fails(&forged, "mốc niêm phong: mốc niêm phong: không chữ ký nào thuộc khóa đã biết");

    forged.checkpoint = checkpoint.sign(&forger).expect("a note");
    let verdict = judged(&forged);
    assert!(verdict.ok(), "consistent in itself, and said to be signed by a key that nobody vouched for");
    assert!(verdict.to_string().contains("CHƯA ĐÁNG TIN"), "{verdict}");
    let verdict = judge(&forged.to_json(), Some(&own)).expect("a proof file");
    assert!(verdict.recorded.word().contains("tệp nêu khóa khác với khóa được tin cậy"), "{verdict}");
    assert!(!verdict.ok());
}

#[test]
fn rows_of_another_instance() {
    let file = Instance::new().figure(&october("stations"));
    let other = Instance::with(ORIGIN, 2).figure(&october("stations"));
    let mut mixed = file.clone();
    *commit(&mut mixed, 4) = other.commits.iter().find(|c| c.seq == Seq(4)).expect("the commit").clone();
    recorded_fails(&mixed, "lần ghi 4: lần ghi không nằm dưới mốc niêm phong");
    recorded_fails(&mixed, "lần ghi 4: lần ghi thuộc một sổ cái khác trong cùng tệp");

    let mut claimed = other;
    claimed.figure = file.figure.clone();
    assert!(judged(&claimed).ok(), "the same facts recorded by two instances: the origin tells them apart");
    claimed.origin = "minh-hoa/15/khac".to_owned();
    recorded_fails(
        &claimed,
        "tệp ghi sổ cái “minh-hoa/15/khac”, mốc niêm phong là của “minh-hoa/15/kiem-thu”",
    );
}

#[test]
fn an_illustrative_ledger_cannot_be_made_to_look_real() {
    let instance = Instance::new();
    let mut file = instance.figure(&october("stations"));
    assert!(judged(&file).illustrative);
    let real = "minhchung.vn/15/kiem-thu";
    let forger = NoteSigner::from_seed(real, &[7; 32]).expect("a key");
    let own = NoteVerifier::parse(&file.vkey).expect("a key");
    let checkpoint = Checkpoint::verify(&file.checkpoint, &own).expect("a checkpoint");
    file.origin = real.to_owned();
    file.vkey = forger.verifier().to_string();
    file.checkpoint = Checkpoint { origin: real.to_owned(), ..checkpoint }.sign(&forger).expect("a note");
    recorded_fails(&file, "cờ dữ liệu minh họa của lần ghi không khớp tên sổ cái");
}

#[test]
fn a_text_that_imitates_a_line_of_the_verdict_stays_on_its_own_line() {
    let mut file = Instance::new().figure(&october("stations"));
    file.origin = "x\n2. Số học khớp: đếm lại.".to_owned();
    let text = judged(&file).to_string();
    assert!(!text.lines().any(|line| line == "2. Số học khớp: đếm lại."), "{text}");
}

/// Flips the lowest bit of every `step`th byte in turn.
fn flips(bytes: &[u8], step: usize) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len()).step_by(step).map(|at| {
        let mut changed = bytes.to_vec();
        changed[at] ^= 1;
        changed
    })
}

#[test]
fn a_flipped_bit_anywhere_in_entries_rows_and_paths() {
    let file = Instance::new().figure(&october("result_rate"));
    let mut changed: Vec<(String, ProofFile)> = Vec::new();
    for (at, commit) in file.commits.iter().enumerate() {
        let name = |what: &str| format!("{what} of commit {}", commit.seq);
        let mut change = |what: &str, edit: &dyn Fn(&mut CommitProof)| {
            let mut copy = file.clone();
            edit(&mut copy.commits[at]);
            changed.push((name(what), copy));
        };
        for entry in flips(&commit.entry, 37) {
            change("entry", &|commit| commit.entry = entry.clone());
        }
        for step in 0..commit.path.len() {
            change("path", &|commit| commit.path[step].0[31] ^= 1);
        }
        for (row, evidence) in commit.rows.iter().enumerate() {
            for leaf in flips(&evidence.leaf, evidence.leaf.len() / 9 + 1) {
                change("row", &|commit| commit.rows[row].leaf = leaf.clone());
            }
            change("row path", &|commit| match &mut commit.rows[row].path {
                Some(path) => path[0].0[0] ^= 1,
                None => commit.rows[row].path = Some(Vec::new()),
            });
            change("index", &|commit| commit.rows[row].index ^= 1);
        }
        change("leaf count", &|commit| commit.leaf_count += 1);
        change("completeness", &|commit| commit.complete = !commit.complete);
    }
    assert!(changed.len() > 100, "{}", changed.len());
    for (what, file) in changed {
        let verdict = judged(&file);
        assert!(!verdict.ok(), "{what}\n{verdict}");
        assert!(verdict.recorded.word().starts_with("failed: "), "{what}");
    }
}
