//! Files that are not what they should be: each has its sentence, none makes the reader panic.

mod common;

use std::io::Cursor;

use common::biff::{BookBiff, SheetBiff, record, string};
use common::old_text::tcvn3;
use common::ole::{DIRECTORY, STREAM, link, ole};
use common::{SheetXml, central_header, workbook, workbook_1904, zip, zip_with};
use mc_intake::{Request, read_here};

/// A container of Office up to 2003 with one stream of nothing.
fn office(stream: &str) -> Vec<u8> {
    ole(&[(stream, vec![0; 4096])])
}

fn one(sheet: SheetXml) -> Vec<u8> {
    workbook(&[("Trang 1", sheet)])
}

fn table() -> SheetXml {
    SheetXml::new().row(1, &[("A", "s", "Mã"), ("B", "s", "Số")]).row(2, &[("A", "s", "A1"), ("B", "n", "1")])
}

fn with_part(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    zip_with(&[(name, bytes)], &[("Trang 1", table())], None)
}

fn replaced(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut parts = common::parts(&[("Trang 1", table())]);
    for part in parts.iter_mut().filter(|part| part.0 == name) {
        part.1 = bytes.to_vec();
    }
    zip(&parts)
}

/// Changes bytes of the directory's header of an entry.
fn directory(name: &str, offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = one(table());
    let at = central_header(&file, name) + offset;
    file[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// Text that compresses badly, so that the row is refused for its length.
fn noise(seed: u32) -> String {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (state >> 24) as u8 % 26)
    };
    (0..32_000).map(|_| next()).collect()
}

type Case = (&'static str, &'static str, Vec<u8>);

