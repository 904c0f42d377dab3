//! The ledger as it is served: what stands on its page, and proofs of every epoch.

use axum::http::StatusCode;
use mc_access::Actor;
use mc_port::Sink as _;
use mc_sqlite::{Layout, Store, StoryWorld, Writer};
use mc_stories::small;

use crate::site::Site;

#[test]
fn a_checkpoint_that_is_owed_is_told_on_the_page() {
    const OWED: &str = "chưa công bố được thành tệp";
    let site = Site::illustrative(true);
    assert!(!site.get("/kiem-chung").text.contains(OWED));
    std::fs::create_dir(site.layout.checkpoint().with_extension("new")).expect("a folder in the way");
    let mast = small::mast("Z-1", small::COMMUNES[0], "live", "2025-08-01");
    site.queue.commit(small::request(vec![small::inserted("mast", mast)])).expect("a durable commit");
    let page = site.get("/kiem-chung");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(OWED), "{}", page.text);
}

const PROOF: &str = "/so/cot/bang-chung/A-1/2025-08-01";

#[test]
fn a_proof_of_an_earlier_epoch_is_known_and_one_of_a_lost_branch_is_told_apart() {
    let site = Site::restored();
    let earlier = site.get(PROOF).text;
    // The machine that was lost went on after the backup.
    let lost = Layout::new(site.layout.dir().with_file_name("data"));
    let mut writer = Writer::open(&lost, Box::new(StoryWorld::new(small::dawn(), 9))).expect("it opens");
    let mast = small::mast("Z-1", small::COMMUNES[0], "live", "2025-08-01");
    writer.commit(&small::request(vec![small::inserted("mast", mast)])).expect("a commit");
    let store = Store::open(&lost).expect("the store opens");
    let reader = store.reader(&Actor::public()).expect("a reader");
    let later = reader.proof_of_record("mast", "Z-1/2025-08-01").expect("a proof").to_json();

    let size = site.queue.with(|writer| {
        writer.new_epoch(None, &Actor::operator(), "mất máy chủ").expect("a new epoch").seq.0 - 1
    });
    let check = |file: &str| site.upload("/kiem-chung", "tep", file);
    let known = check(&earlier);
    let words = known.first("main");
    assert!(known.first("h1").contains("đúng"), "{words}");
    assert!(words.contains(&format!("khóa của sổ cái này (kỷ nguyên 1, đến lần ghi {size})")), "{words}");
    assert!(!words.contains("nhánh không còn"), "{words}");
    assert!(check(&site.get(PROOF).text).first("main").contains("(kỷ nguyên 2, hiện nay)"));
    let words = check(&later).first("main");
    assert!(words.contains("nhánh không còn trong sổ cái này"), "{words}");
    // All keys stand on the page.
    let page = site.get("/kiem-chung").first("main");
    assert!(page.contains("Khóa kỷ nguyên 1") && page.contains("Khóa công khai của sổ cái"), "{page}");
}
