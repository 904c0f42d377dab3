//! A total without a list gives way to the list: the demo's own example, from the file to the figure.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const TOTAL: &str = "stations/900019/so-khcn-mh/-/-/2025-07-01";

fn run(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhchung"));
    command.args(arguments).arg("--json").arg("--data").arg(data).output().expect("the program runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn totals_come_from_a_file_whatever_it_writes_for_not_split() {
    let root = tempfile::tempdir().expect("a directory");
    let data = root.path().join("data");
    assert!(run(&data, &["init", "--province", "15"]).status.success());
    let import = |name: &str, text: &str| {
        let file = root.path().join(name);
        std::fs::write(&file, text).expect("written");
        json(&run(&data, &["import", "total", file.to_str().expect("a path")]))
    };
    let header = "Độ đo;Địa bàn;Cơ quan báo;Cách chia;Giá trị chia;Ngày;Số tổng;Văn bản nguồn\n";
    let row = |place: &str, cut: &str, amount: u32| {
        format!("stations;{place};Sở Khoa học và Công nghệ;{cut};01/07/2025;{amount};Công văn 1/SKHCN\n")
    };
    let rows = [row("Xã Bát Xát", "-;-", 14), row("Xã Y Tý", "–;—", 3), row("Xã Mường Hum", ";", 5)];
    let first = import("tong.csv", &format!("{header}{}", rows.concat()));
    assert_eq!((&first["added"], &first["rejected"]), (&3.into(), &serde_json::json!([])), "{first}");
    // Neither column.
    let bare = "Độ đo;Địa bàn;Cơ quan báo;Ngày;Số tổng;Văn bản nguồn\n\
        stations;Xã Trịnh Tường;Sở Khoa học và Công nghệ;01/07/2025;2;Công văn 1/SKHCN\n";
    let second = import("tong-2.csv", bare);
    assert_eq!((&second["added"], &second["rejected"]), (&1.into(), &serde_json::json!([])), "{second}");

    let figure = json(&run(&data, &["figure", "stations", "--place", "15", "--period", "2025-10"]));
    assert_eq!((&figure["value"], &figure["basis"]), (&"24".into(), &"total".into()));
}

fn stations(data: &Path, period: &str, more: &[&str]) -> Value {
    let asked = ["figure", "stations", "--place", "MH019", "--period", period];
    json(&run(data, &[&asked, more].concat()))
}

#[test]
fn a_list_begins_to_replace_a_total_and_a_person_confirms_it() {
    let root = tempfile::tempdir().expect("a directory");
    let data = root.path().join("data");
    assert!(run(&data, &["generate", "--scale", "demo"]).status.success());
    let example = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples/tram-xa-thay-so-tong.xlsx");
    let example = example.to_str().expect("a path");

    let before = stations(&data, "2025-10", &[]);
    assert_eq!((&before["value"], &before["basis"]), (&"14".into(), &"total".into()));
    assert_eq!(before["totals"][0]["total"], TOTAL);
    assert_eq!(before["totals"][0]["listed"], "0");
    // Nothing to replace yet.
    let early = json(&run(&data, &["import", "base_station", example, "--dry-run"]));
    assert_eq!(early["seq"], Value::Null);
    assert_eq!(early["covers"][0]["by"], 9, "{early}");

    let imported = json(&run(&data, &["import", "base_station", example]));
    let cover = &imported["covers"][0];
    assert_eq!((&cover["total"], &cover["amount"]), (&TOTAL.into(), &14.into()));
    assert_eq!((&cover["by"], &cover["from"]), (&9.into(), &"2025-07-01".into()));
    let sentence = cover["sentence"].as_str().expect("a sentence");
    assert!(sentence.starts_with("Tổng 14 trạm của "), "{sentence}");
    assert!(sentence.contains("nay có 9 trạm trong danh sách: giảm tổng còn 5 trạm"), "{sentence}");

    // Nothing is subtracted by itself.
    let both = stations(&data, "2025-10", &[]);
    assert_eq!((&both["value"], &both["basis"]), (&"23".into(), &"mixed".into()));
    let known = both["seq"].as_u64().expect("a position").to_string();

    let refused = run(&data, &["cover", TOTAL, "--by", "15", "--reason", "Danh sách đợt 1"]);
    assert!(json(&refused)["error"].to_string().contains("phần giảm phải từ 1 đến 14"));
    let done = json(&run(&data, &["cover", TOTAL, "--by", "9", "--reason", "Danh sách đợt 1"]));
    assert_eq!((&done["ok"], &done["remaining"]), (&true.into(), &5.into()));

    let after = stations(&data, "2025-10", &[]);
    assert_eq!(
        (&after["value"], &after["basis"], &after["records"]),
        (&"14".into(), &"mixed".into(), &9.into())
    );
    assert_eq!(after["totals"][0]["contradiction"], false);
    let then = stations(&data, "2025-10", &["--known-on", &known]);
    assert_eq!(then["value"], "23", "what was known before the cover stays");
    // The same file again lists nothing new.
    assert_eq!(json(&run(&data, &["import", "base_station", example]))["covers"], serde_json::json!([]));
    assert_eq!(json(&run(&data, &["verify"]))["ok"], true);
}
