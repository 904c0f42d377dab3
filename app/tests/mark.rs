//! A field is marked personal on a register that has records: what `pack check` says, what `pack apply` does, and
//! what is left after `erase`.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const KEEPER: &str = "Hoàngzqxwthị";
const FIELD: &str = r#"
[[field]]
no = 4
id = "keeper"
type = "text"
title = { vi = "Người phụ trách", en = "Keeper" }
index = true
search = true
"#;

struct Instance {
    root: tempfile::TempDir,
}

impl Instance {
    fn new() -> Self {
        let instance = Self { root: tempfile::tempdir().expect("a directory") };
        let made = instance.run(&["init", "--province", "15"]);
        assert!(made.status.success(), "{}", text(&made));
        instance
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

    /// A pack with the kiosk register and what it is extended by.
    fn pack(&self, field: &str) -> String {
        let dir = self.root.path().join("pack");
        for (name, text) in [
            ("registers/kiosk.toml", include_str!("pack/kiosk.toml").to_owned() + field),
            ("indicators/kiosks.toml", include_str!("pack/kiosks.toml").to_owned()),
        ] {
            let path = dir.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a directory");
            std::fs::write(path, text).expect("a file");
        }
        dir.to_str().expect("a path").to_owned()
    }

    fn write(&self, name: &str, contents: &str) -> String {
        let path = self.root.path().join(name);
        std::fs::write(&path, contents).expect("a file");
        path.to_str().expect("a path").to_owned()
    }

    fn holding(&self, word: &str) -> Vec<String> {
        mc_testkit::files::holding(&self.data(), word.as_bytes())
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(output)))
}

fn lines(answer: &Value, part: &str) -> String {
    let found = answer[part].as_array().expect("sentences");
    found.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
}

fn verifier(proof: &Path) -> String {
    let file = std::fs::read_to_string(proof).expect("a proof file");
    verifier::judge(&file, None).expect("a verdict").to_string()
}

#[test]
fn a_filled_field_becomes_personal_and_can_then_be_erased_everywhere() {
    let instance = Instance::new();
    let plain = instance.pack(FIELD);
    assert_eq!(json(&instance.run(&["pack", "apply", &plain]))["applied"], true);
    let rows: String = (1..=30)
        .map(|it| {
            let keeper = if it == 7 { KEEPER.to_owned() } else { format!("Người số {it}") };
            format!("K-{it},Phường Lào Cai,01/08/2025,{keeper}\n")
        })
        .collect();
    let file = instance.write("kiosks.csv", &format!("Mã điểm,Xã,Ngày mở,Người phụ trách\n{rows}"));
    let imported = json(&instance.run(&["import", "kiosk", &file]));
    assert_eq!(imported["added"], 30, "{imported}");
    let count = || json(&instance.run(&["figure", "kiosks", "--place", "15", "--period", "2025-09"]));
    let before = count();
    assert_eq!(before["value"], "30");
    let earlier = instance.root.path().join("earlier.json");
    let proof = |out: &Path| instance.run(&["proof", "kiosk", "K-7", "--out", out.to_str().expect("a path")]);
    assert!(proof(&earlier).status.success());
    assert!(verifier(&earlier).contains(KEEPER));

    let pack = instance.pack(&FIELD.replace("index = true\nsearch = true", "personal = true"));
    let checked = json(&instance.run(&["pack", "check", &pack]));
    assert_eq!((&checked["ok"], &checked["applied"]), (&Value::Bool(true), &Value::Bool(false)));
    let said = lines(&checked, "changes");
    for expected in [
        "30 phiên bản đã ghi",
        "chỉ mục bị bỏ",
        "không còn tìm được",
        "1 tệp đã nhập vào sổ vẫn được giữ",
        "không thu hồi được",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert_eq!(json(&instance.run(&["pack", "apply", &pack]))["applied"], true);
    assert_eq!(json(&instance.run(&["pack", "apply", &pack]))["changes"], serde_json::json!([]));
    let evidence = || std::fs::read_dir(instance.data().join("evidence")).map_or(0, Iterator::count);
    assert_eq!(evidence(), 2, "the sealed file and its list");
    assert_eq!(count()["value"], before["value"]);
    let later = instance.root.path().join("later.json");
    assert!(proof(&later).status.success());
    let verdict = verifier(&later);
    assert!(verdict.contains("chỉ có mã băm") && !verdict.contains(KEEPER), "{verdict}");
    assert!(verifier(&earlier).contains("Bản ghi có thật"), "what was given out before still holds");

    assert!(!instance.holding(KEEPER).is_empty());
    let ground = ["--ground", "Điều 16 Nghị định 13/2023/NĐ-CP", "--reason", "chủ thể dữ liệu yêu cầu"];
    let erased = instance.run(&[&["erase", "kiosk", "K-7"], &ground[..]].concat());
    assert!(erased.status.success(), "{}", text(&erased));
    // An index of words may hold a word without what it shares with the one before it.
    for form in [KEEPER, "ngzqxwth", "zqxwthị"] {
        assert_eq!(instance.holding(form), Vec::<String>::new(), "{form}");
    }
    assert_eq!(json(&erased)["files"], 1);
    assert_eq!(evidence(), 0);
    let report = json(&instance.run(&["verify"]));
    assert_eq!((&report["ok"], &report["findings"]), (&Value::Bool(true), &serde_json::json!([])));
    assert_eq!(count()["value"], before["value"]);
    assert!(proof(&later).status.success());
    let verdict = verifier(&later);
    assert!(verdict.contains("“K-7”, phiên bản 1") && verdict.contains("chỉ có mã băm"), "{verdict}");
}

#[test]
fn what_relies_on_the_field_is_named() {
    let instance = Instance::new();
    let pack = instance.pack(FIELD);
    assert_eq!(json(&instance.run(&["pack", "apply", &pack]))["applied"], true);
    let path = instance.root.path().join("pack/registers/kiosk.toml");
    let opened = include_str!("pack/kiosk.toml")
        .replace("title = { vi = \"Ngày mở\"", "personal = true\ntitle = { vi = \"Ngày mở\"");
    std::fs::write(&path, opened + FIELD).expect("a file");
    let refused = instance.run(&["pack", "check", &pack]);
    assert_eq!(refused.status.code(), Some(2));
    let said = lines(&json(&refused), "refused");
    assert!(said.contains("Số điểm hỗ trợ dịch vụ công") && said.contains("dữ liệu cá nhân"), "{said}");
}
