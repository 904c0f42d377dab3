//! The strings of a workbook in Unicode: each run in the encoding that its bytes, its column and its font tell.

use std::collections::{BTreeSet, HashMap};

use super::globals::Globals;
use super::records::at_sheet;
use super::sheet::{Found, Sheet, Value};
use super::strings::RichText;
use crate::ReadError;
use crate::legacy::{Charset, Column, Columns, Evidence, Support, choose, decode};

/// As many words the runs of the same font and of the same column weigh beside those of a run.
const FONT_WEIGHT: i32 = 2;
const COLUMN_WEIGHT: i32 = 1;

/// Where a string of the table is used first.
#[derive(Clone, Copy, Debug)]
struct Use<'g> {
    font: &'g str,
    column: Column,
}

/// Decodes what cells hold.
#[derive(Debug)]
pub(super) struct Texts<'g> {
    globals: &'g Globals,
    fonts: HashMap<&'g str, Evidence>,
    columns: Columns,
    strings: Vec<String>,
    charsets: BTreeSet<Charset>,
}

impl<'g> Texts<'g> {
    /// Looks at all cells of all sheets, then decodes the table of strings.
    pub(super) fn new(globals: &'g Globals, stream: &[u8], sheets: &[Sheet]) -> Result<Self, ReadError> {
        let mut uses: Vec<Option<Use<'g>>> = vec![None; globals.strings.len()];
        for ((index, sheet), bound) in (0_u16..).zip(sheets).zip(&globals.sheets) {
            let learned = sheet.cells(stream, |Found { column, format, value, .. }| {
                let at = if let Value::Shared(at) = value { usize::try_from(at).ok() } else { None };
                if let Some(slot) = at.and_then(|at| uses.get_mut(at)) {
                    slot.get_or_insert(Use { font: globals.font_of_cell(format), column: (index, column) });
                }
                Ok(true)
            });
            learned.map_err(|error| at_sheet(error, &bound.name))?;
        }
        let mut texts = Self {
            globals,
            fonts: HashMap::new(),
            columns: Columns::default(),
            strings: Vec::with_capacity(uses.len()),
            charsets: BTreeSet::new(),
        };
        let used = || uses.iter().zip(&globals.strings);
        let evidence: Vec<Vec<Evidence>> =
            used().map(|(used, text)| used.map(|used| texts.learn(text, used)).unwrap_or_default()).collect();
        for ((used, text), known) in used().zip(evidence) {
            let decoded = used.map(|used| texts.decode(text, used, &known)).unwrap_or_default();
            texts.strings.push(decoded);
        }
        Ok(texts)
    }

    /// The encodings that were found, but for Unicode.
    pub(super) fn charsets(&self) -> Vec<Charset> {
        self.charsets.iter().copied().filter(|charset| *charset != Charset::Unicode).collect()
    }

    /// A string of the table.
    pub(super) fn shared(&self, index: u32) -> Option<&str> {
        self.strings.get(usize::try_from(index).ok()?).map(String::as_str)
    }

    /// A text that stands in its cell.
    pub(super) fn own(&mut self, text: &RichText, format: u16, column: Column) -> String {
        let used = Use { font: self.globals.font_of_cell(format), column };
        let known: Vec<Evidence> =
            self.runs(text, used.font).iter().map(|(_, run)| Evidence::of(run)).collect();
        self.decode(text, used, &known)
    }

    /// The name of a sheet has no font.
    pub(super) fn name(&self, name: &str) -> String {
        let around = [Support { evidence: self.columns.file(), weight: COLUMN_WEIGHT }];
        decode(name, choose(Evidence::of(name), &around, None, true)).into_owned()
    }

    fn learn(&mut self, text: &RichText, used: Use<'g>) -> Vec<Evidence> {
        let runs = self.runs(text, used.font);
        let learned = runs.into_iter().map(|(font, run)| {
            let evidence = Evidence::of(&run);
            self.fonts.entry(font).or_default().add(evidence);
            self.columns.learn(used.column, evidence);
            evidence
        });
        learned.collect()
    }

    fn decode(&mut self, text: &RichText, used: Use<'g>, known: &[Evidence]) -> String {
        let mut out = String::new();
        // Runs of one encoding are decoded as one: a word may change its font in the middle.
        let mut open: Option<(Charset, String)> = None;
        for ((font, run), own) in self.runs(text, used.font).into_iter().zip(known) {
            let charset = self.charset(*own, font, used.column, &run);
            match &mut open {
                Some((same, text)) if *same == charset => text.push_str(&run),
                _ => {
                    if let Some((charset, text)) = open.replace((charset, run)) {
                        out.push_str(&decode(&text, charset));
                    }
                }
            }
        }
        match open {
            Some((charset, text)) if out.is_empty() => decode(&text, charset).into_owned(),
            Some((charset, text)) => out + &decode(&text, charset),
            None => out,
        }
    }

    fn charset(&mut self, own: Evidence, font: &str, column: Column, run: &str) -> Charset {
        if run.is_ascii() {
            return Charset::Unicode;
        }
        let evidence = self.fonts.get(font).copied().unwrap_or_default();
        let [column, file] = self.columns.around(column, COLUMN_WEIGHT);
        let around = [Support { evidence, weight: FONT_WEIGHT }, column, file];
        let charset = choose(own, &around, Charset::of_font(font), true);
        self.charsets.insert(charset);
        charset
    }

    /// The runs of a text with the names of their fonts; a change of size or weight begins no run.
    fn runs(&self, text: &RichText, font: &'g str) -> Vec<(&'g str, String)> {
        let mut runs = vec![(font, text.first.clone())];
        for (number, run) in &text.rest {
            let font = self.globals.font(*number);
            match runs.last_mut() {
                Some((same, text)) if *same == font || text.is_empty() => {
                    *same = font;
                    text.push_str(run);
                }
                _ => runs.push((font, run.clone())),
            }
        }
        runs
    }
}
