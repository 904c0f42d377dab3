//! Any text sent, its numbers marked.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use scraper::Selector;

use crate::site::{Answer, Site};

const PATH: &str = "/soat-so";

fn sent(site: &Site, text: &str, day: &str) -> Answer {
    let fields = [("bai", text), ("ngay", day)].map(|(name, value)| (name.to_owned(), value.to_owned()));
    site.post(PATH, &fields)
}

#[test]
fn a_wrong_sum_is_shown_with_its_arithmetic() {
    let text =
        "Toàn tỉnh có 1.672 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác.\r\n\r\n<b>Dòng hai</b>";
    let page = sent(Site::near(), text, "17/11/2025");
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let wrong = page.first("section[aria-labelledby='khong-khop'] li");
    assert!(wrong.contains("1.250 + 308 + 42 = 1.600, không phải 1.672"), "{wrong}");
    assert!(page.first(".found-summary").contains("4 con số"), "{}", page.first(".found-summary"));
    assert_eq!(page.count(".checked-text a.num"), 4);
    assert_eq!(page.count(".checked-text a.num.wrong"), 1);
    // What the eye sees by the line is said too.
    assert!(page.first(".checked-text a.num.wrong").contains("(không khớp)"));
    assert_eq!(page.count(".checked-text p"), 2);
    assert!(!page.text.contains("<b>Dòng hai"), "a text is text");
    for link in page.links().iter().filter(|link| link.starts_with("#s") || link.starts_with("#c")) {
        assert_eq!(page.count(&format!("[id='{}']", &link[1..])), 1, "{link}");
    }
    assert_eq!(page.header("cache-control"), "no-store");
}

#[test]
fn the_public_may_send_a_text_to_a_generated_instance_and_nobody_to_a_closed_one() {
    assert_eq!(sent(Site::far(), "Tỉnh có 5 xã.", "").status, StatusCode::OK);
    assert_eq!(sent(&Site::real(), "Tỉnh có 5 xã.", "").status, StatusCode::UNAUTHORIZED);
}

#[test]
fn what_is_wrong_stands_at_its_field_and_the_text_stays() {
    let site = Site::near();
    let empty = sent(site, " \n ", "");
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.first("#bai-loi").contains("Chưa có bài nào"), "{}", empty.text);
    let day = sent(site, "Tỉnh có 5 xã.", "31/02/2025");
    assert_eq!(day.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(day.first("#ngay-loi").contains("28 ngày"), "{}", day.first("#ngay-loi"));
    assert_eq!(day.first("textarea"), "Tỉnh có 5 xã.");
    let long = sent(site, &"5 xã ".repeat(90_000), "");
    assert!(long.first("#bai-loi").contains("450.000 ký tự"), "{}", long.first("#bai-loi"));
}

#[test]
fn a_text_without_numbers_says_so() {
    let page = sent(Site::near(), "Hội nghị diễn ra ngày 17/11, tại tầng 2.", "");
    assert!(page.first(".found-summary").contains("Không thấy con số nào"), "{}", page.text);
}

#[test]
fn too_many_texts_wait_and_are_not_lost() {
    let site = Site::illustrative(true);
    let last = (0..100).map(|_| sent(&site, "Tỉnh có 5 xã.", "")).find(|page| page.status != StatusCode::OK);
    let last = last.expect("a limit");
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(last.header("retry-after"), "1");
    assert_eq!(last.first("textarea"), "Tỉnh có 5 xã.");
}

#[test]
fn what_was_found_is_taken_along_as_a_file_and_the_page_offers_it() {
    let text = "Toàn tỉnh có 1.672 hộ, gồm 1.250 hộ nghèo,\n308 hộ cận nghèo và 42 hộ khác.";
    let page = sent(Site::near(), text, "17/11/2025");
    let selector = Selector::parse("form[data-file] input[name='bai']").expect("a selector");
    let html = page.html();
    let hidden = html.select(&selector).next().and_then(|input| input.attr("value"));
    assert_eq!(hidden, Some(text), "the text goes along as it was pasted");
    assert_eq!(page.count("form[data-file] button[name='dang']"), 2);
    for ending in ["docx", "xlsx"] {
        let fields = [("bai", text), ("ngay", "17/11/2025"), ("dang", ending)];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let file = Site::near().post(PATH, &fields);
        assert_eq!(file.status, StatusCode::OK, "{}", file.text);
        assert!(file.bytes.starts_with(b"PK"), "{ending}");
        assert!(file.header("content-disposition").contains(&format!("soat-so-2025-11-17.{ending}")));
        assert_eq!(file.header("cache-control"), "no-store");
    }
}

