//! The import pages through the real router: upload, mapping, trial, writing, and every way in which it goes
//! wrong.
//!
//! This test is its own executable: started with the hidden command it is the process that reads files.

mod evidence;
mod scope;
mod site;

use std::process::ExitCode;

use axum::http::StatusCode;
use mc_intake::read_here;
use mc_testkit::reader::tests_or_child;
use scraper::Selector;

use site::{Answer, Site, action};

fn main() -> ExitCode {
    tests_or_child([
        ("good_rows_go_in_and_the_others_come_back_with_reasons", good_rows),
        ("a_whole_file_goes_in_and_its_upload_is_forgotten", whole_file),
        ("a_file_without_explanations_comes_back_with_room_for_them", explained),
        ("columns_can_be_mapped_by_hand_and_are_remembered", by_hand),
        ("a_list_takes_the_place_of_a_total_when_a_person_says_so", covered),
        ("bad_files_get_a_sentence_and_no_upload_stays", bad_files),
        ("an_upload_that_is_gone_or_guessed_is_not_there", gone),
        ("how_a_file_writes_numbers_is_asked_once", numbers),
        ("names_in_a_file_mean_what_is_near_the_page", scope::names_mean_what_is_near),
        ("the_place_proposed_is_that_of_the_page", scope::the_place_proposed_is_that_of_the_page),
        ("a_document_is_read_for_its_numbers_and_not_kept", document),
        ("off_loopback_nobody_imports", off_loopback),
        ("a_form_from_elsewhere_or_too_large_is_refused", foreign),
    ])
}

const HEADER: &str = "Mã cột;Từ ngày;Trạng thái;Đơn vị khai thác;Địa bàn;Chiều cao;Ghi của đơn vị\n";
const GOOD: &str = "C-1;01/11/2025;Phát sóng;A;Xã Bình An;30;\nC-2;02/11/2025;quy hoach;A;xa hoa lac;42;\n";
const BAD: &str = "C-3;31/11/2025;Phát sóng;A;<b>Xã Lạ</b>;30;\nC-4;02/11/2025;Phát sóng;A;Xã Bình An;900;\n";

fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

/// The reasons in the workbook that a page offers, the heading first.
fn reasons(site: &Site, page: &Answer) -> Vec<String> {
    let why = site.get(&page.link("/vi-sao"));
    assert_eq!(why.status, StatusCode::OK, "{}", why.text());
    let book = read_here(std::io::Cursor::new(why.bytes), "why.xlsx", &mc_intake::Request::default());
    book.expect("a workbook").rows.iter().map(|row| row.cell(7).to_string()).collect()
}

