//! The instance that is tampered with: nine commits, of which the later ones correct, change, retire and
//! erase.

use std::path::PathBuf;
use std::sync::OnceLock;

use mc_ledger::Value;
use mc_stories::small::{COMMUNES, change, correct, inserted, mast, outlay, plot, retire, with};
use mc_stories::{Erasure, Stage};
use mc_testkit::SmallInstance;

/// The data directory, made once; tests copy it.
pub(crate) fn prepare() -> PathBuf {
    static GROUND: OnceLock<tempfile::TempDir> = OnceLock::new();
    GROUND.get_or_init(make).path().join("data")
}

fn make() -> tempfile::TempDir {
    let mut instance = SmallInstance::new(5);
    let first = outlay("K-1", COMMUNES[0], "2025-08-01", 100);
    // 4: lines 1 to 5 in the order of register and key.
    instance.must(vec![
        inserted("outlay", first.clone()),
        inserted("outlay", outlay("K-2", COMMUNES[1], "2025-08-02", 200)),
        inserted("plot", plot(7, COMMUNES[0], "2025-01-01", "Lò Thị Mẩy")),
        inserted("plot", plot(8, COMMUNES[0], "2025-01-01", "Vàng A Páo")),
        inserted("plot", plot(9, COMMUNES[1], "2025-01-01", "Tẩn Sử Mẩy")),
    ]);
    let live = mast("C-1", COMMUNES[0], "live", "2025-01-01");
    let text = |text: &str| Value::Text(text.to_owned());
    let tall = with(mast("C-8", COMMUNES[2], "live", "2025-01-01"), "mast", "height", Value::Int(300));
    let tall = with(tall, "mast", "explanation_document", text("Biên bản 12/BB"));
    let tall = with(tall, "mast", "explanation_reason", text("Nối thêm ngọn."));
    instance.must(vec![inserted("mast", live.clone()), inserted("mast", tall)]);
    instance.must(vec![correct("outlay", "K-1", 1, with(first, "outlay", "amount", Value::Int(150)))]);
    let lost = with(live, "mast", "state", Value::Code("lost".to_owned()));
    instance.must(vec![change("mast", "C-1/2025-01-01", 1, "2025-09-10", lost)]);
    instance.must(vec![retire("outlay", "K-2", 1)]);
    let erasure = Erasure {
        actor: mc_access::Actor::operator(),
        register: "plot".to_owned(),
        key: "1/8/2025-01-01".to_owned(),
        fields: None,
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    };
    instance.erase(&erasure).expect("an erasure");
    instance.must(vec![inserted("outlay", outlay("K-9", COMMUNES[2], "2025-08-09", 900))]);
    instance.sound();
    let evidence = instance.path().join("evidence");
    std::fs::create_dir(&evidence).expect("a directory");
    let bytes = b"so,ngay\n1,2025-08-01\n";
    let name = mc_ledger::hash::sha256(bytes).to_string();
    std::fs::write(evidence.join(name), bytes).expect("an evidence file");
    instance.close()
}
