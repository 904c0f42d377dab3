//! What the page of an import's commit says of its file.

use axum::http::StatusCode;

use crate::site::{Answer, Site};
use crate::{GOOD, HEADER};

/// The page of the commit says what became of the file, and gives it out to be saved.
pub(super) fn the_file_is_given_back(site: &Site, written: &Answer) {
    let text = written.text();
    let from = text.find("/kiem-chung/ghi/").expect("a link to the commit");
    let address = text[from..].split('"').next().expect("an address");
    let commit = site.get(address).text();
    assert!(commit.contains("Giữ dưới dạng mã hóa") && commit.contains("Tải tệp đã nhập"), "{commit}");
    let file = site.get(&format!("{address}/tep"));
    assert_eq!(file.text(), format!("{HEADER}{GOOD}"));
    assert_eq!(site.get("/kiem-chung/ghi/1/tep").status, StatusCode::NOT_FOUND);
    // Off the machine itself nobody sees personal data.
    let away = site.off_loopback();
    assert!(!away.get(address).text().contains("Tải tệp"), "no link");
    assert_eq!(away.get(&format!("{address}/tep")).status, StatusCode::NOT_FOUND);
}
