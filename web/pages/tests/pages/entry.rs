//! Forms: what is typed becomes a record, once, and never over somebody else's work.

use axum::http::StatusCode;

use crate::site::{Site, fill_in};

const EDIT: &str = "/so/cot/sua/A-1/2025-08-01";
const RECORD: &str = "/so/cot/A-1/2025-08-01";

pub fn new_mast(site: &Site) -> Vec<(String, String)> {
    fill_in(
        site.get("/so/cot/them").form(),
        &[
            ("f-code", "N-9"),
            ("f-since", "1/9/2025"),
            ("f-state", "live"),
            ("f-operator", "A"),
            ("f-place", "binh an"),
            ("f-height", "42"),
            ("ly-do", "thêm cột mới"),
        ],
    )
}

#[test]
fn a_record_is_added_once_however_often_the_form_is_sent() {
    let site = Site::illustrative(true);
    let form = new_mast(&site);
    let first = site.post("/so/cot/them", &form);
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.first("main"));
    assert_eq!(first.header("location"), "/so/cot/N-9/2025-09-01?da-ghi=5");
    for _ in 0..5 {
        let again = site.post("/so/cot/them", &form);
        assert_eq!(again.header("location"), first.header("location"));
    }
    let record = site.get(first.header("location"));
    assert!(record.first(".message.good").contains("lần ghi 5"), "{}", record.first("main"));
    assert!(record.text.contains("Bình An"));
    assert_eq!(site.get("/so/cot").first("main strong"), "5 bản ghi giai đoạn");
    assert!(record.first("#lich-su").contains("khách minh họa"), "{}", record.first("#lich-su"));
}

#[test]
fn every_fault_stands_on_top_and_beside_its_field() {
    let site = Site::illustrative(true);
    let wrong = [("f-since", "31/02/2025"), ("f-place", "Atlantis"), ("f-height", "cao"), ("ly-do", "")];
    let answer = site.post("/so/cot/them", &fill_in(new_mast(&site), &wrong));
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.first("title").starts_with("Lỗi:"), "{}", answer.first("title"));
    assert_eq!(answer.count(".message.bad li"), 4, "{}", answer.first(".message.bad"));
    for (name, _) in wrong {
        assert_eq!(answer.count(&format!("#{name}-loi")), 1, "{name}");
    }
    let since = answer.first("#f-since-loi");
    assert!(since.contains("“31/02/2025” không phải ngày có thật"), "{since}");
    assert!(answer.text.contains("href=\"/so/cot/them?lang=en\""), "the form is there in English as well");
    // What was right is still there, and sending it corrected writes.
    let mended = fill_in(
        answer.form(),
        &[("f-since", "28/02/2025"), ("f-place", "02650"), ("f-height", "42"), ("ly-do", "thêm")],
    );
    let sent = site.post("/so/cot/them", &mended);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.first("main"));
}

#[test]
fn a_correction_keeps_what_was_not_touched_and_shows_both_clocks() {
    let site = Site::illustrative(true);
    let form = fill_in(site.get(EDIT).form(), &[("f-height", "55"), ("ly-do", "đo lại")]);
    let sent = site.post(EDIT, &form);
    assert_eq!(sent.header("location"), format!("{RECORD}?da-ghi=5"), "{}", sent.first("main"));
    let history = site.get(RECORD).first("#lich-su");
    assert!(history.contains("30 → 55") && history.contains("đo lại"), "{history}");
    assert!(history.contains("từ 01/08/2025 đến nay"), "{history}");
}

#[test]
fn a_personal_value_survives_a_correction() {
    let site = Site::illustrative(true);
    let edit = "/so/o-dat/sua/1/7/2025-08-01";
    let form = fill_in(site.get(edit).form(), &[("f-area", "121"), ("ly-do", "đo lại")]);
    assert_eq!(site.post(edit, &form).status, StatusCode::SEE_OTHER);
    assert!(site.get("/so/o-dat/1/7/2025-08-01").text.contains("Nguyễn Thị Bí Mật"));
}

#[test]
fn a_change_from_a_day_opens_the_next_spell() {
    let site = Site::illustrative(true);
    let values =
        [("cach", "thay-doi"), ("tu-ngay", "1/10/2025"), ("f-state", "planned"), ("ly-do", "ngừng phát")];
    let form = fill_in(site.get(EDIT).form(), &values);
    let sent = site.post(EDIT, &form);
    assert_eq!(sent.header("location"), "/so/cot/A-1/2025-10-01?da-ghi=5", "{}", sent.first("main"));
    let spells = site.get(RECORD).first("#giai-doan");
    assert!(spells.contains("01/08/2025") && spells.contains("01/10/2025"), "{spells}");
    let missing =
        fill_in(site.get("/so/cot/sua/A-2/2025-08-01").form(), &[("cach", "thay-doi"), ("ly-do", "x")]);
    let refused = site.post("/so/cot/sua/A-2/2025-08-01", &missing);
    assert_eq!(refused.count("#tu-ngay-loi"), 1, "{}", refused.first("main"));
}

