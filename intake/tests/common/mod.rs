//! Workbooks written by hand, so that they can be wrong in any way.

#![expect(dead_code, reason = "each test uses a part of it")]

pub mod biff;
pub mod old_text;
pub mod ole;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A worksheet in the making.
#[derive(Clone, Default)]
pub struct SheetXml {
    rows: String,
    merges: String,
    state: &'static str,
}

impl SheetXml {
    pub fn new() -> Self {
        Self { state: "visible", ..Self::default() }
    }

    pub fn hidden(mut self) -> Self {
        self.state = "hidden";
        self
    }

    /// Adds a row of cells (column letter, kind, content). Kinds: `s` text, `n` number, `d` date as a serial
    /// or ISO text, `b` bool, `e` error, `f` formula with a cached error.
    pub fn row(mut self, number: u32, cells: &[(&str, &str, &str)]) -> Self {
        let _written = write!(self.rows, "<row r=\"{number}\">");
        for (column, kind, text) in cells {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let r = format!("r=\"{column}{number}\"");
            let _written = match *kind {
                "s" => write!(
                    self.rows,
                    "<c {r} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                ),
                "n" => write!(self.rows, "<c {r}><v>{text}</v></c>"),
                "d" if text.contains('-') => write!(self.rows, "<c {r} t=\"d\"><v>{text}</v></c>"),
                "d" => write!(self.rows, "<c {r} s=\"1\"><v>{text}</v></c>"),
                "b" => write!(self.rows, "<c {r} t=\"b\"><v>{text}</v></c>"),
                "f" => write!(self.rows, "<c {r} t=\"e\"><f>A1/0</f><v>{text}</v></c>"),
                _ => write!(self.rows, "<c {r} t=\"e\"><v>{text}</v></c>"),
            };
        }
        self.rows.push_str("</row>");
        self
    }

    pub fn merge(mut self, range: &str) -> Self {
        let _written = write!(self.merges, "<mergeCell ref=\"{range}\"/>");
        self
    }

    pub fn raw(mut self, xml: &str) -> Self {
        self.rows.push_str(xml);
        self
    }

    fn xml(&self) -> String {
        let merges = if self.merges.is_empty() {
            String::new()
        } else {
            format!("<mergeCells>{}</mergeCells>", self.merges)
        };
        format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{}</sheetData>{merges}</worksheet>", self.rows)
    }
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A workbook of these sheets.
pub fn workbook(sheets: &[(&str, SheetXml)]) -> Vec<u8> {
    zip_with(&[], sheets, None)
}

/// A workbook whose dates count from 1904.
pub fn workbook_1904(sheets: &[(&str, SheetXml)]) -> Vec<u8> {
    let workbook = workbook_xml(sheets).replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    let mut parts = parts(sheets);
    for (name, bytes) in &mut parts {
        if name == "xl/workbook.xml" {
            *bytes = workbook.clone().into_bytes();
        }
    }
    zip(&parts)
}

/// A workbook with further entries, one of which may lie about its size in the directory.
pub fn zip_with(extra: &[(&str, Vec<u8>)], sheets: &[(&str, SheetXml)], lie: Option<(&str, u32)>) -> Vec<u8> {
    let mut parts = parts(sheets);
    parts.extend(extra.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())));
    let mut bytes = zip(&parts);
    if let Some((name, size)) = lie {
        let at = central_header(&bytes, name);
        bytes[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
    }
    bytes
}

/// Where the directory's header of an entry begins.
pub fn central_header(bytes: &[u8], name: &str) -> usize {
    (0..bytes.len() - 46)
        .find(|&at| bytes[at..].starts_with(b"PK\x01\x02") && bytes[at + 46..].starts_with(name.as_bytes()))
        .expect("the entry is in the directory")
}

/// A container of these entries.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), options).expect("an entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("a container").into_inner()
}

fn workbook_xml(sheets: &[(&str, SheetXml)]) -> String {
    let list: String = (1..)
        .zip(sheets)
        .map(|(id, (name, sheet))| {
            format!("<sheet name=\"{name}\" sheetId=\"{id}\" state=\"{}\" r:id=\"rId{id}\"/>", sheet.state)
        })
        .collect();
    format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELS}\"><sheets>{list}</sheets></workbook>")
}

pub fn parts(sheets: &[(&str, SheetXml)]) -> Vec<(String, Vec<u8>)> {
    let mut relations = String::new();
    let mut out: Vec<(String, String)> = Vec::new();
    for (id, (_, sheet)) in (1..).zip(sheets) {
        let target = format!("worksheets/sheet{id}.xml");
        let _written =
            write!(relations, "<Relationship Id=\"rId{id}\" Type=\"{RELS}/worksheet\" Target=\"{target}\"/>");
        out.push((format!("xl/{target}"), sheet.xml()));
    }
    let _written = write!(relations, "<Relationship Id=\"s\" Type=\"{RELS}/styles\" Target=\"styles.xml\"/>");
    let _written = write!(
        relations,
        "<Relationship Id=\"t\" Type=\"{RELS}/sharedStrings\" Target=\"sharedStrings.xml\"/>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r\" Type=\"{RELS}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    out.push(("xl/workbook.xml".to_owned(), workbook_xml(sheets)));
    out.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"),
    ));
    out.push(("xl/styles.xml".to_owned(), styles));
    out.push(("_rels/.rels".to_owned(), root));
    out.push(("[Content_Types].xml".to_owned(), format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")));
    out.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}
