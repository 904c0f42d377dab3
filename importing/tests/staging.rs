//! Uploads: who may see them, how long they stay.

use std::os::unix::fs::PermissionsExt as _;
use std::time::SystemTime;

use mc_access::Actor;
use mc_base::Instant;
use mc_importing::{ImportError, STAGED_SECONDS_MAX, Staging, UPLOAD_BYTES_MAX};

const ID: &str = "0123456789abcdef0123456789abcdef";

/// Long before any file here was written: nothing is old.
const DAWN: Instant = Instant(0);

fn staging() -> (tempfile::TempDir, Staging) {
    let dir = tempfile::tempdir().expect("a directory");
    let staging = Staging::new(dir.path().join("staging"), "/bin/true".into());
    (dir, staging)
}

#[test]
fn an_upload_is_its_senders_alone_and_only_the_owner_of_the_machine_may_read_it() {
    let (_dir, staging) = staging();
    let sender = Actor::illustrative();
    let kept = staging.keep(&sender, ID, "C:\\Users\\a\\trạm\u{7}.xlsx", b"abc", DAWN, &[]).expect("kept");
    assert_eq!(kept.file.name, "trạm.xlsx");
    assert_eq!(std::fs::read(&kept.file.path).expect("there"), b"abc");
    let mode = std::fs::metadata(&kept.file.path).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(staging.find(&sender, ID).expect("found"), kept);
    assert!(matches!(staging.find(&Actor::operator(), ID), Err(ImportError::Gone)));
    staging.remove(ID);
    assert!(matches!(staging.find(&sender, ID), Err(ImportError::Gone)));
}

#[test]
fn a_name_that_is_no_random_name_is_never_a_path() {
    let (dir, staging) = staging();
    std::fs::write(dir.path().join("owner"), "x").expect("written");
    for id in [
        "",
        ".",
        "..",
        "../..",
        "0123",
        "0123456789abcdef0123456789abcde/",
        "zz23456789abcdef0123456789abcdef",
    ] {
        assert!(matches!(staging.find(&Actor::operator(), id), Err(ImportError::Gone)), "{id}");
        assert!(staging.keep(&Actor::operator(), id, "a.csv", b"a", DAWN, &[]).is_err(), "{id}");
        staging.remove(id);
    }
    assert!(dir.path().join("owner").exists());
}

#[test]
fn old_uploads_go_and_one_that_is_too_large_never_comes() {
    let (_dir, staging) = staging();
    let actor = Actor::operator();
    let large = vec![0; UPLOAD_BYTES_MAX + 1];
    assert!(matches!(staging.keep(&actor, ID, "a.csv", &large, DAWN, &[]), Err(ImportError::TooLarge(20))));
    let kept = staging.keep(&actor, ID, "a.csv", b"a", DAWN, &[]).expect("kept");
    let written = std::fs::metadata(&kept.file.path).and_then(|data| data.modified()).expect("there");
    let age = written.duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
    let now = |seconds: u64| Instant(i64::try_from(age.as_millis()).expect("few") + seconds as i64 * 1_000);
    staging.sweep(now(STAGED_SECONDS_MAX - 60), &[]);
    assert!(staging.find(&actor, ID).is_ok());
    staging.sweep(now(STAGED_SECONDS_MAX + 60), &[ID.to_owned()]);
    assert!(staging.find(&actor, ID).is_ok(), "a job works on it");
    staging.sweep(now(STAGED_SECONDS_MAX + 60), &[]);
    assert!(matches!(staging.find(&actor, ID), Err(ImportError::Gone)));
}

#[test]
fn only_so_many_uploads_wait() {
    let (_dir, staging) = staging();
    for n in 0..80 {
        staging.keep(&Actor::operator(), &format!("{n:032x}"), "a.csv", b"a", DAWN, &[]).expect("kept");
    }
    let waiting = (0..80).filter(|n| staging.find(&Actor::operator(), &format!("{n:032x}")).is_ok()).count();
    assert_eq!(waiting, 64);
    assert!(staging.find(&Actor::operator(), &format!("{:032x}", 79)).is_ok(), "the newest is kept");
}
