//! Accounts on a real instance: the first one by the code, first passwords, sessions, positions, guessing.

use axum::http::StatusCode;
use mc_port::AccountTable as _;

use crate::browser::{ADD, Browser, PASSWORD, administrator, fields, opened, slip};
use crate::site::{CODE, Site};

#[test]
fn the_code_leads_to_the_first_administrator_and_no_further() {
    let site = Site::real();
    let mut browser = administrator(&site);
    let list = browser.get("/quan-tri/nguoi-dung");
    assert!(list.text.contains("quan.ly") && list.text.contains("quản trị"), "{}", list.text);
    assert!(!list.text.contains("Kín Tiếng"), "an administrator sees no names of persons");
    assert!(list.first(".actor").starts_with("quan.ly · "), "who reads is said: {}", list.first(".actor"));
    let commits = browser.get("/kiem-chung");
    assert!(commits.text.contains("Mở tài khoản quan.ly"), "{}", commits.text);
    // The code of the same server opens nothing any more.
    let late = Browser::new(&site).post("/vao", &fields(&[("ma", CODE)]));
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn what_is_wrong_with_a_new_account_is_said_at_its_field() {
    let site = Site::real();
    let mut browser = administrator(&site);
    for (name, sentence) in [
        ("nguyễn an", "chỉ dùng chữ thường không dấu"),
        ("public", "dành riêng cho hệ thống"),
        ("", "Chưa điền"),
    ] {
        let typed = [("f-account", name), ("f-agency", "so-thu"), ("f-role", "leader")];
        let answer = browser.fill(ADD, &typed);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.first("#f-account-loi").contains(sentence), "{name}: {}", answer.text);
    }
    let typed =
        [("f-account", "ca.xa"), ("f-name", "x"), ("f-agency", "so-thu"), ("f-role", "commune_officer")];
    assert!(browser.fill(ADD, &typed).text.contains("Công chức xã cần có địa bàn"));
    let again = [("f-account", "quan.ly"), ("f-name", "x"), ("f-agency", "so-thu"), ("f-role", "leader")];
    assert_eq!(browser.fill(ADD, &again).status, StatusCode::UNPROCESSABLE_ENTITY, "the name is taken");
}

#[test]
fn a_role_does_what_it_may_and_signs_with_its_name() {
    let site = Site::real();
    let mut boss = administrator(&site);
    let first = opened(&mut boss, "thanh.tra", "inspector");
    let mut inspector = Browser::new(&site);
    inspector.sign_in("thanh.tra", &first);
    inspector.change(&first, "Trời mưa, cầu tràn nước");
    assert_eq!(inspector.get("/so/cot").status, StatusCode::OK);
    for address in ["/so/cot/them", "/quan-tri/nguoi-dung", ADD, "/quan-tri/nguoi-dung/mot/quan.ly"] {
        assert_eq!(inspector.get(address).status, StatusCode::NOT_FOUND, "{address}");
    }
    let grab = fields(&[("vi-tri", "1")]);
    let denied = inspector.post("/quan-tri/nguoi-dung/mot/quan.ly/thoi-vi-tri", &grab);
    assert_eq!(denied.status, StatusCode::NOT_FOUND);
}

#[test]
fn sessions_are_listed_and_ended() {
    let site = Site::real();
    let mut here = administrator(&site);
    let mut there = Browser::new(&site);
    assert_eq!(there.sign_in("quan.ly", PASSWORD).header("location"), "/so");
    assert_eq!(here.get("/tai-khoan").count("#phien tbody tr"), 2);
    here.post("/tai-khoan/phien", &fields(&[("phien", "khac")]));
    assert_eq!(there.get("/so").header("location"), "/vao?toi=%2Fso", "ended at once");
    assert_eq!(here.get("/tai-khoan").count("#phien tbody tr"), 1);
    there.sign_in("quan.ly", PASSWORD);
    assert_eq!(here.change(PASSWORD, "Trời mưa, cầu tràn nước").header("location"), "/tai-khoan");
    assert_eq!(there.get("/so").status, StatusCode::SEE_OTHER, "a new password ends the others");
    assert_eq!(here.get("/so").status, StatusCode::OK);
    let out = here.post("/tai-khoan/ra", &[]);
    assert_eq!(out.header("location"), "/vao");
    assert_eq!(here.get("/so").status, StatusCode::SEE_OTHER);
}

