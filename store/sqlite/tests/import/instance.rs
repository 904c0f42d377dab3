//! An instance of the small world with a writer behind a queue.

use mc_access::{Actor, Role};
use mc_port::{ImportRequest, ImportRow, Importer as _, Prepared, Receipt, Report};
use mc_register::{Edit, Record};
use mc_sqlite::{Layout, Queue, Reader, Store, StoryWorld, Writer};
use mc_stories::small::{PROVINCE, dawn, founding};
use mc_stories::stage::figure_request;

pub struct Instance {
    dir: tempfile::TempDir,
    pub queue: Option<Queue>,
}

impl Instance {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a directory");
        let layout = Layout::new(dir.path().join("data"));
        let mut writer =
            Writer::create(&layout, "minh-hoa/nhap", true, PROVINCE, world(1)).expect("an instance");
        for request in founding() {
            writer.commit(&request).expect("founded");
        }
        Self { dir, queue: Some(Queue::new(writer)) }
    }

    pub fn layout(&self) -> Layout {
        Layout::new(self.dir.path().join("data"))
    }

    pub fn queue(&self) -> &Queue {
        self.queue.as_ref().expect("a writer")
    }

    /// However fast this machine is.
    pub fn fix_slices(&self, leaves: u64) {
        self.queue().with(|writer| writer.fix_slices(leaves));
    }

    pub fn close(&mut self) {
        self.queue = None;
    }

    /// As somebody who may see personal values.
    pub fn read(&self) -> Reader {
        let inspector = Actor { role: Role::Inspector, ..Actor::operator() };
        Store::open(&self.layout()).expect("a store").reader(&inspector).expect("a reader")
    }

    pub fn verify(&self) -> Report {
        self.read().verify(&mut |_, _| {}).expect("a report")
    }

    pub fn sound(&self) {
        assert_eq!(self.verify().findings, []);
    }

    pub fn prepare(&self, request: &ImportRequest, rows: Vec<Record>) -> Prepared {
        let mut rows = rows
            .into_iter()
            .zip(2..)
            .map(|(record, row)| Ok(ImportRow { row, edit: Edit::Insert { record } }));
        self.queue().prepare(request, &mut rows, &mut |_| {}).expect("prepared")
    }

    pub fn import(&self, request: &ImportRequest, rows: Vec<Record>) -> Option<Receipt> {
        let prepared = self.prepare(request, rows);
        assert_eq!(prepared.rejected, []);
        self.queue().apply(prepared, false, &mut |_, _| {}).expect("applied")
    }

    pub fn good(&self, period: &str) -> (Option<String>, Option<String>) {
        let figure = self.read().figure(&figure_request("plots_good_rate", PROVINCE, period, None));
        let figure = figure.expect("a figure");
        (figure.num, figure.den)
    }

    pub fn staging(&self) -> usize {
        std::fs::read_dir(self.layout().staging()).map_or(0, Iterator::count)
    }
}

pub fn world(seed: u64) -> Box<StoryWorld> {
    Box::new(StoryWorld::new(dawn(), seed))
}

pub fn import_of(register: &str) -> ImportRequest {
    ImportRequest {
        actor: Actor::operator(),
        source: "o-dat.xlsx".to_owned(),
        reason: "nhập thử".to_owned(),
        idempotency_key: String::new(),
        register: register.to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    }
}