#[test]
fn counts_lead_into_the_text_and_what_the_registers_do_not_know_says_why() {
    let text = "Toàn tỉnh có 1.672 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác. Xã có 12 con voi.";
    let page = sent(Site::near(), text, "17/11/2025");
    let counted = [1, 2, 3].map(|at| page.first(&format!(".tally > div:nth-child({at})")));
    assert!(counted[0].contains("1 không khớp") && counted[0].contains("0 chưa đủ căn cứ"), "{counted:?}");
    assert!(counted[1].contains("chưa so được với sổ (không có chỉ tiêu nào về điều này)"), "{counted:?}");
    assert!(counted[2].contains("3 nằm trong phép tính không khớp"), "{counted:?}");
    assert_eq!(page.count(".tally a[href='#s0']"), 3, "calculation, register, number");
    assert_eq!(page.count(".tally a[href='#s4']"), 1, "the number that is tied to none");
    // On paper the calculations stand in a table.
    assert!(page.first(".print-only td:nth-child(3)").contains("1.250 + 308 + 42 = 1.600"));
    assert!(page.first("#c4 dl").contains("Trong sổkhông có chỉ tiêu nào về điều này"));
}

fn posted(site: &Site, body: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post("/api/v1/check").header("host", "127.0.0.1:5757");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.ask(request.body(Body::from(body.to_owned())).expect("a request"))
}

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

#[test]
fn a_program_sends_a_text_and_gets_what_the_command_prints() {
    let body = r#"{"text": "Có 1.672 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác.", "date": "2025-11-17"}"#;
    let answer = posted(Site::near(), body, &[JSON]);
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(
        (answer.header("content-type"), answer.header("cache-control")),
        ("application/json", "no-store")
    );
    let found: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    let names: Vec<&str> = found.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(names, ["date", "text", "claims", "relations", "registers"]);
    assert_eq!(found["relations"][0]["verdict"], "mismatch");
    assert_eq!((&found["date"], found["claims"].as_array().map(Vec::len)), (&"2025-11-17".into(), Some(4)));
}

#[test]
fn a_program_is_told_what_is_wrong_and_a_page_elsewhere_is_refused() {
    let site = Site::near();
    let detail = |body: &str, headers: &[(&str, &str)]| {
        let answer = posted(site, body, headers);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text);
        let problem: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
        (answer.status, problem["detail"].as_str().expect("a sentence").to_owned())
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    for (body, said) in [
        ("{", "Cần một đối tượng JSON"),
        ("[]", "Cần một đối tượng JSON"),
        (r#"{"text": 5}"#, "Cần một đối tượng JSON"),
        (r#"{"text": "Có 5 xã.", "date": "31/02/2025"}"#, "ngày dạng 2025-11-17"),
        (r#"{"text": " "}"#, "đang trống"),
        (r#"{"text": "Có 5 xã.", "day": "2025-11-17"}"#, "“day” không phải"),
    ] {
        let (status, detail) = detail(body, &[JSON]);
        assert!(status == unprocessable && detail.contains(said), "{body}: {status} {detail}");
    }
    let text = r#"{"text": "Có 5 xã."}"#;
    assert_eq!(detail(text, &[("content-type", "text/plain")]).0, unprocessable, "sent without asking");
    let (status, said) = detail(text, &[JSON, ("origin", "https://elsewhere.example")]);
    assert!(
        status == StatusCode::FORBIDDEN && said.contains("nơi khác") && !said.contains("biểu mẫu"),
        "{said}"
    );
    assert_eq!(detail(text, &[JSON, ("sec-fetch-site", "cross-site")]).0, StatusCode::FORBIDDEN);
    assert_eq!(posted(site, text, &[JSON, ("sec-fetch-site", "same-origin")]).status, StatusCode::OK);
    assert_eq!(posted(&Site::real(), text, &[JSON]).status, StatusCode::UNAUTHORIZED);
}

#[test]
fn programs_share_the_pace_of_the_page() {
    let site = Site::illustrative(true);
    let send = || posted(&site, r#"{"text": "Có 5 xã."}"#, &[JSON]);
    let last = (0..100).map(|_| send()).find(|answer| answer.status != StatusCode::OK).expect("a limit");
    assert_eq!((last.status, last.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
    assert_eq!(sent(&site, "Có 5 xã.", "").status, StatusCode::TOO_MANY_REQUESTS);
}
