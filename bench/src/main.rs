//! Measures the product against PostgreSQL in one run and writes the page with the ratios.
//!
//! `mc-bench [--rows N] [--out FILE] [--dir DIR] [--product FILE] [--no-peer|--need-peer] [--import|--texts]`
//!
//! It fails on wrong results and on what cannot be measured; a target that is missed is written down as such.

mod data;
mod measure;
mod ours;
mod parts;
mod peer;
mod report;
mod run;
mod served;
mod texts;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context as _, bail};

use measure::proc_line;

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// Parcels.
    pub rows: u64,
    /// Where the page goes.
    pub out: PathBuf,
    /// Below which folder everything is made; it goes with the run.
    pub dir: PathBuf,
    /// The program `minhchung`, where it is to be measured too.
    pub product: Option<PathBuf>,
    /// Whether PostgreSQL takes part.
    pub peer: Peer,
    /// The import alone, printed and not written: for whoever works on it.
    pub import: bool,
    /// Numbers in texts alone, likewise.
    pub texts: bool,
}

/// Whether PostgreSQL takes part.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Peer {
    /// No.
    Never,
    /// Where it is installed.
    IfThere,
    /// Yes; without it the run fails.
    Always,
}

/// The size for which the targets are set.
const ROWS: u64 = 3_600_000;
/// What a run of another size says of them.
const SMALLER: &str = "\
**The targets are set for 3,600,000 rows and a million deltas. This run is smaller: a \"yes\" below holds for its own
size only and says nothing of the target.**

";

/// What a run without optimisation says of them.
const UNOPTIMISED: &str = "\
**Built without optimisation: this run shows that every measurement works and every result is right. Its times say
nothing of the targets.**

";

fn main() -> ExitCode {
    match options().and_then(|options| bench(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mc-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> anyhow::Result<Options> {
    let mut options = Options {
        rows: ROWS,
        out: "bench/RESULTS.md".into(),
        dir: env::temp_dir(),
        product: None,
        peer: Peer::IfThere,
        import: false,
        texts: false,
    };
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a value"));
        match word.as_str() {
            "--rows" => options.rows = value()?.replace('_', "").parse().context("--rows needs a number")?,
            "--out" => options.out = value()?.into(),
            "--dir" => options.dir = value()?.into(),
            "--product" => options.product = Some(value()?.into()),
            "--no-peer" => options.peer = Peer::Never,
            "--need-peer" => options.peer = Peer::Always,
            "--import" => options.import = true,
            "--texts" => options.texts = true,
            _ => bail!(
                "unknown: {word}; known: --rows N, --out FILE, --dir DIR, --product FILE, --no-peer, --need-peer, \
                 --import, --texts"
            ),
        }
    }
    anyhow::ensure!(options.rows >= 10_000, "fewer than 10,000 rows say nothing");
    Ok(options)
}

fn bench(options: &Options) -> anyhow::Result<()> {
    if options.import {
        println!("{}", run::import_alone(options)?);
        return Ok(());
    }
    if options.texts {
        println!("{}", report::page("", &[texts::part(&run::texts_alone(options)?)]));
        return Ok(());
    }
    let before = load();
    let measured = run::all(options)?;
    let page = report::page(&head(options, &measured, &before), &parts::all(&measured));
    fs::write(&options.out, &page).with_context(|| format!("cannot write {}", options.out.display()))?;
    println!("{page}");
    Ok(())
}

/// Programs that wanted a core over the last 1, 5 and 15 minutes: others at work make every figure worse.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// On what machine, with what versions and settings.
fn head(options: &Options, measured: &run::Measured, before: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let memory = proc_line("/proc/meminfo", "MemTotal");
    let model = proc_line("/proc/cpuinfo", "model name");
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let peer = match &measured.peer {
        Some(peer) => format!("PostgreSQL {} ({}), over a Unix socket", peer.version, peer::settings()),
        None => "PostgreSQL: not measured, its columns are left out".to_owned(),
    };
    let size = match (options.rows < ROWS, cfg!(debug_assertions)) {
        (_, true) => UNOPTIMISED,
        (true, false) => SMALLER,
        (false, false) => "",
    };
    format!(
        "{size}- Rows: {}; machine: {cores} cores ({model}), {memory} memory, Linux {}\n- Load average \
         before the run: {before}, after it: {} (the run itself keeps about 2 busy)\n- Ours: SQLite {}, WAL, \
         synchronous=FULL, in process\n- Peer: {peer}\n",
        options.rows,
        kernel.trim(),
        load(),
        rusqlite::version(),
    )
}
