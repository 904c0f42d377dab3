//! Which lines of a text are read together: those of a list with what introduces them and what adds them up.

use std::ops::Range;

use crate::text::Document;

/// Words that begin a line which adds up the list above it.
const TOTALS: [&str; 4] = ["Tổng cộng", "Cộng", "Tổng số", "TỔNG CỘNG"];
/// Lines of a numbered list.
const NUMBERED_MAX: usize = 20;

/// Paragraphs that are read together: the lines of a list belong to what introduces them.
pub(super) fn groups(document: &Document<'_>) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        if paragraph.aside || paragraph.caption {
            continue;
        }
        let line = document.line(paragraph);
        // The line below a list that adds it up belongs to it.
        let adds = || TOTALS.iter().any(|word| line.starts_with(word)) && follows_item(document, index);
        let item = mark(document, index).is_some() || adds();
        match groups.last_mut().filter(|group| item && group.end == index) {
            Some(group) => group.end = index + 1,
            None => groups.push(index..index + 1),
        }
    }
    groups
}

/// The mark of a line, where that is one of a list.
pub(super) fn mark(document: &Document<'_>, index: usize) -> Option<char> {
    let line = document.paragraphs.get(index).map(|paragraph| document.line(paragraph))?;
    item(line).or_else(|| is_numbered(document, index).then_some('1'))
}

/// Whether the line before is one of a list.
fn follows_item(document: &Document<'_>, index: usize) -> bool {
    index.checked_sub(1).is_some_and(|before| mark(document, before).is_some())
}

/// "1. …", "2. …" below a line that ends with a colon: a list, not the headings of a report.
fn is_numbered(document: &Document<'_>, index: usize) -> bool {
    let line =
        |at: usize| document.paragraphs.get(at).map(|paragraph| document.line(paragraph)).unwrap_or_default();
    let Some(number) = number_of(line(index)).filter(|number| *number < NUMBERED_MAX) else { return false };
    let follows =
        |at: usize| index.checked_sub(number - at).is_some_and(|index| number_of(line(index)) == Some(at));
    let opens = index.checked_sub(number).is_some_and(|open| line(open).ends_with(':'));
    opens && (1..number).all(follows)
}

/// The number at the head of a line.
fn number_of(line: &str) -> Option<usize> {
    let (head, rest) = line.split_once(['.', ')'])?;
    rest.starts_with(' ').then(|| head.parse().ok()).flatten().filter(|number| *number > 0)
}

/// The mark of a line of a list: "- …"; "a" of "a) …", "(2) …".
fn item(line: &str) -> Option<char> {
    let marked = line.chars().next().filter(|mark| ['-', '+', '•', '–', '*'].contains(mark));
    let opened = line.starts_with('(');
    let line = line.trim_start_matches('(');
    let head = line.split([')', '.']).next().unwrap_or_default();
    // "(iii) …"
    let roman = opened && head.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) && head.len() <= 5;
    let lettered = !head.is_empty()
        && (head.chars().count() <= 2 || roman)
        && line.get(head.len()..).is_some_and(|rest| rest.starts_with(')'));
    marked.or(lettered.then_some('a'))
}
