//! A proof file dropped on the page, good and bad.

use axum::http::StatusCode;

use crate::figure::tests::world::{Answer, World};

const TODAY: &str = "2025-11-17";
const CHECK: &str = "/kiem-chung";

fn world() -> World {
    told(World::new())
}

fn told(mut world: World) -> World {
    world.stations("2025-11-05", "201", &["A1", "A2"]);
    world
}

fn proof(world: &mut World) -> String {
    let proof = world.get(TODAY, "/chi-tieu/tram-bts/bang-chung?dv=15&ky=2025-11");
    assert_eq!(proof.status, StatusCode::OK, "{}", proof.text);
    proof.text
}

fn check(world: &mut World, text: &str) -> Answer {
    world.send(TODAY, CHECK, &[("khoa", "")], Some(("so.json", text.as_bytes())))
}

#[test]
fn a_good_file_gets_its_three_lines_and_leads_to_its_figure() {
    let mut world = world();
    let file = proof(&mut world);
    let page = check(&mut world, &file);
    assert_eq!(
        (page.status, page.heading().as_str()),
        (StatusCode::OK, "Bằng chứng này đúng; chưa chứng minh được là đầy đủ")
    );
    let lines = page.all(".proof li");
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].contains("Bản ghi có thật"), "{lines:?}");
    assert!(lines[1].contains("Số học khớp: đếm lại từ 2 bản ghi"), "{lines:?}");
    assert!(lines[2].contains("không chứng minh được"), "{lines:?}");
    assert!(page.words().contains("được kiểm bằng khóa của sổ cái này"));
    assert!(page.all(".proof h3").concat().contains("Tỉnh Lào Cai (mã 15), tháng 11/2025: 2 trạm"));
    let figure = page.links("Xem số này trên máy chủ");
    let figure = world.get(TODAY, figure.first().expect("a link"));
    assert!(figure.heading().contains("có 2 trạm"), "{}", figure.heading());
}

#[test]
fn the_proof_of_a_record_shows_what_was_recorded() {
    let mut world = world();
    let file = world.get(TODAY, "/so/tram-bts/bang-chung/A1/2025-11-05").text;
    let page = check(&mut world, &file);
    assert_eq!(page.heading(), "Bằng chứng này đúng; chưa chứng minh được là đầy đủ");
    assert!(page.all("dd").iter().any(|value| value == "Nhà mạng A"), "{}", page.words());
    assert!(page.words().contains("không nói bản ghi còn hiện hành hay không"));
}

#[test]
fn a_changed_number_and_another_key_are_told() {
    let mut world = world();
    let file = proof(&mut world);
    let mut changed: serde_json::Value = serde_json::from_str(&file).expect("JSON");
    changed["figure"]["value"] = "3".into();
    let page = check(&mut world, &changed.to_string());
    assert_eq!(page.heading(), "Tệp bằng chứng này có điều sai");
    assert!(page.all(".proof li.fails").concat().contains("Số học: SAI"), "{}", page.words());
    assert!(page.links("Xem số này").is_empty());
    let stranger = proof(&mut told(World::seeded(99)));
    let page = check(&mut world, &stranger);
    assert_eq!(page.heading(), "Bằng chứng này đúng; chưa chứng minh được là đầy đủ", "in itself");
    assert!(page.words().contains("Khóa lấy từ chính tệp, chưa đáng tin"));
    assert!(page.links("Xem số này").is_empty(), "it is no figure of this server");
    let own = world.get(TODAY, CHECK).all("dd").last().cloned().expect("the key");
    let form = [("khoa", own.as_str())];
    let page = world.send(TODAY, CHECK, &form, Some(("so.json", stranger.as_bytes())));
    assert_eq!(page.heading(), "Tệp bằng chứng này có điều sai", "not under this key");
}

/// Name and bytes of what is sent, if anything.
type File<'f> = Option<(&'f str, &'f [u8])>;

#[test]
fn what_is_no_proof_file_leads_back_to_the_form_with_a_sentence() {
    let mut world = world();
    let long = vec![b' '; (16 << 20) + 1];
    let cases: [(File<'_>, &str, &str); 6] = [
        (None, "", "Chưa chọn tệp bằng chứng nào."),
        (Some(("a.json", b"")), "", "Tệp rỗng"),
        (Some(("a.json", b"{}")), "", "Không phải tệp bằng chứng"),
        (Some(("a.pdf", b"%PDF-1.7 \xff\xfe")), "", "không phải văn bản UTF-8"),
        (Some(("a.json", &long)), "", "Tệp dài 17 MB"),
        (Some(("a.json", b"{}")), "<b>khoa</b>", "Không đọc được khóa"),
    ];
    for (file, key, says) in cases {
        let page = world.send(TODAY, CHECK, &[("khoa", key)], file);
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(page.words().contains(says), "{says}: {}", page.words());
        assert!(page.all("title").concat().starts_with("Lỗi: "));
    }
}
