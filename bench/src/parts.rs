//! From what was measured to the lines of the page, with the targets.

use std::time::Duration;

use crate::measure::{Samples, millis, rate, ratio};
use crate::peer::load::Load;
use crate::report::{Line, Met, Part};
use crate::run::{Measured, Peer, Store};
use crate::served::Served;
use crate::texts;

/// All parts of the page.
#[must_use]
pub fn all(measured: &Measured) -> Vec<Part> {
    let Measured { ours, peer, texts, served } = measured;
    let peer = peer.as_ref();
    let mut parts = vec![
        import(ours, peer),
        during(ours),
        figures(ours, peer),
        known(ours),
        correct(ours, peer),
        lists(ours),
        check(ours),
        texts::part(texts),
    ];
    parts.extend(served.as_ref().map(program));
    parts
}

const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

fn per_second(rows: u64, took: Duration) -> String {
    format!("{:.1} s, {:.0} rows/s", took.as_secs_f64(), rate(rows, took).floor())
}

fn import(ours: &Store, peer: Option<&Peer>) -> Part {
    let import = &ours.import;
    let speed = rate(import.rows, import.took);
    let mine = per_second(import.rows, import.took);
    let mut lines = vec![
        Line::alone("rows/s, gate", mine.clone(), "≥ 30,000", Met::when(speed >= 30_000.0)),
        Line::alone("rows/s, goal", mine.clone(), "≥ 60,000", Met::when(speed >= 60_000.0)),
    ];
    for (load, took) in peer.iter().flat_map(|peer| &peer.loads) {
        let faster = ratio(*took, import.took);
        let (what, target, met) = match load {
            Load::Copy => ("COPY alone: the price of proof", "reported", Met::Reported),
            Load::RowHistory => ("history by row trigger, no sums", "≥ 1.3×", Met::when(faster >= 1.3)),
            Load::StatementHistory => ("history by statement trigger, no sums", "reported", Met::Reported),
            Load::RowHistorySums => {
                ("history by row trigger, five measures: our content", "reported", Met::Reported)
            }
        };
        lines.push(Line {
            what: what.to_owned(),
            ours: mine.clone(),
            peer: per_second(import.rows, *took),
            ratio: Some(faster),
            target: target.to_owned(),
            met,
        });
    }
    let prepare = per_second(import.rows, import.prepare);
    lines.push(Line::alone("of it, prepared without the write lock", prepare, "reported", Met::Reported));
    let memory = format!("{} MiB", import.memory.div_ceil(1024));
    lines.push(Line::alone("peak memory", memory, "< 1 GiB", Met::when(import.memory < 1024 * 1024)));
    let size = format!("{} MiB", ours.size.div_ceil(1 << 20));
    lines.push(Line::alone("database afterwards", size, "reported", Met::Reported));
    let about = "From the file opened to the rows visible: CSV read, values and five rules checked, compared with the \
        register,\ntwo personal fields committed under salts, rows hashed into the ledger, two indexes beside the \
        key, five measures with\ntheir cuts current, durable. A second register is corrected twenty times a second \
        meanwhile; the peer loads alone.\nThe reader of files is the bench's own; the product reads them in a child \
        process.";
    Part { title: "Import", about: about.to_owned(), lines }
}

fn during(ours: &Store) -> Part {
    let import = &ours.import;
    let p95 = import.slices.percentile(95);
    let wal = format!("{} MB", import.wal.div_ceil(1_000_000));
    let limit = |samples: &Samples| Met::when(samples.len() > 0 && samples.p99() < ms(100));
    let lines = vec![
        Line::alone(
            "another register corrected, whole import",
            import.corrections.to_string(),
            "p99 < 100 ms",
            limit(&import.corrections),
        ),
        Line::alone(
            "another register corrected, while slices are applied",
            import.corrections_applying.to_string(),
            "p99 < 100 ms",
            limit(&import.corrections_applying),
        ),
        Line::alone(
            "slice with its commit",
            import.slices.to_string(),
            "p95 ≤ 50 ms",
            Met::when(p95 <= ms(50)),
        ),
        Line::alone(
            "last transaction, which shows the rows",
            format!("{} ms", millis(import.shown)),
            "≤ 50 ms",
            Met::when(import.shown <= ms(50)),
        ),
        Line::alone("journal (WAL) at most", wal, "< 256 MB", Met::when(import.wal < 256_000_000)),
    ];
    Part { title: "While importing", about: "The same import.".to_owned(), lines }
}

