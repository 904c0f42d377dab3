//! An old workbook in an old encoding, at the boundary of `import`: the same records as its twin in CSV.

#[expect(dead_code, reason = "the tests of the reader use the rest")]
#[path = "../../intake/tests/common/biff.rs"]
mod biff;
#[expect(dead_code, reason = "the tests of the reader use the rest")]
#[path = "../../intake/tests/common/old_text.rs"]
mod old_text;
#[expect(dead_code, reason = "the tests of the reader use the rest")]
#[path = "../../intake/tests/common/ole.rs"]
mod ole;

use std::path::Path;
use std::process::Command;

use biff::{BookBiff, SheetBiff, string};
use old_text::tcvn3;
use serde_json::Value;

const HEADER: [&str; 6] =
    ["Mã trạm", "Nhà mạng", "Xã/Phường", "Tình trạng", "Trạng thái từ ngày", "Ngày phát sóng"];
const ROWS: [[&str; 4]; 2] = [
    ["T1", "Nhà mạng A", "Xã Bát Xát", "Đang phát sóng"],
    ["T2", "Nhà mạng A", "Phường Sa Pa", "Đang phát sóng"],
];
/// 1 October 2025.
const DAY: f64 = 45_931.0;

fn run(data: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_minhchung"))
        .args(arguments)
        .args(["--json", "--data"])
        .arg(data)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// A title over merged cells, the header, a record a row, and a hidden sheet.
fn old_workbook() -> Vec<u8> {
    let mut strings = vec![string(&tcvn3("danh sách trạm thu phát sóng di động"))];
    let mut sheet = SheetBiff::new().shared(0, 0, 5, 0).merge([0, 0, 0, 5]);
    for (row, cells) in (2_u16..).zip([&HEADER[..]].into_iter().chain(ROWS.iter().map(|row| &row[..]))) {
        for (column, text) in (0_u16..).zip(cells) {
            sheet = sheet.shared(row, column, 5, strings.len() as u32);
            strings.push(string(&tcvn3(text)));
        }
        if row > 2 {
            sheet = sheet.number(row, 4, 1, DAY).number(row, 5, 1, DAY);
        }
    }
    let notes = SheetBiff::new().label(0, 0, "ghi chú");
    BookBiff::new(&[("Tram", sheet), ("An", notes.hidden())]).fonts(&[".VnTime"]).strings(&strings).bytes()
}

#[test]
fn an_old_workbook_is_imported_as_its_twin_in_csv() {
    let root = tempfile::tempdir().expect("a directory");
    let data = root.path().join("data");
    run(&data, &["init", "--province", "15"]);
    let old = root.path().join("tram.xls");
    std::fs::write(&old, old_workbook()).expect("written");
    let result = run(&data, &["import", "base_station", old.to_str().expect("a path")]);
    assert_eq!(
        (&result["added"], &result["rejected"]),
        (&Value::from(2), &Value::Array(Vec::new())),
        "{result}"
    );

    let mut csv = HEADER.join(";") + "\n";
    for row in ROWS {
        csv += &format!("{};01/10/2025;01/10/2025\n", row.join(";"));
    }
    let twin = root.path().join("tram.csv");
    std::fs::write(&twin, csv).expect("written");
    let result = run(&data, &["import", "base_station", twin.to_str().expect("a path")]);
    assert_eq!((&result["added"], &result["unchanged"]), (&Value::from(0), &Value::from(2)), "{result}");
}