fn foreign() -> Vec<Case> {
    vec![
        ("rỗng", "a.xlsx", Vec::new()),
        ("chỉ có dấu thứ tự byte", "a.csv", vec![0xEF, 0xBB, 0xBF]),
        ("chỉ có dòng trắng", "a.csv", text("\n\r\n ; ;\n")),
        ("xls rất cũ trong OLE", "a.xls", office("Book")),
        ("xls không có OLE", "a.xls", vec![0x09, 0x08, 0x08, 0x00, 0x00, 0x05, 0x10, 0x00]),
        ("có mật khẩu", "a.xlsx", office("EncryptedPackage")),
        ("doc đặt tên xls", "a.xls", office("WordDocument")),
        ("ppt đặt tên xls", "a.xls", office("PowerPoint Document")),
        ("OLE lạ", "a.xls", office("Lạ")),
        ("pdf đặt tên xlsx", "a.xlsx", text("%PDF-1.7\n%âãÏÓ")),
        ("html đặt tên xls", "a.xls", text("<html><body><table><tr><td>1</td></tr></table></body></html>")),
        ("html có dấu thứ tự byte", "a.xls", text("\u{feff}<!DOCTYPE html><table></table>")),
        ("mht đặt tên xls", "a.xls", text("MIME-Version: 1.0\r\nContent-Type: multipart/related")),
        (
            "xml 2003",
            "a.xls",
            text("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"),
        ),
        ("xml khác", "a.xml", text("<?xml version=\"1.0\"?><data/>")),
        ("rtf", "a.csv", text("{\\rtf1 a}")),
        ("png đặt tên csv", "a.csv", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("jpeg", "a.xlsx", vec![0xFF, 0xD8, 0xFF, 0xE0]),
        ("exe đặt tên xlsx", "a.xlsx", b"MZ\x90\x00".to_vec()),
        ("gzip", "a.csv", vec![0x1F, 0x8B, 8, 0]),
        ("7z", "a.xlsx", b"7z\xBC\xAF\x27\x1C".to_vec()),
        ("rar", "a.xlsx", b"Rar!\x1A\x07\x00".to_vec()),
        ("sqlite", "a.csv", b"SQLite format 3\0".to_vec()),
        ("byte nhị phân", "a.csv", b"m\xc3\xa3;s\xe1\xbb\x91\n\x00\x01\x02".to_vec()),
    ]
}

fn containers() -> Vec<Case> {
    let docx = zip(&[("word/document.xml".to_owned(), text("<a/>"))]);
    let pptx = zip(&[("ppt/presentation.xml".to_owned(), text("<a/>"))]);
    let ods = zip(&[("mimetype".to_owned(), text("x")), ("content.xml".to_owned(), text("<a/>"))]);
    let many: Vec<(String, Vec<u8>)> = (0..10_001).map(|n| (format!("f{n}"), Vec::new())).collect();
    let cut = one(table())[..400].to_vec();
    let headless = one(table())[..one(table()).len() - 30].to_vec();
    let workbook_offset = {
        let file = one(table());
        let at = central_header(&file, "xl/workbook.xml") + 42;
        file[at..at + 4].to_vec()
    };
    vec![
        ("zip thường", "a.xlsx", zip(&[("a.txt".to_owned(), text("a"))])),
        ("zip rỗng", "a.xlsx", zip(&[])),
        ("docx đặt tên xlsx", "a.xlsx", docx),
        ("pptx", "a.xlsx", pptx),
        ("ods", "a.ods", ods),
        ("xlsb", "a.xlsb", zip(&[("xl/workbook.bin".to_owned(), text("a"))])),
        ("xlsm", "a.xlsm", with_part("xl/vbaProject.bin", text("a"))),
        ("macro Excel 4", "a.xlsx", with_part("xl/macrosheets/sheet1.xml", text("<a/>"))),
        ("10.001 mục", "a.xlsx", zip(&many)),
        ("bị cắt cụt", "a.xlsx", cut),
        ("mất cuối tệp", "a.xlsx", headless),
        ("bom nén", "a.xlsx", with_part("xl/media/a.bin", vec![0; 4 << 20])),
        ("khai 2 GiB", "a.xlsx", directory("xl/styles.xml", 24, &0x7FFF_FFFF_u32.to_le_bytes())),
        ("hai mục chồng nhau", "a.xlsx", directory("xl/styles.xml", 42, &workbook_offset)),
        ("tên thoát ra ngoài", "a.xlsx", with_part("../etc/passwd", text("a"))),
        ("tên tuyệt đối", "a.xlsx", with_part("/etc/passwd", text("a"))),
        ("tên có gạch chéo ngược", "a.xlsx", with_part("xl\\a.xml", text("a"))),
        ("hai mục cùng tên", "a.xlsx", with_part("XL/WORKBOOK.XML", text("<a/>"))),
    ]
}

fn workbooks() -> Vec<Case> {
    let long = "x".repeat(32_768);
    let wide: Vec<String> = (0..40).map(noise).collect();
    let letters: Vec<String> = (0..40).map(mc_intake::column_letter).collect();
    let row: Vec<(&str, &str, &str)> =
        letters.iter().zip(&wide).map(|(letter, text)| (letter.as_str(), "s", text.as_str())).collect();
    let sheets: Vec<(String, SheetXml)> = (0..201).map(|n| (format!("T{n}"), SheetXml::new())).collect();
    let sheets: Vec<(&str, SheetXml)> =
        sheets.iter().map(|(name, sheet)| (name.as_str(), sheet.clone())).collect();
    let billion = b"<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;\">]><sst><si><t>&c;</t></si></sst>";
    let external = b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><sst><si><t>&b;</t></si></sst>";
    let shared = |strings: &[u8]| {
        let cell = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
        zip_with(&[("xl/sharedStrings.xml", strings.to_vec())], &[("T", SheetXml::new().raw(cell))], None)
    };
    vec![
        ("workbook.xml hỏng", "a.xlsx", replaced("xl/workbook.xml", b"<workbook><sheets>")),
        ("trang tính hỏng", "a.xlsx", replaced("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row")),
        ("trang tính rỗng", "a.xlsx", replaced("xl/worksheets/sheet1.xml", b"")),
        ("trang không có ô", "a.xlsx", one(SheetXml::new())),
        ("chỉ có trang ẩn", "a.xlsx", workbook(&[("Ẩn", table().hidden())])),
        ("201 trang", "a.xlsx", workbook(&sheets)),
        ("dòng ngoài giới hạn", "a.xlsx", one(table().row(1_048_577, &[("A", "s", "x")]))),
        ("cột thứ 501", "a.xlsx", one(table().row(3, &[("SG", "s", "x")]))),
        ("dòng đảo thứ tự", "a.xlsx", one(table().row(9, &[("A", "s", "x")]).row(4, &[("A", "s", "y")]))),
        ("ô 32.768 ký tự", "a.xlsx", one(table().row(3, &[("C", "s", &long)]))),
        ("dòng quá dài", "a.xlsx", one(table().row(3, &row))),
        (
            "chỉ số chuỗi ngoài bảng",
            "a.xlsx",
            one(table().raw("<row r=\"5\"><c r=\"A5\" t=\"s\"><v>99</v></c></row>")),
        ),
        ("số không phải số", "a.xlsx", one(table().row(3, &[("A", "n", "1e309x")]))),
        ("thực thể lồng nhau", "a.xlsx", shared(billion)),
        ("thực thể ngoài", "a.xlsx", shared(external)),
    ]
}

fn plain_biff() -> SheetBiff {
    SheetBiff::new().label(0, 0, "Mã").label(0, 1, "Số").label(1, 0, "A1").number(1, 1, 0, 1.0)
}

fn biff(sheet: SheetBiff) -> Vec<u8> {
    BookBiff::new(&[("Trang 1", sheet)]).bytes()
}

/// The stream of a good workbook changed, and put into its container.
fn changed(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut stream = BookBiff::new(&[("Trang 1", plain_biff())]).stream();
    change(&mut stream);
    ole(&[("Workbook", stream)])
}

/// The container of a good workbook changed.
fn contained(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut file = biff(plain_biff());
    change(&mut file);
    file
}

fn old_workbooks() -> Vec<Case> {
    let sheets: Vec<(String, SheetBiff)> = (0..250).map(|n| (format!("T{n}"), SheetBiff::new())).collect();
    let sheets: Vec<(&str, SheetBiff)> =
        sheets.iter().map(|(name, sheet)| (name.as_str(), sheet.clone())).collect();
    let book = || BookBiff::new(&[("Trang 1", plain_biff())]);
    let named = |id: u16, body: &[u8]| book().with(record(id, body)).bytes();
    let table = |bytes: &[u8]| book().with(record(0xFC, bytes)).bytes();
    let two = ole(&[("WordDocument", vec![0; 64]), ("Workbook", book().stream())]);
    let long = "x".repeat(32_768);
    let wide: Vec<u8> = (0..40_u16)
        .flat_map(|at| record(0x204, &[&[5, 0, at as u8, 0, 0, 0][..], &string(&noise(at.into()))].concat()))
        .collect();
    let stray = SheetBiff::new().shared(0, 0, 0, 99);
    vec![
        ("xls đặt tên xlsx", "a.xlsx", biff(plain_biff())),
        ("xls có tài liệu Word bên trong", "a.xls", two),
        ("xls Excel 95 trong luồng mới", "a.xls", changed(|stream| stream[5] = 5)),
        ("xls Excel 4", "a.xls", vec![0x09, 0x04, 0x06, 0x00, 0, 0, 0x10, 0]),
        ("xls có mật khẩu", "a.xls", named(0x2F, &[1, 0, 1, 0])),
        ("xls không có trang", "a.xls", BookBiff::new(&[]).bytes()),
        ("xls không có ô", "a.xls", biff(SheetBiff::new())),
        ("xls chỉ có trang ẩn", "a.xls", biff(plain_biff().hidden())),
        ("xls chỉ có biểu đồ", "a.xls", biff(SheetBiff::new().chart())),
        ("xls 250 trang", "a.xls", BookBiff::new(&sheets).bytes()),
        ("xls luồng toàn số 0", "a.xls", office("Workbook")),
        ("xls luồng rỗng", "a.xls", ole(&[("Workbook", Vec::new())])),
        ("xls không có gì trong gốc", "a.xls", ole(&[])),
        ("xls cắt trong bảng phân bổ", "a.xls", contained(|file| file.truncate(700))),
        ("xls cắt trong mục lục", "a.xls", contained(|file| file.truncate(1_100))),
        ("xls cắt trong trang", "a.xls", contained(|file| file.truncate(1_600 + 512))),
        ("xls chỉ còn đầu tệp", "a.xls", contained(|file| file.truncate(512))),
        ("xls chỉ còn chữ ký", "a.xls", contained(|file| file.truncate(8))),
        ("xls cỡ cung lạ", "a.xls", contained(|file| file[30] = 31)),
        ("xls mục lục nối vòng", "a.xls", contained(|file| link(file, DIRECTORY, DIRECTORY))),
        (
            "xls luồng nối vòng",
            "a.xls",
            contained(|file| {
                link(file, STREAM + 2, STREAM);
                // As long as a mebibyte.
                file[1024 + 128 + 122] = 0x10;
            }),
        ),
        ("xls luồng trỏ ra ngoài", "a.xls", contained(|file| link(file, STREAM, 9_999))),
        ("xls khai 4 tỷ bảng phân bổ", "a.xls", contained(|file| file[44..48].fill(0xFE))),
        ("xls bảng phân bổ nối vòng", "a.xls", contained(|file| file[68..72].fill(0))),
        (
            "xls cây mục lục nối vòng",
            "a.xls",
            contained(|file| file[1024 + 128 + 68..1024 + 128 + 76].fill(1)),
        ),
        ("xls luồng khai 3 GiB", "a.xls", contained(|file| file[1024 + 128 + 123] = 0xC0)),
        ("xls trang ở ngoài luồng", "a.xls", named(0x85, &[0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 1, 0, b'X'])),
        ("xls trang không bắt đầu", "a.xls", named(0x85, &[4, 0, 0, 0, 0, 0, 1, 0, b'X'])),
        ("xls tên trang cắt cụt", "a.xls", named(0x85, &[4, 0, 0, 0, 0, 0, 200, 0, b'X'])),
        ("xls bảng chuỗi khai 2 tỷ", "a.xls", table(&[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 9, 0, 0, b'a'])),
        ("xls bảng chuỗi cắt cụt", "a.xls", table(&[0, 0, 0])),
        (
            "xls chuỗi khai 65.535 đoạn chữ",
            "a.xls",
            table(&[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 8, 0xFF, 0xFF, b'a']),
        ),
        (
            "xls chuỗi khai 4 GiB phiên âm",
            "a.xls",
            table(&[1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 4, 255, 255, 255, 255, b'a']),
        ),
        ("xls chỉ số chuỗi ngoài bảng", "a.xls", biff(stray)),
        ("xls ô cắt cụt", "a.xls", biff(plain_biff().raw(&record(0x203, &[3, 0, 0])))),
        ("xls số cắt cụt", "a.xls", biff(plain_biff().raw(&record(0x203, &[3, 0, 0, 0, 0, 0, 1])))),
        ("xls nhiều số lẻ byte", "a.xls", biff(plain_biff().raw(&record(0xBD, &[3, 0, 0, 0, 1])))),
        (
            "xls cột vượt 65.535",
            "a.xls",
            biff(plain_biff().raw(&record(0xBD, &[&[3, 0, 0xFF, 0xFF][..], &[0; 14]].concat()))),
        ),
        ("xls cột thứ 501", "a.xls", biff(plain_biff().label(3, 500, "x"))),
        ("xls ô 32.768 ký tự", "a.xls", biff(plain_biff().label(3, 2, &long))),
        ("xls dòng quá dài", "a.xls", biff(plain_biff().raw(&wide))),
        ("xls mã lỗi lạ", "a.xls", biff(plain_biff().error(3, 0, 0x99))),
        ("xls mất dấu kết thúc", "a.xls", changed(|stream| stream.truncate(stream.len() - 4))),
        (
            "xls bản ghi dài hơn luồng",
            "a.xls",
            changed(|stream| {
                *stream = record(0x809, &[0, 6, 5, 0]).into_iter().chain([0xE0, 0, 0xFF, 0xFF]).collect()
            }),
        ),
        (
            "xls vùng gộp khai 65.535",
            "a.xls",
            biff(plain_biff().raw(&record(0xE5, &[0xFF, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0]))),
        ),
    ]
}

fn texts() -> Vec<Case> {
    let long_line = format!("mã;số\n{}\n", "x".repeat(2 << 20));
    let wide = format!("a;b\n{}x\n", ";".repeat(500));
    let long_cell = format!("a;b\n1;{}\n", "đ".repeat(32_768));
    vec![
        ("TCVN3", "a.csv", b"M\xb7 tr\xb9m;\xae\xacn v\xde\nA;\xae\n".to_vec()),
        ("VNI", "a.csv", b"Ma\xf5;\xf1\xf4n v\xf2\n".to_vec()),
        ("Windows-1258", "a.csv", b"Ma\xde;\xf0\xf5n vi\xf2\n".to_vec()),
        ("bảng mã lạ", "a.csv", b"M\x8e;\x9an\xbf\xc0\n".to_vec()),
        ("UTF-8 hỏng ở dòng 3", "a.csv", b"a;b\n1;2\n3;\xC3\x28\n".to_vec()),
        ("UTF-16 cắt cụt", "a.csv", vec![0xFF, 0xFE, b'a', 0, b';', 0, b'b']),
        ("UTF-16 lẻ cặp", "a.csv", vec![0xFF, 0xFE, b'a', 0, 0x00, 0xD8, b'b', 0]),
        ("ngoặc kép không đóng", "a.csv", text("a;b\n1;\"2\n3;4\n")),
        ("ngoặc kép nuốt cả tệp", "a.csv", text(&format!("a;b\n1;\"2\n{}", "3;4\n".repeat(300_000)))),
        ("dòng 2 MiB", "a.csv", text(&long_line)),
        ("501 cột", "a.csv", text(&wide)),
        ("ô 32.768 ký tự", "a.csv", text(&long_cell)),
    ]
}

#[test]
fn each_bad_file_has_its_sentence() {
    let mut told = String::new();
    let mut count = 0;
    for (case, name, bytes) in [foreign(), containers(), workbooks(), old_workbooks(), texts()].concat() {
        let sentence = match read_here(Cursor::new(bytes), name, &Request::default()) {
            Ok(book) => {
                let cells: Vec<String> =
                    book.rows.iter().flat_map(|row| &row.cells).map(|cell| format!("“{cell}”")).collect();
                format!("ĐỌC ĐƯỢC {}", cells.join(" "))
            }
            Err(error) => error.to_string(),
        };
        told.push_str(&format!("{case} ({name}): {sentence}\n"));
        count += 1;
    }
    told.push_str(&format!("{count} tệp\n"));
    insta::assert_snapshot!(told);
    // What is read none the less holds nothing of what it pointed to.
    assert!(!told.contains("root:"), "an external entity was followed");
}

#[test]
fn odd_but_readable_files_say_what_was_odd() {
    let hidden = workbook(&[("Số liệu", table()), ("tra cứu", table().hidden())]);
    let linked = with_part("xl/externalLinks/externalLink1.xml", text("<a/>"));
    let date = SheetXml::new().row(1, &[("A", "s", "Ngày")]).row(2, &[("A", "d", "44516")]);
    let mac = workbook_1904(&[("T", date)]);
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("a;b\n1;2\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let old = SheetXml::new()
        .row(1, &[("A", "s", &tcvn3("Tên xã")), ("B", "s", "So ho")])
        .row(2, &[("A", "s", &tcvn3("Bản Lầu")), ("B", "n", "12")])
        .row(70, &[("A", "s", &tcvn3("Hộ"))]);
    let old = one(old);
    let mut told = String::new();
    for (name, bytes) in [
        ("a.xlsx", old),
        ("a.xlsx", hidden),
        ("a.xlsx", linked),
        ("a.xls", one(table())),
        ("a.xlsx", text("a;b\n1;2\n")),
        ("a.xlsx", mac),
        ("a.csv", utf16),
    ] {
        let book = read_here(Cursor::new(bytes), name, &Request::default()).expect("read");
        let notices: Vec<String> = book.info.notices.iter().map(ToString::to_string).collect();
        let last = book.rows.last().map(|row| row.cells.iter().map(ToString::to_string).collect::<Vec<_>>());
        told.push_str(&format!("{name}: {} · {last:?}\n", notices.join(" ")));
    }
    insta::assert_snapshot!(told);
}
