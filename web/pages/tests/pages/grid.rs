//! The grid of a month: good rows go in with one commit, the others stay as they were typed.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use mc_access::{Actor, Role};
use mc_port::{Sink as _, Source as _, declare_schema};
use mc_register::{Edit, Record, Schema, parse_canonical, system};
use mc_stories::small;

use crate::site::{Answer, Site};

const TEXT: &str = include_str!("monthly.toml");
const GRID: &str = "/so/ho-so-thang/bang-nhap?ky=2025-10";

fn schema() -> Schema {
    Schema::from_toml(TEXT).expect("a register by month")
}

fn row(place: usize, month: &str, received: &str, resolved: &str) -> mc_port::EditRequest {
    let schema = schema();
    let place = small::COMMUNES[place].to_string();
    let values =
        [("place", place.as_str()), ("month", month), ("received", received), ("resolved", resolved)];
    let named = values.into_iter().filter(|(_, text)| !text.is_empty()).map(|(id, text)| {
        let field = schema.field(id).expect("a field");
        (field.no, parse_canonical(field, text).expect("a value"))
    });
    let record: Record = named.collect();
    mc_port::EditRequest { register: schema.id.clone(), edit: Edit::Insert { record } }
}

/// Two communes reported September, one of them October too.
fn site() -> Site {
    let site = Site::illustrative(true);
    let declared = declare_schema(&small::register(system::SCHEMA), &schema(), 1);
    site.queue.commit(small::request(vec![declared])).expect("it is declared");
    let rows = vec![row(0, "2025-09", "4017", "3900"), row(1, "2025-09", "120", "118")];
    site.queue.commit(small::request(rows)).expect("September is recorded");
    site.queue.commit(small::request(vec![row(0, "2025-10", "4607", "")])).expect("a row of October");
    site
}

/// The form of the grid as a browser sends it.
fn form(page: &Answer) -> BTreeMap<String, String> {
    let html = page.html();
    let inputs = scraper::Selector::parse("form.grid input").expect("a selector");
    let pair = |input: scraper::ElementRef<'_>| {
        let value = input.value();
        (
            value.attr("name").unwrap_or_default().to_owned(),
            value.attr("value").unwrap_or_default().to_owned(),
        )
    };
    html.select(&inputs).map(pair).collect()
}

fn with(mut form: BTreeMap<String, String>, values: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in values {
        assert!(form.contains_key(*name), "the grid has no field {name}: {form:?}");
        form.insert((*name).to_owned(), (*value).to_owned());
    }
    form.into_iter().collect()
}

fn head(site: &Site) -> u64 {
    let store = mc_sqlite::Store::open(&site.layout).expect("the store opens");
    store.snapshot(&Actor::public()).expect("a snapshot").head().seq.0
}

/// How many rows were signed, and how many were corrected since.
fn signed_rows(page: &Answer) -> (String, String) {
    (page.first("#da-ky tbody td:nth-child(4)"), page.first("#da-ky tbody td:nth-child(5)"))
}

#[test]
fn rows_that_there_were_are_offered_with_what_was_recorded_last() {
    let site = site();
    let page = site.get(GRID);
    assert_eq!(page.status, StatusCode::OK, "{}", page.first("main"));
    assert_eq!(page.count("form.grid tbody tr"), 2);
    let first = page.first("form.grid tbody tr:nth-child(1)");
    assert!(first.contains("Bình An") && first.contains("T9/2025: 4.017"), "{first}");
    let form = form(&page);
    assert_eq!(form["o-0-3"], "4.607", "a number stands as it is written: {form:?}");
    assert_eq!((form["p-0"].as_str(), form["p-1"].as_str(), form["o-1-3"].as_str()), ("1", "0", ""));
    let foot = page.first("[data-total='3']");
    assert!(foot.contains("4.607") && foot.contains("1/2 ô") && foot.contains("4.137"), "{foot}");
    assert!(page.first("main").contains("Còn 2 trên 2 dòng chưa đủ"), "{}", page.first("main"));
    assert_eq!(page.count("form[action*='ky-xac-nhan']"), 0);
    assert_eq!(page.count("main script:not([src])"), 0);
    assert!(site.get("/so/ho-so-thang").links().iter().any(|link| link.contains("/bang-nhap")));
}

