//! The text as given, its numbers underlined and commented.

use mc_claims::{Claim, Standing, words as claim_words};

use super::run::{Look, run};
use super::xml::Xml;
use crate::standing::Said;
use crate::{DocumentError, Findings, words};

/// Standings with an underline of their own, which does not hang on colour.
const UNDERLINED: [(Standing, &str); 5] = [
    (Standing::Right, "single"),
    (Standing::Cut, "double"),
    (Standing::Wrong, "wave"),
    (Standing::Beside, "dash"),
    (Standing::Open, "dotted"),
];
/// The same by what the registers say.
const BY_REGISTERS: [(mc_checking::Standing, &str); 4] = [
    (mc_checking::Standing::Different, "wavyDouble"),
    (mc_checking::Standing::Ambiguous, "dotDash"),
    (mc_checking::Standing::Rounded, "thick"),
    (mc_checking::Standing::Equal, "thick"),
];

/// The underline of a number. What is wrong in the text's own arithmetic comes before a difference to a register, and
/// that before all that holds; where the text ties a number to nothing, the register alone speaks.
fn underline(said: &Said<'_>) -> Option<&'static str> {
    let own = UNDERLINED.iter().find(|(of, _)| *of == said.standing).map(|(_, line)| *line);
    let against = said.against();
    let registers = BY_REGISTERS.iter().find(|(of, _)| Some(*of) == against).map(|(_, line)| *line);
    let differs = against == Some(mc_checking::Standing::Different);
    match said.standing {
        Standing::Aside => None,
        Standing::Wrong => own,
        _ if differs => registers,
        _ => own.or(registers),
    }
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
    heading(&mut xml, findings, marked)?;
    Walk::new(&findings.found.text, marked).write(&mut xml)?;
    section(&mut xml)?;
    xml.close("w:body")?;
    xml.close("w:document")?;
    Ok(xml.finish())
}

/// What was found and how to read the underlines; in a style of its own, so that it is told apart from the text.
fn heading(xml: &mut Xml, findings: &Findings<'_>, marked: &[Marked<'_>]) -> Result<(), DocumentError> {
    paragraph(xml, Some("TomTat"))?;
    run(xml, &words::summary(findings), Look { bold: true, ..Look::default() })?;
    run(xml, &format!(" {}", words::made(findings)), Look::default())?;
    xml.close("w:p")?;
    let legend = legend(marked);
    if legend.is_empty() {
        return Ok(());
    }
    paragraph(xml, Some("TomTat"))?;
    run(xml, "Cách đánh dấu: ", Look::default())?;
    for (at, (word, look)) in legend.into_iter().enumerate() {
        if at > 0 {
            run(xml, "; ", Look::default())?;
        }
        run(xml, word, look)?;
    }
    run(xml, ".", Look::default())?;
    xml.close("w:p")
}

/// The looks that the text has, each with its word.
fn legend(marked: &[Marked<'_>]) -> Vec<(&'static str, Look)> {
    let own = UNDERLINED.iter().map(|(standing, line)| (claim_words::standing(*standing), *line));
    let registers = BY_REGISTERS.iter().filter(|(standing, _)| *standing != mc_checking::Standing::Rounded);
    let registers = registers.map(|(standing, line)| (standing.word(), *line));
    let used = |line: &&'static str| marked.iter().any(|number| underline(number.said) == Some(*line));
    let mut all: Vec<(&str, Look)> = own
        .chain(registers)
        .filter(|(_, line)| used(line))
        .map(|(word, line)| (word, Look { underline: Some(line), ..Look::default() }))
        .collect();
    if marked.iter().any(|number| number.said.standing == Standing::Aside) {
        all.push((claim_words::standing(Standing::Aside), Look { aside: true, ..Look::default() }));
    }
    all
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
        let look = number.map_or_else(Look::default, |number| Look {
            underline: underline(number.said),
            aside: number.said.standing == Standing::Aside,
            bold: false,
        });
        run(xml, self.text.get(from..to).unwrap_or_default(), look)
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
