//! The import pages through the real router: upload, mapping, trial, writing, and every way in which it goes
//! wrong.
//!
//! This test is its own executable: started with the hidden command it is the process that reads files.

mod evidence;

use libtest_mimic::{Arguments, Trial};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mc_base::{Day, Instant};
use mc_importing::{Desk, Staging};
use mc_intake::{CHILD_COMMAND, child_main, read_here};
use mc_pages::{App, Settings};
use mc_sqlite::{Layout, Queue, Store};
use mc_stories::small;
use scraper::{Html, Selector};
use tempfile::TempDir;
use tower::ServiceExt as _;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(CHILD_COMMAND) {
        return child_main();
    }
    let tests: [(&str, fn()); 8] = [
        ("good_rows_go_in_and_the_others_come_back_with_reasons", good_rows),
        ("a_whole_file_goes_in_and_its_upload_is_forgotten", whole_file),
        ("columns_can_be_mapped_by_hand_and_are_remembered", by_hand),
        ("a_list_takes_the_place_of_a_total_when_a_person_says_so", covered),
        ("bad_files_get_a_sentence_and_no_upload_stays", bad_files),
        ("an_upload_that_is_gone_or_guessed_is_not_there", gone),
        ("off_loopback_nobody_imports", off_loopback),
        ("a_form_from_elsewhere_or_too_large_is_refused", foreign),
    ];
    let trials = tests.map(|(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

const ANSWER_MAX: usize = 8 << 20;

struct Site {
    router: Router,
    data: PathBuf,
    _dir: Option<TempDir>,
}

struct Answer {
    status: StatusCode,
    location: String,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    fn page(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// Names and values of the form that sends to `action`, as a browser would send them by its first button.
    fn form(&self, action: &str) -> Vec<(String, String)> {
        let page = self.page();
        let select = |css: &str| Selector::parse(css).expect("a selector");
        let form = page
            .select(&select(&format!("form[action*='{action}']")))
            .next()
            .unwrap_or_else(|| panic!("no form to {action}: {}", self.text()));
        let mut fields = Vec::new();
        for element in form.select(&select("input[name], select[name]")) {
            let name = element.attr("name").unwrap_or_default().to_owned();
            let value = match element.value().name() {
                "select" => element
                    .select(&select("option[selected]"))
                    .next()
                    .and_then(|option| option.attr("value"))
                    .unwrap_or_default(),
                _ => element.attr("value").unwrap_or_default(),
            };
            fields.push((name, value.to_owned()));
        }
        fields
    }
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn noon() -> Instant {
    Instant(Instant::start_of(Day::new(2025, 11, 17).expect("a day")).0 + 12 * 3_600_000)
}

fn fill(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    for (byte, value) in bytes.iter_mut().zip(next.iter().cycle()) {
        *byte = *value;
    }
}

impl Site {
    fn new(loopback: bool) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let data = dir.path().join("data");
        let layout = Layout::new(&data);
        let mut writer = mc_testkit::instance::found(&layout, 5);
        let total = small::total("masts", small::PROVINCE, "2025-07-10", 40);
        writer.commit(&small::request(vec![small::inserted("total", total)])).expect("a total");
        writer.mark_story(noon(), noon()).expect("a generated instance");
        let queue = Arc::new(Queue::new(writer));
        let store = Store::open(&layout).expect("the store opens");
        let settings = Settings { loopback, one_time_code: None, programmes: Vec::new(), now: noon, fill };
        let exe = std::env::current_exe().expect("own path");
        let desk = Desk {
            importer: queue.clone(),
            maps: queue.clone(),
            staging: Staging::new(layout.staging(), exe),
        };
        let app = App::new(Arc::new(store), Some(queue), settings).expect("an instance").with_imports(desk);
        Self { router: mc_pages::router(app), data, _dir: Some(dir) }
    }

    fn ask(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(1).build();
        runtime.expect("a runtime").block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the router answers");
            let (head, body) = response.into_parts();
            let location = head.headers.get("location").and_then(|to| to.to_str().ok()).unwrap_or_default();
            Answer {
                status: head.status,
                location: location.to_owned(),
                bytes: to_bytes(body, ANSWER_MAX).await.expect("a whole answer").to_vec(),
            }
        })
    }

    fn get(&self, address: &str) -> Answer {
        let request = Request::get(address).header("host", "127.0.0.1:5757");
        self.ask(request.body(Body::empty()).expect("a request"))
    }

    fn post(&self, address: &str, fields: &[(String, String)]) -> Answer {
        // As a browser sends it: blank fields too.
        let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(value));
        let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
        let request = Request::post(address)
            .header("host", "127.0.0.1:5757")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).expect("a request"))
    }

    fn upload_from(&self, site: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body =
            format!("--XX\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n")
                .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        let request = Request::post("/so/cot/nhap")
            .header("host", "127.0.0.1:5757")
            .header("sec-fetch-site", site)
            .header("content-type", "multipart/form-data; boundary=XX");
        self.ask(request.body(Body::from(body)).expect("a request"))
    }

    fn upload(&self, name: &str, text: &str) -> Answer {
        self.upload_from("same-origin", name, text.as_bytes())
    }

    /// Uploads a file that can be read, and gives its mapping page.
    fn mapping(&self, name: &str, text: &str) -> Answer {
        let uploaded = self.upload(name, text);
        assert_eq!(uploaded.status, StatusCode::SEE_OTHER, "{}", uploaded.text());
        let page = self.get(&uploaded.location);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        page
    }

    fn staged(&self) -> usize {
        std::fs::read_dir(self.data.join("staging")).map_or(0, Iterator::count)
    }

    fn masts(&self) -> String {
        self.get("/so/cot").text()
    }
}

