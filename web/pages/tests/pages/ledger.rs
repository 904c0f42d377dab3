//! The ledger as it is served: what stands on its page.

use axum::http::StatusCode;
use mc_port::Sink as _;
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
