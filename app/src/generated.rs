//! Generated instances: what each was made from, and making one again.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use mc_base::number::whole;
use mc_base::{Day, Instant};
use mc_port::{CommitRequest, ImportRequest, ImportRow};
use mc_register::{Edit, Schema};
use mc_sim::{Chapter, EvidenceFile, Load, SimError, Step};
use mc_sqlite::{Layout, StoryWorld, SystemWorld, World as _, Writer};

use crate::output::{Bar, Output};
use crate::setup;

const HOUR_MILLIS: i64 = 3_600_000;
/// The story's own day, and the hour at which it stops.
const STORY_DAY: (i16, i8, i8) = (2025, 11, 17);
const STORY_HOUR: i64 = 18;
/// The day before the story's first chapter.
const BEGINS: (i16, i8, i8) = (2025, 6, 30);

/// What an instance is generated from: the same gives the same ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Generation {
    /// Chance.
    pub seed: u64,
    /// Parcels of the whole province around the story; without: the story alone.
    pub parcels: Option<u64>,
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parcels {
            None => write!(f, "demo {}", self.seed),
            Some(parcels) => write!(f, "province {} {parcels}", self.seed),
        }
    }
}

impl Generation {
    /// Reads what `Display` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        match words.as_slice() {
            ["demo", seed] => Some(Self { seed: seed.parse().ok()?, parcels: None }),
            ["province", seed, parcels] => {
                Some(Self { seed: seed.parse().ok()?, parcels: Some(parcels.parse().ok()?) })
            }
            _ => None,
        }
    }

    /// As a person says it.
    pub fn said(&self) -> String {
        match self.parcels {
            None => format!("cỡ demo, hạt giống {}", self.seed),
            Some(parcels) => {
                format!("cỡ tỉnh với {} thửa đất, hạt giống {}", whole(parcels), self.seed)
            }
        }
    }

    /// Makes the instance in an empty directory.
    pub fn make(self, layout: &Layout, out: &Output) -> anyhow::Result<()> {
        let declared = setup::declared()?;
        let origin = if self.parcels.is_none() { "minh-hoa/lao-cai" } else { "minh-hoa/cap-tinh" };
        let world = Box::new(StoryWorld::new(at(BEGINS, STORY_HOUR)?, self.seed));
        let mut writer = Writer::create(layout, origin, true, mc_reference::LAO_CAI, world)?;
        out.progress("khai báo, địa bàn, cơ quan…");
        setup::found(&mut writer, &declared, &["15", "MH"])?;
        let (steps, files) = self.tell(&|id| writer.schema(id))?;
        let bar = out.bar(steps.len() as u64);
        for (index, step) in (1..).zip(steps) {
            writer.set_world(Box::new(StoryWorld::new(step.at(), self.seed.wrapping_add(index))));
            match step {
                Step::Chapter(chapter) => commit(&mut writer, chapter, &bar)?,
                Step::Load(load) => import(&mut writer, load, &bar)?,
            }
            bar.step();
        }
        bar.done();
        // Totals in the story ask for cells by owner: whoever opens the instance should find them.
        writer.settle(&mut |_| {})?;
        keep(layout, files)?;
        writer.mark_story(at(STORY_DAY, STORY_HOUR)?, SystemWorld.now())?;
        Ok(writer.mark_generation(&self.to_string())?)
    }

    fn tell(
        self,
        schemas: &dyn Fn(&str) -> Option<Arc<Schema>>,
    ) -> Result<(Vec<Step>, Vec<EvidenceFile>), SimError> {
        Ok(match self.parcels {
            None => {
                let chapters = mc_sim::demo(schemas, self.seed)?;
                (chapters.into_iter().map(Step::Chapter).collect(), mc_sim::demo_evidence(self.seed)?)
            }
            Some(parcels) => {
                (mc_sim::province(schemas, self.seed, parcels)?, mc_sim::province_evidence(self.seed)?)
            }
        })
    }

    /// Makes the instance anew in place of the one that is there, which is kept beside it; where it lies now. The old
    /// one's lock is held until the new one stands in its place: what anybody wrote between would be in neither.
    pub fn make_anew(self, layout: &Layout, old: Writer, out: &Output) -> anyhow::Result<PathBuf> {
        let _lock = old.into_lock();
        let dir = layout.dir();
        let part = beside(dir, "moi")?;
        if part.exists() {
            fs::remove_dir_all(&part).with_context(|| part.display().to_string())?;
        }
        self.make(&Layout::new(&part), out)?;
        let mut number = 1;
        let old = loop {
            let old = beside(dir, &format!("cu-{number}"))?;
            if !old.exists() {
                break old;
            }
            number += 1;
        };
        fs::rename(dir, &old).with_context(|| dir.display().to_string())?;
        fs::rename(&part, dir).with_context(|| part.display().to_string())?;
        Ok(old)
    }
}

