//! The run: ours first, then the peer, on the same files.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use mc_access::Actor;
use mc_base::{Instant, PlaceId};
use mc_sqlite::{BackupRequest, backup};

use crate::measure::{Samples, timed};
use crate::ours::import::Imported;
use crate::ours::known::Known;
use crate::ours::lists::Page;
use crate::ours::{self, Ours};
use crate::peer::load::{Load, copy, make};
use crate::peer::{self, Server};
use crate::served::{self, Served};
use crate::texts::{self, Texts};
use crate::{Options, Peer as Wanted, data};

/// Corrections measured when nothing else happens, and as many at most under load.
const CORRECTIONS: u64 = 500;
/// Corrections tried at most while something else goes on.
const CORRECTIONS_ALONG: u64 = 5_000;
/// Deltas of the known-on bench in the full run.
const DELTAS: u64 = 1_000_000;
/// The day on which both stores must say the same.
const CHECKED: (u32, &str) = (44, "2025-10-31");

/// Everything measured.
#[derive(Debug)]
pub struct Measured {
    /// Ours.
    pub ours: Store,
    /// PostgreSQL's, where it is installed and wanted.
    pub peer: Option<Peer>,
    /// Numbers in texts.
    pub texts: Texts,
    /// The product as a program, where it was given.
    pub served: Option<Served>,
}

/// Ours.
#[derive(Debug)]
pub struct Store {
    /// The big import.
    pub import: Imported,
    /// Figures.
    pub figures: ours::figures::Figures,
    /// First pages.
    pub lists: Vec<Page>,
    /// Corrections, nothing else going on.
    pub idle: Samples,
    /// Corrections during another import, with a reader.
    pub loaded: Samples,
    /// Corrections while a backup is made, and how long it took.
    pub backed_up: (Samples, Duration),
    /// Known-on.
    pub known: Known,
    /// Versions re-read by `verify`, and how long it took.
    pub verify: (u64, Duration),
    /// Bytes of the database after the import.
    pub size: u64,
}

/// PostgreSQL's.
#[derive(Debug)]
pub struct Peer {
    /// Version.
    pub version: String,
    /// Time of each way to load.
    pub loads: Vec<(Load, Duration)>,
    /// Figures from the summary table.
    pub summary: peer::figures::Figures,
    /// Figures from the rows.
    pub group_by: peer::figures::Figures,
    /// Corrections, nothing else going on.
    pub idle: Samples,
    /// Corrections during another load, with a reader.
    pub loaded: Samples,
}

/// Runs everything.
///
/// # Errors
/// When something cannot be measured at all, or the stores disagree.
pub fn all(options: &Options) -> anyhow::Result<Measured> {
    let dir = tempfile::Builder::new().prefix("minhchung-bench-").tempdir_in(&options.dir)?;
    open_to_others(dir.path())?;
    let (big, small) = (dir.path().join("parcels.csv"), dir.path().join("holdings.csv"));
    said("rows", || {
        data::write_csv(&big, 0..options.rows)?;
        data::write_csv(&small, options.rows..options.rows + options.rows / 4)
    })?;
    let (store, checked) = ours(options, dir.path(), &big, &small)?;
    let peer = match options.peer {
        Wanted::Never => None,
        Wanted::IfThere | Wanted::Always => peer(options, dir.path(), &big, &small, &checked)?,
    };
    anyhow::ensure!(peer.is_some() || options.peer != Wanted::Always, "PostgreSQL 15 is not installed");
    let product = options.product.as_deref();
    let texts = said("numbers in texts", || texts::run(product, dir.path()))?;
    let served = product
        .map(|product| said("the product served", || served::run(product, dir.path(), options.rows)))
        .transpose()?;
    Ok(Measured { ours: store, peer, texts, served })
}

