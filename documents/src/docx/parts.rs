//! The parts that are the same in every file, and the document's properties.

use super::xml::Xml;
use crate::{DocumentError, Findings, words};

/// Namespace of WordprocessingML.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Namespace of references to other parts.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The header with the number of the page.
pub const HEADER_ID: &str = "rId4";

pub const CONTENT_TYPES: &str = include_str!("parts/content-types.xml");
pub const PACKAGE_RELATIONS: &str = include_str!("parts/package-relations.xml");
pub const DOCUMENT_RELATIONS: &str = include_str!("parts/document-relations.xml");
/// Times New Roman 14 throughout, 6 points after a paragraph.
pub const STYLES: &str = include_str!("parts/styles.xml");
pub const SETTINGS: &str = include_str!("parts/settings.xml");
/// The number of the page, in the middle of the upper margin.
pub const HEADER: &str = include_str!("parts/header.xml");

/// `docProps/core.xml`.
pub fn core(findings: &Findings<'_>) -> Result<Vec<u8>, DocumentError> {
    let (year, month, day) = findings.made_on.ymd();
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let mut xml = Xml::new()?;
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    xml.open("cp:coreProperties", &namespaces)?;
    xml.leaf("dc:title", &[], words::TITLE)?;
    xml.leaf("dc:creator", &[], words::AUTHOR)?;
    xml.leaf("dc:language", &[], "vi-VN")?;
    for name in ["dcterms:created", "dcterms:modified"] {
        xml.leaf(name, &[("xsi:type", "dcterms:W3CDTF")], &date)?;
    }
    xml.close("cp:coreProperties")?;
    Ok(xml.finish())
}

/// `docProps/app.xml`.
pub fn app() -> Result<Vec<u8>, DocumentError> {
    let mut xml = Xml::new()?;
    let namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.open("Properties", &[("xmlns", namespace)])?;
    xml.leaf("Application", &[], words::AUTHOR)?;
    xml.close("Properties")?;
    Ok(xml.finish())
}
