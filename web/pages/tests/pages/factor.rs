//! The second factor: set up when it is first wanted, asked for on the way, guessed slowly, taken away.

use axum::http::StatusCode;
use mc_account::Secret;
use mc_port::AccountTable as _;

use crate::browser::{
    ADD, Browser, PASSWORD, PEOPLE, SETUP, administrator, code, fields, newcomer, officer, slip,
};
use crate::site::{Site, fill_in};

const CONFIRM: &str = "/xac-nhan";

#[test]
fn the_first_act_that_wants_a_factor_leads_to_setting_it_up_and_back() {
    let site = Site::real();
    let mut boss = newcomer(&site);
    assert_eq!(boss.get("/so/cot/them").status, StatusCode::OK, "everyday work asks for none");
    let away = boss.get(PEOPLE);
    assert_eq!(away.header("location"), "/xac-nhan?toi=%2Fquan-tri%2Fnguoi-dung");
    let away = boss.get(away.header("location"));
    assert_eq!(away.header("location"), "/tai-khoan/ma-xac-nhan?toi=%2Fquan-tri%2Fnguoi-dung");
    let page = boss.get(away.header("location"));
    assert!(page.text.contains("otpauth://totp/minhchung:quan.ly?secret="), "{}", page.text);
    assert_eq!(page.header("cache-control"), "no-store");
    let form = page.form();
    let held = form.iter().find(|(name, _)| name == "bi-mat").expect("a secret").1.clone();
    let secret = Secret::parse(&held).expect("base32");
    for (typed, password, field) in [
        ("000000", PASSWORD, "#ma-xac-nhan-loi"),
        (&*code(&secret, 3_600), PASSWORD, "#ma-xac-nhan-loi"),
        (&*code(&secret, 0), "đoán bừa một câu", "#hien-tai-loi"),
    ] {
        let typed = [("ma-xac-nhan", typed), ("hien-tai", password)];
        let wrong = boss.post(SETUP, &fill_in(form.clone(), &typed));
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!wrong.first(field).is_empty(), "{}", wrong.text);
        assert!(wrong.text.contains(&held), "the same secret: it may be in the app already");
    }
    let typed = [("ma-xac-nhan", &*code(&secret, 0)), ("hien-tai", PASSWORD)];
    let set = boss.post(SETUP, &fill_in(form, &typed));
    assert_eq!((set.status, set.count("main ol li")), (StatusCode::OK, 10), "{}", set.text);
    assert!(set.links().contains(&PEOPLE.to_owned()), "on to where it was wanted");
    assert_eq!(boss.get(PEOPLE).status, StatusCode::OK);
    assert!(boss.get("/tai-khoan").text.contains("còn 10 mã dự phòng"));
}

#[test]
fn a_code_is_taken_once_and_confirms_one_session() {
    let site = Site::real();
    let mut here = newcomer(&site);
    let (secret, _) = here.set_up(PASSWORD);
    let mut there = Browser::new(&site);
    there.sign_in("quan.ly", PASSWORD);
    assert!(there.get(PEOPLE).header("location").starts_with(CONFIRM), "a session of its own");
    assert_eq!(there.get(SETUP).header("location"), "/xac-nhan?toi=%2Ftai-khoan%2Fma-xac-nhan");
    let mut confirm = |typed: &str| {
        let asked = there.get("/xac-nhan?toi=%2Fquan-tri%2Fnguoi-dung");
        there.post(CONFIRM, &fill_in(asked.form(), &[("ma-xac-nhan", typed)]))
    };
    let again = confirm(&code(&secret, 0));
    assert!(again.first("#ma-xac-nhan-loi").contains("Mã này đã dùng"), "{}", again.text);
    assert!(confirm("123").first("#ma-xac-nhan-loi").contains("Mã không đúng"));
    assert!(confirm(&code(&secret, 60)).first("#ma-xac-nhan-loi").contains("Mã không đúng"), "two steps on");
    assert_eq!(confirm(&code(&secret, 30)).header("location"), PEOPLE);
    assert_eq!(there.get(PEOPLE).status, StatusCode::OK);
    assert_eq!(there.get(CONFIRM).header("location"), "/", "nothing is asked twice");
    for elsewhere in ["//evil.example", "https://evil.example"] {
        let sent = there.get(&format!("/xac-nhan?toi={elsewhere}"));
        assert_eq!(sent.header("location"), "/", "{elsewhere}");
    }
}

