//! Pages that are read.

use axum::http::StatusCode;

use crate::site::Site;

const PAGES: [&str; 20] = [
    "/",
    "/so",
    "/so?dv=02647",
    "/so/cot",
    "/so/cot?loc-state=live&xep=-state",
    "/so/cot?dv=02650&tai=ghi-4",
    "/so/cot/tu-dien",
    "/so/cot/A-1/2025-08-01",
    "/so/cot/B%3C1%3E%2Fx/2025-08-01",
    "/so/o-dat",
    "/so/o-dat/1/7/2025-08-01",
    "/so/dia-ban",
    "/so/cot/them",
    "/so/cot/sua/A-1/2025-08-01",
    "/so/cot/rut/A-1/2025-08-01",
    "/tim?q=hoa%20binh",
    "/chi-tieu",
    "/kiem-chung",
    "/kiem-chung/ghi/4",
    "/tro-giup",
];

#[test]
fn every_page_is_well_made() {
    let site = Site::near();
    for address in PAGES {
        let page = site.get(address);
        assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.first("main"));
        assert_eq!(page.count("h1"), 1, "{address}: one h1");
        assert_eq!(page.count("[style], style, script:not([src])"), 0, "{address}: nothing inline");
        assert!(page.header("content-security-policy").contains("default-src 'none'"), "{address}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{address}");
        assert!(page.text.contains("Dữ liệu minh họa"), "{address}: the notice");
        let ids = page.html();
        let mut seen = std::collections::BTreeSet::new();
        for element in ids.select(&scraper::Selector::parse("[id]").expect("a selector")) {
            let id = element.value().attr("id").unwrap_or_default();
            assert!(seen.insert(id.to_owned()), "{address}: id {id} twice");
        }
    }
}

/// Every link of our own pages leads somewhere.
#[test]
fn no_link_is_dead() {
    let site = Site::near();
    let anchors = scraper::Selector::parse("main a[href^='/'], nav a[href^='/']").expect("a selector");
    let mut seen = std::collections::BTreeSet::new();
    for address in PAGES {
        let page = site.get(address).html();
        for anchor in page.select(&anchors) {
            let href = anchor.value().attr("href").unwrap_or_default();
            let target = href.split('#').next().unwrap_or_default().to_owned();
            if seen.insert(target.clone()) {
                let found = site.get(&target);
                assert!(
                    found.status.is_success(),
                    "{address} → {target}: {} {}",
                    found.status,
                    found.first("main")
                );
            }
        }
    }
    assert!(seen.len() > 60, "only {} links", seen.len());
}

#[test]
fn a_list_is_scoped_filtered_and_counted() {
    let site = Site::near();
    assert_eq!(site.get("/so/cot").first("main strong"), "4 bản ghi giai đoạn");
    assert_eq!(site.get("/so/cot?dv=02647").first("main strong"), "2 bản ghi giai đoạn");
    let live = site.get("/so/cot?loc-state=live");
    assert_eq!(live.first("main strong"), "2 bản ghi giai đoạn");
    assert!(live.text.contains("Bỏ lọc: "), "{}", live.first("main"));
    let none = site.get("/so/cot?loc-operator=Z");
    assert!(none.text.contains("Không có bản ghi nào khớp"), "{}", none.first("main"));
}

#[test]
fn a_place_typed_without_marks_or_by_its_old_name_becomes_the_scope() {
    let site = Site::near();
    let named = site.get("/so/cot?dia-ban=hoa+lac");
    assert_eq!((named.status, named.header("location")), (StatusCode::SEE_OTHER, "/so/cot?dv=02650"));
    let old = site.get("/so/cot?dia-ban=Bình+Cũ".replace('ì', "%C3%AC").replace('ũ', "%C5%A9").as_str());
    assert_eq!(old.header("location"), "/so/cot?dv=02647");
    let unknown = site.get("/so/cot?dia-ban=atlantis");
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.text.contains("Không có địa bàn “atlantis”"));
}

#[test]
fn text_of_a_record_is_never_markup() {
    let site = Site::near();
    for address in ["/so/cot/S-1/2025-08-01", "/tim?q=doi", "/so/cot/B%3C1%3E%2Fx/2025-08-01"] {
        let page = site.get(address);
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert_eq!(page.count("main b"), 0, "{address}");
    }
    assert!(
        site.get("/so/cot/S-1/2025-08-01").text.contains("&lt;b&gt;")
            || site.get("/so/cot/S-1/2025-08-01").text.contains("&#60;b&#62;")
    );
}

#[test]
fn personal_values_are_shown_on_loopback_and_masked_elsewhere() {
    let address = "/so/o-dat/1/7/2025-08-01";
    let near = Site::near().get(address);
    assert!(near.text.contains("Nguyễn Thị Bí Mật"));
    assert_eq!(near.header("cache-control"), "no-store");
    let public = Site::far();
    let far = public.get(address);
    assert!(!far.text.contains("Bí Mật"));
    assert!(far.text.contains("không hiển thị"));
    for address in ["/so/o-dat", "/api/v1/registers/plot/records", "/tim?q=nguyen+thi"] {
        assert!(!public.get(address).text.contains("Bí Mật"), "{address}");
    }
}

#[test]
fn search_marks_hits_typed_without_marks() {
    let page = Site::near().get("/tim?q=hoa+binh");
    assert_eq!(page.first("main mark"), "Hòa Bình");
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let old = Site::near().get("/tim?q=binh+cu");
    assert!(old.text.contains("nay thuộc"), "{}", old.first("main"));
    // A word is found from its beginning: "inh" is no hit in "Bình".
    let inside = Site::near().get("/tim?q=inh+u");
    assert_eq!(inside.count("main mark"), 0, "{}", inside.first("main"));
}

#[test]
fn a_pinned_page_says_so_and_leads_back() {
    let site = Site::near();
    let now = site.get("/so/cot");
    assert!(now.text.contains("tai=ghi-4"), "the pin");
    let pinned = site.get("/so/cot?tai=ghi-3");
    assert!(pinned.first(".reading").contains("Đã ghim ở lần ghi 3"), "{}", pinned.first(".reading"));
    assert!(pinned.text.contains("chưa có bản ghi nào trong phạm vi"));
}

#[test]
fn a_proof_is_a_file_to_save() {
    let proof = Site::near().get("/so/cot/bang-chung/A-1/2025-08-01");
    assert_eq!(proof.status, StatusCode::OK);
    assert!(proof.header("content-disposition").starts_with("attachment; filename=\"bang-chung-cot-A-1"));
    assert!(proof.text.starts_with('{'));
}

#[test]
fn embedded_files_are_kept_for_ever_and_checks_answer() {
    let site = Site::near();
    let style = site.get(mc_ui::Assets::url("app.css"));
    assert_eq!((style.status, style.header("cache-control")), (StatusCode::OK, mc_ui::IMMUTABLE));
    assert_eq!(site.get("/tai-nguyen/app.css").status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/healthz").text, "ok\n");
    assert_eq!(site.get("/readyz").text, "ok\n");
}

#[test]
fn a_history_sets_off_no_row_that_is_as_good_as_the_others() {
    let page = Site::near().get("/so/cot/A-1/2025-08-01");
    assert!(page.count("#lich-su tbody tr") > 0 && page.text.contains("hiện hành"));
    assert_eq!(page.count("#lich-su tr.flagged"), 0);
}
