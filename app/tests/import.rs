//! `import` at its boundary: a file in, JSON and an exit code out.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use mc_intake::{Request, read_here};
use serde_json::{Value, json};
use tempfile::TempDir;

const REFUSED: Option<i32> = Some(2);

struct Instance {
    root: TempDir,
}

impl Instance {
    fn new(arguments: &[&str]) -> Self {
        let instance = Self { root: tempfile::tempdir().expect("a directory") };
        let output = instance.run(arguments);
        assert!(output.status.success(), "{}", text(&output));
        instance
    }

    fn real() -> Self {
        Self::new(&["init", "--province", "15"])
    }

    fn data(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_minhchung"))
            .args(arguments)
            .arg("--json")
            .arg("--data")
            .arg(self.data())
            .output()
            .expect("the program runs")
    }

    fn file(&self, name: &str, contents: &[u8]) -> PathBuf {
        let path = self.root.path().join(name);
        std::fs::write(&path, contents).expect("written");
        path
    }

    fn import(&self, register: &str, file: &Path, options: &[&str]) -> (Value, Option<i32>) {
        let file = file.to_str().expect("a path");
        let output = self.run(&[&["import", register, file], options].concat());
        (json(&output), output.status.code())
    }

    fn stations(&self, period: &str) -> Value {
        json(&self.run(&["figure", "stations", "--place", "15", "--period", period]))["value"].clone()
    }

    fn verified(&self) {
        let report = json(&self.run(&["verify"]));
        assert_eq!(report["ok"], true, "{report}");
    }

    fn evidence(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.data().join("evidence")).into_iter().flatten();
        entries.map(|entry| entry.expect("an entry").path()).collect()
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(output)))
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples").join(name)
}

fn counts(result: &Value) -> [u64; 4] {
    let count = |name: &str| result[name].as_u64().expect("a count");
    let rejected = result["rejected"].as_array().expect("a list").len() as u64;
    [count("added"), count("changed"), count("unchanged"), rejected]
}

const HEADER: &str = "Mã trạm;Nhà mạng;Xã/Phường;Tình trạng;Trạng thái từ ngày;Ngày phát sóng;Ghi chú\n";

fn stations_csv(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}{}\n", rows.join("\n")).into_bytes()
}

#[test]
fn a_refused_row_keeps_the_whole_file_out_until_the_good_rows_are_asked_for() {
    let instance = Instance::real();
    let rows = [
        "T1;Nhà mạng A;Xã Bát Xát;Đang phát sóng;01/10/2025;01/10/2025;",
        "T2;Nhà mạng A;phuong sa pa;dang phat song;02/10/2025;02/10/2025;mái nhà",
        "T3;Nhà mạng A;Xã Không Có;Đang phát sóng;02/10/2025;;",
        // Refused by a rule of the register, which only the store can judge.
        "T4;Nhà mạng A;Xã Bát Xát;Đang phát sóng;02/10/2025;05/10/2025;",
    ];
    let file = instance.file("tram.csv", &stations_csv(&rows));
    let errors = instance.root.path().join("vi-sao.xlsx");
    let (result, code) =
        instance.import("base_station", &file, &["--errors", errors.to_str().expect("a path")]);
    assert_eq!(code, REFUSED, "{result}");
    assert_eq!(counts(&result), [2, 0, 0, 2], "{result}");
    assert_eq!(result["seq"], Value::Null);
    let keys: Vec<&String> = result.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["added", "changed", "unchanged", "rejected", "covers", "seq"]);
    let first = &result["rejected"][0];
    assert_eq!((&first["sheet"], &first["row"]), (&json!("tram.csv"), &json!(4)));
    assert_eq!((&first["column"], &first["value"]), (&json!("C “Xã/Phường”"), &json!("Xã Không Có")));
    assert!(first["reason"].as_str().expect("a reason").contains("không có trong danh mục"), "{first}");
    assert_eq!(result["rejected"][1]["row"], 5);
    assert!(instance.evidence().is_empty(), "nothing is kept of a file that was not imported");

    reasons_are_in_the_workbook(&errors, &result);

    let (result, code) = instance.import("base_station", &file, &["--good-rows"]);
    assert_eq!((code, counts(&result)), (Some(0), [2, 0, 0, 2]), "{result}");
    assert!(result["seq"].is_u64(), "{result}");
    assert_eq!(instance.stations("2025-10"), "2");
    kept_once(&instance, &file);

    let (again, code) = instance.import("base_station", &file, &["--good-rows"]);
    assert_eq!((code, counts(&again)), (Some(0), [0, 0, 2, 2]), "{again}");
    assert_eq!(again["seq"], Value::Null);
    instance.verified();
}