/// `DIR.suffix`.
fn beside(dir: &Path, suffix: &str) -> anyhow::Result<PathBuf> {
    let Some(name) = dir.file_name() else {
        bail!("“{}” không có tên để đặt bản mới bên cạnh; hãy chỉ rõ thư mục.", dir.display());
    };
    let mut name = name.to_owned();
    name.push(format!(".{suffix}"));
    Ok(dir.with_file_name(name))
}

fn commit(writer: &mut Writer, chapter: Chapter, bar: &Bar) -> anyhow::Result<()> {
    let reason = chapter.reason.clone();
    bar.say(&reason);
    let request = CommitRequest {
        actor: chapter.actor,
        source: chapter.source,
        reason: chapter.reason,
        idempotency_key: String::new(),
        edits: chapter.edits,
    };
    writer.commit(&request).map(drop).with_context(|| reason)
}

/// Through the product's own import, a row at a time.
fn import(writer: &mut Writer, load: Load, bar: &Bar) -> anyhow::Result<()> {
    let reason = load.reason.clone();
    let request = ImportRequest {
        actor: load.actor,
        source: load.source,
        reason: load.reason,
        idempotency_key: String::new(),
        register: load.register.to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    };
    let mut failed = None;
    let mut rows = (1..).zip(load.rows).map_while(|(row, record)| match record {
        Ok(record) => Some(Ok(ImportRow { row, edit: Edit::Insert { record } })),
        Err(error) => {
            failed = Some(error);
            None
        }
    });
    let mut compared = |rows| bar.now(&reason, "đã đối chiếu", rows);
    let prepared = writer.prepare(&request, &mut rows, &mut compared).with_context(|| reason.clone())?;
    if let Some(error) = failed {
        return Err(error).with_context(|| reason);
    }
    if let Some(row) = prepared.rejected.first() {
        let field = row.field.as_deref().unwrap_or("-");
        bail!("{reason}: dòng {}, trường {field}: {}", row.row, row.message);
    }
    writer
        .apply(prepared, false, &mut |done, _| bar.now(&reason, "đã ghi", done))
        .map(drop)
        .with_context(|| reason.clone())
}

/// The files that records of the story point to, each under the hash of its bytes.
fn keep(layout: &Layout, files: Vec<EvidenceFile>) -> anyhow::Result<()> {
    let dir = layout.evidence();
    fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
    for file in files {
        fs::write(dir.join(file.hash.to_string()), file.text).with_context(|| file.name)?;
    }
    Ok(())
}

fn at((year, month, day): (i16, i8, i8), hour: i64) -> anyhow::Result<Instant> {
    let day = Day::new(year, month, day).context("ngày của câu chuyện")?;
    Ok(Instant(Instant::start_of(day).0 + hour * HOUR_MILLIS))
}

#[cfg(test)]
mod tests {
    use super::Generation;

    #[test]
    fn what_an_instance_was_made_from_is_read_as_it_was_written() {
        for generation in
            [Generation { seed: 57, parcels: None }, Generation { seed: 3, parcels: Some(20_000) }]
        {
            assert_eq!(Generation::parse(&generation.to_string()), Some(generation));
        }
        assert_eq!(Generation::parse("tỉnh"), None);
    }
}
