//! A server that takes imports in, and what a browser would send to it.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mc_base::{Day, Instant};
use mc_importing::jobs::Parts;
use mc_importing::{Desk, Staging};
use mc_pages::{App, Settings};
use mc_port::EditRequest;
use mc_sqlite::{Layout, Queue, Store};
use mc_stories::small;
use scraper::{Html, Selector};
use tempfile::TempDir;
use tower::ServiceExt as _;

const ANSWER_MAX: usize = 8 << 20;

pub struct Site {
    router: Router,
    pub data: PathBuf,
    _dir: Option<TempDir>,
}

pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The address of the first link with this part.
    pub fn link(&self, part: &str) -> String {
        let css = Selector::parse(&format!("main a[href*='{part}']")).expect("a selector");
        let page = self.page();
        let link = page.select(&css).next().unwrap_or_else(|| panic!("no link to {part}: {}", self.text()));
        link.attr("href").unwrap_or_default().to_owned()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn page(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// Names and values of the form that sends to `action`, as a browser would send them by its first button.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let page = self.page();
        let select = |css: &str| Selector::parse(css).expect("a selector");
        let form = page
            .select(&select(&format!("form[action*='{action}']")))
            .next()
            .unwrap_or_else(|| panic!("no form to {action}: {}", self.text()));
        let mut fields = Vec::new();
        for element in form.select(&select("input[name], select[name]")) {
            let name = element.attr("name").unwrap_or_default().to_owned();
            if element.attr("type") == Some("radio") && element.attr("checked").is_none() {
                continue;
            }
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
    pub fn new(loopback: bool) -> Self {
        Self::with(loopback, Vec::new())
    }

    /// The same with more in its registers.
    pub fn with(loopback: bool, edits: Vec<EditRequest>) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let data = dir.path().join("data");
        let layout = Layout::new(&data);
        let mut writer = mc_testkit::instance::found(&layout, 5);
        let total = small::total("masts", small::PROVINCE, "2025-07-10", 40);
        writer.commit(&small::request(vec![small::inserted("total", total)])).expect("a total");
        if !edits.is_empty() {
            writer.commit(&small::request(edits)).expect("what the test needs");
        }
        writer.mark_story(noon(), noon()).expect("a generated instance");
        let queue = Arc::new(Queue::new(writer));
        let store = Store::open(&layout).expect("the store opens");
        let settings = Settings { loopback, one_time_code: None, programmes: Vec::new(), now: noon, fill };
        let exe = std::env::current_exe().expect("own path");
        let source = Arc::new(store);
        let desk = Desk::new(Parts {
            source: source.clone(),
            importer: queue.clone(),
            maps: queue.clone(),
            table: queue.clone(),
            staging: Staging::new(layout.staging(), exe),
            now: noon,
        });
        let app = App::new(source, Some(queue), settings).expect("an instance").with_imports(desk);
        Self { router: mc_pages::router(app), data, _dir: Some(dir) }
    }

    /// The same instance as it is read from elsewhere.
    pub fn off_loopback(&self) -> Self {
        let store = Store::open(&Layout::new(&self.data)).expect("the store opens");
        let settings =
            Settings { loopback: false, one_time_code: None, programmes: Vec::new(), now: noon, fill };
        let app = App::new(Arc::new(store), None, settings).expect("an instance");
        Self { router: mc_pages::router(app), data: self.data.clone(), _dir: None }
    }

    pub fn ask(&self, request: Request<Body>) -> Answer {
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

    pub fn get(&self, address: &str) -> Answer {
        let request = Request::get(address).header("host", "127.0.0.1:5757");
        self.ask(request.body(Body::empty()).expect("a request"))
    }

    pub fn post(&self, address: &str, fields: &[(String, String)]) -> Answer {
        // As a browser sends it: blank fields too.
        let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(value));
        let body = fields.iter().map(pair).collect::<Vec<_>>().join("&");
        let request = Request::post(address)
            .header("host", "127.0.0.1:5757")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).expect("a request"))
    }

    pub fn upload_from(&self, site: &str, name: &str, bytes: &[u8]) -> Answer {
        self.upload_to("/so/cot/nhap", site, name, bytes)
    }

    pub fn upload_to(&self, address: &str, site: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body =
            format!("--XX\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n")
                .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--XX--\r\n");
        let request = Request::post(address)
            .header("host", "127.0.0.1:5757")
            .header("sec-fetch-site", site)
            .header("content-type", "multipart/form-data; boundary=XX");
        self.ask(request.body(Body::from(body)).expect("a request"))
    }

    pub fn upload(&self, name: &str, text: &str) -> Answer {
        self.upload_from("same-origin", name, text.as_bytes())
    }

    /// Uploads a file that can be read, and gives its mapping page.
    pub fn mapping(&self, name: &str, text: &str) -> Answer {
        let uploaded = self.upload(name, text);
        assert_eq!(uploaded.status, StatusCode::SEE_OTHER, "{}", uploaded.text());
        let page = self.get(&uploaded.location);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        page
    }

    /// Follows an import to its end, as a reader without scripts would.
    pub fn follow(&self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        for _ in 0..1_000 {
            let page = self.get(&answer.location);
            if !page.text().contains("http-equiv=\"refresh\"") {
                return page;
            }
            assert_eq!(page.status, StatusCode::OK);
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("it never ends");
    }

    /// Sends the mapping form, and waits for what would be written.
    pub fn tried(&self, form: &[(String, String)]) -> Answer {
        self.follow(&self.post("/so/cot/nhap/thu", form))
    }

    /// Presses the button of a trial, and waits for what was written.
    pub fn written(&self, tried: &Answer) -> Answer {
        self.follow(&self.post(&action(tried, "/ghi"), &tried.form("/ghi")))
    }

    pub fn staged(&self) -> usize {
        std::fs::read_dir(self.data.join("staging")).map_or(0, Iterator::count)
    }

    pub fn masts(&self) -> String {
        self.get("/so/cot").text()
    }
}

/// The address of a form, as its page has it.
pub fn action(answer: &Answer, part: &str) -> String {
    let css = Selector::parse(&format!("form[action*='{part}']")).expect("a selector");
    let page = answer.page();
    let form = page.select(&css).next().unwrap_or_else(|| panic!("no form to {part}: {}", answer.text()));
    form.attr("action").unwrap_or_default().to_owned()
}