/// The import and nothing else.
///
/// # Errors
/// When it cannot be measured.
pub fn import_alone(options: &Options) -> anyhow::Result<Imported> {
    let dir = tempfile::Builder::new().prefix("minhchung-bench-").tempdir_in(&options.dir)?;
    let file = dir.path().join("parcels.csv");
    said("rows", || data::write_csv(&file, 0..options.rows))?;
    let ours = Ours::found(&dir.path().join("data"))?;
    ours::import::sites(&ours)?;
    said("ours: import", || ours::import::run(&ours, "parcel", &file, true))
}

/// Numbers in texts and nothing else.
///
/// # Errors
/// When they cannot be measured.
pub fn texts_alone(options: &Options) -> anyhow::Result<Texts> {
    let dir = tempfile::Builder::new().prefix("minhchung-bench-").tempdir_in(&options.dir)?;
    texts::run(options.product.as_deref(), dir.path())
}

/// The peer runs as another user and keeps its folder in ours.
fn open_to_others(dir: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).context("the folder stays closed")
}

/// Runs a step and says on the terminal how long it took.
fn said<T>(name: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let (done, took) = timed(work);
    eprintln!("{name}: {:.1} s", took.as_secs_f64());
    done.with_context(|| name.to_owned())
}

fn ours(options: &Options, dir: &Path, big: &Path, small: &Path) -> anyhow::Result<(Store, String)> {
    let ours = Ours::found(&dir.join("data"))?;
    ours::import::sites(&ours)?;
    let import = said("ours: import", || ours::import::run(&ours, "parcel", big, true))?;
    anyhow::ensure!(import.rows == options.rows, "{} of {} rows came in", import.rows, options.rows);
    let size = std::fs::metadata(ours.layout.database())?.len();
    let figures = said("ours: figures", || ours::figures::run(&ours))?;
    let lists = said("ours: lists", || ours::lists::run(&ours))?;
    let checked = ours::figures::parcels(&ours, PlaceId(CHECKED.0), CHECKED.1)?;
    let idle = said("ours: corrections", || ours::correct::run(&ours, 0, CORRECTIONS))?;
    let loaded = said("ours: corrections under load", || loaded(&ours, small))?;
    let backed_up = said("ours: corrections during a backup", || backed_up(&ours, dir))?;
    let deltas = if options.rows < DELTAS { options.rows / 4 } else { DELTAS };
    let known = said("ours: known-on", || ours::known::run(&ours, deltas))?;
    let verify = said("ours: verify", || verify(&ours))?;
    Ok((Store { import, figures, lists, idle, loaded, backed_up, known, verify, size }, checked))
}

/// Corrections while a reader reads and another register is imported.
fn loaded(ours: &Ours, file: &Path) -> anyhow::Result<Samples> {
    let (stop, imported) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let reader = {
        let (ours, stop) = (ours.clone(), stop.clone());
        thread::spawn(move || ours::correct::read_along(&ours, &stop))
    };
    let importer = {
        let (ours, imported, file) = (ours.clone(), imported.clone(), file.to_owned());
        thread::spawn(move || {
            let done = ours::import::run(&ours, "holding", &file, false);
            imported.store(true, Ordering::Relaxed);
            done
        })
    };
    let samples = until(&imported, CORRECTIONS, |first, count| ours::correct::run(ours, first, count));
    stop.store(true, Ordering::Relaxed);
    importer.join().map_err(|_| anyhow::anyhow!("the importer panicked"))??;
    reader.join().map_err(|_| anyhow::anyhow!("the reader panicked"))??;
    samples
}

/// Corrections while a backup is made beside the writer.
fn backed_up(ours: &Ours, dir: &Path) -> anyhow::Result<(Samples, Duration)> {
    const FIRST: u64 = CORRECTIONS + CORRECTIONS_ALONG;
    let done = Arc::new(AtomicBool::new(false));
    let copier = {
        let (ours, done, file) = (ours.clone(), done.clone(), dir.join("backup.tar"));
        thread::spawn(move || {
            let asked = BackupRequest { product: "bench", created_at: Instant(0), replace: false };
            let (made, took) = timed(|| backup(&ours.layout, &file, &asked, &mut |_, _| {}));
            done.store(true, Ordering::Relaxed);
            made.map(|_| took)
        })
    };
    let samples = until(&done, FIRST, |first, count| ours::correct::run(ours, first, count));
    let took = copier.join().map_err(|_| anyhow::anyhow!("the backup panicked"))??;
    std::fs::remove_file(dir.join("backup.tar"))?;
    Ok((samples?, took))
}

