//! The command line is a contract: what goes in, the JSON that comes out, the exit code.
//!
//! One demo is generated for all tests of this file; those that write take a copy.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;

struct Demo {
    _root: tempfile::TempDir,
    data: PathBuf,
    counts: Value,
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let root = tempfile::tempdir().expect("a directory");
        let data = root.path().join("data");
        let output = run(&data, &["generate", "--scale", "demo"]);
        assert!(output.status.success(), "{}", text(&output));
        let counts = json(&output);
        Demo { _root: root, data, counts }
    })
}

/// A copy of the demo that a test may change.
fn copy() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a directory");
    let data = root.path().join("data");
    let copied = Command::new("cp").arg("-a").arg(&demo().data).arg(&data).status().expect("cp");
    assert!(copied.success());
    (root, data)
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_minhchung"))
        .args(arguments)
        .arg("--json")
        .arg("--data")
        .arg(data)
        .output()
        .expect("the program runs")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(output)))
}

fn figure(data: &Path, arguments: &[&str]) -> (Value, Option<i32>) {
    let output = run(data, &[&["figure"], arguments].concat());
    (json(&output), output.status.code())
}

#[test]
fn the_published_figures_of_lao_cai_are_counted_from_records() {
    let published = [
        ("stations", "4607"),
        ("data_centres", "2"),
        ("training_institutions", "2"),
        ("st_organisations", "15"),
        ("st_spending", "574000000000"),
        ("spearhead_fields", "5"),
        ("regulations", "3"),
    ];
    for (id, value) in published {
        let (figure, code) = figure(&demo().data, &[id, "--place", "15", "--period", "2025-10"]);
        assert_eq!(figure["value"], value, "{id}");
        assert_eq!((&figure["num"], &figure["den"]), (&figure["value"], &Value::Null), "{id}");
        assert_eq!(figure["basis"], "counted", "{id}");
        assert_eq!(code, Some(0), "{id}");
    }
}

#[test]
fn the_published_ratios_of_lao_cai_are_a_sum_over_a_sum() {
    for (id, three_places) in [("digitisation_rate", "0.842"), ("st_spending_share", "0.015")] {
        let (figure, _) = figure(&demo().data, &[id, "--place", "15", "--period", "2025-10"]);
        let value = figure["value"].as_str().expect("a value");
        assert_eq!(value.len(), "0.842000".len(), "{id}: six places");
        let rounded = mc_base::Scaled::parse(value).expect("a decimal").round(3).expect("it fits");
        assert_eq!(rounded.to_string(), three_places, "{id}");
        let number = |part: &str| figure[part].as_str().expect("a number").parse::<i128>().expect("whole");
        let again = mc_base::scaled::divide(number("num"), number("den"), 6).expect("a quotient");
        assert_eq!(again.to_string(), value, "{id}");
    }
}

#[test]
fn what_was_known_on_a_day_stays_known() {
    let (july, _) = figure(
        &demo().data,
        &["stations", "--place", "15", "--period", "2025-07", "--known-on", "2025-07-30"],
    );
    assert_eq!(july["value"], "4017");
    let seq = july["seq"].to_string();
    let (again, _) =
        figure(&demo().data, &["stations", "--place", "15", "--period", "2025-07", "--known-on", &seq]);
    assert_eq!(again, july);
}

#[test]
fn parts_add_up_to_the_whole() {
    for by in ["place", "operator", "state"] {
        let output =
            run(&demo().data, &["figure", "stations", "--place", "15", "--period", "2025-10", "--by", by]);
        if by == "state" {
            let refused = json(&output);
            assert_eq!(refused["ok"], false, "stations are not cut by state");
            continue;
        }
        let figure = json(&output);
        let rows = figure["rows"].as_array().expect("rows");
        let sum: i64 = rows.iter().filter_map(|row| row["value"].as_str()?.parse::<i64>().ok()).sum();
        assert_eq!(sum, 4607, "{by}");
    }
}

#[test]
fn nothing_recorded_is_no_value_and_none_counted_is_zero() {
    let (unknown, code) =
        figure(&demo().data, &["villages_without_signal", "--place", "15", "--period", "2025-10"]);
    assert_eq!((&unknown["value"], code), (&Value::Null, Some(3)));
    let (zero, code) = figure(&demo().data, &["tasks_overdue", "--place", "15", "--period", "2025-11"]);
    assert_eq!((zero["value"].as_str(), code), (Some("0"), Some(0)));
}

#[test]
fn a_question_that_makes_no_sense_gets_a_sentence() {
    let questions: [&[&str]; 5] = [
        &["figure", "tram", "--place", "15", "--period", "2025-10"],
        &["figure", "stations", "--place", "99", "--period", "2025-10"],
        &["figure", "stations", "--place", "15", "--period", "tháng mười ba"],
        &["figure", "stations", "--place", "15", "--period", "2025-10", "--known-on", "hôm qua"],
        &["figure", "stations", "--place", "15", "--period", "2025-10", "--known-on", "999999"],
    ];
    for question in questions {
        let output = run(&demo().data, question);
        assert_eq!(output.status.code(), Some(1), "{question:?}");
        let sentence = json(&output)["error"].as_str().expect("a sentence").to_owned();
        assert!(sentence.chars().count() > 15, "{question:?}: {sentence}");
    }
}