#[test]
fn good_rows_go_in_at_once_and_the_others_stay_as_typed() {
    let site = site();
    let before = head(&site);
    let typed = with(form(&site.get(GRID)), &[("o-0-4", "4.500"), ("o-1-3", "abc"), ("o-1-4", "84,2")]);
    let answer = site.post(GRID, &typed);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.first("title").starts_with("Lỗi:"), "{}", answer.first("title"));
    assert_eq!(head(&site), before + 1, "the good row is one commit");
    let main = answer.first("main");
    assert!(main.contains(&format!("Đã ghi 1 dòng ở lần ghi {}", before + 1)), "{main}");
    assert!(main.contains("Chưa ghi 1 dòng"), "{main}");
    let said = answer.first("#o-1-3-loi");
    assert!(said.contains("“abc” không phải là số"), "{said}");
    assert!(answer.first("#o-1-4-loi").contains("không phải số nguyên"), "{}", answer.first("#o-1-4-loi"));
    let kept = form(&answer);
    assert_eq!((kept["o-1-3"].as_str(), kept["o-1-4"].as_str(), kept["p-0"].as_str()), ("abc", "84,2", "2"));
    // Mended, the rest goes in; the row that was good makes no further version.
    let mended = site.post(GRID, &with(kept, &[("o-1-3", "130"), ("o-1-4", "1.2")]));
    assert_eq!(mended.status, StatusCode::UNPROCESSABLE_ENTITY, "a fraction is refused in any style");
    let mended = site.post(GRID, &with(form(&mended), &[("o-1-4", "125")]));
    assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.first("main"));
    assert_eq!(head(&site), before + 2);
    let done = site.get(mended.header("location"));
    assert!(done.first(".message.good").contains("Đã ghi 1 dòng"), "{}", done.first("main"));
    assert_eq!(form(&done)["p-0"], "2");
    // Nothing changed is said and writes nothing.
    let same = site.post(GRID, &with(form(&done), &[]));
    assert_eq!(head(&site), before + 2);
    assert!(site.get(same.header("location")).text.contains("Không có gì thay đổi"));
}

#[test]
fn rules_refuse_a_row_and_not_its_neighbours_and_a_jump_only_warns() {
    let site = site();
    let before = head(&site);
    // More resolved than received is refused by the register's rule; 620 after 120 is five times as many.
    let values = [("o-0-4", "9.000"), ("o-1-3", "620"), ("o-1-4", "600")];
    let answer = site.post(GRID, &with(form(&site.get(GRID)), &values));
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.first("main"));
    assert_eq!(head(&site), before + 1);
    let first = answer.first("form.grid tbody tr:nth-child(1)");
    assert!(first.contains("Số đã giải quyết không được lớn hơn số tiếp nhận."), "{first}");
    assert!(answer.first("#o-1-3-co").contains("Lệch từ 5 lần"), "{}", answer.first("main"));
    assert_eq!(form(&answer)["p-1"], "1", "it was written all the same");
    // Beyond the range of the register.
    let beyond = with(form(&answer), &[("o-0-4", "4.000"), ("o-1-3", "2.000.000")]);
    let answer = site.post(GRID, &beyond);
    assert!(answer.first("#o-1-3-loi").contains("nằm ngoài khoảng"), "{}", answer.first("main"));
}

#[test]
fn somebody_elses_change_is_shown_with_both_values_and_the_other_rows_are_saved() {
    let site = site();
    let mine = form(&site.get(GRID));
    let theirs = site.post(GRID, &with(mine.clone(), &[("o-0-3", "4.610")]));
    assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.first("main"));
    let before = head(&site);
    let values = [("o-0-3", "4.700"), ("o-1-3", "130"), ("o-1-4", "120")];
    let answer = site.post(GRID, &with(mine.clone(), &values));
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.first("main"));
    assert_eq!(head(&site), before + 1, "the other row is saved");
    let said = answer.first("#o-0-3-loi");
    assert!(said.contains("4.610") && said.contains("4.700"), "{said}");
    let row = answer.first("form.grid tbody tr:nth-child(1)");
    assert!(row.contains("khách minh họa"), "{row}");
    // Whoever touched nothing of that row has no conflict, and overwrites nothing.
    let untouched = site.post(GRID, &with(mine, &[("o-1-3", "130"), ("o-1-4", "120")]));
    assert_eq!(untouched.status, StatusCode::SEE_OTHER, "{}", untouched.first("main"));
    assert_eq!(form(&site.get(GRID))["o-0-3"], "4.610");
    // Sent once more, the own number stands.
    let again = site.post(GRID, &with(form(&answer), &[]));
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.first("main"));
    assert_eq!(form(&site.get(GRID))["o-0-3"], "4.700");
}

