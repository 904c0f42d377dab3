//! A small store with the registers and indicators of all programmes, two provinces and a few records.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::header::HOST;
use axum::http::{Request, StatusCode};
use mc_access::Actor;
use mc_base::{Day, Instant, PlaceId};
use mc_figure::Definition;
use mc_port::{CommitRequest, EditRequest, declare_indicator, declare_schema};
use mc_register::{Edit, Record, Schema, parse_canonical, system};
use mc_sqlite::{Layout, Store, StoryWorld, Writer};
use scraper::{Html, Selector};
use tempfile::TempDir;
use tower::ServiceExt as _;

use crate::{App, Settings, router};

const HOUR: i64 = 3_600_000;
const HOME: PlaceId = PlaceId(115);

/// The store and the day on which its story stands.
pub(crate) struct World {
    dir: TempDir,
    writer: Writer,
    commits: u64,
    loopback: bool,
}

impl World {
    /// Places, agencies and declarations, on 1 July 2025.
    pub(crate) fn new() -> Self {
        Self::seeded(1)
    }

    /// The same with keys of its own.
    pub(crate) fn seeded(seed: u64) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let layout = Layout::new(dir.path().join("data"));
        let story = Box::new(StoryWorld::new(at("2025-07-01"), seed));
        let writer = Writer::create(&layout, "minh-hoa/thu", true, HOME, story).expect("a new instance");
        let mut world = Self { dir, writer, commits: 1, loopback: true };
        world.declare();
        let places: [(u32, &str, &str, &str, u32, &str); 8] = [
            (1, "country", "Việt Nam", "", 0, ""),
            (2, "root", "Minh họa", "", 0, ""),
            (115, "province", "Lào Cai", "15", 1, "tinh"),
            (901, "province", "Minh Họa", "MH", 2, "tinh"),
            (201, "commune", "Bát Xát", "02683", 115, "xa"),
            (202, "commune", "Sa Pa", "03006", 115, "phuong"),
            (203, "commune", LONG_NAME, "03007", 115, "xa"),
            (902, "commune", "Đèo Gió", "MH001", 901, "xa"),
        ];
        world.places(&places);
        let agency = |slug, name| [("agency", slug), ("name", name), ("level", "province"), ("place", "115")];
        let agencies = [agency("so-khcn-15", "Sở Khoa học và Công nghệ"), agency("so-y-te-15", "Sở Y tế")];
        world.add("2025-07-01", "agency", &[&agencies[0], &agencies[1]]);
        world
    }

    /// The same seen from another machine.
    pub(crate) const fn outside(mut self) -> Self {
        self.loopback = false;
        self
    }

    fn declare(&mut self) {
        let meta = self.schema(system::SCHEMA);
        let own = mc_programmes::all().into_iter().flat_map(|programme| programme.registers());
        let own = own.map(|file| Schema::from_toml(file.text).expect("a register"));
        let all: Vec<Schema> = system::schemas().expect("system registers").into_iter().chain(own).collect();
        self.commit("2025-07-01", all.iter().map(|schema| declare_schema(&meta, schema, 1)).collect());
        let meta = self.schema(system::INDICATOR);
        let own = mc_programmes::all().into_iter().flat_map(|programme| programme.indicators());
        let own = own.map(|file| Definition::from_toml(file.text).expect("an indicator"));
        self.commit("2025-07-01", own.map(|definition| declare_indicator(&meta, &definition)).collect());
    }

    /// Declares the next version of an indicator, over the records that `filter` leaves, and builds nothing of it.
    pub(crate) fn redeclare(&mut self, day: &str, indicator: &str, filter: &str) {
        let all = mc_programmes::all().into_iter().flat_map(|programme| programme.indicators());
        let mut all = all.map(|file| Definition::from_toml(file.text).expect("an indicator"));
        let mut next = all.find(|definition| definition.id == indicator).expect("a declared one");
        next.version += 1;
        for measure in std::iter::once(&mut next.num).chain(&mut next.den) {
            measure.id = format!("{}_{}", measure.id, next.version);
            let before =
                measure.filter.as_ref().map_or_else(String::new, |before| format!("({before}) AND "));
            measure.filter = Some(format!("{before}{filter}"));
        }
        self.writer.build_at_once(0);
        let meta = self.schema(system::INDICATOR);
        self.commit(day, vec![declare_indicator(&meta, &next)]);
    }

    /// Declares a register that no programme has.
    pub(crate) fn register(&mut self, day: &str, text: &str) {
        let schema = Schema::from_toml(text).expect("a register");
        let meta = self.schema(system::SCHEMA);
        self.commit(day, vec![declare_schema(&meta, &schema, 1)]);
    }

    fn places(&mut self, rows: &[(u32, &str, &str, &str, u32, &str)]) {
        const SINCE: &str = "2004-07-08";
        let mut edits = Vec::new();
        let mut insert = |register: &str, fields: &[(&str, &str)]| {
            let record = self.record(register, fields);
            edits.push(EditRequest { register: register.to_owned(), edit: Edit::Insert { record } });
        };
        for (id, kind, name, code, parent, word) in rows {
            let centre = format!("104.1000000,22.{:07}", id * 10_000);
            let (id, parent) = (id.to_string(), parent.to_string());
            let mut fields = vec![("place_no", id.as_str()), ("kind", kind), ("name", name)];
            fields.extend((!word.is_empty()).then_some(("type_word", *word)));
            fields.extend((*kind == "commune").then_some(("centre", centre.as_str())));
            insert("place", &fields);
            if !code.is_empty() {
                insert("place_code", &[("place", &id), ("code", code), ("valid_from", SINCE)]);
            }
            if parent != "0" {
                insert("place_parent", &[("place", &id), ("parent", &parent), ("valid_from", SINCE)]);
            }
        }
        self.commit("2025-07-01", edits);
    }

    fn schema(&self, register: &str) -> Arc<Schema> {
        self.writer.schema(register).unwrap_or_else(|| panic!("no register {register}"))
    }

    fn record(&self, register: &str, fields: &[(&str, &str)]) -> Record {
        let schema = self.schema(register);
        let mut record = Record::new();
        for (id, text) in fields {
            let field = schema.field(id).unwrap_or_else(|| panic!("{register} has no {id}"));
            let value =
                parse_canonical(field, text).unwrap_or_else(|| panic!("{register}.{id} is not {text}"));
            record.set(field.no, value);
        }
        record
    }

    /// Adds records in one commit of a day.
    pub(crate) fn add(&mut self, day: &str, register: &str, records: &[&[(&str, &str)]]) {
        let edits = records
            .iter()
            .map(|fields| EditRequest {
                register: register.to_owned(),
                edit: Edit::Insert { record: self.record(register, fields) },
            })
            .collect();
        self.commit(day, edits);
    }

    /// Retires a record in its first version.
    pub(crate) fn retire(&mut self, day: &str, register: &str, key: &str) {
        let edit = Edit::Retire { key: key.to_owned(), expected_ordinal: 1 };
        self.commit(day, vec![EditRequest { register: register.to_owned(), edit }]);
    }

    /// Adds stations on air from a day, one code each.
    pub(crate) fn stations(&mut self, day: &str, place: &str, codes: &[&str]) {
        let station = |code| {
            [("code", code), ("since", day), ("state", "live"), ("operator", "Nhà mạng A"), ("place", place)]
        };
        let records: Vec<_> = codes.iter().copied().map(station).collect();
        let records: Vec<&[(&str, &str)]> = records.iter().map(<[_; 5]>::as_slice).collect();
        self.add(day, "base_station", &records);
    }

    fn commit(&mut self, day: &str, edits: Vec<EditRequest>) {
        self.commits += 1;
        let now = Instant(at(day).0 + i64::try_from(self.commits).unwrap_or(0));
        self.writer.set_world(Box::new(StoryWorld::new(now, self.commits)));
        let request = CommitRequest {
            actor: Actor::operator(),
            source: "thử".to_owned(),
            reason: "thử".to_owned(),
            idempotency_key: String::new(),
            edits,
        };
        self.writer.commit(&request).unwrap_or_else(|error| panic!("{error}"));
    }

    /// Lets the story stand on a day, and asks for a page.
    pub(crate) fn get(&mut self, today: &str, address: &str) -> Answer {
        let request = Request::get(address).header(HOST, "127.0.0.1:5757");
        self.ask(today, request.body(Body::empty()).expect("a request"))
    }

    /// Sends a form with fields and a file, as a browser sends it from a page of ours.
    pub(crate) fn send(
        &mut self,
        today: &str,
        address: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        if let Some((name, bytes)) = file {
            let head =
                format!("--XX\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--XX--\r\n");
        let request = Request::post(address)
            .header(HOST, "127.0.0.1:5757")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=XX");
        self.ask(today, request.body(Body::from(body)).expect("a request"))
    }

    fn ask(&mut self, today: &str, request: Request<Body>) -> Answer {
        self.writer.mark_story(at(today), at(today)).expect("the story's day");
        let store = Store::open(&Layout::new(self.dir.path().join("data"))).expect("the store");
        let settings = Settings {
            loopback: self.loopback,
            one_time_code: None,
            programmes: mc_programmes::all().to_vec(),
            now: || Instant(0),
            fill: |bytes| bytes.fill(7),
        };
        let app = App::new(Arc::new(store), None, settings).expect("a server");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let response = router(app).oneshot(request).await.expect("an answer");
            let status = response.status();
            let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("a body");
            Answer { status, text: String::from_utf8_lossy(&bytes).into_owned() }
        })
    }
}

