//! The reading process: what it gives back, what it may not do, and how its death is told.
//!
//! This test is its own executable: started with the hidden command it is the reading process.

mod common;

use libtest_mimic::{Arguments, Trial};
use std::fs::File;
use std::io::{Cursor, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, ExitCode};

use common::biff::{BookBiff, SheetBiff};
use common::{SheetXml, workbook, zip_with};
use mc_intake::child::enter_sandbox;
use mc_intake::{CHILD_COMMAND, ReadError, Request, Row, child_main, read_here, read_in_child};

const PROBE: &str = "__probe";

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some(CHILD_COMMAND) => return child_main(),
        Some(PROBE) => return probe(),
        _ => {}
    }
    let tests: [(&str, fn()); 7] = [
        ("rows_are_the_same_as_read_here", rows_are_the_same_as_read_here),
        ("all_limits_hold", all_limits_hold),
        ("the_sandbox_denies_files_network_and_programs", the_sandbox_denies_files_network_and_programs),
        ("a_memory_bomb_is_stopped", a_memory_bomb_is_stopped),
        ("errors_cross_the_pipe", errors_cross_the_pipe),
        ("a_stream_may_be_dropped_early", a_stream_may_be_dropped_early),
        ("a_large_csv_streams", a_large_csv_streams),
    ];
    let trials = tests.map(|(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

fn exe() -> std::path::PathBuf {
    std::env::current_exe().expect("own path")
}

fn temp(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("written");
    file
}

fn read_all(path: &Path, name: &str) -> Result<Vec<Row>, ReadError> {
    read_in_child(&exe(), path, name, &Request::default())?.collect()
}

fn rows_are_the_same_as_read_here() {
    let csv = "Mã;Tên;Số\nA1;\"Lào; Cai\";1.234,5\n\nA2;;x\n".as_bytes().to_vec();
    let sheet = SheetXml::new()
        .row(1, &[("A", "s", "Mã"), ("C", "s", "Số")])
        .row(4, &[("A", "s", "A1"), ("B", "d", "2025-10-31"), ("C", "n", "4.607"), ("D", "e", "#REF!")]);
    let old = SheetBiff::new().label(0, 0, "Mã").number(3, 0, 1, 45_961.0).error(3, 3, 0x17);
    let old = BookBiff::new(&[("Trang 1", old)]).bytes();
    for (name, bytes) in [("a.csv", csv), ("a.xlsx", workbook(&[("Trang 1", sheet)])), ("a.xls", old)] {
        let here = read_here(Cursor::new(bytes.clone()), name, &Request::default()).expect("read here");
        let file = temp(&bytes);
        let stream = read_in_child(&exe(), file.path(), name, &Request::default()).expect("a stream");
        assert_eq!(*stream.book(), here.info);
        let rows: Vec<Row> = stream.collect::<Result<_, _>>().expect("rows");
        assert_eq!(rows, here.rows);
        assert!(!rows.is_empty());
    }
}

fn all_limits_hold() {
    let file = temp(b"a;b\n1;2\n");
    let stream = read_in_child(&exe(), file.path(), "a.csv", &Request::default()).expect("a stream");
    assert!(stream.limits().all(), "{:?}", stream.limits());
}

/// In a process of its own, because there is no way back out.
fn probe() -> ExitCode {
    let held = enter_sandbox(5);
    let open = File::open("/etc/hostname").is_err();
    let create = File::create("/tmp/mc-intake-probe").is_err();
    let connect = TcpStream::connect(("127.0.0.1", 9)).is_err_and(|e| e.raw_os_error() == Some(libc::EPERM));
    let spawn = Command::new("/bin/true").spawn().is_err();
    println!("{open} {create} {connect} {spawn} {}", held.all());
    ExitCode::SUCCESS
}

fn the_sandbox_denies_files_network_and_programs() {
    let output = Command::new(exe()).arg(PROBE).output().expect("the probe runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "true true true true true");
}

fn a_memory_bomb_is_stopped() {
    // The directory declares 1 KiB; the entry grows to 800 MiB.
    let mut strings = b"<sst><si><t>".to_vec();
    strings.resize(800 << 20, b'a');
    let bytes = zip_with(
        &[("xl/sharedStrings.xml", strings)],
        &[("Trang 1", SheetXml::new().row(1, &[("A", "s", "x")]))],
        Some(("xl/sharedStrings.xml", 1024)),
    );
    assert!(bytes.len() < 4 << 20);
    let file = temp(&bytes);
    let error = read_all(file.path(), "bom.xlsx").expect_err("stopped");
    assert!(
        matches!(
            error,
            ReadError::TooMuchMemory { .. } | ReadError::Damaged { .. } | ReadError::TooSlow { .. }
        ),
        "{error:?}"
    );
}

fn errors_cross_the_pipe() {
    let file = temp(b"%PDF-1.7\n");
    let error = read_all(file.path(), "a.xlsx").expect_err("no sheet");
    assert_eq!(error, ReadError::NotASheet("PDF".to_owned()));
    let error = read_all(temp(b"").path(), "a.xlsx").expect_err("empty");
    assert_eq!(error, ReadError::Empty);
    let error = read_all(temp(b"a;b\n1;\"2\n").path(), "a.csv").expect_err("open quote");
    assert_eq!(error, ReadError::OpenQuote { row: 2 });
    let missing = read_all(Path::new("/nonexistent/tep.csv"), "tep.csv").expect_err("missing");
    assert!(matches!(missing, ReadError::Io(_)));
}

fn a_stream_may_be_dropped_early() {
    let text = "mã;số\n".to_owned() + &"A;1\n".repeat(500_000);
    let file = temp(text.as_bytes());
    let mut stream = read_in_child(&exe(), file.path(), "a.csv", &Request::default()).expect("a stream");
    assert!(stream.next().is_some_and(|row| row.is_ok()));
    drop(stream);
}

fn a_large_csv_streams() {
    let mut text = "mã;xã;diện tích\n".to_owned();
    for number in 0..200_000 {
        text.push_str(&format!("T{number};Xã Bát Xát;{number},5\n"));
    }
    let file = temp(text.as_bytes());
    let stream = read_in_child(&exe(), file.path(), "a.csv", &Request::default()).expect("a stream");
    let mut last = 0;
    let mut count = 0;
    for row in stream {
        let row = row.expect("a row");
        assert!(row.number > last);
        last = row.number;
        count += 1;
    }
    assert_eq!((count, last), (200_001, 200_001));
}
