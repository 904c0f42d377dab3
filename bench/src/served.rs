//! The product as a program: a generated province served, from start-up to pages.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;

use crate::measure::{Samples, memory, now, timed};

/// Pages that are asked for, with what they are.
const PAGES: [(&str, &str); 4] = [
    ("start page", "/"),
    ("figure page: parcels of the province", "/chi-tieu/thua-dat-theo-nhom?dv=MH"),
    ("list of parcels, first page", "/so/thua-dat?dv=MH"),
    ("list of stations, first page", "/so/tram-bts?dv=MH"),
];
/// How often each.
const TIMES: usize = 40;
/// The server may take so long before something is wrong.
const READY_MAX: Duration = Duration::from_secs(60);
/// Idle is: this long after the first page, with nobody asking.
const IDLE: Duration = Duration::from_secs(2);

/// What was measured.
#[derive(Clone, Debug)]
pub struct Served {
    /// Parcels of the generated province.
    pub parcels: u64,
    /// Generating it.
    pub generate: Duration,
    /// Greatest resident memory while generating, KiB.
    pub generate_memory: u64,
    /// From the program started to the first page received.
    pub start: Duration,
    /// Resident memory when idle, KiB.
    pub idle: u64,
    /// Pages by name.
    pub pages: Vec<(&'static str, Samples)>,
}

/// A server that ends with its measurement.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Generates a province of `rows` parcels with `product` in `dir`, serves it and asks for pages.
///
/// # Errors
/// When the product fails, or a page is not the one asked for.
pub fn run(product: &Path, dir: &Path, rows: u64) -> anyhow::Result<Served> {
    let data = dir.join("province");
    let parcels = rows.clamp(mc_sim::PARCELS_MIN, mc_sim::PARCELS);
    let (generate, generate_memory) = generated(product, &data, parcels)?;
    let address = free_address()?;
    let begun = now();
    let mut server = Server(
        Command::new(product)
            .args(["serve", "--listen", &address.to_string(), "--data"])
            .arg(&data)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| product.display().to_string())?,
    );
    let start = loop {
        if page(address, "/").is_ok() {
            break begun.elapsed();
        }
        anyhow::ensure!(server.0.try_wait()?.is_none(), "the server ended");
        anyhow::ensure!(begun.elapsed() < READY_MAX, "no page after {READY_MAX:?}");
        thread::sleep(Duration::from_millis(2));
    };
    thread::sleep(IDLE);
    let idle = memory(&server.0.id().to_string());
    let mut pages = Vec::new();
    for (name, path) in PAGES {
        let mut samples = Samples::default();
        for _ in 0..TIMES {
            samples.time(|| page(address, path))?;
        }
        pages.push((name, samples));
    }
    Ok(Served { parcels, generate, generate_memory, start, idle, pages })
}

fn generated(product: &Path, data: &Path, parcels: u64) -> anyhow::Result<(Duration, u64)> {
    let mut command = Command::new(product);
    command.args(["generate", "--scale", "province", "--json", "--parcels", &parcels.to_string(), "--data"]);
    let mut child = command.arg(data).stdout(Stdio::null()).spawn()?;
    let process = child.id().to_string();
    let mut greatest = 0;
    let (ended, took) = timed(|| {
        loop {
            if let Some(status) = child.try_wait()? {
                return anyhow::Ok(status);
            }
            greatest = greatest.max(memory(&process));
            thread::sleep(Duration::from_millis(50));
        }
    });
    anyhow::ensure!(ended?.success(), "the province could not be generated");
    Ok((took, greatest))
}

fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// The page at `path`, whole.
fn page(address: SocketAddr, path: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    anyhow::ensure!(
        answer.starts_with("HTTP/1.1 200 ") && answer.contains("</html>"),
        "{path}: {}",
        answer.lines().next().unwrap_or("no answer")
    );
    Ok(answer)
}
