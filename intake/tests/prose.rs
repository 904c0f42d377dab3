//! Prose from files: what is read of them, in a process of its own, and the sentence for each that is not.
//!
//! This test is its own executable: started with the hidden command it is the reading process.

mod common;
#[path = "common/prose.rs"]
mod files;

use std::io::Write as _;
use std::process::ExitCode;

use common::ole::ole;
use common::{old_text, zip};
use files::{docx, pdf, pdf_of};
use libtest_mimic::{Arguments, Trial};
use mc_intake::{CHILD_COMMAND, Format, Prose, ProseFault, ReadError, child_main, read_prose_in_child};

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(CHILD_COMMAND) {
        return child_main();
    }
    let tests: [(&str, fn()); 9] = [
        ("plain_text_is_read_in_every_encoding", plain_text_is_read_in_every_encoding),
        ("a_page_gives_what_is_seen", a_page_gives_what_is_seen),
        (
            "a_word_document_gives_paragraphs_tables_and_notes",
            a_word_document_gives_paragraphs_tables_and_notes,
        ),
        ("a_pdf_gives_paragraphs_over_pages", a_pdf_gives_paragraphs_over_pages),
        ("what_is_no_text_has_its_sentence", what_is_no_text_has_its_sentence),
        ("a_bad_word_document_has_its_sentence", a_bad_word_document_has_its_sentence),
        ("a_bad_pdf_has_its_sentence", a_bad_pdf_has_its_sentence),
        ("a_pdf_that_leads_back_to_itself_ends", a_pdf_that_leads_back_to_itself_ends),
        ("too_much_is_refused", too_much_is_refused),
    ];
    let trials = tests.map(|(name, test)| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

fn read(bytes: &[u8], name: &str) -> Result<Prose, ReadError> {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("written");
    read_prose_in_child(&std::env::current_exe().expect("own path"), file.path(), name)
}

fn text(bytes: &[u8], name: &str) -> String {
    let prose = read(bytes, name).expect("a text");
    assert!(prose.limits.all(), "{:?}", prose.limits);
    prose.text
}

fn sentence(bytes: &[u8], name: &str) -> String {
    read(bytes, name).expect_err("no text").to_string()
}

const WORDS: &str = "Toàn tỉnh có 99 xã, phường.\n\n  Đã có 96/99 xã đạt.\n";
const READ: &str = "Toàn tỉnh có 99 xã, phường.\nĐã có 96/99 xã đạt.\n";

fn plain_text_is_read_in_every_encoding() {
    let utf8 = WORDS.as_bytes().to_vec();
    let mut marked = vec![0xEF, 0xBB, 0xBF];
    marked.extend_from_slice(&utf8);
    let windows = WORDS.replace('\n', "\r\n").into_bytes();
    let little: Vec<u8> = WORDS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut big = vec![0xFE, 0xFF];
    big.extend(WORDS.encode_utf16().flat_map(u16::to_be_bytes));
    let old = [old_text::tcvn3(WORDS), old_text::vni(WORDS), old_text::windows1258(WORDS)];
    let old = old.map(|text| old_text::bytes(&text));
    for bytes in [utf8, marked, windows, little, big].into_iter().chain(old) {
        assert_eq!(text(&bytes, "bai.txt"), READ);
    }
    // As it stands: a decomposed letter stays so.
    assert_eq!(text("5 ha\u{301}t".as_bytes(), "a.txt"), "5 ha\u{301}t\n");
}

fn a_page_gives_what_is_seen() {
    let page = "<!DOCTYPE html><html><head><title>Tên</title><style>p{a:1}</style></head><body>\
        <nav><ul><li>Trang 7</li></ul></nav><h1>Số hóa:&nbsp;<em>84,2%</em></h1>\
        <script>if (1 < 2) document.write('<p>99</p>')</script>\
        <p>Đến nay   có\n <b>1.250</b> h&#7891; s&#417; &lt; 2.000.<br>Còn 3.</p>\
        <img src='a-2025.jpg' alt='11'><figcaption>Ảnh: A</figcaption>\
        <table><tr><td>Xã A</td><td>5</td></tr><tr><td>Xã B<td>6</table></body></html>";
    let seen = "Số hóa:\u{a0}84,2%\nĐến nay có 1.250 hồ sơ < 2.000.\nCòn 3.\nẢnh: A\nXã A\t5\nXã B\t6\n";
    assert_eq!(text(page.as_bytes(), "bai.html"), seen);
    assert_eq!(read(page.as_bytes(), "x").expect("a text").format, Format::Html);
    let deep = format!("<html><body>{}sâu", "<div>".repeat(300_000));
    assert_eq!(text(deep.as_bytes(), "a.html"), "sâu\n");
}

fn a_word_document_gives_paragraphs_tables_and_notes() {
    let p = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p(text));
    let row = |a: &str, b: &str| format!("<w:tr>{}{}</w:tr>", cell(a), cell(b));
    let body = format!(
        "{}<w:p><w:r><w:t>Thu</w:t><w:tab/><w:t>5 &amp; 6&#44; 7</w:t><w:br/><w:t>chi 8</w:t></w:r>\
         <w:del><w:r><w:delText>xóa 9</w:delText></w:r></w:del></w:p><w:tbl>{}{}</w:tbl>{}",
        p("Có 1.250 hồ sơ."),
        row("Xã A", "12"),
        row("Xã B", "13"),
        p("Hết.")
    );
    let notes =
        format!("<w:footnotes xmlns:w=\"w\"><w:footnote>{}</w:footnote></w:footnotes>", p("Gồm 2 xã."));
    let bytes = docx(&body, &[("word/footnotes.xml", &notes)]);
    let read = "Có 1.250 hồ sơ.\nThu\t5 & 6, 7\nchi 8\nXã A\t12\nXã B\t13\nHết.\nGồm 2 xã.\n";
    assert_eq!(text(&bytes, "bao-cao.docx"), read);
}