fn good_rows() {
    let site = Site::new(true);
    assert!(site.masts().contains("/so/cot/nhap"), "the list offers to import");
    let mapping = site.mapping("cột mới.csv", &format!("{HEADER}{GOOD}{BAD}"));
    assert!(mapping.text().contains("cột mới.csv"));
    let tried = site.tried(&mapping.form("/nhap/thu"));
    let text = tried.text();
    assert_eq!(tried.status, StatusCode::OK, "{text}");
    assert!(text.contains("Nhập 2 dòng tốt") && !text.contains("Nhập cả tệp"), "{text}");
    let refused = tried.page();
    let rows = Selector::parse("#tu-choi tbody tr").expect("a selector");
    let rows: Vec<String> = refused.select(&rows).map(|row| row.text().collect()).collect();
    let at = |part: &str| rows.iter().filter(|row| row.contains(part)).count();
    assert_eq!((at("31/11/2025"), at("Xã Lạ"), rows.len()), (1, 1, 3), "each fault by itself: {rows:?}");
    assert!(text.contains("Tháng 11/2025 chỉ có 30 ngày") && !text.contains("<b>Xã Lạ"), "{text}");
    assert!(!site.masts().contains("C-1"), "a trial writes nothing");

    let first = reasons(&site, &tried);
    assert_eq!(first[0], "Vì sao");
    assert!(first[1].is_empty() && first[2].is_empty(), "{first:?}");
    assert!(first[3].contains("31/11/2025") && first[4].contains("900"), "{first:?}");

    let written = site.written(&tried);
    let text = written.text();
    assert!(text.contains("Đã ghi 2 dòng") && text.contains("/kiem-chung/ghi/"), "{text}");
    let masts = site.masts();
    assert!(masts.contains("C-1") && masts.contains("C-2") && !masts.contains("C-4"), "{masts}");
    assert_eq!(site.get(&written.link("/vi-sao")).status, StatusCode::OK, "the reasons stay at hand");
    // A second press of the same button is the same import.
    assert!(site.written(&tried).text().contains("Đã ghi 2 dòng"));
    // The same file tried once more has nothing to write.
    let again = with(mapping.form("/nhap/thu"), "viec", &"7".repeat(32));
    let same = site.tried(&again);
    let said = "Không có dòng nào mới: 2 dòng đã có trong sổ như vậy, 2 dòng bị từ chối.";
    assert!(same.text().contains(said), "{}", same.text());
    // With the commune of another column every row is refused; the reasons of the first trial stay its own.
    let other = with(with(with(again, "viec", &"8".repeat(32)), "cot-4", ""), "cot-3", "6");
    let other = site.tried(&other);
    assert!(reasons(&site, &other).iter().skip(1).all(|reason| !reason.is_empty()), "{}", other.text());
    assert_eq!(reasons(&site, &written), first);
}

fn explained() {
    let site = Site::new(true);
    let tall = "C-1;01/11/2025;Phát sóng;A;Xã Bình An;30;\nC-5;01/11/2025;Phát sóng;A;Xã Bình An;300;\n";
    let tried = site.tried(&site.mapping("cao.csv", &format!("{HEADER}{tall}")).form("/nhap/thu"));
    assert!(tried.text().contains("Cột cao hơn 200 m."), "{}", tried.text());
    let why = site.get(&tried.link("/vi-sao"));
    let book = read_here(std::io::Cursor::new(why.bytes), "why.xlsx", &mc_intake::Request::default());
    let rows = book.expect("a workbook").rows;
    let line = |row: &mc_intake::Row| (0..10).map(|at| row.cell(at).to_string()).collect::<Vec<_>>();
    assert_eq!(line(&rows[0])[7..], ["Văn bản giải trình", "Lý do giải trình", "Vì sao"]);
    assert_eq!(line(&rows[2])[7..9], ["", ""]);
    // Filled in, it is sent as it came back.
    let filled = rows.iter().zip([None, None, Some(("Biên bản 12/BB", "Cột nối thêm đoạn ngọn"))]);
    let sent: Vec<String> = filled
        .map(|(row, said)| {
            let mut line = line(row);
            if let Some((document, reason)) = said {
                (line[7], line[8]) = (document.to_owned(), reason.to_owned());
            }
            line.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";")
        })
        .collect();
    let again = site.tried(&site.mapping("cao-2.csv", &sent.join("\n")).form("/nhap/thu"));
    assert!(again.text().contains("Nhập cả tệp (2 dòng)"), "{}", again.text());
    assert!(site.written(&again).text().contains("Đã ghi 2 dòng"));
}

