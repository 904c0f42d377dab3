//! A checkpoint that cannot be published fails nothing that is durable: it is owed, and published later.

use std::fs;

use mc_access::Actor;
use mc_base::Instant;
use mc_port::{ImportRequest, ImportRow};
use mc_register::Edit;
use mc_sqlite::{Layout, Store, StoryWorld, Writer};
use mc_stories::small::{COMMUNES, dawn, inserted, outlay, request};
use mc_testkit::instance::found;

fn spend(writer: &mut Writer, code: &str) -> u64 {
    let edits = vec![inserted("outlay", outlay(code, COMMUNES[0], "2025-08-01", 5))];
    writer.commit(&request(edits)).expect("a commit").seq.0
}

fn import(writer: &mut Writer, name: &str, count: u64) -> u64 {
    let asked = ImportRequest {
        actor: Actor::operator(),
        source: "tệp thử".to_owned(),
        reason: "nhập thử".to_owned(),
        idempotency_key: name.to_owned(),
        register: "outlay".to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    };
    let mut rows = (1..=count).map(|row| {
        let record = outlay(&format!("{name}-{row}"), COMMUNES[0], "2025-08-01", 5);
        Ok(ImportRow { row, edit: Edit::Insert { record } })
    });
    let prepared = writer.prepare(&asked, &mut rows, &mut |_| {}).expect("prepared");
    writer.apply(prepared, false, &mut |_, _| {}).expect("an import").expect("something new").seq.0
}

/// What the file of the newest checkpoint says, and whether one is owed.
fn published(layout: &Layout) -> (u64, bool) {
    let note = fs::read_to_string(layout.checkpoint()).expect("a checkpoint");
    let size = note.lines().nth(1).and_then(|line| line.parse().ok()).expect("a size");
    let store = Store::open(layout).expect("the store opens");
    (size, store.reader(&Actor::public()).expect("a reader").unpublished().expect("a look"))
}

#[test]
fn a_commit_and_an_import_stand_and_their_checkpoint_is_owed_until_the_next_commit_or_start() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path());
    let mut writer = found(&layout, 1);
    let before = spend(&mut writer, "K-1");
    assert_eq!(published(&layout), (before, false));
    // Where the new file would be written a folder stands.
    let obstacle = layout.checkpoint().with_extension("new");
    fs::create_dir(&obstacle).expect("a folder");
    assert_eq!(spend(&mut writer, "K-2"), before + 1);
    assert_eq!(published(&layout), (before, true));
    // In one transaction, and in slices.
    assert_eq!(import(&mut writer, "nho", 20), before + 2);
    assert_eq!(import(&mut writer, "lon", 1_500), before + 3);
    assert_eq!(published(&layout), (before, true));

    fs::remove_dir(&obstacle).expect("removed");
    assert_eq!(spend(&mut writer, "K-3"), before + 4);
    assert_eq!(published(&layout), (before + 4, false));

    fs::create_dir(&obstacle).expect("a folder");
    spend(&mut writer, "K-4");
    drop(writer);
    let open = || Writer::open(&layout, Box::new(StoryWorld::new(Instant(dawn().0 + 9_000), 2)));
    drop(open().expect("it opens all the same"));
    assert_eq!(published(&layout), (before + 4, true));
    fs::remove_dir(&obstacle).expect("removed");
    drop(open().expect("it opens"));
    assert_eq!(published(&layout), (before + 5, false));
}
