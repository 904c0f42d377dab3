//! Word documents and PDF files written by hand, so that they can be wrong in any way.

use super::zip;

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document of this body, with further parts.
pub fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"{NAMESPACE}\"><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("word/document.xml".to_owned(), document.into_bytes())];
    parts.extend(more.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())));
    zip(&parts)
}

/// A PDF whose objects 1, 2, … these are; 1 is the catalog. `trailer` stands beside size and root.
pub fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in (1..).zip(objects) {
        offsets.push(bytes.len());
        bytes.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let table = bytes.len();
    let size = objects.len() + 1;
    bytes.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
    for offset in offsets {
        bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    bytes.extend_from_slice(
        format!("trailer\n<</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
    );
    bytes
}

fn stream(text: &str) -> String {
    format!("<</Length {}>>\nstream\n{text}\nendstream", text.len())
}

/// A PDF with a page for each list of lines, written as browsers and word processors do: two-byte glyph
/// numbers, and a table that says which characters they are.
pub fn pdf_of(pages: &[&[&str]]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 6 + 2 * page)).collect();
    let mut letters: Vec<char> =
        pages.iter().flat_map(|lines| lines.iter()).flat_map(|l| l.chars()).collect();
    letters.sort_unstable();
    letters.dedup();
    let map: String = letters
        .iter()
        .map(|c| format!("1 beginbfchar\n<{:04X}> <{:04X}>\nendbfchar\n", u32::from(*c), u32::from(*c)))
        .collect();
    let unicode = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /T def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{map}endcmap\n\
         CMapName currentdict /CMap defineresource pop\nend\nend"
    );
    let mut objects = vec![
        "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
        format!("<</Type /Pages /Kids [{kids}] /Count {} /MediaBox [0 0 595 842]>>", pages.len()),
        "<</Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H /DescendantFonts [4 0 R] \
         /ToUnicode 5 0 R>>"
            .to_owned(),
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /T /DW 0 /W [0 65535 500] /CIDSystemInfo <</Registry (Adobe) \
         /Ordering (Identity) /Supplement 0>> \
         /FontDescriptor <</Type /FontDescriptor /FontName /T>>>>"
            .to_owned(),
        stream(&unicode),
    ];
    for (page, lines) in pages.iter().enumerate() {
        let content = 7 + 2 * page;
        objects.push(format!(
            "<</Type /Page /Parent 2 0 R /Resources <</Font <</F 3 0 R>>>> /Contents {content} 0 R>>"
        ));
        let mut text = "BT\n/F 12 Tf\n1 0 0 1 50 800 Tm\n".to_owned();
        for line in *lines {
            // Browsers leave the widths of some fonts to the table and move by hand.
            let codes: String = line.chars().map(|c| format!("<{:04X}> -500 ", u32::from(c))).collect();
            text.push_str(&format!("[{codes}] TJ\n0 -16 Td\n"));
        }
        text.push_str("ET");
        objects.push(stream(&text));
    }
    pdf(&objects, "")
}