fn whole_file() {
    let site = Site::new(true);
    let mapping = site.mapping("tot.csv", &format!("{HEADER}{GOOD}"));
    assert_eq!(site.staged(), 1);
    let tried = site.tried(&mapping.form("/nhap/thu"));
    assert!(tried.text().contains("Nhập cả tệp (2 dòng)"), "{}", tried.text());
    let written = site.written(&tried);
    assert!(written.text().contains("Đã ghi 2 dòng"), "{}", written.text());
    assert_eq!(site.staged(), 0);
    evidence::the_file_is_given_back(&site, &written);
    // The upload is gone, and that is what the mapping page says when the form is sent once more.
    let resent = site.post("/so/cot/nhap/thu", &with(mapping.form("/nhap/thu"), "viec", &"7".repeat(32)));
    assert_eq!(resent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(resent.text().contains("không còn trên máy chủ"), "{}", resent.text());
}

fn covered() {
    let site = Site::new(true);
    let mapping = site.mapping("cột.csv", &format!("{HEADER}{GOOD}"));
    let tried = site.tried(&mapping.form("/nhap/thu"));
    assert!(tried.text().contains("nay có 1 cột trong danh sách: giảm tổng còn 39 cột"), "{}", tried.text());
    assert!(!tried.text().contains("/thay/"), "before anything is written there is nothing to confirm");
    let written = site.written(&tried);
    let form = with(written.form("/thay/"), "cach", "mot-phan");
    let address = action(&written, "/thay/");
    assert!(form.contains(&("tu-ngay".to_owned(), "01/11/2025".to_owned())), "{form:?}");
    // The page of the total leads to the same form.
    let record = site.get(&address.replace("/thay/", "/"));
    assert!(record.text().contains("Thay số tổng bằng danh sách"), "{}", record.text());
    assert_eq!(site.get(&address).status, StatusCode::OK);

    let blank = site.post(&address, &form);
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.text().contains("cần một câu nói danh sách nào"), "{}", blank.text());
    let form = with(form, "ly-do", "Danh sách tháng 11");
    let most = site.post(&address, &with(form.clone(), "giam", "41"));
    assert_eq!(most.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(most.text().contains("phần giảm phải từ 1 đến 40"), "{}", most.text());
    for (typed, sentence) in
        [("1,234", "là 1.234 nếu viết kiểu Anh"), ("5%", "là phần trăm"), ("một", "không phải là số")]
    {
        let refused = site.post(&address, &with(form.clone(), "giam", typed));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(refused.text().contains(sentence), "{typed}: {}", refused.text());
    }
    let done = site.post(&address, &form);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(site.get(&done.location).text().contains("Đã ghi vào sổ"));
    let covers = site.get("/so/thay-so-tong").text();
    assert!(covers.contains("Danh sách tháng 11") || covers.contains("39"), "{covers}");
    // Who looked at the total before that decides on something that is no more.
    let late = with(form, "khoa-chong-trung", &"0".repeat(32));
    assert_eq!(site.post(&address, &late).status, StatusCode::CONFLICT);
}

fn by_hand() {
    let site = Site::new(true);
    let file = "Mã cột;Bắt đầu;Trạng thái;Nơi\nC-1;01/11/2025;Phát sóng;Xã Bình An\n";
    let mapping = site.mapping("la.csv", file);
    let form = mapping.form("/nhap/thu");
    // Column B is named as no field; without it, the day has a common value that a person may change.
    let cleared = form.iter().map(|(name, value)| {
        (name.clone(), if name.starts_with("chung-") { String::new() } else { value.clone() })
    });
    let missing = site.post("/so/cot/nhap/thu", &cleared.collect::<Vec<_>>());
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", missing.text());
    assert!(missing.text().contains("Chưa có cột nào cho trường bắt buộc: Từ ngày"), "{}", missing.text());

    let chosen = with(with(missing.form("/nhap/thu"), "cot-1", "2"), "cot-3", "6");
    let tried = site.tried(&chosen);
    assert!(tried.text().contains("Nhập cả tệp (1 dòng)"), "{}", tried.text());
    let edited = site.get(&tried.link("/so/cot/nhap?"));
    let kept = edited.form("/nhap/thu");
    assert!(kept.contains(&("cot-1".to_owned(), "2".to_owned())), "{kept:?}");
    let written = site.written(&tried);
    assert!(written.text().contains("Đã ghi 1 dòng"), "{}", written.text());
    let record = site.get("/so/cot/C-1/2025-11-01").text();
    assert!(record.contains("Bình An") && record.contains("01/11/2025"), "{record}");

    let next = site.mapping("la-2.csv", &file.replace("C-1", "C-7"));
    assert!(next.text().contains("như lần nhập trước"), "{}", next.text());
    let remembered = next.form("/nhap/thu");
    assert!(remembered.contains(&("cot-1".to_owned(), "2".to_owned())), "{remembered:?}");
}

fn bad_files() {
    let site = Site::new(true);
    let cases: [(&str, &[u8], &str); 6] = [
        ("rong.csv", b"", "Tệp rỗng"),
        ("anh.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00", "không phải bảng tính"),
        ("hong.xlsx", b"PK\x03\x04 cut off", "an toàn"),
        ("trang.xlsx", b"<html><table></table></html>", "trang HTML"),
        ("la.csv", b"a;b\n1;2\n", "Không tìm thấy dòng tiêu đề"),
        ("<i>.csv", b"a;b\xff\n", "Unicode"),
    ];
    for (name, bytes, sentence) in cases {
        let answer = site.upload_from("same-origin", name, bytes);
        let text = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {text}");
        assert!(text.contains(sentence), "{name}: {text}");
        assert!(text.contains("name=\"tep\""), "{name}: the form is there again");
        assert_eq!(site.staged(), 0, "{name}");
    }
    let nothing = site.upload_from("same-origin", "", b"");
    assert!(nothing.text().contains("Chưa chọn tệp"), "{}", nothing.text());
}

fn gone() {
    let site = Site::new(true);
    let ids = ["", "x", "../../../../etc/passwd", "0123456789abcdef0123456789abcdef", &"a".repeat(3_000)];
    for id in ids {
        let address = format!("/so/cot/nhap?tep={}", id.replace('/', "%2F"));
        let expected = if id.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        assert_eq!(site.get(&address).status, expected, "{id}");
        let fields = vec![("tep".to_owned(), id.to_owned())];
        let answer = site.post("/so/cot/nhap/thu", &fields);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{id}");
    }
    for id in ["x", "0123456789abcdef0123456789abcdef", "..%2F..%2Fetc%2Fpasswd"] {
        for part in ["", "/tien-do", "/vi-sao"] {
            let address = format!("/so/cot/nhap/viec/{id}{part}");
            assert_eq!(site.get(&address).status, StatusCode::NOT_FOUND, "{address}");
        }
        for act in ["ghi", "huy"] {
            let address = format!("/so/cot/nhap/viec/{id}/{act}");
            assert_eq!(site.post(&address, &[]).status, StatusCode::NOT_FOUND, "{address}");
        }
    }
    // What a form may hold beside the upload: nothing of it is believed.
    let form = site.mapping("tot.csv", &format!("{HEADER}{GOOD}")).form("/nhap/thu");
    for (name, value) in
        [("cot-0", "99999"), ("cot-0", "1-kinh"), ("cot-9", "1"), ("chung-2", "hôm kia"), ("chung-x", "1")]
    {
        let answer = site.post("/so/cot/nhap/thu", &with(form.clone(), name, value));
        assert!(answer.status.as_u16() < 500, "{name}={value}: {}", answer.text());
    }
    assert_eq!(site.get("/so/khong-co/nhap").status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/so/dia-ban/nhap").status, StatusCode::UNPROCESSABLE_ENTITY);
}

fn numbers() {
    let site = Site::new(true);
    let file = |code: &str, area: &str| {
        format!(
            "Mã cột;Từ ngày;Trạng thái;Địa bàn;Chiều cao\n{code};01/11/2025;Phát sóng;Xã Bình An;{area}\n"
        )
    };
    // Nothing to ask where each number has one reading.
    let plain = site.mapping("mot.csv", &file("C-1", "30"));
    assert!(!plain.text().contains("đọc được hai cách. Chọn"), "{}", plain.text());
    let form = plain.form("/nhap/thu");
    assert!(form.contains(&("kieu-so".to_owned(), String::new())), "{form:?}");

    let asked = site.mapping("hai.csv", &file("C-2", "0,042"));
    assert!(!asked.text().contains("đọc được hai cách. Chọn"), "{}", asked.text());
    let asked = site.mapping("ba.csv", &file("C-3", "1,042"));
    assert!(asked.text().contains("Tệp có số viết là “1,042”, đọc được hai cách"), "{}", asked.text());
    let form = asked.form("/nhap/thu");
    assert!(!form.iter().any(|(name, _)| name == "kieu-so"), "nothing is chosen for the sender: {form:?}");
    let unanswered = site.post("/so/cot/nhap/thu", &form);
    assert_eq!(unanswered.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked_again = unanswered.text();
    assert!(asked_again.contains("Chưa rõ số “1,042” là bao nhiêu"), "{asked_again}");
    assert!(
        asked_again.contains("href=\"#kieu-so\"") && asked_again.contains("id=\"kieu-so-loi\""),
        "{asked_again}"
    );
    assert!(asked_again.contains("<title>Lỗi:") && asked_again.contains("&#38;lang=en"), "{asked_again}");
    // In English it is one thousand and more than a mast may be high; in Vietnamese it is no whole number.
    let english = site.tried(&with(form.clone(), "kieu-so", "en"));
    assert!(english.text().contains("nằm ngoài khoảng cho phép"), "{}", english.text());

    let good = site.mapping("bon.csv", &file("C-4", "42"));
    let written = site.tried(&with(good.form("/nhap/thu"), "kieu-so", "en"));
    assert!(site.written(&written).text().contains("Đã ghi 1 dòng"), "{}", written.text());
    let next = site.mapping("nam.csv", &file("C-5", "1,042"));
    assert!(!next.text().contains("đọc được hai cách. Chọn"), "{}", next.text());
    assert!(next.text().contains("Như lần nhập trước."), "{}", next.text());
    let form = next.form("/nhap/thu");
    assert!(form.contains(&("kieu-so".to_owned(), "en".to_owned())), "{form:?}");
}

fn document() {
    let site = Site::new(true);
    let html = "<p>Toàn tỉnh có 99 xã, phường, gồm 10 phường và 89 xã.</p>".as_bytes();
    let page = site.upload_to("/soat-so", "same-origin", "bài.html", html);
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.text().contains("10 + 89 = 99"), "{}", page.text());
    let picture = site.upload_to("/soat-so", "same-origin", "ảnh.pdf", &[0xff, 0xd8, 0xff, 0xe0, 0, 16]);
    assert_eq!(picture.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(picture.text().contains("tep-loi"), "{}", picture.text());
    assert_eq!(site.staged(), 0, "nothing of either is kept");
}

fn off_loopback() {
    let site = Site::new(false);
    assert_eq!(site.get("/so/cot/nhap").status, StatusCode::NOT_FOUND);
    assert_eq!(site.upload("tot.csv", &format!("{HEADER}{GOOD}")).status, StatusCode::NOT_FOUND);
    assert!(!site.masts().contains("/so/cot/nhap"));
    assert_eq!(site.staged(), 0);
}

fn foreign() {
    let site = Site::new(true);
    let text = format!("{HEADER}{GOOD}");
    assert_eq!(site.upload_from("cross-site", "tot.csv", text.as_bytes()).status, StatusCode::FORBIDDEN);
    let large = vec![b'a'; 21 << 20];
    assert_eq!(site.upload_from("same-origin", "lon.csv", &large).status, StatusCode::PAYLOAD_TOO_LARGE);
    let just_over = vec![b'a'; (20 << 20) + 1];
    let answer = site.upload_from("same-origin", "lon.csv", &just_over);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("lớn hơn 20 MB"), "{}", answer.text());
    assert_eq!(site.staged(), 0);
}
