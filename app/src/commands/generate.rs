//! `generate`: an instance with a told story, deterministic from its seed.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use mc_base::{Day, Instant};
use mc_port::{CommitRequest, ListRequest};
use mc_sqlite::{Layout, StoryWorld, SystemWorld, World as _, Writer};
use serde_json::{Map, Value, json};

use crate::cli::{Generate, Scale};
use crate::output::Output;
use crate::setup;

const HOUR_MILLIS: i64 = 3_600_000;

/// The demo's own day, and the hour at which its story stops.
pub const STORY_DAY: (i16, i8, i8) = (2025, 11, 17);
const STORY_HOUR: i64 = 18;
/// The day before the story's first chapter.
const BEGINS: (i16, i8, i8) = (2025, 6, 30);

pub fn run(layout: &Layout, args: &Generate, out: &Output) -> anyhow::Result<ExitCode> {
    if args.scale == Scale::Province {
        bail!("Cỡ “province” chưa sinh được ở phiên bản này; hãy dùng --scale demo.");
    }
    demo(layout, args.seed, out)?;
    let counts = counts(layout)?;
    let records: u64 = counts.values().sum();
    let machine: Map<String, Value> =
        counts.iter().map(|(register, count)| (register.clone(), json!(count))).collect();
    out.result(&Value::Object(machine), || {
        format!(
            "Đã sinh dữ liệu minh họa trong “{}”: {} sổ có bản ghi, {} bản ghi hiện hành.",
            layout.dir().display(),
            counts.len(),
            mc_base::number::whole(records)
        )
    });
    Ok(ExitCode::SUCCESS)
}

/// Makes the demo in an empty directory.
pub fn demo(layout: &Layout, seed: u64, out: &Output) -> anyhow::Result<()> {
    let declared = setup::declared()?;
    let origin = "minh-hoa/lao-cai";
    let begins = at(BEGINS, STORY_HOUR)?;
    let world = Box::new(StoryWorld::new(begins, seed));
    let mut writer = Writer::create(layout, origin, true, mc_reference::LAO_CAI, world)?;
    out.progress("khai báo, địa bàn, cơ quan…");
    setup::found(&mut writer, &declared, &["15", "MH"])?;
    let schemas: BTreeMap<&str, std::sync::Arc<mc_register::Schema>> = declared
        .schemas
        .iter()
        .filter_map(|schema| Some((schema.id.as_str(), writer.schema(&schema.id)?)))
        .collect();
    let chapters = mc_sim::demo(&|id| schemas.get(id).cloned(), seed)?;
    let total = chapters.len();
    for (index, chapter) in chapters.into_iter().enumerate() {
        out.progress(&format!("{}/{total} {}", index + 1, chapter.reason));
        writer.set_world(Box::new(StoryWorld::new(chapter.at, seed.wrapping_add(index as u64 + 1))));
        let reason = chapter.reason.clone();
        writer
            .commit(&CommitRequest {
                actor: chapter.actor,
                source: chapter.source,
                reason: chapter.reason,
                idempotency_key: String::new(),
                explained: chapter.explained,
                edits: chapter.edits,
            })
            .with_context(|| reason)?;
    }
    evidence(layout, seed)?;
    writer.mark_story(at(STORY_DAY, STORY_HOUR)?, SystemWorld.now())?;
    Ok(())
}

/// The files that records of the story point to, each under the hash of its bytes.
fn evidence(layout: &Layout, seed: u64) -> anyhow::Result<()> {
    let dir = layout.evidence();
    std::fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
    for file in mc_sim::demo_evidence(seed)? {
        let path = dir.join(file.hash.to_string());
        std::fs::write(&path, file.text).with_context(|| file.name)?;
    }
    Ok(())
}

fn at((year, month, day): (i16, i8, i8), hour: i64) -> anyhow::Result<Instant> {
    let day = Day::new(year, month, day).context("ngày của câu chuyện")?;
    Ok(Instant(Instant::start_of(day).0 + hour * HOUR_MILLIS))
}

/// Current records by register, for registers that have any.
pub fn counts(layout: &Layout) -> anyhow::Result<BTreeMap<String, u64>> {
    let reader = super::reader(layout)?;
    let mut counts = BTreeMap::new();
    for schema in reader.schemas() {
        let page = reader.list(&ListRequest {
            register: schema.id.clone(),
            place: None,
            filters: Vec::new(),
            sort: None,
            descending: false,
            after: None,
            limit: 0,
            at: None,
        })?;
        if page.count > 0 {
            counts.insert(schema.id.clone(), page.count);
        }
    }
    Ok(counts)
}
