//! Cells as people fill them: what is read, what is refused and with which sentence.

mod common;
#[path = "common/names.rs"]
mod names;

use std::io::Cursor;

use common::{SheetXml, workbook};
use mc_intake::header::propose;
use mc_intake::read::Book;
use mc_intake::{Converted, Converter, Request, read_here};
use mc_register::{Schema, canonical_value_text};
use names::Names;

/// One field of each kind that a cell may fill.
const REGISTER: &str = r#"
id = "sample"
slug = "mau"
programme = "land"
key = ["code"]
title = { vi = "Mẫu", en = "Sample" }
description = { vi = "Mọi kiểu", en = "Every type" }
unit = { vi = "dòng", en = "rows" }
field = [
  { no = 1, id = "code", type = "code", title = { vi = "Mã", en = "Code" }, required = true, length_max = 20 },
  { no = 2, id = "count", type = "int", title = { vi = "Số lượng", en = "Count" }, min = 0, max = 100000 },
  { no = 3, id = "area", type = "scaled", scale = 1, title = { vi = "Diện tích", en = "Area" }, min = 0, max = 100000000 },
  { no = 4, id = "day", type = "day", title = { vi = "Ngày làm", en = "Day" } },
  { no = 5, id = "month", type = "month", title = { vi = "Tháng làm", en = "Month" } },
  { no = 6, id = "state", type = "code", title = { vi = "Tình trạng", en = "State" }, codes = [
    { id = "live", title = { vi = "Đang hoạt động", en = "Live" } },
    { id = "stopped", title = { vi = "Đã dừng", en = "Stopped" } } ] },
  { no = 7, id = "place", type = "place", title = { vi = "Địa bàn", en = "Place" } },
  { no = 8, id = "point", type = "point", title = { vi = "Tọa độ", en = "Position" } },
  { no = 9, id = "open", type = "bool", title = { vi = "Mở cửa", en = "Open" } },
  { no = 10, id = "note", type = "text", title = { vi = "Ghi chú", en = "Note" }, length_max = 20 },
  { no = 11, id = "owner", type = "text", personal = true, title = { vi = "Họ tên", en = "Owner" }, length_max = 10 },
]
"#;

const HEADERS: [(&str, &str); 11] = [
    ("A", "Mã"),
    ("B", "Số lượng"),
    ("C", "Diện tích"),
    ("D", "Ngày làm"),
    ("E", "Tháng làm"),
    ("F", "Tình trạng"),
    ("G", "Địa bàn"),
    ("H", "Tọa độ"),
    ("I", "Mở cửa"),
    ("J", "Ghi chú"),
    ("K", "Họ tên"),
];

