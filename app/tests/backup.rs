//! `backup`, `restore` and the opening of the seal at their boundary.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

struct Instance {
    root: tempfile::TempDir,
}

impl Instance {
    /// A real, empty instance: what is asked here needs no records.
    fn new() -> Self {
        let instance = Self { root: tempfile::tempdir().expect("a directory") };
        instance.must("data", &["init", "--province", "15"]);
        instance
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn run(&self, data: &str, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_minhchung"))
            .current_dir(self.root.path())
            .args(arguments)
            .args(["--json", "--data", data])
            .output()
            .expect("the program runs")
    }

    fn must(&self, data: &str, arguments: &[&str]) -> Value {
        let output = self.run(data, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output));
        json(&output)
    }

    /// The sentence with which it is refused.
    fn refused(&self, data: &str, arguments: &[&str]) -> String {
        let output = self.run(data, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", text(&output));
        json(&output)["error"].as_str().expect("a sentence").to_owned()
    }
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(output)))
}

const RESTORE: [&str; 4] = ["restore", "b.tar", "--keys", "b.key"];
const JOURNAL: [&str; 2] = ["--erasures", "data/erasures.log"];

#[test]
fn there_and_back() {
    let instance = Instance::new();
    // Left behind by runs that were stopped, open to everybody.
    for file in ["b.tar.part", "b.key.part", "b.part"] {
        std::fs::write(instance.path(file), "dở dang").expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(instance.path(file), mode).expect("a mode");
    }
    let made = instance.must("data", &["backup", "b.tar", "--keys", "b.key"]);
    assert_eq!(made["ok"], true);
    let mode = std::os::unix::fs::PermissionsExt::mode;
    for file in ["b.tar", "b.key"] {
        let data = std::fs::metadata(instance.path(file)).expect("a file");
        assert_eq!(mode(&data.permissions()) & 0o777, 0o600, "{file}");
    }
    assert!(!instance.path("b.tar.part").exists() && !instance.path("b.key.part").exists());
    assert_eq!(std::fs::read(instance.path("b.part")).expect("another's file"), "dở dang".as_bytes());
    assert!(instance.refused("data", &["backup", "b.tar"]).contains("--replace"));
    instance.must("data", &["backup", "b.tar", "--replace"]);
    assert!(instance.refused("again", &RESTORE).contains("--without-erasures"));
    let restored = instance.must("again", &[&RESTORE[..], &JOURNAL].concat());
    assert_eq!((&restored["ok"], &restored["root"]), (&Value::Bool(true), &made["root"]));
    assert_eq!((&restored["sealed"], &restored["erased_again"]), (&Value::Bool(true), &Value::from(0)));
    // Sealed: it can be read, says so, and signs nothing.
    assert_eq!(instance.must("again", &["verify"])["ok"], true);
    assert!(instance.refused("again", &["seal"]).contains("chưa mở niêm phong"));
    let doctor = instance.run("again", &["doctor"]);
    assert!(text(&doctor).contains("chưa mở niêm phong"), "{}", text(&doctor));
    let opened = instance.must("again", &["seal", "--newest", "data/checkpoint"]);
    assert_eq!(opened["origin"], "minhchung/15");
    let same = |dir: &str| std::fs::read(instance.path(dir).join("checkpoint")).expect("a checkpoint");
    assert_eq!(same("again"), same("data"));
    assert!(
        instance.refused("again", &["seal", "--newest", "data/checkpoint"]).contains("không có gì để mở")
    );
}

#[test]
fn a_new_epoch_needs_a_reason_and_is_named_in_every_checkpoint_after_it() {
    let instance = Instance::new();
    instance.must("data", &["backup", "b.tar"]);
    instance.must("again", &["restore", "b.tar", "--without-erasures"]);
    assert!(
        instance.refused("again", &["seal", "--newest", "data/checkpoint"]).contains("keys/checkpoint.seed")
    );
    assert_eq!(instance.run("again", &["seal", "--new-epoch"]).status.code(), Some(2), "usage");
    let opened = instance.must("again", &["seal", "--new-epoch", "--reason", "mất khóa"]);
    assert_eq!(opened["origin"], "minhchung/15/epoch/2");
    assert!(opened["checkpoint"].as_str().expect("a note").starts_with("minhchung/15/epoch/2\n"));
    assert_eq!(instance.must("again", &["verify"])["ok"], true);
}

#[test]
fn what_cannot_be_restored_leaves_nothing_behind() {
    let instance = Instance::new();
    instance.must("data", &["backup", "b.tar", "--keys", "b.key"]);
    let bytes = std::fs::read(instance.path("b.tar")).expect("the backup");
    std::fs::write(instance.path("short.tar"), &bytes[..bytes.len() / 2]).expect("written");
    let without = |file| ["restore", file, "--without-erasures"];
    assert!(instance.refused("again", &without("short.tar")).contains("cắt ngắn"));
    assert!(instance.refused("again", &without("b.key")).contains("tar"));
    assert!(instance.refused("again", &without("none.tar")).contains("none.tar"));
    assert!(instance.refused("data", &without("b.tar")).contains("không rỗng"));
    let foreign = ["restore", "b.tar", "--erasures", "b.key"];
    assert!(instance.refused("again", &foreign).contains("nhật ký xóa"));
    std::fs::write(instance.path("b.key"), "ab".repeat(32)).expect("another key");
    assert!(instance.refused("again", &[&RESTORE[..], &JOURNAL].concat()).contains("khóa"));
    let left: Vec<_> = std::fs::read_dir(instance.root.path()).expect("a directory").collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves until dropped.
fn serve(instance: &Instance, data: &str) -> Server {
    let child = Command::new(env!("CARGO_BIN_EXE_minhchung"))
        .current_dir(instance.root.path())
        .args(["serve", "--listen", "127.0.0.1:0", "--data", data])
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let server = Server(child);
    for _ in 0..3_000 {
        if socket(&instance.path(data)) {
            return server;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the server does not come up");
}

fn socket(data: &Path) -> bool {
    std::os::unix::net::UnixStream::connect(data.join("writer.sock")).is_ok()
}

#[test]
fn a_backup_is_made_and_a_seal_is_opened_while_a_server_runs() {
    let instance = Instance::new();
    let running = serve(&instance, "data");
    instance.must("data", &["backup", "b.tar", "--keys", "b.key"]);
    drop(running);
    instance.must("again", &[&RESTORE[..], &JOURNAL].concat());
    let _running = serve(&instance, "again");
    assert!(instance.refused("again", &["seal"]).contains("chưa mở niêm phong"));
    instance.must("again", &["seal", "--newest", "data/checkpoint"]);
    assert_eq!(instance.must("again", &["verify"])["ok"], true);
}