fn figures(ours: &Store, peer: Option<&Peer>) -> Part {
    let mine = &ours.figures;
    let summary = peer.map(|peer| &peer.summary);
    let rows = peer.map(|peer| &peer.group_by);
    let asked: [(&str, &Samples, _, _); 6] = [
        ("a commune", &mine.commune, summary.map(|it| &it.commune), rows.map(|it| &it.commune)),
        ("the province", &mine.province, summary.map(|it| &it.province), rows.map(|it| &it.province)),
        ("a ratio of the province", &mine.rate, summary.map(|it| &it.rate), rows.map(|it| &it.rate)),
        ("the province by group", &mine.by_cut, summary.map(|it| &it.by_cut), rows.map(|it| &it.by_cut)),
        ("99 communes", &mine.communes, summary.map(|it| &it.communes), rows.map(|it| &it.communes)),
        ("twelve months", &mine.line, summary.map(|it| &it.line), rows.map(|it| &it.line)),
    ];
    let mut lines = Vec::new();
    for (what, mine, summary, rows) in asked {
        lines.push(Line::alone(what, mine.to_string(), "p99 < 1 ms", Met::when(mine.p99() < ms(1))));
        if let Some(theirs) = summary {
            let slower = [50, 99].map(|at| mine.percentile(at) > theirs.percentile(at));
            lines.push(Line {
                what: format!("{what}, summary table kept by triggers"),
                ours: mine.to_string(),
                peer: theirs.to_string(),
                ratio: Some(
                    ratio(theirs.p99(), mine.p99()).min(ratio(theirs.percentile(50), mine.percentile(50))),
                ),
                target: "equal or better (p50 and p99)".to_owned(),
                met: Met::when(!slower.contains(&true)),
            });
        }
        if let Some(theirs) = rows {
            lines.push(Line {
                what: format!("{what}, GROUP BY"),
                ours: mine.to_string(),
                peer: theirs.to_string(),
                ratio: Some(ratio(theirs.percentile(50), mine.percentile(50))),
                target: "reported".to_owned(),
                met: Met::Reported,
            });
        }
    }
    let opened = mine.opened.to_string();
    lines.push(Line::alone("the province, snapshot opened for it", opened, "reported", Met::Reported));
    let about = "Ours in process on an open snapshot, the peer with prepared statements on an open connection: the \
        round trip\nover the socket is in its figures, as it would be in use. Summary table: day × group × commune \
        with ancestors.\nOf a summary table the smaller of the ratios at p50 and p99 is given.";
    Part { title: "One figure", about: about.to_owned(), lines }
}

fn known(ours: &Store) -> Part {
    let known = &ours.known;
    let line = |what: &str, mine: &Samples, recount: &Samples| Line {
        what: what.to_owned(),
        ours: mine.to_string(),
        peer: format!("recount {recount}"),
        ratio: Some(ratio(recount.percentile(50), mine.percentile(50))),
        target: "p99 < 50 ms".to_owned(),
        met: Met::when(mine.p99() < ms(50)),
    };
    let about = format!(
        "{} commits ({:.0} a second in groups), each of which adds a record to either of two registers; figures of \
         the province as\nthey were known at 200 positions spread over all of them, ten of them recounted from the \
         versions and found equal.",
        known.deltas,
        rate(known.deltas, known.commits).floor()
    );
    let lines = vec![
        line("deltas in 1,000 cells, up to a day within a month", &known.spread, &known.spread_recount),
        line("all deltas in one cell", &known.hot, &known.hot_recount),
    ];
    Part { title: "Known on", about, lines }
}

