//! What was erased after the backup is erased again.

use std::fs;

use mc_access::Actor;
use mc_sqlite::{BackupError, ErasedLine, Store, UnsealError, read_journal};
use mc_stories::small::{COMMUNES, inserted, plot, request};
use mc_testkit::files::holding;

use super::ground::{Ground, OWNER, back_up_while, erase};

fn journal(ground: &Ground) -> Vec<ErasedLine> {
    let instance = ground.back_up_id();
    read_journal(&ground.layout().erasures(), &instance).expect("a journal")
}

impl Ground {
    fn back_up_id(&self) -> String {
        self.writer.as_ref().expect("a writer").instance().id.clone()
    }
}

#[test]
fn an_erasure_after_the_backup_is_replayed_and_the_value_is_in_no_file() {
    let mut ground = Ground::new();
    ground.back_up();
    ground.erase();
    let lines = journal(&ground);
    // Owner and birth of one version, and the hash of the request that brought them.
    assert_eq!(lines.iter().filter(|line| line.register == "plot").count(), 2);
    assert_eq!(holding(&ground.path("data"), OWNER.as_bytes()), Vec::<String>::new());
    let mut writer = ground.restored();
    assert!(!holding(&ground.path("again"), OWNER.as_bytes()).is_empty(), "the backup brings it back");
    assert_eq!(writer.replay(&lines).expect("replayed"), lines.len());
    assert_eq!(holding(&ground.path("again"), OWNER.as_bytes()), Vec::<String>::new());
    assert_eq!(writer.replay(&lines).expect("nothing is left to erase"), 0);
    let report = ground.verified();
    assert_eq!(report.erased, 2);
    // That there was an erasure after the backup shows that commits are lost.
    let refused = writer.unseal(&ground.newest()).expect_err("commits are lost");
    assert!(matches!(refused, UnsealError::Behind { .. }), "{refused}");
    drop(writer);
    let mut writer = ground.open_again();
    let old = fs::read_to_string(ground.path("again").join("checkpoint")).expect("a checkpoint");
    let refused = writer.unseal(&old).expect_err("the journal knows better");
    assert!(matches!(refused, UnsealError::Erased { .. }), "{refused}");
    writer.new_epoch(None, &Actor::operator(), "mất máy chủ").expect("a new epoch");
    drop(writer);
    assert_eq!(ground.verified().notes, Vec::<String>::new());
}

#[test]
fn an_erasure_during_a_backup_is_in_no_file_once_the_backup_ends() {
    let mut ground = Ground::new();
    let (layout, to) = (ground.layout(), ground.path("backup.tar"));
    let mut writer = ground.writer.take();
    back_up_while(&layout, &to, &mut || {
        // A command that erases and ends, while the backup holds its snapshot.
        if let Some(mut writer) = writer.take() {
            erase(&mut writer).expect("an erasure");
            let store = Store::open(&layout).expect("a store");
            assert!(store.reader(&Actor::operator()).expect("a reader").scrub_due().expect("a look"));
        }
    })
    .expect("a backup");
    assert_eq!(holding(&ground.path("data"), OWNER.as_bytes()), Vec::<String>::new());
    assert!(!holding(ground.root.path(), OWNER.as_bytes()).is_empty(), "the backup itself was made before");
}

#[test]
fn an_erasure_before_the_backup_needs_no_replay() {
    let mut ground = Ground::new();
    ground.erase();
    ground.back_up();
    let lines = journal(&ground);
    let mut writer = ground.restored();
    assert_eq!(writer.replay(&lines).expect("replayed"), 0);
    writer.unseal(&ground.newest()).expect("nothing is lost");
    // The restored instance writes the journal anew out of its ledger.
    let theirs = fs::read(ground.path("data").join("erasures.log")).expect("a journal");
    assert_eq!(fs::read(ground.path("again").join("erasures.log")).expect("a journal"), theirs);
}