/// Column letter, cell kind (see `SheetXml`), content.
const CELLS: [(&str, &str, &str); 87] = [
    ("B", "s", "1.234"),
    ("B", "s", "1 234"),
    ("B", "s", "1\u{a0}234"),
    ("B", "s", "１２３"),
    ("B", "s", "4,607"),
    ("B", "n", "4.607"),
    ("B", "n", "4607"),
    ("B", "n", "1E4"),
    ("B", "n", "1e308"),
    ("B", "s", "1e309"),
    ("B", "s", "-0"),
    ("B", "s", "-5"),
    ("B", "s", "−5"),
    ("B", "s", "NaN"),
    ("B", "s", "١٢"),
    ("B", "s", "100.001"),
    ("B", "s", "mười hai"),
    ("B", "s", "12 trạm"),
    ("B", "s", "12%"),
    ("B", "s", "=1+1"),
    ("B", "s", "99999999999999999999"),
    ("B", "b", "1"),
    ("B", "e", "#DIV/0!"),
    ("B", "f", "#REF!"),
    ("B", "d", "45978"),
    ("B", "s", "–"),
    ("C", "s", "1.234,5"),
    ("C", "s", "1,234.5"),
    ("C", "s", "1.234"),
    ("C", "s", "0,05"),
    ("C", "n", "0.30000000000000004"),
    ("C", "n", "12.25"),
    ("C", "s", "1.23.4"),
    ("D", "s", "31/02/2025"),
    ("D", "s", "29/02/2023"),
    ("D", "s", "29/02/2024"),
    ("D", "s", "00/00/2025"),
    ("D", "s", "1/3/25"),
    ("D", "s", "01-03-2025"),
    ("D", "s", "1.3.2025"),
    ("D", "s", "2025-11-17"),
    ("D", "s", "11/17/2025"),
    ("D", "s", "ngày 05 tháng 3 năm 2025"),
    ("D", "s", "Quý III/2025"),
    ("D", "s", "2025"),
    ("D", "d", "45978"),
    ("D", "d", "45978.5"),
    ("D", "d", "2025-11-17"),
    ("D", "n", "45978"),
    ("D", "n", "60"),
    ("D", "n", "2025"),
    ("D", "s", "hôm qua"),
    ("E", "s", "10/2025"),
    ("E", "s", "Tháng 10/2025"),
    ("E", "d", "45931"),
    ("E", "s", "13/2025"),
    ("E", "s", "Quý III/2025"),
    ("E", "s", "31/10/2025"),
    ("F", "s", "dang hoat dong"),
    ("F", "s", "LIVE"),
    ("F", "s", "Đang hoạt đông"),
    ("F", "s", "Ðã dừng"),
    ("F", "s", "Hỏng"),
    ("F", "n", "1"),
    ("G", "s", "Xã Bát Xát"),
    ("G", "s", "Lào Cai"),
    ("G", "s", "xã xuân hoà"),
    ("G", "s", "Xa\u{303} Y Ty\u{301}"),
    ("G", "n", "2683"),
    ("G", "s", "02683"),
    ("G", "s", "Xã Không Có"),
    ("H", "s", "22,5064; 104,0050"),
    ("H", "s", "104.005, 22.5064"),
    ("H", "s", "22°30'23\"N 104°00'18\"E"),
    ("H", "s", "405221; 2489013"),
    ("H", "s", "22,5"),
    ("H", "s", "0; 0"),
    ("I", "s", "x"),
    ("I", "s", "Có"),
    ("I", "b", "0"),
    ("I", "s", "chắc là có"),
    ("J", "s", "dài hơn hai mươi ký tự nhiều"),
    ("J", "s", "a\u{202e}b\u{200b}c"),
    ("J", "s", "=HYPERLINK(\"http://x\")"),
    ("J", "n", "0.1"),
    ("K", "s", "Giàng Thị Ví Dụ Rất Dài"),
    ("K", "s", "Lò Văn Mẫu"),
];

fn sheet() -> SheetXml {
    let header: Vec<(&str, &str, &str)> =
        HEADERS.iter().map(|(letter, text)| (*letter, "s", *text)).collect();
    let mut sheet = SheetXml::new().row(1, &header);
    for (number, (column, kind, content)) in (2..).zip(CELLS) {
        let code = format!("M{number}");
        sheet = sheet.row(number, &[("A", "s", &code), (column, kind, content)]);
    }
    sheet
}

fn read() -> (Schema, Book) {
    let schema: Schema = toml::from_str(REGISTER).expect("a schema");
    let bytes = workbook(&[("Mẫu", sheet())]);
    (schema, read_here(Cursor::new(bytes), "mau.xlsx", &Request::default()).expect("a workbook"))
}

#[test]
fn each_cell_is_read_or_refused_with_a_sentence() {
    let (schema, book) = read();
    let mut mapping = propose(&schema, &book).expect("a header");
    // The file proves both styles of numbers; here each cell is to be read by itself.
    mapping.numbers = None;
    let names = Names::lao_cai();
    let mut converter = Converter::new(&schema, &mapping, &book.info, &names).expect("a mapping");
    let mut told = String::new();
    for row in book.rows.iter().skip(1) {
        let (column, kind, content) = CELLS[row.number as usize - 2];
        let outcome = match converter.convert(row) {
            Converted::Record { record, .. } => {
                let values: Vec<String> = record
                    .iter()
                    .filter(|(no, _)| *no != 1)
                    .filter_map(|(_, v)| canonical_value_text(v))
                    .collect();
                format!("→ {}", values.join(", "))
            }
            Converted::Rejected(errors) => {
                errors.iter().map(|error| error.reason.clone()).collect::<Vec<_>>().join(" ")
            }
            Converted::Skipped(kind) => format!("bỏ qua: {}", kind.title()),
        };
        told.push_str(&format!("{column} {kind} {}: {outcome}\n", content.escape_debug()));
    }
    for remark in converter.column_remarks() {
        told.push_str(&format!("{remark}\n"));
    }
    insta::assert_snapshot!(told);
    assert!(!told.lines().any(|line| line.contains("cột “Họ tên”") && line.contains("“Giàng")));
}