#[test]
fn a_month_is_signed_when_it_is_whole_and_what_follows_is_a_correction() {
    let site = site();
    let sign = "/so/ho-so-thang/bang-nhap/ky-xac-nhan?ky=2025-10";
    let early = site.post(sign, &[("den".to_owned(), head(&site).to_string())]);
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.first("main"));
    let values = [("o-0-4", "4.500"), ("o-1-3", "130"), ("o-1-4", "125")];
    let saved = site.post(GRID, &with(form(&site.get(GRID)), &values));
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.first("main"));
    let whole = site.get(GRID);
    assert_eq!(whole.count("form[action*='ky-xac-nhan']"), 1, "{}", whole.first("main"));
    let stale = site.post(sign, &[("den".to_owned(), "1".to_owned())]);
    assert!(stale.text.contains("số liệu đã đổi"), "{}", stale.first("main"));
    let signed = site.post(sign, &whole.form());
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.first("main"));
    let page = site.get(signed.header("location"));
    let list = page.first("#da-ky tbody tr");
    assert!(list.contains("khách minh họa"), "{list}");
    assert!(list.contains("01/07/2025"), "{list}");
    assert_eq!(signed_rows(&page), ("2".to_owned(), "0".to_owned()));
    assert_eq!(page.count("form[action*='ky-xac-nhan']"), 0, "it is signed");
    // A correction says why, and shows.
    let silent = site.post(GRID, &with(form(&page), &[("o-1-3", "131")]));
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.first("#ly-do-loi").contains("đính chính"), "{}", silent.first("main"));
    assert_eq!(form(&silent)["o-1-3"], "131");
    let said = site.post(GRID, &with(form(&silent), &[("ly-do", "đếm sót một hồ sơ")]));
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.first("main"));
    let page = site.get(GRID);
    assert_eq!(signed_rows(&page), ("2".to_owned(), "1".to_owned()));
    assert!(page.first("form.grid tbody tr:nth-child(2)").contains("Đính chính"), "{}", page.first("main"));
    let again = site.post(sign, &page.form());
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.first("main"));
    assert_eq!(signed_rows(&site.get(GRID)), ("2".to_owned(), "0".to_owned()));
}

#[test]
fn a_month_to_come_another_period_and_another_register_have_no_grid() {
    let site = site();
    let refused = |address: &str| site.get(address).status;
    assert_eq!(refused("/so/ho-so-thang/bang-nhap?ky=2025-12"), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused("/so/ho-so-thang/bang-nhap?ky=2025"), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused("/so/cot/bang-nhap"), StatusCode::NOT_FOUND);
    let empty = site.get("/so/ho-so-thang/bang-nhap?ky=2024-01");
    assert!(empty.text.contains("Chưa có dòng nào"), "{}", empty.first("main"));
    assert_eq!(Site::far().get(GRID).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_sign_off_of_another_agency_is_refused_by_the_store() {
    let site = site();
    let schema = small::register(system::SIGN_OFF);
    let values =
        [("register", "monthly"), ("month", "2025-10"), ("scope", "agency:so-thu"), ("agency", "so-thu")];
    let values = values.into_iter().chain([("rows", "2"), ("up_to", "5")]);
    let named = values.map(|(id, text)| {
        let field = schema.field(id).expect("a field");
        (field.no, parse_canonical(field, text).expect("a value"))
    });
    let record: Record = named.collect();
    let edit = mc_port::EditRequest { register: schema.id.clone(), edit: Edit::Insert { record } };
    let officer = |agency: &str| Actor {
        id: "can-bo".to_owned(),
        role: Role::FocalOfficer,
        agency: Some(mc_base::AgencyId(agency.to_owned())),
        place: None,
        factor: mc_access::Factor::NotAsked,
    };
    let mut request = small::request(vec![edit]);
    request.actor = officer("ubnd-binh-an");
    assert!(site.queue.commit(request.clone()).is_err());
    request.actor = officer("so-thu");
    site.queue.commit(request).expect("the own agency signs");
}
