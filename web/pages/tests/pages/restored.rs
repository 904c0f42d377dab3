//! A copy restored from a backup: it is read as any instance, says what it is, and takes nothing.

use axum::http::StatusCode;

use crate::site::Site;

#[test]
fn every_page_says_that_the_copy_is_read_only() {
    let site = Site::restored();
    // Who was shown personal data is read there too.
    for address in ["/so", "/so/cot", "/kiem-chung", "/kiem-chung/truy-cap"] {
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
    let answer = site.post("/so/cot/them", &crate::entry::new_mast(Site::near()));
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
    assert!(answer.text.contains("chưa mở niêm phong nên chỉ đọc"), "{}", answer.text);
}

#[test]
fn no_page_offers_a_form_that_would_be_refused() {
    let (copy, usual) = (Site::restored(), Site::near());
    let offers = |site: &Site, page: &str| {
        let text = site.get(page).text;
        ["/so/cot/them", "/so/cot/nhap", "/so/cot/sua/", "/so/cot/rut/"]
            .into_iter()
            .filter(|to| text.contains(*to))
            .count()
    };
    for page in ["/so/cot", "/so/cot/A-1/2025-08-01"] {
        assert!(offers(usual, page) > 0, "{page}");
        assert_eq!(offers(&copy, page), 0, "{page}");
    }
    for form in ["/so/cot/them", "/so/cot/sua/A-1/2025-08-01", "/so/cot/rut/A-1/2025-08-01", "/so/cot/nhap"] {
        let answer = copy.get(form);
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{form}");
        assert_eq!(answer.count("main form"), 0, "{form}");
        assert!(answer.text.contains("chưa mở niêm phong nên chỉ đọc"), "{form}: {}", answer.text);
    }
    // What reads is there: a proof file can be checked on a copy too.
    assert_eq!(copy.get("/kiem-chung").count("main form"), 1);
}