const HEADER: &str = "Mã cột;Từ ngày;Trạng thái;Đơn vị khai thác;Địa bàn;Chiều cao;Ghi của đơn vị\n";
const GOOD: &str = "C-1;01/11/2025;Phát sóng;A;Xã Bình An;30;\nC-2;02/11/2025;quy hoach;A;xa hoa lac;42;\n";
const BAD: &str = "C-3;31/11/2025;Phát sóng;A;<b>Xã Lạ</b>;30;\nC-4;02/11/2025;Phát sóng;A;Xã Bình An;900;\n";

fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

fn good_rows() {
    let site = Site::new(true);
    assert!(site.masts().contains("/so/cot/nhap"), "the list offers to import");
    let mapping = site.mapping("cột mới.csv", &format!("{HEADER}{GOOD}{BAD}"));
    assert!(mapping.text().contains("cột mới.csv"));
    let tried = site.post("/so/cot/nhap/thu", &mapping.form("/nhap/thu"));
    let text = tried.text();
    assert_eq!(tried.status, StatusCode::OK, "{text}");
    assert!(text.contains("Nhập 2 dòng tốt") && !text.contains("Nhập cả tệp"), "{text}");
    assert!(text.contains("Tháng 11/2025 chỉ có 30 ngày") && !text.contains("<b>Xã Lạ"), "{text}");
    assert!(!site.masts().contains("C-1"), "a trial writes nothing");

    let form = tried.form("/nhap/ghi");
    let why = site.post("/so/cot/nhap/ghi", &with(form.clone(), "viec", "vi-sao"));
    let book = read_here(std::io::Cursor::new(why.bytes), "why.xlsx", &mc_intake::Request::default());
    let rows = book.expect("a workbook").rows;
    let reasons: Vec<String> = rows.iter().map(|row| row.cell(7).to_string()).collect();
    assert_eq!(reasons[0], "Vì sao");
    assert!(reasons[1].is_empty() && reasons[2].is_empty(), "{reasons:?}");
    assert!(reasons[3].contains("31/11/2025") && reasons[4].contains("900"), "{reasons:?}");

    let written = site.post("/so/cot/nhap/ghi", &form);
    let text = written.text();
    assert!(text.contains("Đã ghi 2 dòng") && text.contains("/kiem-chung/ghi/"), "{text}");
    let masts = site.masts();
    assert!(masts.contains("C-1") && masts.contains("C-2") && !masts.contains("C-4"), "{masts}");
    let again = site.post("/so/cot/nhap/ghi", &form);
    assert!(again.text().contains("không ghi lần nào"), "{}", again.text());
}

fn whole_file() {
    let site = Site::new(true);
    let mapping = site.mapping("tot.csv", &format!("{HEADER}{GOOD}"));
    assert_eq!(site.staged(), 1);
    let tried = site.post("/so/cot/nhap/thu", &mapping.form("/nhap/thu"));
    assert!(tried.text().contains("Nhập cả tệp (2 dòng)"), "{}", tried.text());
    let form = tried.form("/nhap/ghi");
    let written = site.post("/so/cot/nhap/ghi", &form);
    assert!(written.text().contains("Đã ghi 2 dòng"), "{}", written.text());
    assert_eq!(site.staged(), 0);
    evidence::the_file_is_given_back(&site, &written);
    // The browser's reload button: the upload is gone, and that is what the page says.
    let reloaded = site.post("/so/cot/nhap/ghi", &form);
    assert_eq!(reloaded.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reloaded.text().contains("không còn trên máy chủ"), "{}", reloaded.text());
}

/// The address of a form, as its page has it.
fn action(answer: &Answer, part: &str) -> String {
    let css = Selector::parse(&format!("form[action*='{part}']")).expect("a selector");
    let page = answer.page();
    let form = page.select(&css).next().unwrap_or_else(|| panic!("no form to {part}: {}", answer.text()));
    form.attr("action").unwrap_or_default().to_owned()
}

fn covered() {
    let site = Site::new(true);
    let mapping = site.mapping("cột.csv", &format!("{HEADER}{GOOD}"));
    let tried = site.post("/so/cot/nhap/thu", &mapping.form("/nhap/thu"));
    assert!(tried.text().contains("nay có 1 cột trong danh sách: giảm tổng còn 39 cột"), "{}", tried.text());
    assert!(!tried.text().contains("/thay/"), "before anything is written there is nothing to confirm");
    let written = site.post("/so/cot/nhap/ghi", &tried.form("/nhap/ghi"));
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
    let tried = site.post("/so/cot/nhap/thu", &chosen);
    assert!(tried.text().contains("Nhập cả tệp (1 dòng)"), "{}", tried.text());
    let edited = site.post("/so/cot/nhap/ghi", &with(tried.form("/nhap/ghi"), "viec", "sua"));
    let kept = edited.form("/nhap/thu");
    assert!(kept.contains(&("cot-1".to_owned(), "2".to_owned())), "{kept:?}");
    let written = site.post("/so/cot/nhap/ghi", &tried.form("/nhap/ghi"));
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
        for step in ["thu", "ghi"] {
            let answer = site.post(&format!("/so/cot/nhap/{step}"), &fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{step} {id}");
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
