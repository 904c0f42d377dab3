//! A file sent on the page of a province writes to that province, though another has an agency of the same name.

use axum::http::StatusCode;
use mc_port::EditRequest;
use mc_stories::small;

use crate::site::{Answer, Site, action};

const MAST: &str = "Mã cột;Từ ngày;Trạng thái;Đơn vị khai thác;Chiều cao;Cơ quan quản lý\n\
                    M-1;01/11/2025;Phát sóng;A;30;Sở Y tế\n";
const PLOT: &str = "Số tờ;Số ô;Từ ngày;Nhóm\n1;7;01/11/2025;Nhóm 1\n";

/// An invented province beside the one at home, and an agency of one name in each.
fn two_provinces() -> Vec<EditRequest> {
    let place = |no: &str, kind: &str, name: &str| {
        small::insert("place", &[("place_no", no), ("kind", kind), ("type_word", "tinh"), ("name", name)])
    };
    let agency = |id: &str, place: &str| {
        let values = [("agency", id), ("name", "Sở Y tế"), ("level", "province"), ("place", place)];
        small::insert("agency", &values)
    };
    let since = ("valid_from", "1900-01-01");
    vec![
        place("80", "country", "Các tỉnh minh họa"),
        place("81", "province", "Minh Họa"),
        small::insert("place_code", &[("place", "81"), ("code", "MH"), since]),
        small::insert("place_parent", &[("place", "81"), ("parent", "80"), since]),
        agency("so-y-te-15", &small::PROVINCE.to_string()),
        agency("so-y-te-mh", "81"),
    ]
}

fn mapped(site: &Site, address: &str, text: &str) -> Answer {
    let uploaded = site.upload_to(address, "same-origin", "tep.csv", text.as_bytes());
    assert_eq!(uploaded.status, StatusCode::SEE_OTHER, "{}", uploaded.text());
    site.get(&uploaded.location)
}

fn tried(site: &Site, mapping: &Answer) -> Answer {
    site.follow(&site.post(&action(mapping, "/nhap/thu"), &mapping.form("/nhap/thu")))
}

pub(super) fn names_mean_what_is_near() {
    let site = Site::with(true, two_provinces());
    let mapping = mapped(&site, "/so/cot/nhap?dv=MH", MAST);
    let trial = tried(&site, &mapping);
    let agency = "Cơ quan trong tệp được hiểu là của Tỉnh Minh Họa: Sở Y tế.";
    assert!(trial.text().contains(agency), "{}", trial.text());
    let written = site.follow(&site.post(&action(&trial, "/ghi"), &trial.form("/ghi")));
    assert!(written.text().contains("Đã ghi 1 dòng"), "{}", written.text());
    assert!(written.text().contains(agency), "the result says it as well: {}", written.text());
    let record = site.get("/so/cot/M-1/2025-11-01?dv=MH").text();
    assert!(record.contains("so-y-te-mh") && !record.contains("so-y-te-15"), "{record}");

    // The same file at home is another import, and would say something else.
    let trial = tried(&site, &mapped(&site, "/so/cot/nhap", MAST));
    assert!(trial.text().contains("được hiểu là của Tỉnh Thử Nghiệm: Sở Y tế."), "{}", trial.text());
    assert!(trial.text().contains("1 dòng"), "{}", trial.text());
}

pub(super) fn the_place_proposed_is_that_of_the_page() {
    let site = Site::with(true, two_provinces());
    let (here, home) = ("Địa bàn: “Tỉnh Minh Họa”", "Địa bàn: “Tỉnh Thử Nghiệm”");
    let mapping = mapped(&site, "/so/o-dat/nhap?dv=MH", PLOT);
    assert!(mapping.text().contains(here) && !mapping.text().contains(home), "{}", mapping.text());
    let trial = tried(&site, &mapping);
    let written = site.follow(&site.post(&action(&trial, "/ghi"), &trial.form("/ghi")));
    assert!(written.text().contains("được hiểu là của Tỉnh Minh Họa: 1 địa bàn."), "{}", written.text());
    // What is remembered of one place is not proposed at another.
    let mapping = mapped(&site, "/so/o-dat/nhap", PLOT);
    assert!(
        mapping.text().contains(home) && !mapping.text().contains("“Tỉnh Minh Họa”"),
        "{}",
        mapping.text()
    );
    let again = mapped(&site, "/so/o-dat/nhap?dv=MH", PLOT).text();
    assert!(again.contains("như lần nhập trước") && !again.contains("Thử Nghiệm”"), "{again}");
}
