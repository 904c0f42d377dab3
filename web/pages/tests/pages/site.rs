//! A server on a small world, and what a browser would send to it.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use mc_base::{Day, Instant};
use mc_ledger::Value;
use mc_pages::{App, Settings};
use mc_port::Sink as _;
use mc_sqlite::{BackupRequest, Layout, Queue, Store, StoryWorld, Writer};
use mc_stories::small;
use scraper::{Html, Selector};
use tempfile::TempDir;
use tower::ServiceExt as _;

pub const CODE: &str = "4821-7730";
const ANSWER_MAX: usize = 4 << 20;

pub struct Site {
    router: Router,
    pub queue: Arc<Queue>,
    /// Where its data lie.
    pub layout: Layout,
    _dir: TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

pub fn noon() -> Instant {
    Instant(Instant::start_of(Day::new(2025, 11, 17).expect("a day")).0 + 12 * 3_600_000)
}

fn fill(bytes: &mut [u8]) {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_le_bytes();
    for (place, (byte, value)) in (0_u8..=255).cycle().zip(bytes.iter_mut().zip(next.iter().cycle())) {
        *byte = value.wrapping_add(place / 8);
    }
}

fn filled(mut writer: Writer) -> Queue {
    writer.mark_story(noon(), noon()).ok();
    let queue = Queue::new(writer);
    let masts = [("A-1", 0, "live"), ("A-2", 1, "live"), ("B<1>/x", 2, "planned")];
    let mut edits: Vec<_> = masts
        .iter()
        .map(|(code, commune, state)| {
            small::inserted("mast", small::mast(code, small::COMMUNES[*commune], state, "2025-08-01"))
        })
        .collect();
    edits
        .push(small::inserted("plot", small::plot(7, small::COMMUNES[0], "2025-08-01", "Nguyễn Thị Bí Mật")));
    edits.push(small::succession(small::OLD_COMMUNE, small::COMMUNES[0], true));
    let named = small::mast("S-1", small::COMMUNES[0], "planned", "2025-08-01");
    let name = Value::Text("<b>Đồi Hòa Bình</b>".to_owned());
    edits.push(small::inserted("mast", small::with(named, "mast", "name", name)));
    queue.commit(small::request(edits)).expect("the small world is filled");
    queue
}

/// Two servers that tests only read from.
static NEAR: LazyLock<Site> = LazyLock::new(|| Site::illustrative(true));
static FAR: LazyLock<Site> = LazyLock::new(|| Site::illustrative(false));

impl Site {
    /// A generated instance on loopback, to read from.
    pub fn near() -> &'static Self {
        &NEAR
    }

