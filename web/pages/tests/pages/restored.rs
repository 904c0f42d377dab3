//! A copy restored from a backup: it is read as any instance, says what it is, and takes nothing.

use axum::http::StatusCode;

use crate::site::Site;

#[test]
fn every_page_says_that_the_copy_is_read_only() {
    let site = Site::restored();
    for address in ["/so", "/so/cot", "/kiem-chung"] {
        let page = site.get(address);
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(page.text.contains("Bản phục hồi, chưa mở niêm phong"), "{address}");
        assert!(page.text.contains("chỉ đọc · Dữ liệu minh họa"), "{address}");
    }
    assert!(!Site::near().get("/so").text.contains("Bản phục hồi"));
}

#[test]
fn what_is_sent_is_refused_for_now_with_the_reason() {
    let site = Site::restored();
    let answer = site.post("/so/cot/them", &crate::entry::new_mast(&site));
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
    assert!(answer.text.contains("chưa mở niêm phong nên chỉ đọc"), "{}", answer.text);
}
