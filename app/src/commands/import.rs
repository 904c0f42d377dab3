//! `import`: a workbook or a CSV file into a register.

use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use anyhow::{Context as _, bail};
use mc_access::Actor;
use mc_base::PlaceId;
use mc_importing::{Job, Received, Trial, look, trial, why_workbook, write};
use mc_port::{Snapshot, Source as _};
use mc_sqlite::{Layout, Store};

use super::Hands;
use crate::cli::Import;
use crate::import::{said, show};
use crate::output::{Output, REFUSED};

pub fn run(layout: &Layout, args: &Import, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let actor = Actor::operator();
    if !args.file.is_file() {
        bail!("Không có tệp “{}”.", args.file.display());
    }
    let store = Store::open(layout)?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = Received {
        exe: std::env::current_exe().context("không tìm được chính chương trình này")?,
        path: args.file.clone(),
        name,
    };
    let snapshot = store.snapshot(&actor)?;
    let queue = hands.0.as_ref();
    let scope = args.place.as_deref().map(|code| scope(snapshot.as_ref(), code)).transpose()?.flatten();
    let mut proposal = look(snapshot.as_ref(), queue, &args.register, &file, scope)?;
    if let Some(style) = args.number_style {
        proposal.mapping.numbers = Some(style);
    }
    let today = snapshot.today();
    if let Some(schema) = snapshot.schema(&args.register) {
        show::proposal(&proposal, &schema, out);
    }
    drop(snapshot);
    let job = Job {
        source: &store,
        importer: queue,
        maps: queue,
        actor: &actor,
        file: &file,
        mapping: &proposal.mapping,
        scope,
        stop: &AtomicBool::new(false),
    };
    let mut tell = |progress| show::progress(progress, out);
    let tried = trial(&job, &mut tell)?;
    let keep_reasons = |tried: &Trial| -> anyhow::Result<()> {
        let Some(path) = &args.errors else { return Ok(()) };
        let workbook = why_workbook(&file, &proposal.mapping, &tried.verdicts, today)?;
        std::fs::write(path, workbook).with_context(|| format!("không ghi được “{}”", path.display()))
    };
    keep_reasons(&tried)?;
    let refused = tried.outcome.rejected.clone();
    let tried = if args.dry_run { tried } else { write(&job, tried, args.good_rows, &mut tell)? };
    let mut remarks = tried.remarks.clone();
    if tried.outcome.rejected != refused
        && let Err(error) = keep_reasons(&tried)
    {
        // The rows are written by now: that is what the result says.
        remarks.push(format!("{error:#}"));
    }
    if let Some(number) = &tried.unclear_number {
        remarks.push(format!(
            "số “{number}” đọc được hai cách. Thêm --number-style vn nếu tệp viết 1.234,5, hoặc --number-style en nếu \
             tệp viết 1,234.5."
        ));
    }
    let outcome = tried.outcome;
    let result = serde_json::to_value(&outcome)?;
    out.result(&result, || said::result(&outcome, &proposal, &remarks, args));
    let refused = !outcome.rejected.is_empty() && !args.good_rows;
    Ok(if refused { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
}

/// The place of a code, where it is not home.
fn scope(snapshot: &dyn Snapshot, code: &str) -> anyhow::Result<Option<PlaceId>> {
    let found = snapshot.places().by_code(code, snapshot.today());
    let place = found.with_context(|| format!("Không có địa bàn mã “{code}”."))?;
    Ok(Some(place.id).filter(|id| *id != snapshot.instance().home))
}
