//! The text as given, its numbers underlined and commented.

use mc_claims::Claim;

use super::run::{Look, run};
use super::xml::Xml;
use crate::standing::{Said, Standing};
use crate::{DocumentError, Findings, words};

/// Standings with an underline of their own, which does not hang on colour.
const UNDERLINED: [(Standing, &str); 5] = [
    (Standing::Right, "single"),
    (Standing::Cut, "double"),
    (Standing::Wrong, "wave"),
    (Standing::Beside, "dash"),
    (Standing::Open, "dotted"),
];

fn underline(standing: Standing) -> Option<&'static str> {
    UNDERLINED.iter().find(|(of, _)| *of == standing).map(|(_, line)| *line)
}

/// What happens at a place of the text. Ends come first, so that neighbours do not overlap.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    End,
    Start,
}

/// A number of the text with its comment, if it has one.
#[derive(Clone, Copy)]
pub struct Marked<'c> {
    pub claim: &'c Claim,
    pub said: &'c Said<'c>,
    /// Number of its comment.
    pub comment: Option<usize>,
}

/// `word/document.xml`.
pub fn document(findings: &Findings<'_>, marked: &[Marked<'_>]) -> Result<Vec<u8>, DocumentError> {
    let mut xml = Xml::new()?;
    let namespaces = [("xmlns:w", super::parts::W), ("xmlns:r", super::parts::R)];
    xml.open("w:document", &namespaces)?;
    xml.open("w:body", &[])?;
    heading(&mut xml, findings)?;
    Walk::new(findings.text, marked).write(&mut xml)?;
    section(&mut xml)?;
    xml.close("w:body")?;
    xml.close("w:document")?;
    Ok(xml.finish())
}

/// What was found and how to read the underlines; in a style of its own, so that it is told apart from the text.
fn heading(xml: &mut Xml, findings: &Findings<'_>) -> Result<(), DocumentError> {
    paragraph(xml, Some("TomTat"))?;
    run(xml, &words::summary(findings), Look { bold: true, ..Look::default() })?;
    run(xml, &format!(" {}", words::made(findings)), Look::default())?;
    xml.close("w:p")?;
    if findings.checked.relations.is_empty() {
        return Ok(());
    }
    paragraph(xml, Some("TomTat"))?;
    run(xml, "Gạch dưới: ", Look::default())?;
    for (at, (standing, line)) in UNDERLINED.into_iter().enumerate() {
        if at > 0 {
            run(xml, "; ", Look::default())?;
        }
        let word = words::standing(standing).to_lowercase();
        run(xml, &word, Look { underline: Some(line), ..Look::default() })?;
    }
    run(xml, ".", Look::default())?;
    xml.close("w:p")
}

/// Opens a paragraph.
pub fn paragraph(xml: &mut Xml, style: Option<&str>) -> Result<(), DocumentError> {
    xml.open("w:p", &[])?;
    if let Some(style) = style {
        xml.open("w:pPr", &[])?;
        xml.empty("w:pStyle", &[("w:val", style)])?;
        xml.close("w:pPr")?;
    }
    Ok(())
}

/// A4; margins of 20 mm above and below, 30 mm left and 15 mm right, in twentieths of a point.
fn section(xml: &mut Xml) -> Result<(), DocumentError> {
    xml.open("w:sectPr", &[])?;
    xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", super::parts::HEADER_ID)])?;
    xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
    let margins = [
        ("w:top", "1134"),
        ("w:right", "850"),
        ("w:bottom", "1134"),
        ("w:left", "1701"),
        ("w:header", "567"),
        ("w:footer", "567"),
        ("w:gutter", "0"),
    ];
    xml.empty("w:pgMar", &margins)?;
    // The first page has no number.
    xml.empty("w:titlePg", &[])?;
    xml.close("w:sectPr")
}

/// The text and the places where its look changes.
struct Walk<'w> {
    text: &'w str,
    marked: &'w [Marked<'w>],
    turns: Vec<(usize, Turn, usize)>,
}

impl<'w> Walk<'w> {
    fn new(text: &'w str, marked: &'w [Marked<'w>]) -> Self {
        let mut turns: Vec<(usize, Turn, usize)> = Vec::new();
        for (at, Marked { claim, .. }) in marked.iter().enumerate() {
            turns.push((claim.bytes.start, Turn::Start, at));
            turns.push((claim.bytes.end, Turn::End, at));
        }
        turns.sort_unstable();
        Self { text, marked, turns }
    }

    fn write(&self, xml: &mut Xml) -> Result<(), DocumentError> {
        let mut turns = self.turns.iter().peekable();
        let mut open: Vec<usize> = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let end = start + line.len();
            // Lines of Windows end in two characters; both are the end of the paragraph.
            let shown = end - usize::from(line.ends_with('\r'));
            paragraph(xml, None)?;
            let mut from = start;
            while let Some(&(to, turn, at)) = turns.next_if(|(to, ..)| *to <= end) {
                self.piece(xml, from, to.min(shown), &open)?;
                from = from.max(to);
                match turn {
                    Turn::Start => open.push(at),
                    Turn::End => open.retain(|other| *other != at),
                }
                self.turn(xml, turn, at)?;
            }
            self.piece(xml, from, shown, &open)?;
            xml.close("w:p")?;
            start = end + 1;
        }
        Ok(())
    }

    /// A run in the look of the number that was opened last.
    fn piece(&self, xml: &mut Xml, from: usize, to: usize, open: &[usize]) -> Result<(), DocumentError> {
        let number = open.last().and_then(|at| self.marked.get(*at));
        let underline = number.and_then(|number| underline(number.said.standing));
        run(xml, self.text.get(from..to).unwrap_or_default(), Look { underline, bold: false })
    }

    /// The ends of a comment's range; its reference stands behind.
    fn turn(&self, xml: &mut Xml, turn: Turn, at: usize) -> Result<(), DocumentError> {
        let Some(comment) = self.marked.get(at).and_then(|number| number.comment) else { return Ok(()) };
        let id = comment.to_string();
        match turn {
            Turn::Start => xml.empty("w:commentRangeStart", &[("w:id", &id)]),
            Turn::End => {
                xml.empty("w:commentRangeEnd", &[("w:id", &id)])?;
                xml.open("w:r", &[])?;
                xml.open("w:rPr", &[])?;
                xml.empty("w:rStyle", &[("w:val", "CommentReference")])?;
                xml.close("w:rPr")?;
                xml.empty("w:commentReference", &[("w:id", &id)])?;
                xml.close("w:r")
            }
        }
    }
}