fn correct(ours: &Store, peer: Option<&Peer>) -> Part {
    let line = |what: &str, mine: &Samples, theirs: Option<&Samples>, most: u64| Line {
        what: what.to_owned(),
        ours: mine.to_string(),
        peer: theirs.map_or_else(String::new, ToString::to_string),
        ratio: theirs.map(|theirs| ratio(theirs.p99(), mine.p99())),
        target: format!("p99 < {most} ms"),
        met: Met::when(mine.p99() < ms(most)),
    };
    let mut lines = vec![
        line("idle", &ours.idle, peer.map(|peer| &peer.idle), 10),
        line("with a reader and an import", &ours.loaded, peer.map(|peer| &peer.loaded), 25),
    ];
    let (during, took) = &ours.backed_up;
    let what = format!("while a backup is made ({:.1} s)", took.as_secs_f64());
    lines.push(Line::alone(&what, during.to_string(), "p99 < 25 ms", Met::when(during.p99() < ms(25))));
    let about = "One record, durable (synced to disk), history and five measures current. Load: one reader without \
        pause and another\nregister imported from a file; at the peer one reader and a COPY into another table with \
        history. The ratio is of p99.";
    Part { title: "One record corrected", about: about.to_owned(), lines }
}

fn lists(ours: &Store) -> Part {
    let mut all = Samples::default();
    for page in &ours.lists {
        all.extend(page.samples.clone());
    }
    let met = Met::when(all.p99() < ms(150));
    let what = format!("all {} combinations", ours.lists.len());
    let mut lines = vec![Line::alone(&what, all.to_string(), "p99 < 150 ms", met)];
    let mut slowest: Vec<_> = ours.lists.iter().collect();
    slowest.sort_by_key(|page| std::cmp::Reverse(page.samples.percentile(100)));
    for page in slowest.into_iter().take(3) {
        let worst = page.samples.percentile(100);
        let text = format!("at most {} ms", millis(worst));
        lines.push(Line::alone(&page.name, text, "< 150 ms", Met::when(worst < ms(150))));
    }
    let about = "Fifty records of the big register with their count: every offered filter × sort × direction, for \
        country, province\nand commune; below, the three slowest. The register has no full-text fields, so there is \
        no search of it.";
    Part { title: "First page of a list", about: about.to_owned(), lines }
}

fn check(ours: &Store) -> Part {
    let (versions, took) = ours.verify;
    let speed = rate(versions, took);
    let text = format!("{:.1} s, {:.0} versions/s", took.as_secs_f64(), speed.floor());
    let lines = vec![Line::alone("verify", text, "≥ 100,000 versions/s", Met::when(speed >= 100_000.0))];
    let about = "Everything re-read from bytes and every derived table recounted.";
    Part { title: "Verify", about: about.to_owned(), lines }
}

fn program(served: &Served) -> Part {
    let mib = |kib: u64| format!("{} MiB", kib.div_ceil(1024));
    let start = served.start < Duration::from_secs(1);
    let memory = served.generate_memory;
    let took = format!("{} ms", millis(served.start));
    let mut lines = vec![
        Line::alone("start-up to the first page", took, "< 1 s", Met::when(start)),
        Line::alone("idle memory", mib(served.idle), "< 100 MiB", Met::when(served.idle < 100 * 1024)),
    ];
    for (what, samples) in &served.pages {
        let met = Met::when(samples.p99() < ms(150));
        lines.push(Line::alone(what, samples.to_string(), "p99 < 150 ms", met));
    }
    let generate = format!("{:.0} s", served.generate.as_secs_f64());
    lines.push(Line::alone("generating it", generate, "reported", Met::Reported));
    let met = Met::when(memory < 1024 * 1024);
    lines.push(Line::alone("memory while generating", mib(memory), "< 1 GiB", met));
    let about = format!(
        "`minhchung generate --scale province --parcels {}` and `serve` as programs of their own; pages in full over \
         HTTP, a\nconnection each, the first and cold one counted.",
        served.parcels
    );
    Part { title: "The product served", about, lines }
}