/// A name as long as registers allow.
pub(crate) const LONG_NAME: &str = "Ban Quản lý các công trình hạ tầng kỹ thuật số, chuyển đổi số và đổi mới \
     sáng tạo \
     khu vực biên giới phía Bắc thuộc vùng cao nguyên đá và các thung lũng lân cận";

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
}

impl Answer {
    /// The words of every element that a selector finds.
    pub(crate) fn all(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text);
        let selector = Selector::parse(selector).expect("a selector");
        let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        page.select(&selector).map(|found| words(found.text().collect())).collect()
    }

    /// The heading.
    pub(crate) fn heading(&self) -> String {
        self.all("h1").concat()
    }

    /// All words of the main part.
    pub(crate) fn words(&self) -> String {
        self.all("main").concat()
    }

    /// Addresses of links whose words contain a text.
    pub(crate) fn links(&self, words: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text);
        let selector = Selector::parse("main a").expect("a selector");
        let links = page.select(&selector).filter(|link| link.text().collect::<String>().contains(words));
        links.filter_map(|link| link.value().attr("href").map(str::to_owned)).collect()
    }

    /// Every number that a component printed carries its handle.
    pub(crate) fn assert_handles(&self) {
        let page = Html::parse_document(&self.text);
        let numbers = Selector::parse("main .number").expect("a selector");
        let mut found = 0;
        for number in page.select(&numbers) {
            let has = |name: &str| number.value().attr(name).is_some();
            let indicator =
                ["data-indicator", "data-version", "data-place", "data-period"].into_iter().all(has);
            let list = ["data-register", "data-filter"].into_iter().all(has);
            assert!(has("data-position") && (indicator || list), "{}", number.html());
            found += 1;
        }
        assert!(found > 0, "no number at all");
    }
}

fn at(day: &str) -> Instant {
    let day = Day::parse_iso(day).expect("a day");
    Instant(Instant::start_of(day).0 + 8 * HOUR)
}
