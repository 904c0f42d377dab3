//! A small instance: six places, a few stations with a history, yearly results with persons, a total
//! without list.

use mc_access::Actor;
use mc_base::{AgencyId, Day, Instant, Period, PlaceId, Scaled, Seq};
use mc_figure::Definition;
use mc_ledger::{ProofFile, Value};
use mc_port::{
    CommitRequest, EditRequest, FigureRequest, PlaceBasis, declare_indicator, declare_schema, record,
};
use mc_register::{Edit, Record, Schema, system};
use mc_sqlite::{Layout, Reader, Store, StoryWorld, Writer};
use tempfile::TempDir;

pub const ORIGIN: &str = "minh-hoa/15/kiem-thu";
/// 09:00 on 17/11/2025 in UTC+7.
const NOW: Instant = Instant(1_763_344_800_000);

const STATION: &str = include_str!("station.toml");
const RESULT: &str = include_str!("result.toml");
const TOTAL: &str = include_str!("total.toml");
const INDICATORS: [&str; 4] = [
    include_str!("stations.toml"),
    include_str!("result_rate.toml"),
    include_str!("operators.toml"),
    include_str!("height.toml"),
];

/// An instance in a directory of its own.
pub struct Instance {
    pub dir: TempDir,
    pub writer: Writer,
}

impl Instance {
    /// With everything in it.
    pub fn new() -> Self {
        Self::with(ORIGIN, 1)
    }

    pub fn with(origin: &str, seed: u64) -> Self {
        let mut instance = Self::declared(origin, seed);
        instance.stations();
        instance.results();
        instance.total();
        instance
    }

