//! The error sheet: texts stay texts, large files come back with their rejected rows only.

use std::io::Cursor;

use mc_base::Day;
use mc_intake::report::{Verdicts, error_workbook};
use mc_intake::{Cell, ColumnMap, Converted, How, Mapping, Request, Row, RowError, read_here};

fn mapping() -> Mapping {
    let column = |column, header: &str| ColumnMap {
        column,
        header: header.to_owned(),
        field: Some(column + 1),
        axis: None,
        how: How::Title,
    };
    Mapping {
        register: "sample".to_owned(),
        sheet: 0,
        header_rows: (1, 1),
        columns: vec![column(0, "Mã"), column(1, "Tên")],
        constants: Default::default(),
        numbers: None,
    }
}

fn day() -> Day {
    Day::parse_iso("2025-11-17").expect("a day")
}

fn rejected(row: u32) -> Converted {
    Converted::Rejected(vec![RowError {
        sheet: "T".to_owned(),
        row,
        column: "B “Tên”".to_owned(),
        field: "Tên".to_owned(),
        value: String::new(),
        reason: "=1+1 không được.".to_owned(),
        at: Some(1),
    }])
}

fn text_row(number: u32, cells: [&str; 2]) -> Row {
    Row { sheet: 0, number, cells: cells.map(|text| Cell::Text(text.to_owned())).to_vec() }
}

#[test]
fn no_text_becomes_a_formula() {
    let attacks = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "{=1+1}",
        "＝1+1",
        "=HYPERLINK(\"http://x\",\"y\")",
        "http://example.invalid/",
        "'=1",
    ];
    let mut rows = vec![text_row(1, ["Mã", "Tên"])];
    let mut verdicts = Verdicts::default();
    verdicts.take(&rows[0], &Converted::Skipped(mc_intake::header::RowKind::Header));
    for (number, attack) in (2..).zip(attacks) {
        let row = text_row(number, [attack, attack]);
        verdicts.take(&row, &rejected(number));
        rows.push(row);
    }
    let bytes = error_workbook(rows.iter().cloned().map(Ok), &mapping(), &verdicts, day()).expect("written");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.clone())).expect("a container");
    let mut sheet = String::new();
    std::io::Read::read_to_string(
        &mut archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet"),
        &mut sheet,
    )
    .expect("text");
    assert!(!sheet.contains("<f"), "a formula");
    assert!(!sheet.contains("<hyperlink"), "a link");
    let back = read_here(Cursor::new(bytes), "loi.xlsx", &Request::default()).expect("a workbook");
    for (row, original) in back.rows.iter().zip(&rows) {
        assert_eq!(row.cells[..2], original.cells[..]);
    }
}

#[test]
fn a_large_file_comes_back_with_its_rejected_rows_and_their_numbers() {
    let mut verdicts = Verdicts::default();
    let row = |number: u32| {
        if number == 1 { text_row(1, ["Mã", "Tên"]) } else { text_row(number, ["M", "x"]) }
    };
    let last = 60_000;
    for number in 1..=last {
        let verdict = match number {
            1 => Converted::Skipped(mc_intake::header::RowKind::Header),
            _ if number % 10_000 == 0 => rejected(number),
            _ => Converted::Record { record: Default::default(), key: String::new(), warnings: Vec::new() },
        };
        verdicts.take(&row(number), &verdict);
    }
    let bytes = error_workbook((1..=last).map(|number| Ok(row(number))), &mapping(), &verdicts, day())
        .expect("written");
    let back = read_here(Cursor::new(bytes), "loi.xlsx", &Request::default()).expect("a workbook");
    let numbers: Vec<String> = back.rows.iter().map(|row| row.cell(0).to_string()).collect();
    assert_eq!(numbers, ["Dòng", "10000", "20000", "30000", "40000", "50000", "60000"]);
    assert!(back.rows[1].cell(3).text().contains("không được"));
}