/// Each refused row carries its reason in the last column, and no other does.
fn reasons_are_in_the_workbook(path: &Path, result: &Value) {
    let file = std::fs::File::open(path).expect("the workbook");
    let book = read_here(file, "vi-sao.xlsx", &Request::default()).expect("a workbook");
    let header = book.rows.first().expect("a header");
    let why = u16::try_from(header.cells.len() - 1).expect("few columns");
    assert_eq!(header.cell(why).text(), "Vì sao");
    for refused in result["rejected"].as_array().expect("a list") {
        let row = book.rows.iter().find(|row| refused["row"] == row.number).expect("the row");
        let reason = refused["reason"].as_str().expect("a reason");
        assert!(row.cell(why).text().ends_with(reason), "{} ≠ {reason}", row.cell(why));
    }
    let explained: BTreeSet<u32> =
        book.rows.iter().skip(1).filter(|row| !row.cell(why).is_blank()).map(|row| row.number).collect();
    assert_eq!(explained, BTreeSet::from([4, 5]));
}

/// The file lies sealed under its hash, with the list of what it speaks of, for its owner alone.
fn kept_once(instance: &Instance, file: &Path) {
    let kept = instance.evidence();
    assert_eq!(kept.len(), 2, "{kept:?}");
    let bytes = std::fs::read(file).expect("the file");
    let name = format!("{}.1", mc_ledger::hash::sha256(&bytes));
    let path = kept.iter().find(|path| path.ends_with(&name)).expect("the file under its hash");
    let sealed = std::fs::read(path).expect("evidence");
    assert!(sealed.len() > bytes.len() && !sealed.windows(2).any(|pair| pair == b"T1"), "it is sealed");
    for path in kept {
        assert_eq!(std::fs::metadata(path).expect("there").permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn known_records_are_brought_up_to_date_and_blank_cells_say_nothing() {
    let instance = Instance::real();
    let first = [
        "T1;Nhà mạng A;Xã Bát Xát;Đang phát sóng;01/10/2025;01/10/2025;trên đồi",
        "T2;Nhà mạng A;Xã Bát Xát;Đang phát sóng;01/10/2025;01/10/2025;",
    ];
    let file = instance.file("1.csv", &stations_csv(&first));
    assert_eq!(instance.import("base_station", &file, &[]).1, Some(0));
    let second = [
        // A correction, a change from a day on, and a new one.
        "T1;Nhà mạng A;Xã Y Tý;Đang phát sóng;01/10/2025;;",
        "T2;Nhà mạng A;;Mất liên lạc;15/11/2025;;",
        "T9;Nhà mạng A;Xã Y Tý;Đang phát sóng;03/11/2025;03/11/2025;",
    ];
    // A place must be given where the register asks for one, also for a known station.
    let file = instance.file("2.csv", &stations_csv(&second));
    let (result, code) = instance.import("base_station", &file, &[]);
    assert_eq!((code, counts(&result)), (REFUSED, [1, 1, 0, 1]), "{result}");
    let full = stations_csv(&[second[0], "T2;Nhà mạng A;Xã Bát Xát;Mất liên lạc;15/11/2025;;", second[2]]);
    let (result, code) = instance.import("base_station", &instance.file("3.csv", &full), &[]);
    assert_eq!((code, counts(&result)), (Some(0), [1, 2, 0, 0]), "{result}");
    assert_eq!(instance.stations("2025-10"), "2");
    assert_eq!(instance.stations("2025-11"), "2");
    instance.verified();
    // The first list once more: what it says of T1 has been corrected since, and is said again.
    let file = instance.root.path().join("1.csv");
    let (result, code) = instance.import("base_station", &file, &[]);
    assert_eq!((code, counts(&result)), (Some(0), [0, 1, 1, 0]), "{result}");
    assert!(result["seq"].is_u64(), "{result}");
}

#[test]
fn what_is_assumed_begins_new_records_and_leaves_known_ones_alone() {
    let instance = Instance::real();
    let file = instance
        .file("tram.csv", &stations_csv(&["T1;Nhà mạng A;Xã Bát Xát;Đang phát sóng;10/10/2025;01/10/2025;"]));
    assert_eq!(instance.import("base_station", &file, &[]).1, Some(0));
    // No day in this list: T1 goes on in its spell, T2 begins on the first of this month.
    let list = "Mã trạm;Nhà mạng;Xã/Phường;Tình trạng;Ghi chú\n\
                T1;Nhà mạng A;Xã Bát Xát;Đang phát sóng;đã kiểm tra\n\
                T2;Nhà mạng A;Xã Bát Xát;Quy hoạch;\n";
    let (result, code) =
        instance.import("base_station", &instance.file("khong-ngay.csv", list.as_bytes()), &[]);
    assert_eq!((code, counts(&result)), (Some(0), [1, 1, 0, 0]), "{result}");
    assert_eq!(instance.stations("2025-10"), "1");
    instance.verified();
}

#[test]
fn a_dry_run_writes_nothing() {
    let instance = Instance::real();
    let row = "T1;Nhà mạng A;Xã Bát Xát;Đang phát sóng;01/10/2025;01/10/2025;";
    let file = instance.file("tram.csv", &stations_csv(&[row]));
    let before = json(&instance.run(&["verify"]))["commits"].clone();
    let (result, code) = instance.import("base_station", &file, &["--dry-run"]);
    assert_eq!((code, counts(&result), &result["seq"]), (Some(0), [1, 0, 0, 0], &Value::Null));
    assert_eq!(json(&instance.run(&["verify"]))["commits"], before);
    assert!(instance.evidence().is_empty());
}

#[test]
fn a_file_with_personal_data_is_kept_sealed_until_somebody_in_it_is_erased() {
    let instance = Instance::real();
    let (result, code) = instance.import("parcel", &example("thua-dat-xa.xlsx"), &["--good-rows"]);
    assert_eq!((code, counts(&result)), (Some(0), [45, 0, 0, 5]), "{result}");
    assert_eq!(instance.evidence().len(), 2);
    instance.verified();
    let hash = mc_ledger::hash::sha256(&std::fs::read(example("thua-dat-xa.xlsx")).expect("the example"));
    let ground = ["--ground", "Điều 16 Nghị định 13/2023/NĐ-CP", "--reason", "chủ thể dữ liệu yêu cầu"];
    let file = hash.to_string();
    let ended = json(&instance.run(&[&["erase", "--file", &file], &ground[..]].concat()));
    assert_eq!((&ended["ok"], &ended["files"]), (&json!(true), &json!(1)), "{ended}");
    assert!(instance.evidence().is_empty());
    instance.verified();
}

#[test]
fn a_file_that_cannot_be_removed_is_told_by_the_erasure_and_by_the_doctor() {
    let instance = Instance::real();
    let (result, code) = instance.import("parcel", &example("thua-dat-xa.xlsx"), &["--good-rows"]);
    assert_eq!(code, Some(0), "{result}");
    let hash = mc_ledger::hash::sha256(&std::fs::read(example("thua-dat-xa.xlsx")).expect("the example"));
    let (file, name) = (hash.to_string(), format!("{hash}.1"));
    // A folder stands where the file is to go.
    let stands = instance.data().join("evidence").join(&name);
    std::fs::remove_file(&stands).and_then(|()| std::fs::create_dir(&stands)).expect("a folder");
    let ended =
        json(&instance.run(&["erase", "--file", &file, "--ground", "Điều 16", "--reason", "yêu cầu"]));
    assert_eq!((&ended["ok"], &ended["files_left"]), (&json!(true), &json!([name])), "{ended}");
    let told = json(&instance.run(&["doctor"])).to_string();
    assert!(told.contains("1 tệp minh chứng đã hủy khóa chưa bỏ được"), "{told}");
    std::fs::remove_dir(&stands).expect("gone");
    instance.verified();
}

#[test]
fn what_cannot_be_imported_is_said_in_one_sentence() {
    let instance = Instance::real();
    let good = instance.file("tram.csv", &stations_csv(&["T1;A;Xã Bát Xát;live;01/10/2025;;"]));
    let empty = instance.file("rong.xlsx", b"");
    let binary = instance.file("la.xlsx", b"\x7fELF\x02\x01\x01\x00\x00\x00");
    let broken = instance.file("hong.xlsx", b"PK\x03\x04 not really a container");
    let missing = instance.root.path().join("khong-co.csv");
    let cases = [
        ("base_station", &empty, "Tệp rỗng"),
        ("base_station", &binary, "không phải bảng tính"),
        ("base_station", &broken, "không mở"),
        ("base_station", &missing, "Không có tệp"),
        ("so_nao_do", &good, "Không có sổ"),
        ("place", &good, "hệ thống tự ghi"),
        ("regulation", &good, "trường bắt buộc"),
    ];
    for (register, file, sentence) in cases {
        let (result, code) = instance.import(register, file, &[]);
        assert_eq!((code, &result["ok"]), (Some(1), &json!(false)), "{register} {result}");
        let error = result["error"].as_str().expect("a sentence");
        assert!(error.to_lowercase().contains(&sentence.to_lowercase()), "{register}: {error}");
    }
}

#[test]
fn every_example_comes_out_as_its_readme_says_and_the_stations_add_up() {
    let demo = Instance::new(&["generate", "--scale", "demo"]);
    assert_eq!(demo.stations("2025-11"), "4607");
    let file = example("tram-nha-mang-a.xlsx");
    let (result, code) = demo.import("base_station", &file, &[]);
    assert_eq!((code, counts(&result)), (REFUSED, [42, 10, 0, 8]), "{result}");
    assert_eq!(demo.stations("2025-11"), "4607");
    let (result, code) = demo.import("base_station", &file, &["--good-rows"]);
    assert_eq!((code, counts(&result)), (Some(0), [42, 10, 0, 8]), "{result}");
    // 41 go on air, seven stop, three are lost.
    assert_eq!(demo.stations("2025-11"), "4638");
    assert_eq!(demo.stations("2025-10"), "4607");
    let others = [
        ("base_station", "tram-nha-mang-b.xlsx", 37, 3),
        ("base_station", "tram-nha-mang-c.csv", 27, 3),
        // One row less than before the rules: it lacks the explanation that another one has.
        ("digitisation_progress", "so-hoa-theo-co-quan.xlsx", 9, 6),
        ("budget_line", "dong-ngan-sach.xlsx", 21, 3),
        ("parcel", "thua-dat-xa.xlsx", 45, 5),
        ("task", "phu-luc-ke-hoach.xlsx", 56, 4),
    ];
    for (register, name, good, rejected) in others {
        let (result, code) = demo.import(register, &example(name), &["--good-rows"]);
        assert_eq!(code, Some(0), "{name}: {result}");
        let [added, changed, unchanged, refused] = counts(&result);
        assert_eq!((added + changed + unchanged, refused), (good, rejected), "{name}: {result}");
        assert!(result["seq"].is_u64(), "{name}");
    }
    let (again, _) =
        demo.import("digitisation_progress", &example("so-hoa-theo-co-quan.xlsx"), &["--dry-run"]);
    let unexplained = again["rejected"].as_array().into_iter().flatten().find(|row| row["row"] == 19);
    let reason = unexplained.map(|row| row["reason"].to_string()).unwrap_or_default();
    assert!(reason.contains("hãy điền “Văn bản giải trình” và “Lý do giải trình”"), "{again}");
    demo.verified();
}