#[test]
fn a_position_that_ended_lets_nobody_in_and_the_last_administrator_stays() {
    let site = Site::real();
    let mut boss = administrator(&site);
    let first = opened(&mut boss, "dau.moi", "focal_officer");
    let mut officer = Browser::new(&site);
    officer.sign_in("dau.moi", &first);
    officer.change(&first, "Trời mưa, cầu tràn nước");
    let asked = boss.get("/quan-tri/nguoi-dung/mot/dau.moi/thoi-vi-tri?vi-tri=1");
    assert!(asked.text.contains("Thôi giữ từ hôm nay"), "{}", asked.text);
    assert_eq!(officer.get("/so").status, StatusCode::OK, "asking ends nothing");
    let link = boss.get("/quan-tri/nguoi-dung/mot/dau.moi").links();
    assert!(link.contains(&"/quan-tri/nguoi-dung/mot/dau.moi/thoi-vi-tri?vi-tri=1".to_owned()));
    let ended = boss.post("/quan-tri/nguoi-dung/mot/dau.moi/thoi-vi-tri", &asked.form());
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text);
    assert_eq!(officer.get("/so").status, StatusCode::SEE_OTHER, "out at once");
    let again = officer.sign_in("dau.moi", "Trời mưa, cầu tràn nước");
    assert!(again.text.contains("không giữ vị trí nào"), "{}", again.text);
    let page = boss.get("/quan-tri/nguoi-dung/mot/dau.moi");
    assert!(page.text.contains("đã thôi"), "{}", page.text);
    let last = boss.post("/quan-tri/nguoi-dung/mot/quan.ly/thoi-vi-tri", &fields(&[("vi-tri", "1")]));
    assert!(last.text.contains("quản trị duy nhất"), "{}", last.text);
    // Handed over: the officer gets another position, and the next person the old one.
    let further = "/quan-tri/nguoi-dung/mot/dau.moi/them-vi-tri";
    let given = boss.fill(further, &[("f-role", "leader"), ("f-agency", "so-thu")]);
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text);
    assert_eq!(officer.sign_in("dau.moi", "Trời mưa, cầu tràn nước").header("location"), "/so");
    assert!(officer.get("/tai-khoan").text.contains("Lãnh đạo Ban Chỉ đạo"));
}

#[test]
fn a_new_slip_ends_the_old_password() {
    let site = Site::real();
    let mut boss = administrator(&site);
    let first = opened(&mut boss, "dau.moi", "focal_officer");
    let second = slip(&boss.post("/quan-tri/nguoi-dung/mot/dau.moi/mat-khau", &[]));
    assert_ne!(first, second);
    let mut officer = Browser::new(&site);
    assert!(officer.sign_in("dau.moi", &first).text.contains("không đúng"));
    assert_eq!(officer.sign_in("dau.moi", &second).header("location"), "/tai-khoan/mat-khau");
}

#[test]
fn guessing_is_slowed_down_and_locks_nobody_out() {
    let site = Site::real();
    let mut officer = administrator(&site);
    officer.post("/tai-khoan/ra", &[]);
    let mut stranger = Browser::new(&site);
    for _ in 0..5 {
        let wrong = stranger.sign_in("quan.ly", "đoán bừa một câu");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("Tên đăng nhập hoặc mật khẩu không đúng"));
    }
    let waits = stranger.sign_in("quan.ly", PASSWORD);
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "not even the right one is looked at");
    assert_eq!(waits.header("retry-after"), "30");
    // The officer's own browser has signed in before.
    assert_eq!(officer.sign_in("quan.ly", PASSWORD).header("location"), "/so");
    let nobody = stranger.sign_in("khong.co", "đoán bừa một câu");
    assert!(nobody.text.contains("Tên đăng nhập hoặc mật khẩu không đúng"), "absent and wrong look the same");
}

#[test]
fn what_is_stored_signs_nobody_in() {
    let site = Site::real();
    let browser = administrator(&site);
    let kept = site.queue.sessions("quan.ly").expect("read");
    let token = browser.cookies.iter().find(|(name, _)| name == "phien").expect("a session").1.clone();
    assert!(kept.iter().all(|session| session.token != token), "only its hash is stored");
    let forged = format!("phien={}", kept[0].token);
    assert_eq!(site.get_with("/so", &[("cookie", &forged)]).status, StatusCode::SEE_OTHER);
    let credential = site.queue.credential("quan.ly").expect("read").expect("there");
    assert!(credential.hash.starts_with("$argon2id$") && !credential.hash.contains(PASSWORD));
}
