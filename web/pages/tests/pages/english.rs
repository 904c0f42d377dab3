//! The pages in English: who gets it, what it says, and what stays Vietnamese.

use axum::http::StatusCode;

use crate::entry::new_mast;
use crate::site::Site;

const COOKIE: (&str, &str) = ("cookie", "ngon-ngu=en");

#[test]
fn english_is_for_who_asks_and_is_remembered() {
    let site = Site::illustrative(true);
    let plain = site.get_with("/so", &[("accept-language", "en-GB,en")]);
    assert_eq!((plain.header("content-language"), plain.header("set-cookie")), ("vi", ""));
    let asked = site.get("/so?lang=en&dv=11");
    assert_eq!(asked.header("content-language"), "en");
    assert_eq!(asked.header("vary"), "cookie");
    assert!(asked.header("set-cookie").starts_with("ngon-ngu=en; Path=/"), "{}", asked.header("set-cookie"));
    assert!(asked.text.contains("<html lang=\"en\">"));
    let later = site.get_with("/so", &[COOKIE]);
    assert_eq!((later.header("content-language"), later.header("set-cookie")), ("en", ""));
    assert_eq!(site.get_with("/so?lang=vi", &[COOKIE]).header("content-language"), "vi");
}

#[test]
fn the_link_leads_to_the_same_page_and_no_other_address_names_a_language() {
    let page = Site::illustrative(true).get("/so/cot?lang=en&f-state=live&tai=4");
    let (link, rest): (Vec<String>, Vec<String>) =
        page.links().into_iter().partition(|href| href.contains("lang="));
    assert_eq!(link, ["/so/cot?f-state=live&tai=4&lang=vi"]);
    assert!(rest.iter().any(|href| href.contains("tai=4")), "{rest:?}");
}

#[test]
fn the_start_page_reads_as_reviewed() {
    let page = Site::illustrative(true).get("/?lang=en");
    insta::assert_snapshot!("start", format!("{}\n{}", page.first("header"), page.first("main")));
}

#[test]
fn numbers_days_and_errors_are_english() {
    let site = Site::illustrative(true);
    let record = site.get_with("/so/cot/A-1/2025-08-01", &[COOKIE]);
    assert!(record.first("#lich-su").contains("1 Jul 2025, 08:00"), "{}", record.first("#lich-su"));
    for (address, sentence) in [
        ("/so/khong-co", "There is no such register"),
        ("/khong-co", "There is no such page"),
        ("/so?tai=xyz", "“tai” cannot be read"),
        ("/so/%zz", "characters that cannot be read"),
    ] {
        let page = site.get_with(address, &[COOKIE]);
        assert!(page.first("main").contains(sentence), "{address}: {}", page.first("main"));
    }
}

#[test]
fn json_and_what_is_recorded_stay_vietnamese() {
    let site = Site::illustrative(true);
    let headers = [COOKIE, ("sec-fetch-site", "same-origin")];
    let sent = site.post_from("/so/cot/them", &new_mast(&site), &headers);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.first("main"));
    let record = site.get_with(sent.header("location"), &[COOKIE]);
    assert!(record.first(".message.good").contains("Recorded: commit"), "{}", record.first("main"));
    assert!(record.first("#lich-su").contains("Biểu mẫu trên web"), "{}", record.first("#lich-su"));
    let json = site.get_with("/api/v1/registers/khong-co/records?lang=en", &[COOKIE]);
    assert!(json.text.contains("Không"), "{}", json.text);
}

#[test]
fn a_form_filled_in_in_english_reads_back_unchanged() {
    let site = Site::illustrative(true);
    let address = "/so/cot/sua/A-1/2025-08-01";
    assert_eq!(without_key(site.get_with(address, &[COOKIE]).form()), without_key(site.get(address).form()));
}

#[test]
fn a_refused_value_is_explained_in_english() {
    let site = Site::illustrative(true);
    let form = crate::site::fill_in(new_mast(&site), &[("f-height", "cao"), ("f-since", "")]);
    let answer = site.post_from("/so/cot/them", &form, &[COOKIE, ("sec-fetch-site", "same-origin")]);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = answer.first(".message.bad");
    assert!(said.contains("“cao” is no number") && said.contains("is not filled in"), "{said}");
}

/// The fields of a form but the key against double recording, which is another each time.
fn without_key(mut form: Vec<(String, String)>) -> Vec<(String, String)> {
    form.retain(|(_, value)| value.len() != 32 || !value.bytes().all(|byte| byte.is_ascii_hexdigit()));
    form
}