fn a_pdf_gives_paragraphs_over_pages() {
    let first: &[&str] = &[
        "Đến nay, toàn tỉnh đã số hóa được 1.250 hồ sơ đất đai, trong đó",
        "có 308 hồ sơ ở phường và 42 hồ sơ ở các xã vùng cao của tỉnh.",
        "Riêng phường Sa Pa, theo báo cáo gần đây nhất, hiện còn thiếu",
        "1",
    ];
    let bytes = pdf_of(&[first, &["khoảng 5 máy."]]);
    let read = "Đến nay, toàn tỉnh đã số hóa được 1.250 hồ sơ đất đai, trong đó có 308 hồ sơ ở phường và 42 hồ sơ \
                ở các xã vùng cao của tỉnh. Riêng phường Sa Pa, theo báo cáo gần đây nhất, hiện còn thiếu khoảng 5 máy.\n";
    assert_eq!(text(&bytes, "bao-cao.pdf"), read);
}

fn what_is_no_text_has_its_sentence() {
    assert_eq!(sentence(b"", "a.txt"), "Tệp không có chữ nào để đọc.");
    assert_eq!(sentence(b" \n \n", "a.txt"), "Tệp không có chữ nào để đọc.");
    assert_eq!(sentence(b"<html><script>1</script></html>", "a"), "Tệp không có chữ nào để đọc.");
    assert!(sentence(b"\x89PNG\r\n\x1a\n", "a.docx").starts_with("Đây là tệp ảnh PNG, không phải văn bản."));
    assert!(sentence(&common::workbook(&[]), "a.docx").starts_with("Đây là tệp Excel (.xlsx)"));
    let office = |stream: &str| ole(&[(stream, vec![0; 4096])]);
    assert!(sentence(&office("WordDocument"), "a.doc").starts_with("Đây là tệp Word đời cũ (.doc)."));
    assert!(sentence(&office("Workbook"), "a.doc").starts_with("Đây là tệp Excel đời cũ (.xls)"));
    assert!(sentence(&office("Workbook")[..900], "a.doc").starts_with("Đây là tệp Office đời cũ bị hỏng"));
    assert!(sentence(&office("EncryptedPackage"), "a.docx").starts_with("Tệp có mật khẩu bảo vệ"));
    let said = "Đoạn 2 không phải văn bản Unicode (UTF-8), cũng không nhận ra bảng mã cũ (TCVN3, VNI, \
                Windows-1258). Hãy lưu lại dạng UTF-8.";
    assert_eq!(sentence(b"Xin\nch\xE1\xBB\xFF o", "a.txt"), said);
    assert!(sentence(b"a\x01b", "a.txt").contains("byte nhị phân ở vị trí 1"));
    assert_eq!(sentence(b"\xFF\xFE\x41", "a.txt"), ProseFault::NotUtf16.to_string());
}