#[test]
fn a_form_that_was_sent_goes_on_after_the_code() {
    let site = Site::real();
    let mut boss = newcomer(&site);
    let (secret, _) = boss.set_up(PASSWORD);
    let typed =
        [("f-account", "dau.moi"), ("f-name", "Lò Văn Kín"), ("f-agency", "so-thu"), ("f-role", "leader")];
    let form = fill_in(boss.get(ADD).form(), &typed);
    boss.post("/tai-khoan/ra", &[]);
    boss.sign_in("quan.ly", PASSWORD);
    let held = boss.post(ADD, &form);
    assert!(held.text.contains("được giữ ở trang này"), "{}", held.text);
    let wrong = boss.post(ADD, &fill_in(held.form(), &[("ma-xac-nhan", "000000")]));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let on = boss.post(ADD, &fill_in(wrong.form(), &[("ma-xac-nhan", &code(&secret, 30))]));
    slip(&on);
    assert!(boss.get(PEOPLE).text.contains("dau.moi"), "what was typed was recorded");
}

#[test]
fn a_form_waits_while_the_factor_is_set_up_in_another_tab() {
    let site = Site::real();
    let mut boss = newcomer(&site);
    let typed = [("f-account", "dau.moi"), ("f-name", "x"), ("f-agency", "so-thu"), ("f-role", "leader")];
    let held = boss.post(ADD, &fields(&typed));
    assert!(held.links().contains(&SETUP.to_owned()), "{}", held.text);
    let again = boss.post(ADD, &held.form());
    assert!(again.links().contains(&SETUP.to_owned()), "no way around");
    boss.set_up(PASSWORD);
    let on = boss.post(ADD, &again.form());
    // The form was not asked for, so it lacks what its page adds; what matters is that the page itself answers now.
    assert!(!on.links().contains(&SETUP.to_owned()), "{}", on.text);
}

