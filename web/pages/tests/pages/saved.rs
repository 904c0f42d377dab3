//! Checks that somebody asked to keep: saved, seen, listed, kept on, deleted; and by whom not.

use axum::http::StatusCode;
use mc_base::{Instant, Seq};
use mc_port::{SAVED_CHECKS_MAX, SavedCheck, SavedChecks as _, Sink as _};
use mc_stories::small;
use scraper::Selector;

use crate::site::{Answer, Site, noon};

const PATH: &str = "/soat-so/da-luu";
const TEXT: &str =
    "Hộ nghèo năm nay\nToàn tỉnh có 1.672 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác.";
const DAY: i64 = 86_400_000;

fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// What the form of a page with this button would send.
fn form_of(page: &Answer, button: &str) -> Vec<(String, String)> {
    let html = page.html();
    let forms = Selector::parse("main form").expect("a selector");
    let inputs = Selector::parse("input[name]").expect("a selector");
    let buttons = Selector::parse("button").expect("a selector");
    let has = |form: &scraper::ElementRef<'_>| {
        form.select(&buttons).any(|one| one.text().collect::<String>().trim() == button)
    };
    let form = html.select(&forms).find(has).unwrap_or_else(|| panic!("no button {button}: {}", page.text));
    let value = |input: scraper::ElementRef<'_>, name: &str| input.attr(name).unwrap_or_default().to_owned();
    form.select(&inputs).map(|input| (value(input, "name"), value(input, "value"))).collect()
}

fn checked(site: &Site, text: &str, day: &str) -> Answer {
    site.post("/soat-so", &pairs(&[("bai", text), ("ngay", day)]))
}

