//! CSV files of every kind; on well-formed ones our splitter agrees with the `csv` crate.

#[path = "common/old_text.rs"]
mod old_text;

use std::io::Cursor;

use mc_intake::{Cell, Format, ReadError, Request, Row, preview, read_here};
use old_text::{bytes, tcvn3, tcvn3_capitals, vni, windows1258};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> (char, Vec<Row>) {
    let book = read_here(Cursor::new(bytes), "a.csv", &Request::default()).expect("a table");
    let Format::Csv { delimiter } = book.info.format else { panic!("no CSV") };
    (delimiter, book.rows)
}

fn texts(row: &Row) -> Vec<String> {
    row.cells.iter().map(ToString::to_string).collect()
}

#[test]
fn delimiters_are_found_beside_decimal_commas() {
    assert_eq!(read("mã;số\nA;1,5\nB;2,5\nC;3\n".as_bytes()).0, ';');
    assert_eq!(read("mã,số\nA,1.5\nB,2\n".as_bytes()).0, ',');
    assert_eq!(read("mã\tsố\nA\t1,5\nB\t2,5\n".as_bytes()).0, '\t');
    assert_eq!(read("mã|số\nA|1,5\n".as_bytes()).0, '|');
    assert_eq!(read("tên;ghi chú\n\"a,b,c\";\"d,e\"\n".as_bytes()).0, ';');
    assert_eq!(read("sep=,\na,b\n1,2\n".as_bytes()).0, ',');
}

#[test]
fn row_numbers_count_blank_lines_and_the_separator_line() {
    let (_, rows) = read(b"sep=;\na;b\n\n;\n1;\"x\ny\"\r\n2;z\r3;w");
    let numbers: Vec<u32> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [2, 5, 6, 7]);
    assert_eq!(texts(&rows[1]), ["1", "x\ny"]);
}

#[test]
fn unicode_encodings_are_read() {
    let text = "Mã;Xã\nA;Bát Xát\n";
    let expected = read(text.as_bytes()).1;
    let mut marked = vec![0xEF, 0xBB, 0xBF];
    marked.extend_from_slice(text.as_bytes());
    assert_eq!(read(&marked).1, expected);
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut le = vec![0xFF, 0xFE];
    le.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    assert_eq!(read(&le).1, expected);
    let mut be = vec![0xFE, 0xFF];
    be.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
    assert_eq!(read(&be).1, expected);
}

const OLD: &str =
    "Mã;Tên xã;Số hộ;Ghi chú\nA1;Xã Bát Xát;12;\nA2;Phường Cốc Lếu;7;đã duyệt\nA3;Xã Y Tý;3;chưa đủ\n";

#[test]
fn encodings_from_before_unicode_are_read_by_their_bytes() {
    let expected = read(OLD.as_bytes()).1;
    for (charset, encode) in
        [("TCVN3 (ABC)", tcvn3 as fn(&str) -> String), ("VNI", vni), ("Windows-1258", windows1258)]
    {
        let book =
            read_here(Cursor::new(bytes(&encode(OLD))), "a.csv", &Request::default()).expect("a table");
        assert_eq!(book.rows, expected, "{charset}");
        let notices: Vec<String> = book.info.notices.iter().map(ToString::to_string).collect();
        let said = format!("Chữ trong tệp viết bằng bảng mã cũ {charset}; đã được đổi sang Unicode.");
        assert_eq!(notices, [said]);
    }
    let title = bytes(&tcvn3_capitals("DANH SÁCH HỘ NGHÈO;;\nXã;Số hộ;Tỷ lệ\n"));
    assert_eq!(texts(&read(&title).1[0]), ["DANH SÁCH HỘ NGHÈO"]);
}

#[test]
fn columns_of_one_file_may_differ_in_encoding() {
    let mut file = bytes(&format!("{};{};ghi chu\n", tcvn3("Tên trạm"), vni("Địa chỉ")));
    for (name, address, note) in
        [("Trạm Cốc Lếu", "Tổ 5", "đủ"), ("Cũ", "Thôn Đá", "ở"), ("Hộ", "Tổ ấp", "cũ")]
    {
        file.extend(bytes(&format!("{};{};", tcvn3(name), vni(address))));
        file.extend(note.as_bytes());
        file.push(b'\n');
    }
    let (_, rows) = read(&file);
    assert_eq!(texts(&rows[0]), ["Tên trạm", "Địa chỉ", "ghi chu"]);
    assert_eq!(texts(&rows[1]), ["Trạm Cốc Lếu", "Tổ 5", "đủ"]);
    assert_eq!(texts(&rows[3]), ["Hộ", "Tổ ấp", "cũ"]);
}

#[test]
fn damage_is_no_encoding() {
    let mut file = "mã;tên\nA;Đường số 5\n".as_bytes().to_vec();
    file.extend(b"B;h\xC3\x28\xBB\n");
    let found = read_here(Cursor::new(file), "a.csv", &Request::default());
    assert_eq!(found, Err(ReadError::NotUtf8 { row: 3 }));
}

#[test]
fn a_preview_stops_early() {
    let text = "a;b\n".to_owned() + &"1;2\n".repeat(100_000);
    let book = preview(Cursor::new(text.as_bytes()), "a.csv").expect("a table");
    assert_eq!(book.rows.len(), 60);
}

#[test]
fn trailing_delimiters_are_no_columns() {
    let (_, rows) = read(format!("a;b\n1;2{}\n", ";".repeat(2_000)).as_bytes());
    assert_eq!(rows[1].cells, [Cell::Text("1".into()), Cell::Text("2".into())]);
}

proptest! {
    #[test]
    fn agrees_with_the_csv_crate(
        table in prop::collection::vec(prop::collection::vec("[a-zà-ỹ0-9 ,.\"\n;]{0,12}", 3..4), 2..12)
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        writer.write_record(["mã", "tên", "số"]).expect("written");
        for row in &table {
            writer.write_record(row).expect("written");
        }
        let bytes = writer.into_inner().expect("bytes");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.as_slice());
        let expected: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.expect("a record").iter().map(str::to_owned).collect())
            .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.trim().is_empty()))
            .collect();
        // The delimiter is declared: one that a person chose is not ours to guess.
        let mut declared = b"sep=;\n".to_vec();
        declared.extend_from_slice(&bytes);
        let (_, rows) = read(&declared);
        let found: Vec<Vec<String>> = rows
            .iter()
            .skip(1)
            .map(|row| {
                let mut cells = texts(row);
                cells.resize(3, String::new());
                cells
            })
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _outcome = read_here(Cursor::new(bytes), "a.csv", &Request::default());
    }

    #[test]
    fn any_bytes_after_a_zip_head_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut file = b"PK\x03\x04".to_vec();
        file.extend_from_slice(&bytes);
        prop_assert!(read_here(Cursor::new(file), "a.xlsx", &Request::default()).is_err());
    }
}
