//! Word files are read back part by part, as Word would.

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use common::{ADDRESS, MISMATCH, answer, made};
use mc_checking::Standing;
use mc_documents::docx;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.attributes().map(|found| found.expect("an attribute"));
    let mut found = found.filter(|found| found.key.as_ref() == name);
    found.next().map(|found| found.value.into_owned())
}

/// What a part holds.
#[derive(Default, Debug)]
struct Seen {
    /// Paragraphs without a style: the text.
    text: Vec<String>,
    /// Paragraphs in a style.
    styled: Vec<String>,
    /// What each comment's range covers.
    ranges: BTreeMap<String, String>,
    /// Comments that are referred to, in order.
    references: Vec<String>,
    /// Underlines and what they stand under, in paragraphs of the text.
    underlined: Vec<(String, String)>,
    /// Comments with their paragraphs.
    comments: Vec<(String, String, Vec<String>)>,
}

fn read(xml: &str) -> Seen {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let (mut seen, mut names) = (Seen::default(), Vec::new());
    let (mut open, mut styled, mut line, mut underline) = (Vec::<String>::new(), false, String::new(), None);
    let words = |open: &[String], ranges: &mut BTreeMap<String, String>, line: &mut String, text: &str| {
        line.push_str(text);
        for id in open {
            ranges.get_mut(id).expect("an open range").push_str(text);
        }
    };
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                let id = || attribute(&start, "w:id").expect("an id");
                match name.as_str() {
                    "w:comment" => {
                        let author = attribute(&start, "w:author").expect("an author");
                        seen.comments.push((id(), author, Vec::new()));
                    }
                    "w:p" => (styled, line) = (false, String::new()),
                    "w:pStyle" => styled = true,
                    "w:r" => underline = None,
                    "w:u" => underline = attribute(&start, "w:val"),
                    "w:tab" => words(&open, &mut seen.ranges, &mut line, "\t"),
                    "w:br" if attribute(&start, "w:type").is_some() => {
                        words(&open, &mut seen.ranges, &mut line, "\u{c}");
                    }
                    "w:br" => words(&open, &mut seen.ranges, &mut line, "\u{b}"),
                    "w:cr" => words(&open, &mut seen.ranges, &mut line, "\r"),
                    "w:commentRangeStart" => {
                        assert!(seen.ranges.insert(id(), String::new()).is_none(), "opened once");
                        open.push(id());
                    }
                    "w:commentRangeEnd" => {
                        assert!(open.contains(&id()), "closed after it was opened");
                        open.retain(|other| *other != id());
                    }
                    "w:commentReference" => {
                        assert!(!open.contains(&id()), "the reference stands behind its range");
                        seen.references.push(id());
                    }
                    _ => {}
                }
                names.push(name);
            }
            Event::End(_) => match names.pop().as_deref() {
                Some("w:p") => {
                    if let Some((.., paragraphs)) = seen.comments.last_mut() {
                        paragraphs.push(line.clone());
                    }
                    if styled { &mut seen.styled } else { &mut seen.text }.push(line.clone());
                }
                Some(_) => {}
                None => panic!("closed too often"),
            },
            Event::Text(text) if names.last().is_some_and(|name| name == "w:t") => {
                let text: &str = &text;
                words(&open, &mut seen.ranges, &mut line, text);
                if let Some(underline) = underline.clone().filter(|_| !styled) {
                    seen.underlined.push((underline, text.to_owned()));
                }
            }
            Event::GeneralRef(reference) if names.last().is_some_and(|name| name == "w:t") => {
                let entity: &str = &reference;
                let text = quick_xml::escape::resolve_predefined_entity(entity).expect("a predefined entity");
                words(&open, &mut seen.ranges, &mut line, text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "each range is closed");
    seen
}

