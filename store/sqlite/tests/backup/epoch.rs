//! A copy that is behind does not sign; a new epoch goes on under a name of its own.

use mc_access::Actor;
use mc_ledger::{NoteVerifier, ProofFile, verify_records};
use mc_sqlite::{Layout, Store, UnsealError, Writer};
use mc_stories::small::{COMMUNES, inserted, outlay, request};

use super::ground::{Ground, world};

const RECORD: (&str, &str) = ("mast", "C-1/2025-01-01");

fn proof(dir: &std::path::Path) -> ProofFile {
    let reader =
        Store::open(&Layout::new(dir)).expect("a store").reader(&Actor::operator()).expect("a reader");
    reader.proof_of_record(RECORD.0, RECORD.1).expect("a proof")
}

#[test]
fn a_copy_behind_the_newest_checkpoint_stays_sealed() {
    let mut ground = Ground::new();
    ground.back_up();
    ground.spend("K-1");
    ground.spend("K-2");
    let mut writer = ground.restored();
    let refused = writer.unseal(&ground.newest()).expect_err("two commits are lost");
    assert!(matches!(refused, UnsealError::Behind { known, here } if known == here + 2), "{refused}");
    assert!(refused.to_string().contains("2 lần ghi đã mất"), "{refused}");
    assert!(writer.sealed().is_some());
    for foreign in ["", "không phải mốc", &ground.newest().replace("minh-hoa", "minh-hoA")] {
        let refused = writer.unseal(foreign).expect_err("no checkpoint of this ledger");
        assert!(matches!(refused, UnsealError::Checkpoint(_)), "{refused}");
    }
    drop(writer);
    assert!(ground.open_again().sealed().is_some(), "also after a restart");
}

#[test]
fn two_histories_are_told_apart() {
    let mut ground = Ground::new();
    ground.back_up();
    let mut other = ground.restored();
    other.unseal(&ground.newest()).expect("nothing is lost");
    let commit = request(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 1))]);
    other.commit(&commit).expect("here one thing");
    drop(other);
    ground.spend("K-1");
    // Both signed a tree of the same size: a backup of the one contradicts the checkpoint of the other.
    std::fs::rename(ground.path("again"), ground.path("other")).expect("aside");
    std::fs::remove_file(ground.path("backup.tar")).expect("removed");
    super::ground::back_up(&Layout::new(ground.path("other")), &ground.path("backup.tar")).expect("a backup");
    let mut writer = ground.restored();
    let refused = writer.unseal(&ground.newest()).expect_err("two branches");
    assert!(matches!(refused, UnsealError::Branch(_)), "{refused}");
}

#[test]
fn a_new_epoch_names_the_old_root_and_old_proofs_still_verify() {
    let mut ground = Ground::new();
    let before = proof(&ground.path("data"));
    let old_key = NoteVerifier::parse(&before.vkey).expect("a key");
    let backed_up = ground.back_up();
    ground.spend("K-1");
    let mut writer = ground.restored();
    let groundless = writer.new_epoch(None, &Actor::operator(), " ").expect_err("no reason");
    assert!(matches!(groundless, UnsealError::Commit(_)), "{groundless}");
    assert!(writer.sealed().is_some(), "a refused epoch changes nothing");
    let open = Store::open(&Layout::new(ground.path("again"))).expect("a store of a running server");
    let receipt =
        writer.new_epoch(Some(&ground.newest()), &Actor::operator(), "hỏng ổ đĩa").expect("an epoch");
    assert_eq!(receipt.seq.0, backed_up.size + 1);
    assert_eq!(writer.instance().origin, "minh-hoa/thu-nghiem/epoch/2");
    let commit = request(vec![inserted("outlay", outlay("K-9", COMMUNES[0], "2025-08-01", 9))]);
    writer.commit(&commit).expect("writing goes on");
    let again = writer.new_epoch(None, &Actor::operator(), "lần nữa").expect_err("it is open");
    assert!(matches!(again, UnsealError::NotSealed), "{again}");
    drop(writer);
    ground.verified();
    let reader = Store::open(&Layout::new(ground.path("again"))).expect("a store").reader(&Actor::operator());
    let epoch = reader.expect("a reader").history("epoch", "2").expect("a history").pop().expect("a record");
    let said = format!("{:?}", epoch.values);
    assert!(said.contains(&backed_up.root) && said.contains("hỏng ổ đĩa"), "{said}");
    let after = proof(&ground.path("again"));
    let served = open.reader(&Actor::operator()).expect("a reader").proof_of_record(RECORD.0, RECORD.1);
    assert_eq!(served.expect("a proof without a restart").vkey, after.vkey);
    assert_eq!(after.origin, "minh-hoa/thu-nghiem/epoch/2");
    assert!(verify_records(&after, None).is_ok());
    assert!(verify_records(&after, Some(&old_key)).is_err(), "no new proof under the old name");
    assert!(verify_records(&before, Some(&old_key)).is_ok());
}

#[test]
fn without_the_key_only_a_new_epoch_goes_on_and_the_key_can_be_found_again() {
    let ground = Ground::new();
    ground.back_up();
    ground.take_out_with(None).expect("restored").publish().expect("published");
    let mut writer = ground.open_again();
    ground.verified();
    let refused = writer.unseal(&ground.newest()).expect_err("another key");
    assert!(matches!(refused, UnsealError::Key), "{refused}");
    writer.new_epoch(None, &Actor::operator(), "mất khóa").expect("an epoch under the new key");
    drop(writer);
    ground.verified();
    std::fs::remove_dir_all(ground.path("again")).expect("removed");
    ground.take_out_with(None).expect("restored").publish().expect("published");
    let layout = Layout::new(ground.path("again"));
    std::fs::write(layout.signing_key(), ground.key()).expect("the key was found");
    let mut writer = Writer::open(&layout, world(5)).expect("it opens");
    writer.unseal(&ground.newest()).expect("it opens");
    writer.seal().expect("a checkpoint");
    drop(writer);
    ground.verified();
}

#[test]
fn nobody_writes_an_epoch_by_hand() {
    let mut ground = Ground::new();
    let record = mc_stories::small::record("epoch", &[("epoch_no", "2"), ("reason", "tự ý")]);
    let refused = ground.writer().commit(&request(vec![inserted("epoch", record)])).expect_err("refused");
    assert!(refused.to_string().contains("seal --new-epoch"), "{refused}");
}