#[test]
fn a_version_of_another_branch_under_the_same_key_is_left_alone() {
    let mut ground = Ground::new();
    ground.back_up();
    let mut writer = ground.restored();
    writer.new_epoch(None, &Actor::operator(), "thử").expect("a new epoch");
    let add = |owner: &str| request(vec![inserted("plot", plot(8, COMMUNES[0], "2025-01-01", owner))]);
    writer.commit(&add("Vàng A Páo")).expect("here one owner");
    ground.writer().commit(&add("Lò Thị Mẩy")).expect("there another");
    let mut lines = journal(&ground);
    assert_eq!(lines, []);
    let erased = mc_sqlite::ErasureRequest {
        actor: Actor::operator(),
        register: "plot".to_owned(),
        key: "1/8/2025-01-01".to_owned(),
        fields: None,
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    };
    ground.writer().erase(&erased).expect("an erasure there");
    lines = journal(&ground);
    assert!(!lines.is_empty());
    drop(writer);
    // A backup of the new branch, restored with the journal of the old one.
    fs::remove_file(ground.path("backup.tar")).expect("removed");
    let again = mc_sqlite::Layout::new(ground.path("again"));
    super::ground::back_up(&again, &ground.path("backup.tar")).expect("a backup");
    let key = fs::read_to_string(again.signing_key()).expect("a key");
    fs::rename(ground.path("again"), ground.path("branch")).expect("aside");
    ground.take_out_with(Some(&key)).expect("restored").publish().expect("published");
    let mut writer = ground.open_again();
    assert_eq!(writer.replay(&lines).expect("nothing of this branch is named"), 0);
    drop(writer);
    assert!(!holding(&ground.path("again"), "Vàng A Páo".as_bytes()).is_empty());
}

#[test]
fn the_journal_is_completed_after_a_crash_and_refused_where_it_is_foreign() {
    let mut ground = Ground::new();
    ground.erase();
    let (whole, id) = (journal(&ground), ground.back_up_id());
    let path = ground.layout().erasures();
    let text = fs::read_to_string(&path).expect("a journal");
    assert!(!text.contains(OWNER));
    for cut in [text.len() - 1, text.len() - 40, text.find('\n').expect("a line") + 1] {
        ground.writer = None;
        fs::write(&path, &text[..cut]).expect("cut off");
        ground.writer =
            Some(mc_sqlite::Writer::open(&ground.layout(), super::ground::world(7)).expect("it opens"));
        assert_eq!(read_journal(&path, &id).expect("a journal"), whole, "cut at {cut}");
    }
    fs::remove_file(&path).expect("removed");
    ground.writer = None;
    ground.writer =
        Some(mc_sqlite::Writer::open(&ground.layout(), super::ground::world(8)).expect("it opens"));
    assert_eq!(fs::read_to_string(&path).expect("written anew"), text);
    for (bytes, instance) in [(text.as_str(), "của ai khác"), ("nhật ký\n", id.as_str()), ("", id.as_str())]
    {
        fs::write(&path, bytes).expect("written");
        let refused = read_journal(&path, instance).expect_err("refused");
        assert!(matches!(refused, BackupError::Journal(_)), "{refused}");
    }
}

#[test]
fn two_copies_of_a_journal_erase_once() {
    let mut ground = Ground::new();
    ground.back_up();
    ground.erase();
    let lines = journal(&ground);
    let mut writer = ground.restored();
    let twice = [lines.as_slice(), lines.as_slice()].concat();
    assert_eq!(writer.replay(&twice).expect("replayed"), lines.len());
    drop(writer);
    ground.verified();
}

#[test]
fn a_line_that_a_full_disk_cut_off_does_not_spoil_the_next() {
    let mut ground = Ground::new();
    let id = ground.back_up_id();
    let path = ground.layout().erasures();
    let whole = fs::read_to_string(&path).expect("a journal");
    fs::write(&path, whole + "{\"seq\":4,\"regi").expect("cut off");
    ground.erase();
    let lines = journal(&ground);
    assert_eq!(lines.iter().filter(|line| line.register == "plot").count(), 2);
    ground.writer = None;
    drop(mc_sqlite::Writer::open(&ground.layout(), super::ground::world(9)).expect("it opens"));
    assert_eq!(read_journal(&path, &id).expect("a journal"), lines);
}

#[test]
fn nobody_records_an_erasure_by_hand() {
    let mut ground = Ground::new();
    let values = [
        ("register", "plot"),
        ("record", "không có"),
        ("version", "1"),
        ("field_no", "8"),
        ("ground", "tự ý"),
        ("reason", "tự ý"),
    ];
    let record = mc_stories::small::record("erasure", &values);
    let made = ground.writer().commit(&request(vec![inserted("erasure", record)]));
    ground.writer = None;
    drop(mc_sqlite::Writer::open(&ground.layout(), super::ground::world(9)).expect("it opens"));
    let refused = made.expect_err("nothing was erased");
    assert!(refused.to_string().contains("minhchung erase"), "{refused}");
}
