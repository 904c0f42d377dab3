//! Nothing is signed on the strength of what a process holds in memory: what is stored is read again first.

use mc_port::CommitError;
use mc_sqlite::Layout;
use mc_stories::small::{COMMUNES, inserted, outlay, request};
use mc_testkit::instance::{found, verify};
use mc_testkit::tamper::unguarded;

#[test]
fn a_node_that_does_not_fit_what_was_signed_stops_the_signing() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let mut writer = found(&layout, 1);
    let published = || std::fs::read_to_string(layout.checkpoint()).expect("a checkpoint");
    let before = published();
    let db = unguarded(dir.path());
    let flip = "UPDATE tree_node SET hash = zeroblob(32) WHERE level = 0 AND idx = 2";
    let kept: Vec<u8> = db
        .query_row("SELECT hash FROM tree_node WHERE level = 0 AND idx = 2", [], |row| row.get(0))
        .expect("the last of three leaves");
    assert_eq!(db.execute(flip, []).expect("damage"), 1);
    let record = || request(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 5))]);
    let refused = writer.commit(&record());
    assert!(matches!(&refused, Err(CommitError::Store(why)) if why.contains("không ký mốc")), "{refused:?}");
    assert_eq!(published(), before);
    db.execute("UPDATE tree_node SET hash = ?1 WHERE level = 0 AND idx = 2", [kept]).expect("mended");
    drop(db);
    writer
        .commit(&record())
        .expect_err("what this process read while the damage lasted is not trusted either");
    drop(writer);
    let world = mc_sqlite::StoryWorld::new(mc_stories::small::dawn(), 2);
    let mut writer = mc_sqlite::Writer::open(&layout, Box::new(world)).expect("it opens");
    writer.commit(&record()).expect("a commit");
    assert!(verify(dir.path()).is_ok_and(|report| report.ok()));
}