#[test]
fn a_wrong_sum_is_underlined_and_commented_at_its_total_and_at_its_parts() {
    let bytes = made(MISMATCH, Vec::new(), docx).expect("a file");
    let body = read(&part(&bytes, "word/document.xml"));
    let ranges: Vec<&str> = body.ranges.values().map(String::as_str).collect();
    assert_eq!(ranges, ["1.672 hồ sơ", "1.250 hồ sơ", "308 hồ sơ", "42 hồ sơ"]);
    let lines: Vec<(&str, &str)> = body.underlined.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let wanted =
        [("wave", "1.672 hồ sơ"), ("dash", "1.250 hồ sơ"), ("dash", "308 hồ sơ"), ("dash", "42 hồ sơ")];
    assert_eq!(lines, wanted);
    let comments = read(&part(&bytes, "word/comments.xml")).comments;
    let ids: Vec<String> = comments.iter().map(|(id, ..)| id.clone()).collect();
    assert_eq!((&ids, ids.iter().collect::<Vec<_>>()), (&body.references, body.ranges.keys().collect()));
    assert!(comments.iter().all(|(_, author, _)| author == "Minh Chứng"));
    let said = |at: usize| comments[at].2.clone();
    assert_eq!(said(0)[0], "Không khớp (tổng các phần): 1.250 + 308 + 42 = 1.600, không phải 1.672");
    assert_eq!(said(0)[1], "nếu 380 thì khớp (308 đảo chữ số)");
    assert!(said(1)[0].starts_with("Nằm trong phép tính không khớp (tổng các phần): 1.250"), "{:?}", said(1));
    let summary = "4 số liệu, 1 phép tính: 0 khớp, 1 không khớp, 0 chưa đủ căn cứ. Văn bản được đọc như viết ngày \
                   17/11/2025. Soát ngày 23/11/2026 bằng phần mềm Minh Chứng, phiên bản 1.2.3.";
    assert_eq!(body.styled[0], summary);
}

#[test]
fn what_holds_is_told_at_the_stated_number_alone() {
    let bytes = made("Có 96/99 xã đạt chuẩn, bằng 97%.", Vec::new(), docx).expect("a file");
    let body = read(&part(&bytes, "word/document.xml"));
    assert_eq!(body.ranges.values().collect::<Vec<_>>(), ["97%"]);
    assert!(body.underlined.iter().all(|(line, _)| line == "single"), "{:?}", body.underlined);
    assert_eq!(body.underlined.len(), 3);
}

#[test]
fn a_difference_to_a_register_is_underlined_and_tells_where_our_figure_is() {
    let answers = vec![
        answer(0, Standing::Different, Some(4_607), "chưa rõ"),
        answer(1, Standing::Equal, Some(99), ""),
        answer(2, Standing::None, None, ""),
    ];
    let bytes = made("Tỉnh có 4.670 trạm. Tỉnh có 99 trạm. Tỉnh có 7 cầu.", answers, docx).expect("a file");
    let body = read(&part(&bytes, "word/document.xml"));
    assert_eq!(body.ranges.values().collect::<Vec<_>>(), ["4.670 trạm", "99 trạm"]);
    let lines: Vec<(&str, &str)> = body.underlined.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(lines, [("wavyDouble", "4.670 trạm"), ("thick", "99 trạm")]);
    assert_eq!(body.styled[1], "Cách đánh dấu: khác số trong sổ; đúng số trong sổ.");
    let xml = part(&bytes, "word/comments.xml");
    let comments = read(&xml).comments;
    let line = "Khác số trong sổ: 4.607 trạm, Số trạm & cột (stations), Tỉnh Lào Cai, ngày 17/11/2025, như đã biết ở \
                lần ghi 1.040; chưa rõ";
    assert_eq!(comments[0].2, [line, &format!("Số trong sổ và vì sao: {ADDRESS}")]);
    assert!(xml.contains("HYPERLINK &quot;https://so-lieu.example/"), "{xml}");
    assert!(body.styled[0].contains("So với sổ: 1 số đúng, 1 số khác."), "{}", body.styled[0]);
}

