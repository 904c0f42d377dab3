//! The files under `examples/` say what their README says.

mod common;
#[path = "common/names.rs"]
mod names;

use std::io::Cursor;
use std::path::PathBuf;

use mc_intake::header::{Suggestions, propose};
use mc_intake::read::Book;
use mc_intake::report::{Verdicts, error_workbook};
use mc_intake::{Converted, Converter, Counts, Mapping, Request, read_here};
use mc_register::Schema;
use names::Names;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn schema(path: &str) -> Schema {
    let text = std::fs::read_to_string(root().join("programmes").join(path)).expect("a declaration");
    toml::from_str(&text).expect("a schema")
}

fn book(name: &str) -> Book {
    let bytes = std::fs::read(root().join("examples").join(name)).expect("an example");
    read_here(Cursor::new(bytes), name, &Request::default()).expect("a table")
}

fn mapped(schema: &Schema, book: &Book) -> Mapping {
    let mut mapping = propose(schema, book).expect("a header");
    let day = mc_base::Day::parse_iso("2025-11-05");
    mapping.suggest(schema, &Suggestions { day, place: Some("Tỉnh Lào Cai".to_owned()), state: None });
    mapping
}

struct Outcome {
    counts: Counts,
    text: String,
    verdicts: Verdicts,
    mapping: Mapping,
    book: Book,
}

fn import(register: &str, file: &str) -> Outcome {
    let (schema, book, names) = (schema(register), book(file), Names::lao_cai());
    let mapping = mapped(&schema, &book);
    let mut converter = Converter::new(&schema, &mapping, &book.info, &names).expect("a mapping");
    let mut text =
        format!("{} · trang {} · tiêu đề {:?}\n", schema.id, mapping.sheet + 1, mapping.header_rows);
    for column in &mapping.columns {
        let field =
            schema.field.iter().find(|field| Some(field.no) == column.field).map(|field| field.id.as_str());
        let letter = mc_intake::column_letter(column.column);
        let axis = column.axis.map(|axis| format!(" {axis:?}")).unwrap_or_default();
        text.push_str(&format!(
            "  {letter} {} → {}{axis} ({:?})\n",
            column.header,
            field.unwrap_or("–"),
            column.how
        ));
    }
    for (field, constant) in &mapping.constants {
        text.push_str(&format!("  trường {field} = {constant}\n"));
    }
    let mut verdicts = Verdicts::default();
    for row in &book.rows {
        let converted = converter.convert(row);
        if row.sheet == mapping.sheet {
            verdicts.take(row, &converted);
        }
        match converted {
            Converted::Record { warnings, .. } => {
                for warning in warnings {
                    text.push_str(&format!("dòng {}: lưu ý: {}\n", warning.row, warning.text));
                }
            }
            Converted::Rejected(errors) => {
                for error in errors {
                    text.push_str(&format!("{error}\n"));
                }
            }
            Converted::Skipped(kind) => {
                if row.sheet == mapping.sheet {
                    text.push_str(&format!("dòng {}: bỏ qua: {}\n", row.number, kind.title()));
                }
            }
        }
    }
    for notice in &book.info.notices {
        text.push_str(&format!("{notice}\n"));
    }
    let counts = converter.counts();
    text.push_str(&format!("{}\n", verdicts.good_rows_summary(counts, &converter.column_remarks())));
    Outcome { counts, text, verdicts, mapping, book }
}

fn check(register: &str, file: &str, records: u32, rejected: u32) {
    let outcome = import(register, file);
    insta::assert_snapshot!(file.replace(['.', '-'], "_"), outcome.text);
    assert_eq!((outcome.counts.records, outcome.counts.rejected), (records, rejected), "{}", outcome.text);
}

#[test]
fn stations_of_operator_a() {
    check("infrastructure/registers/base_station.toml", "tram-nha-mang-a.xlsx", 52, 8);
}

#[test]
fn stations_of_operator_b() {
    check("infrastructure/registers/base_station.toml", "tram-nha-mang-b.xlsx", 37, 3);
}