/// Corrects parcels from number `first` on, spread over the time until `done`.
fn until(
    done: &AtomicBool,
    first: u64,
    mut correct: impl FnMut(u64, u64) -> anyhow::Result<Samples>,
) -> anyhow::Result<Samples> {
    const PAUSE: Duration = Duration::from_millis(10);
    let mut samples = Samples::default();
    for row in first..first + CORRECTIONS_ALONG {
        if done.load(Ordering::Relaxed) {
            break;
        }
        samples.extend(correct(row, 1)?);
        thread::sleep(PAUSE);
    }
    anyhow::ensure!(samples.len() > 0, "the load was over before anything was corrected");
    Ok(samples)
}

fn verify(ours: &Ours) -> anyhow::Result<(u64, Duration)> {
    let reader = ours.store.reader(&Actor::operator())?;
    let (report, took) = timed(|| reader.verify(&mut |_, _| {}));
    let report = report?;
    anyhow::ensure!(report.ok(), "verify: {:?}", report.findings);
    Ok((report.records, took))
}

fn peer(
    options: &Options,
    dir: &Path,
    big: &Path,
    small: &Path,
    checked: &str,
) -> anyhow::Result<Option<Peer>> {
    let Some(server) = said("peer: start", || Server::start(dir))? else { return Ok(None) };
    let mut client = server.connect()?;
    let mut loads = Vec::new();
    for load in [Load::Copy, Load::RowHistory, Load::StatementHistory, Load::RowHistorySums] {
        make(&mut client, load, "parcel")?;
        let (rows, took) = said(&format!("peer: {load:?}"), || copy(&mut client, "parcel", big))?;
        anyhow::ensure!(rows == options.rows, "{rows} of {} rows came in", options.rows);
        loads.push((load, took));
    }
    said("peer: vacuum", || {
        // One at a time: several statements in one message would be a transaction, in which nothing is vacuumed.
        client.batch_execute("VACUUM ANALYZE")?;
        Ok(client.batch_execute("CHECKPOINT")?)
    })?;
    let theirs = peer::figures::parcels(&mut client, CHECKED.0, CHECKED.1)?;
    anyhow::ensure!(theirs == checked, "ours says {checked} parcels, the peer {theirs}");
    let summary = said("peer: summary table", || peer::figures::summary(&mut client))?;
    let group_by = said("peer: group by", || peer::figures::group_by(&mut client))?;
    let idle = said("peer: corrections", || peer::correct::run(&mut client, 0, CORRECTIONS))?;
    let loaded = said("peer: corrections under load", || peer_loaded(&server, small))?;
    Ok(Some(Peer { version: server.version()?, loads, summary, group_by, idle, loaded }))
}

/// As [`loaded`], on the peer.
fn peer_loaded(server: &Server, file: &Path) -> anyhow::Result<Samples> {
    let (stop, imported) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let mut clients = [server.connect()?, server.connect()?, server.connect()?];
    let [reading, loading, correcting] = &mut clients;
    make(loading, Load::RowHistory, "holding")?;
    thread::scope(|scope| {
        let reader = scope.spawn(|| peer::correct::read_along(reading, &stop));
        let loader = scope.spawn(|| {
            let done = copy(loading, "holding", file);
            imported.store(true, Ordering::Relaxed);
            done
        });
        let samples =
            until(&imported, CORRECTIONS, |first, count| peer::correct::run(correcting, first, count));
        stop.store(true, Ordering::Relaxed);
        loader.join().map_err(|_| anyhow::anyhow!("the loader panicked"))??;
        reader.join().map_err(|_| anyhow::anyhow!("the reader panicked"))??;
        samples
    })
}
