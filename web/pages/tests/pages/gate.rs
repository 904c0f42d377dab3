//! A real instance opens by the code alone, and only once; off loopback nobody writes.

use axum::http::StatusCode;

use crate::site::{CODE, Site};

fn code(text: &str) -> Vec<(String, String)> {
    vec![("ma".to_owned(), text.to_owned()), ("toi".to_owned(), "/so/cot".to_owned())]
}

#[test]
fn without_the_code_nothing_is_shown() {
    let site = Site::real();
    for route in mc_pages::routes().filter(|route| matches!(route.run, mc_pages::Run::For(..))) {
        let path =
            route.path.replace("{slug}", "cot").replace("{*key}", "A-1/2025-08-01").replace("{id}", "mast");
        let path = path.replace("{seq}", "4");
        let answer = match route.method {
            mc_pages::Method::Get => site.get(&path),
            mc_pages::Method::Post => site.post(&path, &[]),
        };
        let closed = [StatusCode::SEE_OTHER, StatusCode::UNAUTHORIZED].contains(&answer.status);
        assert!(closed, "{} {path}: {}", route.method.word(), answer.status);
        assert!(!answer.text.contains("A-1"), "{path}");
    }
    let elsewhere = site.get("/khong-co");
    assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED);
    assert!(!elsewhere.text.contains("Thử Nghiệm"), "the province is not named");
}

#[test]
fn the_code_works_once_and_starts_a_session() {
    let site = Site::real();
    let away = site.get("/so/cot?dv=02647");
    assert_eq!(away.header("location"), "/vao?toi=%2Fso%2Fcot%3Fdv%3D02647");
    assert!(site.get(away.header("location")).text.contains("value=\"/so/cot?dv=02647\""));
    let wrong = site.post("/vao", &code("0000-0000"));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("còn 9 lần thử"));
    let right = site.post("/vao", &code(CODE));
    assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/so/cot"));
    let cookie = right.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let session = cookie.split(';').next().unwrap_or_default();
    let inside = site.get_with("/so/cot", &[("cookie", session)]);
    assert_eq!(inside.status, StatusCode::OK);
    assert_eq!(inside.header("cache-control"), "no-store");
    assert!(site.post("/vao", &code(CODE)).text.contains("Mã đã dùng"));
    assert_eq!(site.get_with("/so/cot", &[("cookie", "phien=00")]).status, StatusCode::SEE_OTHER);
}

#[test]
fn ten_wrong_codes_void_the_code() {
    let site = Site::real();
    for _ in 0..10 {
        assert_eq!(site.post("/vao", &code("x")).status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(site.post("/vao", &code(CODE)).text.contains("hết số lần thử"));
}

#[test]
fn after_the_code_nobody_is_sent_elsewhere() {
    for target in ["//evil.example", "https://evil.example", "/\\evil.example", "evil"] {
        let site = Site::real();
        let fields = vec![("ma".to_owned(), CODE.to_owned()), ("toi".to_owned(), target.to_owned())];
        let onward = site.post("/vao", &fields);
        assert_eq!(onward.header("location"), "/quan-tri/nguoi-dung/them", "{target}");
    }
}

#[test]
fn off_loopback_nobody_writes() {
    let site = Site::far();
    for path in ["/so/cot/them", "/so/cot/sua/A-1/2025-08-01", "/so/cot/rut/A-1/2025-08-01"] {
        assert_eq!(site.get(path).status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(site.post(path, &[]).status, StatusCode::NOT_FOUND, "{path}");
    }
    let record = site.get("/so/cot/A-1/2025-08-01");
    assert!(!record.text.contains("/sua/"), "no way to write is offered");
}