    /// Places and declarations, no records: commits 1 to 3.
    pub fn declared(origin: &str, seed: u64) -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path().join("data"));
        let world = Box::new(StoryWorld::new(NOW, seed));
        let illustrative = origin.starts_with("minh-hoa/");
        let writer = Writer::create(&layout, origin, illustrative, PlaceId(2), world).expect("an instance");
        let mut instance = Self { dir, writer };
        instance.places();
        instance.declarations();
        instance
    }

    pub fn layout(&self) -> Layout {
        Layout::new(self.dir.path().join("data"))
    }

    pub fn reader(&self) -> Reader {
        Store::open(&self.layout()).expect("a store").reader(&Actor::public()).expect("a reader")
    }

    pub fn figure(&self, request: &FigureRequest) -> ProofFile {
        self.reader().proof_of_figure(request).expect("a proof")
    }

    pub fn entry(&self, seq: Seq) -> mc_port::EntryProof {
        self.reader().entry_proof(seq).expect("read").expect("under a checkpoint")
    }

    pub fn commit(&mut self, edits: Vec<EditRequest>) -> Seq {
        let request = CommitRequest {
            actor: Actor::operator(),
            source: "kiểm thử".to_owned(),
            reason: "dữ liệu thử".to_owned(),
            idempotency_key: String::new(),
            edits,
        };
        self.writer.commit(&request).expect("a commit").seq
    }

    pub fn schema(&self, register: &str) -> Schema {
        self.writer.schema(register).expect("a register").as_ref().clone()
    }

    pub fn insert<const N: usize>(&self, register: &str, values: [(&str, Value); N]) -> EditRequest {
        let record = record(&self.schema(register), values);
        EditRequest { register: register.to_owned(), edit: Edit::Insert { record } }
    }

    fn places(&mut self) {
        let named = [
            (1, "country", None, "Việt Nam"),
            (2, "province", Some("tinh"), "Lào Cai"),
            (3, "commune", Some("xa"), "Bát Xát"),
            (4, "commune", Some("phuong"), "Sa Pa"),
            (5, "old_commune", Some("xa"), "Quang Kim"),
            (6, "province", Some("tinh"), "Sơn La"),
        ];
        let mut edits = Vec::new();
        for (number, kind, word, name) in named {
            let word = word.map_or(Value::Null, code);
            edits.push(self.insert(
                system::PLACE,
                [
                    ("place_no", Value::Int(number)),
                    ("kind", code(kind)),
                    ("type_word", word),
                    ("name", Value::Text(name.to_owned())),
                ],
            ));
        }
        for (child, parent) in [(2, 1), (3, 2), (4, 2), (6, 1)] {
            edits.push(self.insert(
                system::PLACE_PARENT,
                [("place", place(child)), ("parent", place(parent)), ("valid_from", on("1900-01-01"))],
            ));
        }
        for (number, official) in [(2, "15"), (6, "14")] {
            edits.push(self.insert(
                system::PLACE_CODE,
                [("place", place(number)), ("code", code(official)), ("valid_from", on("1900-01-01"))],
            ));
        }
        edits.push(self.insert(
            system::SUCCESSION,
            [
                ("old_place", place(5)),
                ("new_place", place(3)),
                ("extent", code("whole")),
                ("day", on("2025-07-01")),
            ],
        ));
        self.commit(edits);
    }

    fn declarations(&mut self) {
        let own = self.schema(system::SCHEMA);
        let declare = |text| declare_schema(&own, &Schema::from_toml(text).expect("a schema"), 1);
        self.commit([STATION, RESULT, TOTAL].map(declare).into());
        let own = self.schema(system::INDICATOR);
        let define =
            |text: &&str| declare_indicator(&own, &Definition::from_toml(text).expect("a definition"));
        self.commit(INDICATORS.iter().map(define).collect());
    }

    pub fn station(&self, key: &str, at: i64, on_air: &str, off_air: Option<&str>) -> Record {
        record(
            &self.schema("station"),
            [
                ("code", code(key)),
                ("operator", code(if key < "C" { "nm_a" } else { "nm_b" })),
                ("place", if at == 0 { Value::Null } else { place(at) }),
                ("on_air", on(on_air)),
                ("off_air", off_air.map_or(Value::Null, on)),
                ("height", Value::Scaled(Scaled { mantissa: 3_000 + at * 150, scale: 2 })),
            ],
        )
    }

    /// Commit 4: six stations that all count; 5: others; 6: one corrected, one retired.
    fn stations(&mut self) {
        let insert = |record| EditRequest { register: "station".to_owned(), edit: Edit::Insert { record } };
        let counted = ["A1", "A2", "A3", "B1", "B2", "B3"];
        let edits = counted
            .iter()
            .zip([3, 3, 4, 4, 5, 2])
            .map(|(key, at)| insert(self.station(key, at, "2025-01-15", None)))
            .collect();
        self.commit(edits);
        let edits = vec![
            insert(self.station("C1", 3, "2025-11-01", None)),
            insert(self.station("C2", 6, "2025-01-15", None)),
            insert(self.station("C3", 4, "2025-01-15", Some("2025-06-30"))),
            insert(self.station("C4", 0, "2025-02-01", None)),
            insert(self.station("C5", 4, "2025-02-01", None)),
        ];
        self.commit(edits);
        let corrected = self.station("A1", 4, "2025-01-16", None);
        let edits = vec![
            EditRequest {
                register: "station".to_owned(),
                edit: Edit::Correct { key: "A1".to_owned(), expected_ordinal: 1, record: corrected },
            },
            EditRequest {
                register: "station".to_owned(),
                edit: Edit::Retire { key: "C5".to_owned(), expected_ordinal: 1 },
            },
        ];
        self.commit(edits);
    }

    /// Commit 7: what ratios and personal fields are tried on.
    fn results(&mut self) {
        let mut edits = Vec::new();
        for (key, at, day, done, total) in [
            ("R1", 3, "2025-10-05", 700, 800),
            ("R2", 4, "2025-10-20", 142, 200),
            ("R3", 4, "2025-11-02", 5, 9),
        ] {
            edits.push(self.insert(
                "result",
                [
                    ("code", code(key)),
                    ("place", place(at)),
                    ("day", on(day)),
                    ("done", Value::Int(done)),
                    ("total", Value::Int(total)),
                    ("clerk", Value::Text("Giàng A Páo".to_owned())),
                ],
            ));
        }
        self.commit(edits);
    }

    /// Commits 8 and 9: forty stations of commune 4 of which there is no list.
    fn total(&mut self) {
        let edit = self.insert(
            "total",
            [
                ("measure", code("stations")),
                ("place", place(4)),
                ("agency", Value::Agency(AgencyId("so-khcn".to_owned()))),
                ("cut", code("-")),
                ("cut_value", code("-")),
                ("day", on("2025-03-01")),
                ("amount", Value::Int(40)),
            ],
        );
        self.agency();
        self.commit(vec![edit]);
    }

    fn agency(&mut self) {
        let edit = self.insert(
            system::AGENCY,
            [
                ("agency", code("so-khcn")),
                ("level", code("province")),
                ("name", Value::Text("Sở Khoa học và Công nghệ".to_owned())),
            ],
        );
        self.commit(vec![edit]);
    }
}

/// A figure of province 15 in October 2025.
pub fn october(indicator: &str) -> FigureRequest {
    request(indicator, 2, "2025-10")
}

pub fn request(indicator: &str, at: u32, period: &str) -> FigureRequest {
    FigureRequest {
        indicator: indicator.to_owned(),
        version: None,
        place: PlaceId(at),
        period: Period::parse(period).expect("a period"),
        today: day("2025-11-17"),
        at: None,
        places: PlaceBasis::Now,
    }
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day")
}

pub fn on(text: &str) -> Value {
    Value::Day(day(text))
}

pub fn code(text: &str) -> Value {
    Value::Code(text.to_owned())
}

pub fn place(number: i64) -> Value {
    Value::Place(PlaceId(u32::try_from(number).expect("a place")))
}
