#[path = "../../app/src/setup.rs"]
#[allow(dead_code)]
mod setup;
use mc_base::*;
use mc_port::*;
use mc_sqlite::*;
use std::sync::Arc;
#[test]
fn generate() {
    let dir = std::path::PathBuf::from("/tmp/scratch-demo");
    let _ = std::fs::remove_dir_all(&dir);
    let layout = Layout::new(&dir);
    let declared = setup::declared().unwrap();
    let begins = Instant(Instant::start_of(Day::new(2025, 6, 30).unwrap()).0 + 18 * 3600000);
    let t = std::time::Instant::now();
    let mut writer = Writer::create(
        &layout,
        "minh-hoa/lao-cai",
        true,
        mc_reference::LAO_CAI,
        Box::new(StoryWorld::new(begins, 57)),
    )
    .unwrap();
    setup::found(&mut writer, &declared, &["15", "MH"]).unwrap();
    eprintln!("found {:?}", t.elapsed());
    let schemas: std::collections::BTreeMap<String, Arc<mc_register::Schema>> =
        declared.schemas.iter().filter_map(|s| Some((s.id.clone(), writer.schema(&s.id)?))).collect();
    let chapters = mc_sim::demo(&|id| schemas.get(id).cloned(), 57).unwrap();
    eprintln!(
        "told {:?} {} chapters, {} edits",
        t.elapsed(),
        chapters.len(),
        chapters.iter().map(|c| c.edits.len()).sum::<usize>()
    );
    let mut slow = Vec::new();
    for (i, c) in chapters.into_iter().enumerate() {
        writer.set_world(Box::new(StoryWorld::new(c.at, 57 + i as u64)));
        let reason = c.reason.clone();
        let n = c.edits.len();
        let t1 = std::time::Instant::now();
        if let Err(e) = writer.commit(&CommitRequest {
            actor: c.actor,
            source: c.source,
            reason: c.reason,
            idempotency_key: String::new(),
            explained: c.explained,
            edits: c.edits,
        }) {
            panic!("{reason}: {e}");
        }
        slow.push((t1.elapsed(), n, reason));
    }
    eprintln!("committed {:?}", t.elapsed());
    slow.sort();
    for s in slow.iter().rev().take(8) {
        eprintln!("{s:?}");
    }
    eprintln!("median {:?}", slow[slow.len() / 2]);
    drop(writer);
    let reader = Store::open(&layout).unwrap().reader(&mc_access::Actor::operator()).unwrap();
    let fig = |id: &str, place: u32, period: &str| {
        let r = reader.figure(&FigureRequest {
            indicator: id.into(),
            version: None,
            place: PlaceId(place),
            period: Period::parse(period).unwrap(),
            at: None,
            places: PlaceBasis::Now,
            today: Day::new(2025, 11, 17).unwrap(),
        });
        match r {
            Ok(f) => eprintln!("{place} {id} {period}: {f:?}"),
            Err(e) => eprintln!("{place} {id} {period}: ERR {e}"),
        }
    };
    for (id, p) in [
        ("stations", "2025-10"),
        ("stations", "2025-07"),
        ("digitisation_rate", "2025-10"),
        ("st_spending", "2025-10"),
        ("st_spending_share", "2025-10"),
        ("data_centres", "2025-10"),
        ("regulations", "2025-10"),
        ("procedures_on_time", "2025-05"),
        ("procedures_on_time", "2025"),
    ] {
        fig(id, 115, p);
        fig(id, 901, p);
    }
    fig("procedures_on_time", 900006, "2025-05");
    fig("procedures_on_time", 900007, "2025-05");
    fig("stations", 900019, "2025-10");
    fig("tasks_overdue", 901, "2025-11");
    fig("parcels_clean_rate", 901, "2025-10");
}