/// Saves what was found in a text, as the page offers it; gives the address.
fn saved(site: &Site, text: &str, day: &str) -> String {
    let fields = form_of(&checked(site, text, day), "Lưu kết quả này");
    let answer = site.post(PATH, &fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert_eq!(site.post(PATH, &fields).header("location"), answer.header("location"), "pressed twice");
    answer.header("location").to_owned()
}

/// One that lies there since earlier.
fn laid(site: &Site, id: &str, change: impl Fn(&mut SavedCheck)) {
    let mut check = SavedCheck {
        rules: env!("CARGO_PKG_VERSION").to_owned(),
        kept_until: Instant(noon().0 + 100 * DAY),
        ..small::saved_check(id, noon())
    };
    change(&mut check);
    site.queue.save_check(&check, TEXT).expect("it is kept");
}

#[test]
fn a_result_is_saved_seen_listed_and_deleted() {
    let site = Site::illustrative(true);
    let empty = site.get(PATH);
    assert!(empty.text.contains("Chưa lưu bài nào"), "{}", empty.text);
    let address = saved(&site, TEXT, "17/11/2025");
    let id = address.rsplit('/').next().expect("a name");
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let page = site.get(&address);
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    assert_eq!(page.first("h1"), "Hộ nghèo năm nay");
    let wrong = page.first("section[aria-labelledby='khong-khop'] li");
    assert!(wrong.contains("1.250 + 308 + 42 = 1.600, không phải 1.672"), "{wrong}");
    for said in [
        "Soát ngày 17/11/2025, theo sổ ở lần ghi",
        concat!("bộ quy tắc ", env!("CARGO_PKG_VERSION")),
        "Lưu lúc 12:00 17/11/2025, người lưu: khách minh họa; giữ đến 16/05/2026.",
        "Kết quả đúng như lúc lưu.",
    ] {
        assert!(page.text.contains(said), "{said}: {}", page.first("main"));
    }
    let list = site.get(PATH);
    let row = list.first("tbody tr");
    for said in ["Hộ nghèo năm nay", "17/11/2025", "4 con số, 1 phép tính không khớp", "16/05/2026"]
    {
        assert!(row.contains(said), "{said}: {row}");
    }
    assert!(list.links().iter().any(|link| link.starts_with(&address)), "{:?}", list.links());
    let asked = site.get(&format!("{address}/xoa"));
    assert!(asked.first("h1").contains("Xóa bài đã lưu"), "{}", asked.text);
    assert_eq!(site.get(&address).status, StatusCode::OK, "asking deletes nothing");
    let gone = site.post(&format!("{address}/xoa"), &[]);
    assert_eq!((gone.status, gone.header("location")), (StatusCode::SEE_OTHER, PATH));
    assert_eq!(site.get(&address).status, StatusCode::NOT_FOUND);
    assert_eq!(site.post(&format!("{address}/xoa"), &[]).status, StatusCode::NOT_FOUND);
}

#[test]
fn the_public_neither_saves_nor_sees_and_cannot_tell_what_is_there() {
    let far = Site::illustrative(false);
    laid(&far, "da-co", |_| {});
    assert!(!checked(&far, TEXT, "").text.contains("Lưu kết quả này"));
    assert!(!far.get("/soat-so").text.contains("da-luu"));
    for address in [PATH.to_owned(), format!("{PATH}/da-co"), format!("{PATH}/da-co/xoa")] {
        let (there, missing) = (far.get(&address), far.get(&address.replace("da-co", "khong-co")));
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(there.text, missing.text, "{address}");
    }
    for act in ["", "/tep", "/giu", "/xoa"] {
        let at = |id: &str| far.post(&format!("{PATH}/{id}{act}"), &pairs(&[("dang", "docx")])).status;
        assert_eq!(at("da-co"), at("khong-co"), "{act}");
        assert!(at("da-co").is_client_error(), "{act}");
    }
    assert_eq!(far.post(PATH, &pairs(&[("bai", TEXT)])).status, StatusCode::NOT_FOUND);
    assert_eq!(far.get("/api/v1/check/saved/da-co").status, StatusCode::NOT_FOUND);
    assert!(far.queue.saved_check("da-co", noon()).expect("read").is_some(), "it is still there");
    let real = Site::real();
    assert_eq!(real.post(PATH, &pairs(&[("bai", TEXT)])).status, StatusCode::UNAUTHORIZED);
    let near = Site::illustrative(true);
    laid(&near, "da-co", |check| check.kept_until = noon());
    let (ended, never) = (near.get(&format!("{PATH}/da-co")), near.get(&format!("{PATH}/khong-co")));
    assert_eq!((ended.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(ended.first("main"), never.first("main"));
}

#[test]
fn the_result_stands_at_its_position_though_the_register_goes_on() {
    let site = Site::illustrative(true);
    let text = "Toàn tỉnh Thử Nghiệm hiện có 2 cột đang phát sóng.";
    let shown = form_of(&checked(&site, text, "17/11/2025"), "Lưu kết quả này");
    let position = |fields: &[(String, String)]| {
        let sent = fields.iter().find(|(name, _)| name == "lan-ghi").expect("the position");
        sent.1.parse::<u64>().expect("a number")
    };
    let record = |code: &str| {
        let mast = small::mast(code, small::COMMUNES[0], "live", "2025-08-01");
        site.queue.commit(small::request(vec![small::inserted("mast", mast)])).expect("recorded").seq
    };
    let later = record("N-1");
    let address = site.post(PATH, &shown).header("location").to_owned();
    let id = address.rsplit('/').next().expect("a name");
    let (kept, _) = site.queue.saved_check(id, noon()).expect("read").expect("it is there");
    assert_eq!(kept.position, Seq(position(&shown)), "as it stood when it was shown");
    assert!(kept.position < later);
    record("N-2");
    let said = mc_ui::write::whole(kept.position.0);
    let page = site.get(&address);
    assert!(page.text.contains(&format!("ở lần ghi {said},")) && page.text.contains("đúng như lúc lưu"));
    let against = |page: &Answer| page.first(".tally > div:nth-child(1)");
    assert!(against(&page).contains("đúng số trong sổ"), "{}", against(&page));
    assert!(against(&checked(&site, text, "17/11/2025")).contains("khác số trong sổ"));
    let again = form_of(&site.get(&address), "Soát lại bằng sổ hôm nay");
    assert_eq!(again, pairs(&[("bai", text), ("ngay", "17/11/2025")]));
    let fresh = form_of(&site.post("/soat-so", &again), "Lưu kết quả này");
    assert!(position(&fresh) > later.0, "today's register");
    let mut ahead = shown;
    for (name, value) in &mut ahead {
        match name.as_str() {
            "lan-ghi" => "999999".clone_into(value),
            "ma" => "../x".clone_into(value),
            _ => {}
        }
    }
    let address = site.post(PATH, &ahead).header("location").to_owned();
    let id = address.rsplit('/').next().expect("a name");
    let (kept, _) = site.queue.saved_check(id, noon()).expect("read").expect("under a name of ours");
    assert_eq!(kept.position.0, position(&fresh), "none that is not there");
}

#[test]
fn what_only_the_saver_may_be_told_is_not_kept() {
    let site = Site::illustrative(true);
    let text = "Hiện tỷ lệ ô đất nhóm 1 của tỉnh Thử Nghiệm đạt 50%.";
    let shown = checked(&site, text, "17/11/2025");
    assert!(shown.first(".tally").contains("khác số trong sổ"), "{}", shown.first(".tally"));
    let address = saved(&site, text, "17/11/2025");
    let page = site.get(&address);
    assert!(page.first(".tally").contains("khác số trong sổ"), "found again for who may be told");
    assert!(page.text.contains("Kết quả đúng như lúc lưu."), "{}", page.first("main"));
    assert!(!site.get(PATH).first("tbody tr").contains("khác số"), "the list is kept");
}

#[test]
fn another_answer_than_the_saved_one_is_told() {
    let site = Site::illustrative(true);
    laid(&site, "xua", |check| "0.0.9".clone_into(&mut check.rules));
    let page = site.get(&format!("{PATH}/xua"));
    let now = env!("CARGO_PKG_VERSION");
    let said = format!("khác kết quả lúc lưu: bộ quy tắc khi đó là 0.0.9, nay là {now}.");
    assert!(page.text.contains(&said) && !page.text.contains("đúng như lúc lưu"), "{}", page.first("main"));
    laid(&site, "nay", |_| {});
    let page = site.get(&format!("{PATH}/nay"));
    assert!(page.text.contains(&format!("dù bộ quy tắc vẫn là {now}")), "{}", page.first("main"));
}

#[test]
fn it_is_kept_on_while_little_time_is_left() {
    let site = Site::illustrative(true);
    laid(&site, "sap-het", |_| {});
    let (address, act) = (format!("{PATH}/sap-het"), format!("{PATH}/sap-het/giu"));
    assert!(site.get(&address).text.contains("Giữ thêm 180 ngày"));
    let kept = site.post(&act, &[]);
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, address.as_str()));
    let until = |id: &str| site.queue.saved_check(id, noon()).expect("read").expect("there").0.kept_until;
    assert_eq!(until("sap-het"), Instant(noon().0 + 280 * DAY));
    assert!(!site.get(&address).text.contains("Giữ thêm"));
    let refused = site.post(&act, &[]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("hơn 180 ngày nữa"), "{}", refused.first("main"));
    assert_eq!(until("sap-het"), Instant(noon().0 + 280 * DAY));
}

#[test]
fn a_full_place_refuses_and_the_text_stays() {
    let site = Site::illustrative(true);
    for number in 0..SAVED_CHECKS_MAX {
        laid(&site, &format!("{number}"), |_| {});
    }
    let refused = site.post(PATH, &form_of(&checked(&site, TEXT, ""), "Lưu kết quả này"));
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("nơi lưu đã đầy, có 500 bài"), "{}", refused.first("main"));
    assert_eq!(refused.first("textarea"), TEXT.replace('\n', " "));
    let list = site.get(PATH);
    assert_eq!(list.count("tbody tr"), 50);
    assert!(list.text.contains("50 bài trên trang này, 500 bài đã lưu"), "{}", list.first(".pager"));
    assert_eq!(site.get(&format!("{PATH}?sau=490")).count("tbody tr"), 10);
    assert_eq!(site.get(&format!("{PATH}?sau=x")).status, StatusCode::BAD_REQUEST);
}

#[test]
fn files_and_json_are_of_the_saved_result() {
    let site = Site::illustrative(true);
    let address = saved(&site, TEXT, "17/11/2025");
    for ending in ["docx", "xlsx"] {
        let file = site.post(&format!("{address}/tep"), &pairs(&[("dang", ending)]));
        assert_eq!(file.status, StatusCode::OK, "{}", file.text);
        assert!(file.bytes.starts_with(b"PK"), "{ending}");
        let name = format!("soat-so-2025-11-17.{ending}");
        assert!(file.header("content-disposition").contains(&name));
    }
    assert_eq!(site.post(&format!("{address}/tep"), &[]).status, StatusCode::BAD_REQUEST);
    let id = address.rsplit('/').next().expect("a name");
    let answer = site.get(&format!("/api/v1/check/saved/{id}"));
    assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"));
    let found: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!((&found["unchanged"], &found["date"]), (&true.into(), &"2025-11-17".into()));
    assert_eq!(found["answer"]["relations"][0]["verdict"], "mismatch");
    assert_eq!(found["answer"]["text"], TEXT);
    assert_eq!(site.get("/api/v1/check/saved/khong-co").status, StatusCode::NOT_FOUND);
}