fn a_bad_word_document_has_its_sentence() {
    let good = docx("<w:p><w:r><w:t>5 xã</w:t></w:r></w:p>", &[]);
    let cut = good.get(..good.len() - 30).expect("a part");
    assert!(sentence(cut, "a.docx").contains("mục lục bên trong tệp bị hỏng"));
    let bomb = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><d><p><t>&b;</t></p></d>";
    let bomb = zip(&[("word/document.xml".to_owned(), bomb.as_bytes().to_vec())]);
    assert!(sentence(&bomb, "a.docx").starts_with("Không mở tệp này vì an toàn: phần “word/document.xml”"));
    let open = docx("<w:p><w:r><w:t>5", &[]);
    assert!(sentence(&open, "a.docx").starts_with("Tệp Word (.docx) bị hỏng"));
    let large = zip(&[("word/document.xml".to_owned(), vec![b'a'; 8 << 20])]);
    assert!(sentence(&large, "a.docx").contains("phình ra"));
}

fn page(more: &str) -> Vec<String> {
    vec![
        "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
        "<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842]>>".to_owned(),
        format!("<</Type /Page /Parent 2 0 R {more}>>"),
        "<</Length 0>>\nstream\n\nendstream".to_owned(),
    ]
}

fn a_bad_pdf_has_its_sentence() {
    let scan = pdf(&page("/Contents 4 0 R"), "");
    assert!(sentence(&scan, "a.pdf").starts_with("Tệp PDF có 1 trang nhưng không có chữ nào"));
    let locked = "/ID [<00> <00>] /Encrypt <</Filter /Standard /V 1 /R 2 /P -4 /O <\
        0000000000000000000000000000000000000000000000000000000000000000> /U <\
        0000000000000000000000000000000000000000000000000000000000000000>>>";
    let locked = pdf(&page("/Contents 4 0 R"), locked);
    assert!(sentence(&locked, "a.pdf").starts_with("Tệp có mật khẩu bảo vệ"));
    let good = pdf_of(&[&["Có 5 xã."]]);
    let cut = good.get(..good.len() / 2).expect("a half");
    assert!(sentence(cut, "a.pdf").starts_with("Tệp PDF bị hỏng"), "{}", sentence(cut, "a.pdf"));
    assert!(sentence(b"%PDF-1.7\n", "a.pdf").starts_with("Tệp PDF bị hỏng"));
}

fn a_pdf_that_leads_back_to_itself_ends() {
    let mut kids = page("/Contents 4 0 R");
    kids[1] = "<</Type /Pages /Kids [2 0 R 3 0 R] /Count 2>>".to_owned();
    let mut form = page("/Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>");
    form[3] = "<</Length 5>>\nstream\n/X Do\nendstream".to_owned();
    form.push(
        "<</Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources <</XObject <</X 5 0 R>>>> /Length 5>>\n\
         stream\n/X Do\nendstream"
            .to_owned(),
    );
    let mut parent = page("/Contents 4 0 R");
    parent[1] = "<</Type /Pages /Parent 2 0 R /Kids [3 0 R] /Count 1>>".to_owned();
    for objects in [kids, form, parent] {
        let said = sentence(&pdf(&objects, ""), "a.pdf");
        assert!(said.starts_with("Tệp") && !said.contains("Excel"), "{said}");
    }
}

fn too_much_is_refused() {
    let line = vec![b'a'; 100 << 20];
    assert_eq!(sentence(&line, "a.txt"), "Văn bản dài hơn 4 MiB. Hãy tách thành nhiều phần.");
    let line = vec![b'a'; 3 << 20];
    assert_eq!(sentence(&line, "a.txt"), "Đoạn 1 dài hơn 1.024 KiB. Hãy ngắt thành nhiều đoạn.");
    // Hard to pack, so that the directory's ratio does not refuse it first.
    let mut seed = 1_u32;
    let noise: String = (0..24 << 20)
        .map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (seed >> 24) as u8 % 26)
        })
        .collect();
    let long = docx(&format!("<w:p><w:r><w:t>{noise}</w:t></w:r></w:p>"), &[]);
    assert_eq!(sentence(&long, "a.docx"), ProseFault::TooLong.to_string());
    let page = format!("<html><p>{}</html>", &noise[..9 << 20]);
    assert_eq!(sentence(page.as_bytes(), "a.html"), ProseFault::TooLong.to_string());
}