#[test]
fn stations_of_operator_c() {
    check("infrastructure/registers/base_station.toml", "tram-nha-mang-c.csv", 27, 3);
}

#[test]
fn stations_of_a_commune() {
    check("infrastructure/registers/base_station.toml", "tram-xa-thay-so-tong.xlsx", 9, 0);
}

#[test]
fn digitisation_by_agency() {
    check("digitisation/registers/digitisation_progress.toml", "so-hoa-theo-co-quan.xlsx", 10, 5);
}

#[test]
fn budget_lines() {
    check("budget/registers/budget_line.toml", "dong-ngan-sach.xlsx", 21, 3);
}

#[test]
fn parcels_of_a_commune() {
    check("land/registers/parcel.toml", "thua-dat-xa.xlsx", 45, 5);
}

#[test]
fn annex_of_a_plan() {
    check("steering/registers/task.toml", "phu-luc-ke-hoach.xlsx", 56, 4);
}

#[test]
fn the_error_sheet_is_the_senders_own_with_a_last_column() {
    let outcome = import("infrastructure/registers/base_station.toml", "tram-nha-mang-a.xlsx");
    let rows = outcome.book.rows.iter().cloned().map(Ok);
    let day = mc_base::Day::parse_iso("2025-11-17").expect("a day");
    let bytes = error_workbook(rows, &outcome.mapping, &outcome.verdicts, day).expect("written");
    let back = read_here(Cursor::new(bytes), "loi.xlsx", &Request::default()).expect("a workbook");
    let why = 11;
    let explained: Vec<u32> = back
        .rows
        .iter()
        .filter(|row| row.cell(why).text().starts_with("Cột"))
        .map(|row| row.number)
        .collect();
    let rejected: Vec<u32> = outcome.verdicts.rejected.keys().copied().collect();
    assert_eq!(explained, rejected);
    let header = back.rows.iter().find(|row| row.cell(why).text() == "Vì sao").expect("a header");
    assert_eq!(header.number, outcome.mapping.header_rows.1);
    for row in back.rows.iter().filter(|row| !rejected.contains(&row.number) && row.number > 6) {
        let original =
            outcome.book.rows.iter().find(|o| o.sheet == 0 && o.number == row.number).expect("same row");
        let cells = original.cells.len().min(usize::from(why));
        assert_eq!(row.cells.get(..cells), original.cells.get(..cells), "row {}", row.number);
    }
    // The corrected sheet can be sent again as it is: the last column is no field, the header is found.
    let schema = schema("infrastructure/registers/base_station.toml");
    let again = mapped(&schema, &back);
    assert_eq!(again.header_rows, outcome.mapping.header_rows);
    assert_eq!(again.columns.iter().filter(|c| c.field.is_some()).count(), 8 + 1);
}

#[test]
fn every_template_is_understood_by_the_import() {
    let day = mc_base::Day::parse_iso("2025-11-17").expect("a day");
    let mut registers = 0;
    for programme in std::fs::read_dir(root().join("programmes")).expect("programmes") {
        let folder = programme.expect("an entry").path().join("registers");
        for file in std::fs::read_dir(folder).into_iter().flatten() {
            let text = std::fs::read_to_string(file.expect("an entry").path()).expect("a declaration");
            let schema: Schema = toml::from_str(&text).expect("a schema");
            let bytes = mc_intake::template::template(&schema, day).expect("a template");
            let book = read_here(Cursor::new(bytes), "mau.xlsx", &Request::default()).expect("a workbook");
            let mapping = propose(&schema, &book).expect("a header");
            assert_eq!(mapping.sheet, 0, "{}", schema.id);
            let unknown: Vec<&str> =
                mapping.columns.iter().filter(|c| c.field.is_none()).map(|c| c.header.as_str()).collect();
            assert!(unknown.is_empty(), "{}: {unknown:?}", schema.id);
            mapping.check(&schema).expect("complete");
            registers += 1;
        }
    }
    assert!(registers >= 25, "{registers} registers");
}