    /// A generated instance for everybody, to read from.
    pub fn far() -> &'static Self {
        &FAR
    }

    /// A generated instance, on loopback or not.
    pub fn illustrative(loopback: bool) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path().join("data"));
        let queue = filled(mc_testkit::instance::found(&layout, 5));
        Self::serve(dir, &layout, queue, loopback)
    }

    /// A real instance behind the code.
    pub fn real() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path().join("data"));
        let world = Box::new(StoryWorld::new(small::dawn(), 5));
        let mut writer =
            Writer::create(&layout, "lao-cai", false, small::PROVINCE, world).expect("a new instance");
        for answer in writer.commit_group(&small::founding()) {
            answer.expect("the founding is taken");
        }
        let queue = filled(writer);
        Self::serve(dir, &layout, queue, true)
    }

    /// A copy restored from a backup, its seal not opened.
    pub fn restored() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path().join("data"));
        drop(filled(mc_testkit::instance::found(&layout, 5)));
        let file = dir.path().join("backup.tar");
        let asked = BackupRequest { product: "thử", created_at: noon(), replace: false };
        mc_sqlite::backup(&layout, &file, &asked, &mut |_, _| {}).expect("a backup");
        let target = Layout::new(dir.path().join("again"));
        let mut world = StoryWorld::new(noon(), 6);
        let restoring = mc_sqlite::restore(&file, None, target.dir(), &mut world, &mut |_, _| {});
        restoring.expect("restored").publish().expect("published");
        let writer = Writer::open(&target, Box::new(world)).expect("it opens");
        Self::serve(dir, &target, Queue::new(writer), true)
    }

    fn serve(dir: TempDir, layout: &Layout, queue: Queue, loopback: bool) -> Self {
        let store = Store::open(layout).expect("the store opens");
        let settings = Settings {
            loopback,
            one_time_code: Some(CODE.to_owned()),
            programmes: Vec::new(),
            now: noon,
            fill,
        };
        let queue = Arc::new(queue);
        let app = App::new(Arc::new(store), Some(queue.clone()), settings).expect("an instance");
        let app = app.with_saved(queue.clone()).with_accounts(queue.clone());
        Self { router: mc_pages::router(app), queue, layout: layout.clone(), _dir: dir }
    }

    pub fn ask(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().worker_threads(1).build();
        runtime.expect("a runtime").block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("the router answers");
            let (head, body) = response.into_parts();
            let bytes = to_bytes(body, ANSWER_MAX).await.expect("a whole answer");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Answer { status: head.status, headers: head.headers, text, bytes: bytes.to_vec() }
        })
    }

    pub fn get(&self, address: &str) -> Answer {
        self.get_with(address, &[])
    }

    pub fn get_with(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(address).header("host", "127.0.0.1:5757");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).expect("a request"))
    }

    /// A form sent from a page of the site.
    pub fn post(&self, address: &str, fields: &[(String, String)]) -> Answer {
        self.post_from(address, fields, &[("sec-fetch-site", "same-origin")])
    }

    /// A file sent in a form of the site.
    pub fn upload(&self, address: &str, field: &str, file: &str) -> Answer {
        let body = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"t.json\"\r\n\r\n{file}\r\n--XX--\r\n"
        );
        let request = Request::post(address)
            .header("host", "127.0.0.1:5757")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=XX");
        self.ask(request.body(Body::from(body)).expect("a request"))
    }

    pub fn post_from(&self, address: &str, fields: &[(String, String)], headers: &[(&str, &str)]) -> Answer {
        let encoded = fields
            .iter()
            .fold(mc_pages::Query::default(), |query, (name, value)| query.with(name, Some(value)))
            .address("");
        let mut request = Request::post(address).header("host", "127.0.0.1:5757");
        request = request.header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = encoded.trim_start_matches('?').to_owned();
        self.ask(request.body(Body::from(body)).expect("a request"))
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn html(&self) -> Html {
        Html::parse_document(&self.text)
    }

    /// Text of the first element that matches.
    pub fn first(&self, selector: &str) -> String {
        let selector = Selector::parse(selector).expect("a selector");
        let page = self.html();
        let text = page.select(&selector).next().map(|found| found.text().collect::<String>());
        text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn count(&self, selector: &str) -> usize {
        let selector = Selector::parse(selector).expect("a selector");
        self.html().select(&selector).count()
    }

    /// Addresses of all links of the page.
    pub fn links(&self) -> Vec<String> {
        let anchors = Selector::parse("a[href]").expect("a selector");
        let page = self.html();
        page.select(&anchors).filter_map(|anchor| anchor.value().attr("href").map(str::to_owned)).collect()
    }

    /// The fields of the page's form as a browser would send them unchanged.
    pub fn form(&self) -> Vec<(String, String)> {
        let page = self.html();
        let controls =
            Selector::parse("form.stack input, form.stack select, form.stack textarea").expect("a selector");
        let chosen = Selector::parse("option[selected]").expect("a selector");
        let mut fields = Vec::new();
        for control in page.select(&controls) {
            let value = control.value();
            let Some(name) = value.attr("name") else { continue };
            let skip =
                matches!(value.attr("type"), Some("radio" | "checkbox")) && value.attr("checked").is_none();
            if skip {
                continue;
            }
            let text = match value.name() {
                "select" => control
                    .select(&chosen)
                    .next()
                    .and_then(|option| option.value().attr("value"))
                    .unwrap_or("")
                    .to_owned(),
                "textarea" => control.text().collect::<String>().trim_start_matches('\n').to_owned(),
                _ => value.attr("value").unwrap_or("").to_owned(),
            };
            fields.push((name.to_owned(), text));
        }
        fields
    }
}

/// The same form with some fields filled in.
pub fn fill_in(mut form: Vec<(String, String)>, values: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in values {
        let field = form.iter_mut().find(|(known, _)| known == name);
        let (_, text) = field.unwrap_or_else(|| panic!("the form has no field {name}"));
        (*value).clone_into(text);
    }
    form
}
