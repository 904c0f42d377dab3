//! `word/comments.xml`: verdict, arithmetic and reason of each number that has something to say.

use mc_claims::{Standing, words as claim_words};

use super::body::{Marked, paragraph};
use super::run::{Look, run};
use super::xml::{Xml, holdable};
use crate::standing::Told;
use crate::{DocumentError, Findings, words};

/// All comments, in the order of their numbers.
pub fn comments(findings: &Findings<'_>, marked: &[Marked<'_>]) -> Result<Vec<u8>, DocumentError> {
    let (year, month, day) = findings.made_on.ymd();
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let mut xml = Xml::new()?;
    xml.open("w:comments", &[("xmlns:w", super::parts::W)])?;
    for number in marked {
        let Some(id) = number.comment else { continue };
        let attributes = [
            ("w:id", id.to_string()),
            ("w:author", words::AUTHOR.to_owned()),
            ("w:date", date.clone()),
            ("w:initials", words::INITIALS.to_owned()),
        ];
        let attributes = attributes.each_ref().map(|(name, value)| (*name, value.as_str()));
        xml.open("w:comment", &attributes)?;
        let mut first = true;
        for told in &number.said.relations {
            relation(&mut xml, told, &mut first)?;
        }
        for (verdict, figure) in &number.said.registers {
            let named = figure.and_then(|figure| figure.named.as_ref());
            begin(&mut xml, &mut first)?;
            run(&mut xml, &one_line(&mc_checking::line(verdict, named)), Look::default())?;
            xml.close("w:p")?;
            if let Some(address) = figure.and_then(|figure| figure.address.as_deref()) {
                trace(&mut xml, address)?;
            }
        }
        xml.close("w:comment")?;
    }
    xml.close("w:comments")?;
    Ok(xml.finish())
}

/// "Không khớp (tổng các phần): 1.250 + 308 + 42 = 1.600, không phải 1.672", and the reason below.
fn relation(xml: &mut Xml, told: &Told<'_>, first: &mut bool) -> Result<(), DocumentError> {
    let relation = told.relation;
    let standing = if told.stated { Standing::of(relation.verdict) } else { Standing::Beside };
    let verdict = claim_words::sentence(claim_words::standing(standing));
    begin(xml, first)?;
    run(xml, &verdict, Look { bold: true, ..Look::default() })?;
    let kind = claim_words::tie(relation.kind);
    let colon = if relation.expression.is_empty() { "" } else { ": " };
    run(xml, &format!(" ({kind}){colon}{}", one_line(&relation.expression)), Look::default())?;
    xml.close("w:p")?;
    if !relation.reason.is_empty() {
        begin(xml, first)?;
        run(xml, &one_line(&relation.reason), Look::default())?;
        xml.close("w:p")?;
    }
    Ok(())
}

/// "Số trong sổ và vì sao: …": the address, to be followed where it is a whole one.
fn trace(xml: &mut Xml, address: &str) -> Result<(), DocumentError> {
    paragraph(xml, Some("CommentText"))?;
    run(xml, "Số trong sổ và vì sao: ", Look::default())?;
    // A field, so that the part needs no relation of its own; a quotation mark would end its text.
    let link = address.contains("://") && !address.contains(['"', '\\']);
    if link {
        xml.open("w:fldSimple", &[("w:instr", &format!(" HYPERLINK \"{address}\" "))])?;
    }
    run(xml, address, Look { underline: link.then_some("single"), ..Look::default() })?;
    if link {
        xml.close("w:fldSimple")?;
    }
    xml.close("w:p")
}

/// Opens a paragraph of a comment; the first carries the mark by which Word finds the comment's number.
fn begin(xml: &mut Xml, first: &mut bool) -> Result<(), DocumentError> {
    paragraph(xml, Some("CommentText"))?;
    if std::mem::take(first) {
        xml.open("w:r", &[])?;
        xml.open("w:rPr", &[])?;
        xml.empty("w:rStyle", &[("w:val", "CommentReference")])?;
        xml.close("w:rPr")?;
        xml.empty("w:annotationRef", &[])?;
        xml.close("w:r")?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    holdable(text).replace('\n', " ")
}
