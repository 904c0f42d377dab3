//! Backups while others write.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use mc_access::Actor;
use mc_port::{ImportRequest, ImportRow, Importer as _, Sink as _};
use mc_register::Edit;
use mc_sqlite::{Layout, Queue};
use mc_stories::small::{COMMUNES, inserted, outlay, plot, request};

use super::ground::{Ground, back_up};

#[test]
fn a_backup_during_commits_holds_all_that_was_acknowledged_before_it() {
    let mut ground = Ground::new();
    let queue = Arc::new(Queue::new(ground.writer.take().expect("a writer")));
    let (stop, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let busy = {
        let (queue, stop, acknowledged) = (Arc::clone(&queue), Arc::clone(&stop), Arc::clone(&acknowledged));
        std::thread::spawn(move || {
            for number in 0.. {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let record = outlay(&format!("T-{number}"), COMMUNES[0], "2025-08-01", 1);
                let receipt = queue.commit(request(vec![inserted("outlay", record)])).expect("a commit");
                acknowledged.store(receipt.seq.0, Ordering::SeqCst);
            }
        })
    };
    let mut during = 0;
    for round in 0..5 {
        while acknowledged.load(Ordering::SeqCst) < during + 2 {
            std::thread::yield_now();
        }
        let before = acknowledged.load(Ordering::SeqCst);
        let file = ground.path(&format!("backup-{round}.tar"));
        let manifest = back_up(&ground.layout(), &file).expect("a backup");
        assert!(manifest.size >= before, "{} of {before}", manifest.size);
        during = acknowledged.load(Ordering::SeqCst).max(manifest.size);
    }
    stop.store(true, Ordering::SeqCst);
    busy.join().expect("the writer goes on to the end");
    std::fs::rename(ground.path("backup-4.tar"), ground.path("backup.tar")).expect("renamed");
    drop(ground.take_out().expect("restored"));
    drop(ground.restored());
    ground.verified();
}

fn rows(count: i64) -> impl Iterator<Item = Result<ImportRow, mc_port::RejectedRow>> {
    (100..100 + count).map(|number| {
        let record = plot(number, COMMUNES[0], "2025-01-01", &format!("Chủ {number}"));
        Ok(ImportRow { row: number.unsigned_abs(), edit: Edit::Insert { record } })
    })
}

#[test]
fn an_import_half_applied_in_the_backup_is_finished_by_the_restored_instance() {
    const ROWS: i64 = 3_000;
    let mut ground = Ground::new();
    let queue = Queue::new(ground.writer.take().expect("a writer"));
    let asked = ImportRequest {
        actor: Actor::operator(),
        source: "tệp thử".to_owned(),
        reason: "nhập thử".to_owned(),
        idempotency_key: "tệp-1".to_owned(),
        register: "plot".to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    };
    let prepared = queue.prepare(&asked, &mut rows(ROWS), &mut |_| {}).expect("a prepared import");
    let mut manifest = None;
    queue
        .apply(prepared, false, &mut |_, _| {
            manifest.get_or_insert_with(|| ground.back_up());
        })
        .expect("an import");
    let manifest = manifest.expect("a backup in the middle");
    assert_eq!(manifest.importing, Some(manifest.size));
    assert!(manifest.parts.iter().any(|part| part.name.starts_with("staging/")));
    let restoring = ground.take_out().expect("restored");
    let middle = super::ground::sound(restoring.layout().dir());
    assert!(middle.notes.iter().any(|note| note.contains("đang áp dụng")), "{:?}", middle.notes);
    restoring.publish().expect("published");
    let mut writer = ground.open_again();
    let report = ground.verified();
    assert!(report.notes.iter().any(|note| note.contains("chưa mở niêm phong")), "{:?}", report.notes);
    let original = super::ground::sound(&ground.path("data"));
    assert_eq!((report.records, report.commits), (original.records, original.commits));
    // The import was sealed after the backup: its checkpoint is the newest, and of this very tree.
    writer.unseal(&ground.newest()).expect("nothing is lost");
    writer.seal().expect("a checkpoint");
    assert_eq!(
        std::fs::read_to_string(Layout::new(ground.path("again")).checkpoint()).ok(),
        Some(ground.newest())
    );
    drop(writer);
    assert_eq!(ground.verified().notes, Vec::<String>::new());
}
