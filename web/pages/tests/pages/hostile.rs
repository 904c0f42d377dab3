//! What nobody should send: an answer with a sentence, never a failure.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::site::Site;

const PARAMETERS: [&str; 18] = [
    "dv=zz",
    "dv=%27%20OR%201=1",
    "dv=../../etc",
    "ky=2025-13",
    "ky=hom-qua",
    "ky=9999999999",
    "tai=abc",
    "tai=-1",
    "tai=0",
    "tai=99999999999999999999",
    "tai=ghi-18446744073709551615",
    "tai=2020-01-01",
    "dv=%",
    "dv=%ff",
    "dv=%00",
    "ky=%F0%9F%98%80",
    "tai=ghi-",
    "dv=\u{202e}15",
];

#[test]
fn bad_parameters_get_a_sentence_on_every_page() {
    let site = Site::near();
    let paths = [
        "/",
        "/so",
        "/so/cot",
        "/so/cot/A-1/2025-08-01",
        "/so/cot/tu-dien",
        "/tim",
        "/chi-tieu",
        "/kiem-chung",
    ];
    for path in paths {
        for parameter in PARAMETERS {
            let address = format!("{path}?{parameter}").replace('\u{202e}', "%E2%80%AE");
            let page = site.get(&address);
            assert!(page.status.is_client_error(), "{address}: {}", page.status);
            assert_eq!(page.count("h1"), 1, "{address}");
            assert!(page.first("main").chars().count() > 20, "{address}: {}", page.first("main"));
        }
    }
}

#[test]
fn bad_addresses_get_a_sentence() {
    let site = Site::near();
    let long = format!("/so/cot?loc-operator={}", "a".repeat(10_000));
    let cases = [
        ("/khong-co", 404),
        ("/so/khong-co", 404),
        ("/so/cot/A-1", 404),
        ("/so/cot/A-1/2025-08-02", 404),
        ("/so/cot/A-1/2025-99-99", 404),
        ("/so/cot/%2F%2F/2025-08-01", 404),
        ("/so/cot/bang-chung/X/2025-08-01", 404),
        ("/so/cot?sau=khong-phai-khoa", 400),
        ("/so/cot?xep=state&sau=live", 400),
        ("/so/cot?xep=khong-co", 400),
        ("/so/o-dat?xep=owner_name", 400),
        ("/so/cot?loc-state=khong-co", 422),
        ("/so/cot/A-1/2025-08-01?tai=ghi-2", 404),
        ("/so/schema/them", 404),
        ("/so/dia-ban/them", 404),
        ("/kiem-chung/ghi/0", 404),
        ("/kiem-chung/ghi/999", 404),
        ("/kiem-chung/ghi/x", 404),
        ("/kiem-chung?truoc=x", 400),
        ("/chi-tieu/khong-co", 404),
        ("/tai-nguyen/../Cargo.toml", 404),
        (long.as_str(), 414),
    ];
    for (address, status) in cases {
        let page = site.get(address);
        assert_eq!(page.status.as_u16(), status, "{address}: {}", page.first("main"));
        assert_eq!(page.count("h1"), 1, "{address}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{address}");
        assert!(page.count("main a") > 1, "{address}: ways on");
        if address.ends_with("/khong-co") {
            let framed = page.count("nav a[href='/chi-tieu']") > 0 && page.count(".notice") == 1;
            assert!(framed, "{address}: navigation and notice");
        }
    }
    let query = "a".repeat(300);
    assert_eq!(site.get(&format!("/tim?q={query}")).status, StatusCode::BAD_REQUEST);
}

#[test]
fn a_condition_that_cannot_be_read_is_no_failed_entry() {
    let page = Site::near().get("/so/cot?loc-state=khong-co");
    assert!(page.first("[role=alert] h2").starts_with("Chưa xem được"), "{}", page.first("[role=alert]"));
}

#[test]
fn a_form_from_elsewhere_is_refused() {
    let site = Site::near();
    let cases: [&[(&str, &str)]; 5] = [
        &[],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "none")],
        &[("origin", "http://evil.example")],
        &[("origin", "null")],
    ];
    for headers in cases {
        let answer = site.post_from("/so/cot/them", &[], headers);
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(answer.text.contains("không đi từ một trang"), "{headers:?}");
    }
    let ours = site.post_from("/so/cot/them", &[], &[("origin", "http://127.0.0.1:5757")]);
    assert_eq!(ours.status, StatusCode::BAD_REQUEST, "taken as ours, and then without a key");
}

#[test]
fn a_name_that_was_made_to_point_here_is_refused_on_loopback() {
    let request =
        |host: &str| Request::get("/so").header("host", host).body(Body::empty()).expect("a request");
    let near = Site::near();
    assert_eq!(near.ask(request("evil.example")).status, StatusCode::FORBIDDEN);
    assert_eq!(near.ask(request("127.0.0.1.evil.example:80")).status, StatusCode::FORBIDDEN);
    for host in ["localhost:5757", "127.0.0.1", "[::1]:5757"] {
        assert_eq!(near.ask(request(host)).status, StatusCode::OK, "{host}");
    }
    assert_eq!(Site::far().ask(request("minhchung.example")).status, StatusCode::OK);
}

#[test]
fn a_form_has_a_size_and_a_method() {
    let site = Site::near();
    let large = vec![("f-name".to_owned(), "a".repeat(400_000))];
    assert_eq!(site.post("/so/cot/them", &large).status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.post("/so/cot", &[]).status, StatusCode::METHOD_NOT_ALLOWED);
}
