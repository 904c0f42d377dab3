//! There and back.

use mc_access::Actor;
use mc_account::factor::SECRET_BYTES;
use mc_account::{Secret, Session};
use mc_base::Instant;
use mc_port::{AccountTable as _, CommitError, Credential, FigureRequest, SavedChecks as _};
use mc_sqlite::{BackupError, Layout, Queue, Store};
use mc_stories::small::{COMMUNES, inserted, mast, outlay, request, saved_check};
use mc_stories::stage::figure_request;

use super::ground::{Ground, back_up, erase};

fn figure(dir: &std::path::Path) -> Option<String> {
    let reader =
        Store::open(&Layout::new(dir)).expect("a store").reader(&Actor::operator()).expect("a reader");
    let asked: FigureRequest = figure_request("masts", COMMUNES[0], "2025-08", None);
    reader.figure(&asked).expect("a figure").value
}

#[test]
fn a_restored_instance_has_the_same_root_figures_evidence_and_proofs() {
    let mut ground = Ground::new();
    ground.spend("K-1");
    let manifest = ground.back_up();
    assert_eq!(manifest.importing, None);
    let names: Vec<&str> =
        manifest.parts.iter().map(|part| part.name.split('/').next().expect("a name")).collect();
    assert_eq!(names, ["minhchung.sqlite", "checkpoint", "evidence"]);
    let archive = std::fs::read(ground.path("backup.tar")).expect("the backup");
    assert!(!archive.windows(64).any(|bytes| bytes == ground.key().as_bytes()), "the key is not in it");
    let writer = ground.restored();
    let notes = ground.verified().notes;
    assert!(notes.iter().any(|note| note.contains(&format!("{0}/{0}", manifest.size))), "{notes:?}");
    assert_eq!(figure(&ground.path("again")), figure(&ground.path("data")));
    assert_eq!(figure(&ground.path("again")).as_deref(), Some("1"));
    let head =
        |dir: &str| std::fs::read_to_string(ground.path(dir).join("checkpoint")).expect("a checkpoint");
    assert_eq!(head("again"), head("data"));
    let proof = |dir: &str| {
        let store = Store::open(&Layout::new(ground.path(dir))).expect("a store");
        let reader = store.reader(&Actor::operator()).expect("a reader");
        reader.proof_of_record("mast", "C-1/2025-01-01").expect("a proof")
    };
    assert_eq!(proof("again"), proof("data"));
    drop(writer);
}

#[test]
fn a_sealed_instance_serves_reads_and_takes_no_write() {
    let ground = Ground::new();
    ground.back_up();
    let mut writer = ground.restored();
    let reader = Store::open(&Layout::new(ground.path("again"))).expect("a store").reader(&Actor::operator());
    assert!(reader.expect("a reader").sealed());
    let commit = request(vec![inserted("mast", mast("C-2", COMMUNES[0], "live", "2025-01-01"))]);
    assert!(matches!(writer.commit(&commit), Err(CommitError::Sealed)));
    assert!(matches!(erase(&mut writer), Err(CommitError::Sealed)));
    let refused = writer.seal().expect_err("it signs nothing").to_string();
    assert!(refused.contains("chưa mở niêm phong"), "{refused}");
    ground.verified();
}

#[test]
fn the_seal_opens_with_the_newest_checkpoint_and_writing_goes_on() {
    let mut ground = Ground::new();
    let early = ground.newest();
    ground.spend("K-1");
    ground.back_up();
    let mut writer = ground.restored();
    // An older checkpoint of the same ledger contradicts nothing; that it is the newest is the operator's word.
    writer.unseal(&early).expect("it opens");
    let commit = request(vec![inserted("outlay", outlay("K-2", COMMUNES[0], "2025-08-01", 5))]);
    writer.commit(&commit).expect("a commit");
    drop(writer);
    let writer = ground.open_again();
    assert!(writer.sealed().is_none());
    ground.verified();
}

#[test]
fn a_saved_check_comes_along_and_one_deleted_since_comes_back_until_its_time_is_over() {
    let mut ground = Ground::new();
    let queue = Queue::new(ground.writer.take().expect("a writer"));
    let at = Instant(1_000_000);
    for id in ["before", "since"] {
        queue.save_check(&saved_check(id, at), "Tỉnh có 5 xã.").expect("saved");
    }
    assert!(queue.forget_check("before").expect("deleted"));
    ground.back_up();
    assert!(queue.forget_check("since").expect("deleted"));
    drop(queue);
    let restored = Queue::new(ground.restored());
    let found = |id: &str, at: Instant| restored.saved_check(id, at).expect("read").map(|(_, text)| text);
    assert_eq!(found("before", at), None);
    assert_eq!(found("since", at).as_deref(), Some("Tỉnh có 5 xã."));
    assert_eq!(found("since", Instant(at.0 + 1_000)), None);
    drop(restored);
    ground.verified();
}

#[test]
fn an_existing_file_or_directory_is_not_overwritten() {
    let ground = Ground::new();
    ground.back_up();
    let refused = back_up(&ground.layout(), &ground.path("backup.tar")).expect_err("it is there");
    assert!(matches!(&refused, BackupError::Exists(_)), "{refused}");
    std::fs::create_dir(ground.path("again")).expect("a directory");
    std::fs::write(ground.path("again").join("x"), "của ai đó").expect("a file");
    let refused = ground.take_out().expect_err("somebody's files");
    assert!(matches!(&refused, BackupError::NotEmpty(_)), "{refused}");
    std::fs::remove_file(ground.path("again").join("x")).expect("removed");
    ground.take_out().expect("an empty directory will do").publish().expect("published");
    ground.verified();
}

#[test]
fn passwords_come_back_and_sessions_do_not() {
    let mut ground = Ground::new();
    let credential = Credential {
        account: "an".to_owned(),
        hash: "x".to_owned(),
        first_until: None,
        changed_at: Instant(1),
    };
    let session = Session {
        token: "t".to_owned(),
        account: "an".to_owned(),
        position: 1,
        begun: Instant(1),
        used: Instant(1),
        browser: String::new(),
        confirmed: None,
    };
    let queue = Queue::new(ground.writer.take().expect("a writer"));
    queue.keep_credential(&credential, None).expect("written");
    queue.keep_session(&session).expect("written");
    let secret = Secret::new([7; SECRET_BYTES]);
    queue.keep_factor("an", &secret, 1, Instant(1), &["x".to_owned()]).expect("written");
    ground.writer = Some(queue.into_writer());
    ground.back_up();
    let queue = Queue::new(ground.restored());
    assert_eq!(queue.credential("an").expect("read"), Some(credential));
    assert_eq!(queue.session("t").expect("read"), None, "it may have been ended after the backup");
    let factor = queue.factor("an").expect("read").expect("it comes back");
    assert_eq!(factor.secret, None, "its key is in no backup");
    assert!(queue.use_recovery("an", "x").expect("written"), "what needs no key works");
    queue.keep_factor("an", &secret, 2, Instant(2), &[]).expect("written");
    let again = queue.factor("an").expect("read").expect("there");
    assert_eq!(again.secret, Some(secret), "under a key of the copy");
}