#[test]
fn guessing_codes_is_slowed_down_over_all_sessions() {
    let site = Site::real();
    let mut boss = newcomer(&site);
    let (secret, codes) = boss.set_up(PASSWORD);
    let mut thief = Browser::new(&site);
    thief.sign_in("quan.ly", PASSWORD);
    let sent = |typed: &str| fields(&[("ma-xac-nhan", typed), ("toi", "/so")]);
    for _ in 0..5 {
        assert_eq!(thief.post(CONFIRM, &sent("000000")).status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let mut again = Browser::new(&site);
    again.sign_in("quan.ly", PASSWORD);
    for typed in [&*code(&secret, 30), &*codes[0]] {
        let waits = again.post(CONFIRM, &sent(typed));
        assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "not even the right one is looked at");
        assert_eq!(waits.header("retry-after"), "30");
    }
    assert_eq!(boss.get(PEOPLE).status, StatusCode::OK, "what is confirmed goes on");
}

#[test]
fn a_recovery_code_opens_once_and_a_slip_takes_the_factor_away() {
    let site = Site::real();
    let mut boss = administrator(&site);
    let mut inspector = officer(&site, &mut boss, "thanh.tra", "inspector");
    let (_, codes) = inspector.set_up(PASSWORD);
    let mut later = Browser::new(&site);
    later.sign_in("thanh.tra", PASSWORD);
    let sent = fields(&[("ma-xac-nhan", &codes[3].to_uppercase()), ("toi", "/so")]);
    assert_eq!(later.post(CONFIRM, &sent).header("location"), "/so");
    assert!(later.get("/tai-khoan").text.contains("còn 9 mã dự phòng"));
    let mut thief = Browser::new(&site);
    thief.sign_in("thanh.tra", PASSWORD);
    assert_eq!(thief.post(CONFIRM, &sent).status, StatusCode::UNPROCESSABLE_ENTITY, "used");
    let page = boss.get("/quan-tri/nguoi-dung/mot/thanh.tra");
    assert!(page.text.contains("đặt lúc"), "{}", page.text);
    let second = slip(&boss.post("/quan-tri/nguoi-dung/mot/thanh.tra/mat-khau", &[]));
    assert_eq!(site.queue.factor("thanh.tra").expect("read"), None);
    later.sign_in("thanh.tra", &second);
    later.change(&second, PASSWORD);
    assert!(later.get("/tai-khoan").text.contains("chưa đặt"));
}

#[test]
fn persons_are_hidden_until_the_reader_confirms() {
    const RECORD: &str = "/so/o-dat/1/7/2025-08-01";
    const NAME: &str = "Nguyễn Thị Bí Mật";
    let site = Site::real();
    let mut boss = administrator(&site);
    let mut inspector = officer(&site, &mut boss, "thanh.tra", "inspector");
    let hidden = inspector.get(RECORD);
    assert!(hidden.text.contains("Dữ liệu cá nhân đang che") && !hidden.text.contains(NAME));
    assert!(hidden.links().contains(&"/xac-nhan?toi=%2Fso%2Fo-dat%2F1%2F7%2F2025-08-01".to_owned()));
    let api = inspector.get("/api/v1/registers/plot/records/1/7/2025-08-01");
    assert!(api.status == StatusCode::OK && !api.text.contains(NAME), "nor by a program: {}", api.text);
    assert!(inspector.get("/so/o-dat/tim-ca-nhan").header("location").starts_with(CONFIRM));
    let search = fields(&[("owner_name", "nguyen thi bi"), ("owner_birth", "")]);
    let held = inspector.post("/so/o-dat/tim-ca-nhan", &search);
    assert!(held.text.contains("được giữ ở trang này") && !held.text.contains(NAME), "{}", held.text);
    inspector.set_up(PASSWORD);
    assert!(inspector.get(RECORD).text.contains(NAME));
    assert!(inspector.post("/so/o-dat/tim-ca-nhan", &held.form()).text.contains(NAME));
    let journal = inspector.get("/kiem-chung/truy-cap");
    assert_eq!(journal.count("tbody tr"), 2, "what was hidden is no look: {}", journal.text);
}

#[test]
fn a_person_is_neither_lost_nor_changed_unseen_by_a_form_of_another_hour() {
    const EDIT: &str = "/so/o-dat/sua/1/7/2025-08-01";
    const RECORD: &str = "/so/o-dat/1/7/2025-08-01";
    let site = Site::real();
    let mut boss = administrator(&site);
    let mut clerk = officer(&site, &mut boss, "thuong.truc", "standing_agency");
    // Asked for before the confirmation, sent after it: the fields that were hidden are kept.
    let before = clerk.get(EDIT).form();
    assert!(!before.iter().any(|(name, _)| name == "f-owner_name"), "{before:?}");
    let (secret, _) = clerk.set_up(PASSWORD);
    let sent = clerk.post(EDIT, &fill_in(before, &[("f-area", "121"), ("ly-do", "đo lại")]));
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert!(clerk.get(RECORD).text.contains("Nguyễn Thị Bí Mật"), "kept");
    // The other way round: what was typed of the person waits for a code.
    let typed = [("f-owner_name", "Nguyễn Thị Kín Đáo"), ("ly-do", "tên viết sai")];
    let after = fill_in(clerk.get(EDIT).form(), &typed);
    let mut later = Browser::new(&site);
    later.sign_in("thuong.truc", PASSWORD);
    let held = later.post(EDIT, &after);
    assert!(held.text.contains("được giữ ở trang này"), "{}", held.text);
    let on = later.post(EDIT, &fill_in(held.form(), &[("ma-xac-nhan", &code(&secret, 30))]));
    assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text);
    assert!(later.get(RECORD).text.contains("Nguyễn Thị Kín Đáo"), "what was typed is there");
}
