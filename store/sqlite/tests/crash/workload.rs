//! The process that is killed: it writes to an instance and says on standard output what was acknowledged.

use std::io::Write as _;
use std::path::Path;

use mc_access::Actor;
use mc_base::{Instant, Seq};
use mc_ledger::Value;
use mc_port::{ImportRow, Importer, declare_indicator, declare_schema};
use mc_register::{Edit, system};
use mc_sqlite::{ErasureRequest, Layout, Queue, StoryWorld, Writer};
use mc_stories::small::{self, COMMUNES, correct, inserted, outlay, plot, request, with};
use mc_testkit::imports::PlotFile;
use mc_testkit::instance::found;

/// Its name and what it does.
pub(crate) type Workload = (&'static str, fn(&Path));

/// What is written.
pub(crate) const WORKLOADS: [Workload; 7] = [
    ("correct", corrects),
    ("insert", inserts),
    ("import", imports),
    ("erase", erases),
    ("seal", seals),
    ("mark", marks),
    ("declare", declares),
];

/// The owner of plot `number`; erasing is checked by looking for it.
pub(crate) fn owner(number: i64) -> String {
    format!("Chủ ô đất số {number:05}")
}

/// Plots that workload `erase` erases, one commit each.
pub(crate) const ERASED: i64 = 4;
/// Rows of the import: more than go into one transaction.
pub(crate) const IMPORTED: i64 = 1_100;

/// Leaves of a slice of the import: by number, not by time, so that it makes the same calls every time.
const SLICE: u64 = 300;

/// The instance that each workload begins with.
pub(crate) fn prepare(dir: &Path) {
    let mut writer = found(&Layout::new(dir), 3);
    let outlays =
        (0..20).map(|it| inserted("outlay", outlay(&format!("K-{it}"), COMMUNES[0], "2025-08-01", it)));
    let noted = |it| {
        let note = Value::Text(format!("Ghi chú {it}"));
        with(plot(it, COMMUNES[1], "2025-01-01", &owner(it)), "plot", "note", note)
    };
    let plots = (0..30).map(|it| inserted("plot", noted(it)));
    writer.commit(&request(outlays.chain(plots).collect())).expect("the first records");
}

/// Runs a workload by name.
pub(crate) fn run(name: &str, dir: &Path) {
    let (_, work) = WORKLOADS.iter().find(|(known, _)| *known == name).expect("a workload");
    work(dir);
}

fn open(dir: &Path) -> Writer {
    let world = StoryWorld::new(Instant(small::dawn().0 + 1_000), 17);
    Writer::open(&Layout::new(dir), Box::new(world)).expect("the instance opens")
}

/// Says that everything up to `seq` was acknowledged. Standard output is flushed: what the reader has not
/// seen was not said.
fn acknowledge(seq: Seq) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{seq}\n").as_bytes()).and_then(|()| out.flush()).expect("somebody listens");
}

fn corrects(dir: &Path) {
    let mut writer = open(dir);
    for number in 0..12 {
        let key = format!("K-{number}");
        let record =
            with(outlay(&key, COMMUNES[0], "2025-08-01", number), "outlay", "amount", Value::Int(1_000));
        acknowledge(writer.commit(&request(vec![correct("outlay", &key, 1, record)])).expect("a commit").seq);
    }
}

fn inserts(dir: &Path) {
    let mut writer = open(dir);
    for batch in 0..3 {
        let rows = (0..200).map(|it| {
            inserted("outlay", outlay(&format!("B-{batch}-{it}"), COMMUNES[it % 3], "2025-09-01", 7))
        });
        acknowledge(writer.commit(&request(rows.collect())).expect("a commit").seq);
    }
}

fn imports(dir: &Path) {
    let mut writer = open(dir);
    writer.fix_slices(SLICE);
    let queue = Queue::new(writer);
    let asked = PlotFile::new(dir.join("thua.csv"), &[(100, "Chủ 100")]).request();
    let mut rows = (0..IMPORTED).map(|it| {
        let record = plot(100 + it, COMMUNES[2], "2025-01-01", &owner(100 + it));
        Ok(ImportRow { row: it.unsigned_abs(), edit: Edit::Insert { record } })
    });
    let prepared = queue.prepare(&asked, &mut rows, &mut |_| {}).expect("a prepared import");
    let receipt = queue.apply(prepared, false, &mut |_, _| {}).expect("an import").expect("something new");
    acknowledge(receipt.seq);
}

fn erases(dir: &Path) {
    let mut writer = open(dir);
    for number in 0..ERASED {
        let key = format!("1/{number}/2025-01-01");
        let erased = writer.erase(&ErasureRequest {
            actor: Actor::operator(),
            register: "plot".to_owned(),
            key,
            fields: None,
            ground: "Điều 16".to_owned(),
            reason: "yêu cầu".to_owned(),
            texts: false,
        });
        acknowledge(erased.expect("an erasure").seq);
    }
}

/// The notes of plots become personal, and what is there follows.
fn marks(dir: &Path) {
    let mut writer = open(dir);
    let mut schema = small::register("plot");
    let note = schema.field.iter_mut().find(|field| field.id == "note").expect("the note");
    (note.personal, note.search) = (true, false);
    let declared = declare_schema(&small::register(system::SCHEMA), &schema, 2);
    acknowledge(writer.commit(&request(vec![declared])).expect("a commit").seq);
    writer.settle(&mut |_| {}).expect("everything moves");
}

/// A new measure over outlays is built in slices.
fn declares(dir: &Path) {
    let mut writer = open(dir);
    writer.build_at_once(0);
    let all = small::indicators();
    let mut definition = all.into_iter().find(|it| it.id == "outlays").expect("declared");
    definition.version = 2;
    definition.num.id = "outlays_2".to_owned();
    definition.num.filter = Some("amount > 3".to_owned());
    let declared = declare_indicator(&small::register(system::INDICATOR), &definition);
    acknowledge(writer.commit(&request(vec![declared])).expect("a commit").seq);
    writer.settle(&mut |_| {}).expect("it is built");
}

fn seals(dir: &Path) {
    let mut writer = open(dir);
    for group in 0..5 {
        let requests: Vec<_> = (0..3)
            .map(|it| {
                request(vec![inserted(
                    "outlay",
                    outlay(&format!("G-{group}-{it}"), COMMUNES[0], "2025-09-01", 1),
                )])
            })
            .collect();
        let answers = writer.commit_group(&requests);
        writer.seal().expect("a checkpoint");
        for answer in answers {
            acknowledge(answer.expect("a commit").seq);
        }
    }
}