#[test]
fn what_is_wrong_in_the_text_comes_before_a_difference_to_a_register() {
    let answers = vec![answer(0, Standing::Different, Some(1_600), "")];
    let bytes = made(MISMATCH, answers, docx).expect("a file");
    let body = read(&part(&bytes, "word/document.xml"));
    assert_eq!(body.underlined[0].0, "wave");
    let comments = read(&part(&bytes, "word/comments.xml")).comments;
    assert_eq!(comments[0].2.len(), 4, "arithmetic, reason, register, address: {:?}", comments[0].2);
}

#[test]
fn side_columns_are_told_as_such() {
    let text = "Tỉnh có 12 xã.\n\nTin liên quan\nHuyện có 15 trường.";
    let bytes = made(text, Vec::new(), docx).expect("a file");
    let xml = part(&bytes, "word/document.xml");
    let aside = xml.split("<w:r>").find(|run| run.contains("15 trường")).expect("a run");
    assert!(aside.contains("<w:i/><w:color"), "{aside}");
    assert!(read(&xml).styled[1].contains("ngoài bài chính, không xét"));
}

#[test]
fn the_text_comes_out_as_it_went_in() {
    let text = "  Tỷ lệ số hóa\tđạt  <b>84,2%</b> & \"hơn\" 'thế'\n\n\nỦy ban; o\u{302}\u{301} tổ hợp\tvà\u{b}xuống\u{c}trang \
                ]]> 1.672 hồ sơ, gồm 1.250 hồ sơ đất đai, 308 hồ sơ hộ tịch và 42 hồ sơ xây dựng.\n \n\t\n😀 cuối\n";
    let body = read(&part(&made(text, Vec::new(), docx).expect("a file"), "word/document.xml"));
    assert_eq!(body.text.join("\n"), text);
}

#[test]
fn what_xml_cannot_hold_leaves_a_mark_for_each_character() {
    let body =
        |text: &str| read(&part(&made(text, Vec::new(), docx).expect("a file"), "word/document.xml")).text;
    assert_eq!(body("a\0b\u{1}\u{1f}c\u{fffe}\u{ffff}"), ["a\u{fffd}b\u{fffd}\u{fffd}c\u{fffd}\u{fffd}"]);
    assert_eq!(body("một\r\nhai\rba\r\n"), ["một", "hai\rba", ""]);
    assert_eq!(body(""), [""]);
    let answers = vec![answer(0, Standing::None, None, "lạ\u{0}")];
    let bytes = made("Có 12 xã.", answers, docx).expect("a file");
    let comments = read(&part(&bytes, "word/comments.xml")).comments;
    assert_eq!(comments[0].2, ["Chưa so được với sổ; lạ\u{fffd}"]);
}

#[test]
fn every_part_is_typed_and_every_relation_leads_to_a_part() {
    let bytes = made(MISMATCH, Vec::new(), docx).expect("a file");
    let archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).expect("an archive");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let types = part(&bytes, "[Content_Types].xml");
    for name in names.iter().filter(|name| name.ends_with(".xml") && !name.starts_with('[')) {
        read(&part(&bytes, name));
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name}");
    }
    for (folder, relations) in [("", "_rels/.rels"), ("word/", "word/_rels/document.xml.rels")] {
        let targets = part(&bytes, relations);
        let targets = targets.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for target in targets {
            assert!(names.contains(&format!("{folder}{target}")), "{target}");
        }
    }
    let relations = part(&bytes, "word/_rels/document.xml.rels");
    let header = part(&bytes, "word/document.xml");
    assert!(header.contains("r:id=\"rId4\"") && relations.contains("Id=\"rId4\""));
    assert!(relations.contains("Target=\"header1.xml\""));
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    assert_eq!(
        made(MISMATCH, Vec::new(), docx).expect("a file"),
        made(MISMATCH, Vec::new(), docx).expect("a file")
    );
}
