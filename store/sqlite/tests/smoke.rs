//! An instance from nothing: declare, place, record, count, verify.

use mc_access::Actor;
use mc_base::{Day, Instant, PlaceId};
use mc_port::CommitRequest;
use mc_sqlite::{Layout, Store, StoryWorld, Writer};

#[test]
fn an_empty_instance_verifies() {
    let dir = tempfile::tempdir().expect("a directory");
    let layout = Layout::new(dir.path().join("data"));
    let day = Day::parse_iso("2025-07-01").expect("a day");
    let world = Box::new(StoryWorld::new(Instant::start_of(day), 7));
    let mut writer = Writer::create(&layout, "minh-hoa/thu", true, PlaceId(1), world).expect("an instance");
    let schema = writer.schema("schema").expect("the schema of schemas");
    let system = mc_register::system::schemas().expect("system schemas");
    let edits: Vec<_> = system.iter().map(|one| mc_port::declare_schema(&schema, one, 1)).collect();
    let declared = u64::try_from(edits.len()).expect("a count");
    let request = CommitRequest {
        actor: Actor::operator(),
        source: "thử".to_owned(),
        reason: "khai báo".to_owned(),
        idempotency_key: String::new(),
        edits,
    };
    let receipt = writer.commit(&request).expect("a commit");
    assert_eq!(receipt.opened, declared);
    drop(writer);
    let reader = Store::open(&layout).expect("a store").reader(&Actor::operator()).expect("a reader");
    let report = reader.verify(&mut |_, _| {}).expect("a report");
    assert_eq!(report.findings, []);
    assert_eq!((report.records, report.commits), (declared, 1));
}
