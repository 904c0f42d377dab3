//! `generate`: an instance with a told story, deterministic from its seed.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::bail;
use mc_base::number::whole;
use mc_sqlite::Layout;
use serde_json::{Map, Value, json};

use crate::cli::{Generate, Scale};
use crate::generated::Generation;
use crate::output::Output;

pub fn run(layout: &Layout, args: &Generate, out: &Output) -> anyhow::Result<ExitCode> {
    let parcels = match (args.scale, args.parcels) {
        (Scale::Province, asked) => Some(asked.unwrap_or(mc_sim::PARCELS)),
        (Scale::Demo, None) => None,
        (Scale::Demo, Some(_)) => {
            bail!("--parcels chỉ dùng với --scale province; bản demo có 3.000 thửa đất.")
        }
    };
    let begun = now();
    Generation { seed: args.seed, parcels }.make(layout, out)?;
    let took = begun.elapsed().as_secs();
    let counts = counts(layout)?;
    let records: u64 = counts.values().sum();
    let machine: Map<String, Value> =
        counts.iter().map(|(register, count)| (register.clone(), json!(count))).collect();
    out.result(&Value::Object(machine), || {
        format!(
            "Đã sinh dữ liệu minh họa trong “{}” sau {}: {} sổ có bản ghi, {} bản ghi hiện hành.",
            layout.dir().display(),
            if took < 120 {
                format!("{took} giây")
            } else {
                format!("{} phút {} giây", took / 60, took % 60)
            },
            counts.len(),
            whole(records)
        )
    });
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::disallowed_methods, reason = "how long it took is told to whoever waited for it")]
fn now() -> Instant {
    Instant::now()
}

/// Current records by register, for registers that have any.
fn counts(layout: &Layout) -> anyhow::Result<BTreeMap<String, u64>> {
    let reader = super::reader(layout)?;
    let mut counts = BTreeMap::new();
    for schema in reader.schemas() {
        let count = reader.current_records(&schema.id)?;
        if count > 0 {
            counts.insert(schema.id.clone(), count);
        }
    }
    Ok(counts)
}
