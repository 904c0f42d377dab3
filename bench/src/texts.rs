//! Numbers in texts: an ordinary report as the program reads it, and texts made to be slow.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use mc_base::Day;
use mc_claims::{Context, Gazetteer, check};

use crate::measure::{millis, now, peak_of, timed};
use crate::report::{Line, Met, Part};

/// Characters of a printed page.
const PAGE: usize = 3_000;
/// Pages of the report.
const PAGES: usize = 100;
/// Bytes of a text made to be slow.
const LONG: usize = 1 << 20;
/// The program is run so often; the slowest run counts.
const RUNS: usize = 5;

/// What an ordinary report consists of; our own sentences.
const REPORT: [&str; 4] = [
    "Đến hết tháng 10/2025, toàn tỉnh có 4.607 trạm, tăng 590 trạm so với cuối năm 2024 (4.017 trạm); 96/99 xã, \
     phường (97%) có sóng di động ở mọi thôn.\n",
    "Tổng số hộ được rà soát là 1.600 hộ, gồm 1.250 hộ nghèo, 308 hộ cận nghèo và 42 hộ khác; tỷ lệ hoàn thành đạt \
     87,5% kế hoạch.\n",
    "Trong quý III, các đơn vị đã tổ chức nhiều hội nghị, bám sát chỉ đạo của Ban Chỉ đạo, phối hợp chặt chẽ với \
     các xã, phường và doanh nghiệp để tháo gỡ khó khăn cho người dân ở vùng cao.\n",
    "Tổng chi đạt 574 tỷ đồng, bằng 1,5% tổng chi ngân sách địa phương; bình quân mỗi xã 5,8 tỷ đồng.\n\n",
];

/// Texts of one thing only, a million times: what a stranger may paste to keep a server busy.
const SLOW: [(&str, &str); 18] = [
    ("parts", "5 xã, chiếm 5% của 100 xã, gồm 2 xã và 3 xã, "),
    ("counts", "5 xã, 6 xã, "),
    ("list items", "- 5 xã\n"),
    ("percentages", "5%, "),
    ("bare numbers", "1 "),
    ("digits", "9"),
    ("brackets", "("),
    ("quotation marks", "“"),
    ("numerals", "hai mươi lăm nghìn "),
    ("dates", "1/2/"),
    ("places", "5 hộ ở xã Bát Xát, "),
    ("months", "từ tháng 1 đến tháng 10/2025 "),
    ("shares", "5 xã chiếm 10%. "),
    ("means", "bình quân 5 triệu đồng/hộ với 7 hộ là 35 triệu đồng, "),
    ("changes", "tăng 5% so với 10 xã, giảm 3 xã từ 12 xã xuống 9 xã, "),
    ("lists", "3 trọng điểm là A, B và C, "),
    ("agencies", "Sở Y tế cấp 5 giấy, "),
    ("fractions", "một phần ba số thôn, 2/3 số xã, "),
];

/// What was measured.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The program on a report, by format: slowest run, greatest memory of it and its reading process in KiB.
    report: Vec<(&'static str, Duration, u64)>,
    /// Each slow text by name.
    slow: Vec<(&'static str, Duration)>,
}

/// Reads everything.
///
/// # Errors
/// When a text cannot be read, or what is found in it is not what it holds.
pub fn run(product: Option<&Path>, dir: &Path) -> anyhow::Result<Texts> {
    let places = mc_reference::gazetteer()?;
    let mut report = Vec::new();
    if let Some(product) = product {
        for (name, text) in [("report.txt", pages("", "")), ("report.html", pages("<p>", "</p>"))] {
            let file = dir.join(name);
            fs::write(&file, text)?;
            let (took, memory) = program(product, &file)?;
            report.push((name, took, memory));
        }
    }
    let slow = SLOW.map(|(name, part)| (name, long(part, &places)));
    Ok(Texts { report, slow: slow.into() })
}

/// As many pages of the report, each paragraph between `open` and `close`.
fn pages(open: &str, close: &str) -> String {
    let mut text = String::new();
    let mut points = 0;
    for paragraph in REPORT.iter().cycle() {
        if points >= PAGES * PAGE {
            break;
        }
        points += paragraph.chars().count();
        text.push_str(&format!("{open}{}{close}\n", paragraph.trim_end()));
    }
    text
}

fn long(part: &str, places: &Gazetteer) -> Duration {
    let text = part.repeat(LONG / part.len());
    let date = Day::new(2025, 11, 17).unwrap_or(Day::MIN);
    timed(|| check(&text, &Context { date, places })).1
}

/// `minhchung check FILE`, the slowest of several runs.
fn program(product: &Path, file: &Path) -> anyhow::Result<(Duration, u64)> {
    let (mut slowest, mut greatest) = (Duration::ZERO, 0);
    for _ in 0..RUNS {
        let begun = now();
        let mut child = Command::new(product)
            .args(["check", "--date", "2025-11-17", "--json"])
            .arg(file)
            .stdout(Stdio::from(fs::File::create(file.with_extension("json"))?))
            .spawn()
            .with_context(|| product.display().to_string())?;
        let status = loop {
            greatest = greatest.max(peak_of(child.id()));
            if let Some(status) = child.try_wait()? {
                break status;
            }
            thread::sleep(Duration::from_millis(1));
        };
        slowest = slowest.max(begun.elapsed());
        anyhow::ensure!(status.success(), "{} was not read", file.display());
    }
    Ok((slowest, greatest))
}

/// The part of the page.
#[must_use]
pub fn part(texts: &Texts) -> Part {
    let second = |took: Duration| Met::when(took < Duration::from_secs(1));
    let mut lines = Vec::new();
    for (name, took, memory) in &texts.report {
        let what = format!("{name}, 100 pages, slowest of {RUNS} runs");
        lines.push(Line::alone(&what, format!("{} ms", millis(*took)), "< 1 s", second(*took)));
        let mib = format!("{} MiB", memory.div_ceil(1024));
        let met = Met::when(*memory < 50 * 1024);
        lines.push(Line::alone(&format!("{name}, memory of both processes"), mib, "< 50 MiB", met));
    }
    for (name, took) in &texts.slow {
        let what = format!("1 MiB of nothing but {name}");
        lines.push(Line::alone(&what, format!("{} ms", millis(*took)), "< 1 s", second(*took)));
    }
    let about = "`minhchung check FILE --json` as a program, with the limited process that reads the file; and the \
        reader alone on\ntexts made to be slow.";
    Part { title: "Numbers in texts", about: about.to_owned(), lines }
}
