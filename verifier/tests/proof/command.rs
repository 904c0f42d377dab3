//! The command: exit codes, JSON, and a clear sentence for whatever is no proof file.

use std::path::Path;
use std::process::{Command, Output};

use mc_ledger::proof::FILE_BYTES_MAX;

use crate::fixture::{Instance, october};

fn run(file: &Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_verifier")).arg(file).args(options).output().expect("the verifier runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[test]
fn it_exits_with_0_only_if_all_is_well() {
    let instance = Instance::new();
    let path = instance.dir.path().join("bang-chung.json");
    let file = instance.figure(&october("result_rate"));
    std::fs::write(&path, file.to_json()).expect("written");
    let good = run(&path, &["--key", &file.vkey]);
    assert_eq!(good.status.code(), Some(0));
    assert!(text(&good.stdout).contains("2. Số học khớp: đếm lại từ 2 bản ghi được đúng số đã nêu.\n"));
    assert_eq!(text(&good.stderr), "");

    let json: serde_json::Value = serde_json::from_slice(&run(&path, &["--json"]).stdout).expect("JSON");
    assert_eq!((&json["ok"], &json["completeness"]), (&true.into(), &"unprovable".into()));

    std::fs::write(&path, file.to_json().replace("\"num\": \"842\"", "\"num\": \"999\"")).expect("written");
    let bad = run(&path, &["--json"]);
    assert_eq!(bad.status.code(), Some(1));
    let json: serde_json::Value = serde_json::from_slice(&bad.stdout).expect("JSON");
    assert_eq!(json["ok"], false);
    assert_eq!(json["arithmetic"], "failed: tử số trong tệp là 999, tính lại được 842");
}

#[test]
fn what_is_no_proof_file_gets_a_sentence() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("tep");
    let whole = Instance::new().figure(&october("stations")).to_json();
    let cases: [(&[u8], &str); 5] = [
        (b"", "Tệp rỗng;"),
        (b"{\"a\": 1}", "Không phải tệp bằng chứng: tệp bằng chứng hỏng ở dòng 1"),
        (&whole.as_bytes()[..whole.len() / 2], "Không phải tệp bằng chứng: tệp bằng chứng hỏng ở dòng "),
        (b"\xff\xfe\x00", "Tệp không phải văn bản UTF-8"),
        (b"[[[[", "Không phải tệp bằng chứng"),
    ];
    for (bytes, expected) in cases {
        std::fs::write(&path, bytes).expect("written");
        let output = run(&path, &[]);
        assert_eq!(output.status.code(), Some(2), "{expected}");
        assert!(text(&output.stderr).starts_with(expected), "{expected}: {}", text(&output.stderr));
        let json: serde_json::Value = serde_json::from_slice(&run(&path, &["--json"]).stdout).expect("JSON");
        assert_eq!(json["ok"], false, "{expected}");
    }
    // A sparse file: long without taking room.
    let long = std::fs::File::create(&path).expect("a file");
    long.set_len(FILE_BYTES_MAX as u64 + 1).expect("a length");
    let output = run(&path, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "Tệp dài hơn 64 MiB; tệp bằng chứng không dài như vậy.\n");

    let output = run(&dir.path().join("khong-co"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("Không đọc được tệp: "));
}

#[test]
fn arguments_are_checked() {
    let none = Command::new(env!("CARGO_BIN_EXE_verifier")).output().expect("it runs");
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).starts_with("Thiếu tên tệp"));
    let path = Path::new("tep");
    assert!(text(&run(path, &["--khong-co"]).stderr).contains("Không có tùy chọn “--khong-co”"));
    assert!(text(&run(path, &["--key"]).stderr).contains("Sau --key cần một khóa"));
    assert!(text(&run(path, &["--key", "abc"]).stderr).contains("--key: chuỗi khóa không đọc được."));
    assert!(text(&run(path, &["tep-khac"]).stderr).contains("Mỗi lần chỉ kiểm một tệp."));
    let help = run(path, &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("verifier TỆP [--json] [--key KHÓA]"));
}

#[test]
fn an_entry_is_proved_by_a_tlog_proof_under_a_key_that_is_given() {
    let instance = Instance::new();
    let file = instance.figure(&october("stations"));
    let seq = file.commits.last().expect("a commit").seq;
    let found = instance.entry(seq);
    let path = instance.dir.path().join("lan-ghi.tlog-proof");
    let beside = instance.dir.path().join("lan-ghi.tlog-proof.entry");
    std::fs::write(&path, found.proof.to_text()).expect("written");
    assert!(text(&run(&path, &[]).stderr).starts_with("Tệp .tlog-proof không mang khóa"));
    let key = ["--key", file.vkey.as_str()];
    assert!(text(&run(&path, &key).stderr).contains("lan-ghi.tlog-proof.entry”: Không đọc được tệp"));
    std::fs::write(&beside, &found.entry).expect("written");
    let good = run(&path, &key);
    assert_eq!(good.status.code(), Some(0), "{}", text(&good.stderr));
    let said = text(&good.stdout);
    assert!(said.contains(&format!("ghi ở lần ghi {seq} lúc")), "{said}");
    assert!(said.contains("2. Chưa kiểm số học"), "{said}");

    // Another entry, another place, another key.
    let other = instance.dir.path().join("khac");
    std::fs::write(&other, instance.entry(mc_base::Seq(1)).entry).expect("written");
    let with_other = ["--key", file.vkey.as_str(), "--entry", other.to_str().expect("a path"), "--json"];
    let bad = run(&path, &with_other);
    let json: serde_json::Value = serde_json::from_slice(&bad.stdout).expect("JSON");
    assert_eq!((bad.status.code(), &json["ok"]), (Some(1), &false.into()), "{json}");
    let moved = found.proof.to_text().replace(&format!("index {}\n", seq.0 - 1), "index 0\n");
    std::fs::write(&path, moved).expect("written");
    assert_eq!(run(&path, &key).status.code(), Some(1));
    std::fs::write(&path, "c2sp.org/tlog-proof@v1\nindex x\n\nnote").expect("written");
    let broken = run(&path, &key);
    assert_eq!(broken.status.code(), Some(2));
    assert!(text(&broken.stderr).contains("dòng 2 của tệp bằng chứng sai dạng"), "{}", text(&broken.stderr));
}
