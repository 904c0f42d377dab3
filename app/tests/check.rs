//! `check`: a file in, JSON and exit code out.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_minhchung"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    // A command that refuses its options does not read.
    let _closed = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("it ends")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn written(dir: &Path, name: &str, bytes: &[u8]) -> String {
    let file = dir.join(name);
    std::fs::write(&file, bytes).expect("written");
    file.to_str().expect("a path").to_owned()
}

const TEXT: &str = "Toàn tỉnh Lào Cai có 1.672 hồ sơ, gồm 1.250 hồ sơ đất đai, 308 hồ sơ hộ tịch và 42 hồ sơ \
                    xây dựng.\n";

#[test]
fn a_wrong_sum_is_told_from_file_and_from_standard_input() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = written(dir.path(), "bai.txt", TEXT.as_bytes());
    let output = run(&["check", &file, "--date", "2025-11-17", "--json"], b"");
    assert!(output.status.success(), "verdicts do not fail the command");
    let report = json(&output);
    let keys: Vec<&String> = report.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["date", "text", "claims", "relations", "registers"]);
    assert_eq!(report["text"], TEXT);
    assert_eq!(report["claims"][0]["sentence"], TEXT.trim_end());
    assert_eq!((&report["date"], &report["registers"]), (&json!("2025-11-17"), &json!([])));
    let values: Vec<&Value> =
        report["claims"].as_array().expect("claims").iter().map(|c| &c["value"]).collect();
    assert_eq!(values, ["1672", "1250", "308", "42"]);
    let first = &report["claims"][0];
    assert_eq!((&first["unit"], &first["scope"]["place"]), (&json!("hồ sơ"), &json!("15")));
    let span: Vec<usize> = serde_json::from_value(first["span"].clone()).expect("two ends");
    let said: String = TEXT.chars().skip(span[0]).take(span[1] - span[0]).collect();
    assert_eq!(json!(said), first["text"]);
    let sum = &report["relations"][0];
    assert_eq!((&sum["kind"], &sum["verdict"]), (&json!("sum"), &json!("mismatch")), "{sum}");
    assert_eq!(sum["computed"], json!(["1600", "1600"]));
    let piped = run(&["check", "-", "--date", "2025-11-17", "--json"], TEXT.as_bytes());
    assert_eq!(json(&piped), report);
}

#[test]
fn people_read_numbers_arithmetic_and_a_count() {
    let output = run(&["check", "-", "--date", "2025-11-17"], TEXT.as_bytes());
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.starts_with("Văn bản được đọc như viết ngày 17/11/2025.\n\nToàn tỉnh Lào Cai"), "{said}");
    assert!(said.contains("KHÔNG KHỚP: 1.250 + 308 + 42 = 1.600"), "{said}");
    assert!(said.contains("4 số liệu, 1 phép tính: 0 khớp, 1 không khớp, 0 chưa đủ căn cứ."), "{said}");
    let none = run(&["check", "-"], "Trời đẹp.\n".as_bytes());
    assert!(none.status.success());
    assert!(String::from_utf8_lossy(&none.stdout).ends_with("Không tìm thấy số liệu nào trong văn bản.\n"));
}

#[test]
fn a_page_is_read_in_its_own_process() {
    let dir = tempfile::tempdir().expect("a directory");
    let page = format!("<html><body><script>5 xã</script><p>{TEXT}</p></body></html>");
    let file = written(dir.path(), "bai.html", page.as_bytes());
    let report = json(&run(&["check", &file, "--json"], b""));
    assert_eq!(report["claims"].as_array().map(Vec::len), Some(4));
}

#[test]
fn what_cannot_be_read_or_done_fails_with_a_sentence() {
    let dir = tempfile::tempdir().expect("a directory");
    let picture = written(dir.path(), "bai.docx", b"\x89PNG\r\n\x1a\n");
    let output = run(&["check", &picture, "--json"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(json(&output)["error"].as_str().is_some_and(|said| said.contains("ảnh PNG")));
    let missing = run(&["check", "/nonexistent/a.txt"], b"");
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("Không đọc được tệp"));
    for input in [&b""[..], b"ch\xc3\x28 \xff", &vec![b'a'; (4 << 20) + 1]] {
        let output = run(&["check", "-"], input);
        assert_eq!(output.status.code(), Some(1));
        assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    }
    let data = dir.path().join("khong-co");
    let output = run(&["check", "-", "--data", data.to_str().expect("a path")], TEXT.as_bytes());
    assert_eq!(output.status.code(), Some(1), "no instance to hold it against");
    assert!(!output.stderr.is_empty() && output.stdout.is_empty());
    assert_eq!(run(&["check", "-", "--date", "17/13/2025"], b"").status.code(), Some(2));
}

#[test]
fn findings_are_written_as_workbook_and_as_word_file() {
    let dir = tempfile::tempdir().expect("a directory");
    let text = written(dir.path(), "bai.txt", TEXT.as_bytes());
    for name in ["ket-qua.xlsx", "KET-QUA.DOCX"] {
        let file = dir.path().join(name);
        let out = file.to_str().expect("a path");
        let asked = ["check", &text, "--date", "2025-11-17", "--out", out];
        let output = run(&asked, b"");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("KHÔNG KHỚP"), "printed all the same");
        let made = std::fs::read(&file).expect("written");
        assert!(made.starts_with(b"PK"), "{name}");
        let again = run(&asked, b"");
        let said = String::from_utf8_lossy(&again.stderr).into_owned();
        assert_eq!(again.status.code(), Some(1));
        assert!(said.contains("Đã có tệp") && said.contains("--replace"), "{said}");
        assert!(run(&[&asked[..], &["--replace"]].concat(), b"").status.success());
    }
    // The Word file is read like any other, and says what it says.
    let word = dir.path().join("KET-QUA.DOCX");
    let word = word.to_str().expect("a path");
    let report = json(&run(&["check", word, "--date", "2025-11-17", "--json"], b""));
    let said: Vec<&Value> = report["claims"].as_array().expect("claims").iter().map(|c| &c["text"]).collect();
    assert!(said.contains(&&json!("1.250 hồ sơ")), "{said:?}");
}

#[test]
fn a_result_of_another_ending_or_over_the_text_itself_is_refused() {
    let dir = tempfile::tempdir().expect("a directory");
    let text = written(dir.path(), "bai.docx", TEXT.as_bytes());
    let odd = run(&["check", &text, "--out", "ket-qua.pdf"], b"");
    let said = String::from_utf8_lossy(&odd.stderr).into_owned();
    assert_eq!(odd.status.code(), Some(2));
    assert!(
        said.contains("“ket-qua.pdf” không phải") && said.contains("phải có đuôi .xlsx hoặc .docx"),
        "{said}"
    );
    let itself = run(&["check", &text, "--out", &text, "--replace"], b"");
    let said = String::from_utf8_lossy(&itself.stderr).into_owned();
    assert_eq!(itself.status.code(), Some(1));
    assert!(said.contains("là chính tệp đang soát"), "{said}");
    assert_eq!(std::fs::read(&text).expect("still there"), TEXT.as_bytes());
}