#[test]
fn a_generated_instance_verifies_and_says_how_much_it_read() {
    let report = json(&run(&demo().data, &["verify"]));
    assert_eq!(report["findings"], serde_json::json!([]));
    assert_eq!(report["ok"], true);
    let current: u64 = demo().counts.as_object().expect("counts").values().filter_map(Value::as_u64).sum();
    assert!(report["records"].as_u64().expect("records") >= current);
}

#[test]
fn a_flipped_byte_is_named() {
    let (_root, data) = copy();
    let file = data.join("minhchung.sqlite");
    let mut bytes = std::fs::read(&file).expect("the database");
    let name = "Trường Cao đẳng nghề Lào Cai".as_bytes();
    let places: Vec<usize> =
        (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| bytes[at + name.len() - 1] ^= 0x20);
    std::fs::write(&file, bytes).expect("tampering");
    let output = run(&data, &["verify"]);
    assert_eq!(output.status.code(), Some(1));
    let report = json(&output);
    let named = report["findings"].to_string();
    assert!(named.contains("training_institution/"), "{named}");
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let root = tempfile::tempdir().expect("a directory");
    let again = run(&root.path().join("data"), &["generate", "--scale", "demo"]);
    assert_eq!(json(&again), demo().counts);
    let head = |data: &Path| std::fs::read_to_string(data.join("checkpoint")).expect("a checkpoint");
    assert_eq!(head(&root.path().join("data")), head(&demo().data), "entries and root are the same bytes");
}

#[test]
fn an_instance_is_not_overwritten() {
    let output = run(&demo().data, &["generate"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("đã có dữ liệu"), "{}", text(&output));
}

#[test]
fn a_province_starts_empty() {
    let root = tempfile::tempdir().expect("a directory");
    let data = root.path().join("data");
    let made = run(&data, &["init", "--province", "01"]);
    assert!(made.status.success(), "{}", text(&made));
    let (stations, code) = figure(&data, &["stations", "--place", "01", "--period", "2025-10"]);
    assert_eq!((&stations["value"], code), (&Value::Null, Some(3)));
    assert_eq!(json(&run(&data, &["verify"]))["ok"], true);
    let other = run(&root.path().join("other"), &["init", "--province", "77"]);
    assert_eq!(other.status.code(), Some(1));
}

#[test]
fn a_pack_adds_a_register_and_an_indicator_without_a_programmer() {
    let (root, data) = copy();
    let pack = root.path().join("pack");
    std::fs::create_dir_all(pack.join("registers")).expect("a directory");
    std::fs::create_dir_all(pack.join("indicators")).expect("a directory");
    let register = include_str!("pack/kiosk.toml");
    std::fs::write(pack.join("registers/kiosk.toml"), register).expect("a file");
    std::fs::write(pack.join("indicators/kiosks.toml"), include_str!("pack/kiosks.toml")).expect("a file");
    let pack_path = pack.to_str().expect("a path");
    let checked = json(&run(&data, &["pack", "check", pack_path]));
    assert_eq!((&checked["ok"], &checked["applied"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!(json(&run(&data, &["pack", "apply", pack_path]))["applied"], true);
    assert_eq!(json(&run(&data, &["pack", "apply", pack_path]))["changes"], serde_json::json!([]));
    // An optional field is added; a field that changes its type is refused with the reason.
    let grown = register.to_owned() + include_str!("pack/kiosk-field.toml");
    std::fs::write(pack.join("registers/kiosk.toml"), &grown).expect("a file");
    assert_eq!(json(&run(&data, &["pack", "apply", pack_path]))["applied"], true);
    std::fs::write(pack.join("registers/kiosk.toml"), grown.replace("type = \"text\"", "type = \"bool\""))
        .expect("a file");
    let refused = run(&data, &["pack", "apply", pack_path]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(!json(&refused)["refused"].as_array().expect("reasons").is_empty());
    assert_eq!(json(&run(&data, &["verify"]))["ok"], true);
}

#[test]
fn a_backup_of_the_demo_comes_back_with_every_published_figure() {
    let root = tempfile::tempdir().expect("a directory");
    let path = |name: &str| root.path().join(name).to_str().expect("a path").to_owned();
    let made = json(&run(&demo().data, &["backup", &path("b.tar"), "--keys", &path("b.key")]));
    let again = root.path().join("again");
    let journal = demo().data.join("erasures.log");
    let journal = journal.to_str().expect("a path");
    let arguments = ["restore", &path("b.tar"), "--keys", &path("b.key"), "--erasures", journal];
    let restored = json(&run(&again, &arguments));
    assert_eq!((&restored["ok"], &restored["root"]), (&Value::Bool(true), &made["root"]), "{restored}");
    for id in ["stations", "digitisation_rate", "st_spending", "st_spending_share", "regulations"] {
        let asked = [id, "--place", "15", "--period", "2025-10", "--by", "place"];
        assert_eq!(figure(&again, &asked), figure(&demo().data, &asked), "{id}");
    }
}
