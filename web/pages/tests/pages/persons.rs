//! Personal data on pages: found by who may see it, with the value in no address, and every look in the journal.

use axum::http::StatusCode;

use crate::site::Site;

const FIND: &str = "/so/o-dat/tim-ca-nhan";
const NAME: &str = "Nguyễn Thị Bí Mật";
const RECORD: &str = "/so/o-dat/1/7/2025-08-01";
const JOURNAL: &str = "/kiem-chung/truy-cap";

fn asked(name: &str, birth: &str) -> Vec<(String, String)> {
    vec![("owner_name".to_owned(), name.to_owned()), ("owner_birth".to_owned(), birth.to_owned())]
}

#[test]
fn a_person_is_found_by_name_without_marks_and_stands_in_no_address() {
    let site = Site::illustrative(true);
    let list = site.get("/so/o-dat");
    assert!(list.text.contains(&format!("action=\"{FIND}\"")) && list.text.contains("method=\"post\""));
    assert!(!list.text.contains(NAME), "the list itself names nobody");
    let found = site.post(FIND, &asked("nguyen thi bi", ""));
    assert_eq!(found.status, StatusCode::OK, "{}", found.text);
    assert!(found.text.contains(NAME) && found.text.contains("1 bản ghi tìm được"), "{}", found.text);
    assert_eq!(found.header("cache-control"), "no-store");
    // What leads back to the page leads to the empty form.
    let blank = site.get(FIND);
    assert_eq!(blank.status, StatusCode::OK);
    assert!(!blank.text.contains(NAME) && blank.text.contains("method=\"post\""), "{}", blank.text);
    let none = site.post(FIND, &asked("tran van", ""));
    assert!(none.text.contains("Không có bản ghi nào như vậy"), "{}", none.text);
    for wrong in [asked("", ""), asked("nguyen", "01/01/1980"), asked("", "hôm qua")] {
        assert_eq!(site.post(FIND, &wrong).status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[test]
fn every_look_is_noted_and_only_looks_at_persons() {
    let site = Site::illustrative(true);
    let before = site.get("/kiem-chung").text;
    let empty = site.get(JOURNAL);
    assert!(empty.text.contains("Chưa ai xem dữ liệu cá nhân"), "{}", empty.text);
    for other in ["/so/o-dat", "/so/cot", "/so/cot/A-1/2025-08-01", "/tim?q=cot", "/"] {
        assert_eq!(site.get(other).status, StatusCode::OK, "{other}");
    }
    assert_eq!(site.get(JOURNAL).count("tbody tr"), empty.count("tbody tr"), "nobody was shown a person");
    assert!(site.get(RECORD).text.contains(NAME));
    site.post(FIND, &asked("nguyen", ""));
    assert_eq!(site.get("/api/v1/registers/plot/records/1/7/2025-08-01").status, StatusCode::OK);
    let journal = site.get(JOURNAL);
    assert_eq!(journal.count("tbody tr"), 3, "{}", journal.text);
    for act in ["xem bản ghi", "tìm theo dữ liệu cá nhân", "đọc qua giao diện lập trình"] {
        assert!(journal.text.contains(act), "{act}");
    }
    assert!(!journal.text.contains(NAME) && !journal.text.contains("nguyen thi"), "it holds no value");
    let commits = |page: &str| page.matches("/kiem-chung/ghi/").count();
    assert_eq!(
        commits(&site.get("/kiem-chung").text),
        commits(&before),
        "looking writes nothing to the ledger"
    );
    assert!(before.contains(JOURNAL), "who may read it finds it");
}

#[test]
fn off_the_machine_nobody_finds_or_reads() {
    let site = Site::far();
    assert!(!site.get("/so/o-dat").text.contains(FIND));
    assert_eq!(site.post(FIND, &asked("nguyen", "")).status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(FIND).status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(JOURNAL).status, StatusCode::NOT_FOUND);
    assert!(!site.get("/kiem-chung").text.contains(JOURNAL));
    assert!(!site.get(RECORD).text.contains(NAME));
}