#[test]
fn a_file_that_proves_its_number_style_is_read_by_it() {
    let schema: Schema = toml::from_str(REGISTER).expect("a schema");
    for (proof, wanted) in [("1.234.567,5", "1234.0"), ("1,234,567.5", "1.2")] {
        let sheet = SheetXml::new()
            .row(1, &[("A", "s", "Mã"), ("B", "s", "Diện tích")])
            .row(2, &[("A", "s", "A1"), ("B", "s", proof)])
            .row(3, &[("A", "s", "A2"), ("B", "s", if wanted == "1.2" { "1.2" } else { "1.234" })]);
        let bytes = workbook(&[("T", sheet)]);
        let book = read_here(Cursor::new(bytes), "a.xlsx", &Request::default()).expect("a workbook");
        let mapping = propose(&schema, &book).expect("a header");
        assert!(mapping.numbers.is_some());
        let names = Names::lao_cai();
        let mut converter = Converter::new(&schema, &mapping, &book.info, &names).expect("a mapping");
        let Some(Converted::Record { record, .. }) =
            book.rows.iter().map(|row| converter.convert(row)).last()
        else {
            panic!("a record")
        };
        assert_eq!(canonical_value_text(record.get(3)).as_deref(), Some(wanted));
    }
}

#[test]
fn merged_cells_hold_for_all_their_rows() {
    let schema: Schema = toml::from_str(REGISTER).expect("a schema");
    let sheet = SheetXml::new()
        .row(1, &[("A", "s", "Địa bàn"), ("B", "s", "Mã"), ("C", "s", "Ghi chú")])
        .row(2, &[("A", "s", "Xã Bát Xát"), ("B", "s", "A1")])
        .row(3, &[("B", "s", "A2")])
        .row(4, &[("B", "s", "A3")])
        .row(5, &[("B", "s", "A4")])
        .merge("A2:A4");
    let bytes = workbook(&[("T", sheet)]);
    let book = read_here(Cursor::new(bytes), "a.xlsx", &Request::default()).expect("a workbook");
    let mapping = propose(&schema, &book).expect("a header");
    let names = Names::lao_cai();
    let mut converter = Converter::new(&schema, &mapping, &book.info, &names).expect("a mapping");
    let placed: Vec<bool> = book
        .rows
        .iter()
        .filter_map(|row| match converter.convert(row) {
            Converted::Record { record, .. } => Some(*record.get(7) != mc_ledger::Value::Null),
            _ => None,
        })
        .collect();
    assert_eq!(placed, [true, true, true, false]);
}

#[test]
fn a_mapping_survives_being_remembered() {
    let (schema, book) = read();
    let mut mapping = propose(&schema, &book).expect("a header");
    mapping.assign(9, None, None);
    mapping.constants.insert(10, "nhập từ tệp".to_owned());
    let text = mapping.canonical_text();
    let back: mc_intake::Mapping = serde_json::from_str(&text).expect("a mapping");
    assert_eq!(back, mapping);
    assert_eq!(back.canonical_text(), text);
    let mut fresh = propose(&schema, &book).expect("a header");
    assert_ne!(fresh, mapping);
    assert_eq!(fresh.layout_text(), mapping.layout_text());
    fresh.remember(&mapping);
    assert_eq!(fresh, mapping);
}

#[test]
fn a_mapping_that_does_not_hold_is_refused() {
    let (schema, book) = read();
    let good = propose(&schema, &book).expect("a header");
    let mut told = String::new();
    let mut missing = good.clone();
    missing.assign(0, None, None);
    let mut twice = good.clone();
    twice.columns[2].field = Some(2);
    let mut no_field = good.clone();
    no_field.columns[2].field = Some(77);
    let mut other = good.clone();
    other.register = "task".to_owned();
    for mapping in [missing, twice, no_field, other] {
        told.push_str(&format!("{}\n", mapping.check(&schema).expect_err("refused")));
    }
    let empty = read_here(Cursor::new(b"x;y\n1;2\n"), "a.csv", &Request::default()).expect("a table");
    told.push_str(&format!("{}\n", propose(&schema, &empty).expect_err("no header")));
    insta::assert_snapshot!(told);
}