#[test]
fn the_slower_of_two_sees_both_versions_and_overwrites_nothing() {
    let site = Site::illustrative(true);
    let one = fill_in(site.get(EDIT).form(), &[("f-height", "55"), ("ly-do", "người thứ nhất")]);
    let two = fill_in(site.get(EDIT).form(), &[("f-operator", "B"), ("ly-do", "người thứ hai")]);
    assert_eq!(site.post(EDIT, &one).status, StatusCode::SEE_OTHER);
    let conflict = site.post(EDIT, &two);
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    let both = conflict.first("#hai-ban");
    assert!(both.contains("30") && both.contains("55") && both.contains('B'), "{both}");
    let history = site.get(RECORD).first("#lich-su");
    assert!(!history.contains("người thứ hai"), "{history}");
    // Going on from there keeps the first one's height.
    let merged = site.post(EDIT, &conflict.form());
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.first("main"));
    let history = site.get(RECORD).first("#lich-su");
    assert!(history.contains("người thứ hai") && !history.contains("55 → 30"), "{history}");
}

#[test]
fn a_rule_that_wants_an_explanation_gets_one() {
    let site = Site::illustrative(true);
    let fresh = site.get(EDIT);
    assert_eq!((fresh.count("details.fold"), fresh.count("details.fold[open]")), (1, 0));
    let form = fill_in(fresh.form(), &[("f-height", "250"), ("f-operator", "C"), ("ly-do", "đo lại")]);
    let refused = site.post(EDIT, &form);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.count("details.fold[open]"), 1);
    let said = refused.first("#f-explanation_document-loi");
    assert!(said.contains("Cột cao hơn 200 m.") && said.contains("giải trình"), "{said}");
    assert!(refused.form().contains(&("f-operator".to_owned(), "C".to_owned())), "nothing typed is lost");
    // The document alone is not enough.
    let half = fill_in(refused.form(), &[("f-explanation_document", "Hồ sơ nghiệm thu 12/BB")]);
    let refused = site.post(EDIT, &half);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.first("#f-explanation_reason-loi").contains("“Lý do giải trình”"));
    let whole = fill_in(refused.form(), &[("f-explanation_reason", "Cột nối thêm đoạn ngọn.")]);
    assert_eq!(site.post(EDIT, &whole).status, StatusCode::SEE_OTHER);
    explained_is_seen(&site);
    // What was said stands in the form of the next correction, and in the history for good.
    let next = site.get(EDIT);
    assert_eq!(next.count("details.fold[open]"), 1);
    let mended = [("f-height", "150"), ("f-explanation_document", ""), ("f-explanation_reason", "")];
    let mended = fill_in(fill_in(next.form(), &mended), &[("ly-do", "đo nhầm")]);
    assert_eq!(site.post(EDIT, &mended).status, StatusCode::SEE_OTHER);
    let record = site.get(RECORD);
    assert!(record.first("#lich-su").contains("Cột nối thêm đoạn ngọn."), "{}", record.first("#lich-su"));
    assert!(!record.text.contains("Cột cao hơn 200 m"), "{}", record.first("main"));
}

/// In the list, through its filter, on the record and behind the figure.
fn explained_is_seen(site: &Site) {
    let whole = site.get("/so/cot");
    assert_eq!(
        (whole.count("#ban-ghi .flag svg"), whole.first("#ban-ghi .flag")),
        (1, "có giải trình".into())
    );
    let list = site.get("/so/cot?giai-trinh=co");
    assert_eq!(list.first("main strong"), "1 bản ghi giai đoạn");
    assert_eq!((list.count("#ban-ghi tbody tr"), list.count("#ban-ghi .flag")), (1, 1));
    let message = site.get(RECORD).first(".message.info");
    for part in ["Cột cao hơn 200 m.", "Hồ sơ nghiệm thu 12/BB", "Cột nối thêm đoạn ngọn."]
    {
        assert!(message.contains(part), "{part}: {message}");
    }
    let why = site.get("/chi-tieu/cot-dang-phat?ky=2025").first("#vi-sao #giai-trinh");
    for part in ["A-1", "Cột cao hơn 200 m.", "Hồ sơ nghiệm thu 12/BB", "Cột nối thêm đoạn ngọn."]
    {
        assert!(why.contains(part), "{part}: {why}");
    }
    let json = site.get("/api/v1/figures/masts?period=2025");
    assert!(json.text.contains("\"explained\":{\"count\":1,\"count_is_floor\":false}"), "{}", json.text);
    let json = site.get("/api/v1/registers/mast/records/A-1/2025-08-01");
    assert!(json.text.contains("\"rule\":\"tall\""), "{}", json.text);
}

#[test]
fn a_retired_record_says_so_and_stays_readable() {
    let site = Site::illustrative(true);
    let address = "/so/cot/rut/A-2/2025-08-01";
    let form = fill_in(site.get(address).form(), &[("ly-do", "ghi trùng")]);
    assert_eq!(site.post(address, &form).status, StatusCode::SEE_OTHER);
    let record = site.get("/so/cot/A-2/2025-08-01");
    assert!(record.text.contains("đã được rút khỏi sổ"), "{}", record.first("main"));
    assert_eq!(site.get("/so/cot").first("main strong"), "3 bản ghi giai đoạn");
    assert_eq!(site.get("/so/cot/sua/A-2/2025-08-01").status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn nothing_changed_is_said_and_nothing_is_written() {
    let site = Site::illustrative(true);
    let form = fill_in(site.get(EDIT).form(), &[("ly-do", "không đổi gì")]);
    let answer = site.post(EDIT, &form);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains("Không có gì thay đổi"), "{}", answer.first("main"));
    assert_eq!(site.get("/kiem-chung/ghi/5").status, StatusCode::NOT_FOUND);
}
