//! Spelling of what people read: tone marks as the press places them (hóa, ủy, hòa, thủy), "tỷ", "84,2%".

use super::Finding;
use super::rust::RustFile;
use super::tree::{SourceFile, Tree};

const RULE: &str = "vietnamese-spelling";
/// Marked vowels of old placement with the new one, as final pairs of a syllable.
const PAIRS: &[(&str, &str)] = &[
    ("oá", "óa"),
    ("oà", "òa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oé", "óe"),
    ("oè", "òe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uý", "úy"),
    ("uỳ", "ùy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];
/// Words after which "tỉ" is written "tỷ".
const AFTER_TY: &[&str] = &["đồng", "lệ", "trọng", "suất", "số"];

/// Checks string literals outside tests, templates, declarations and the documents at the top.
pub fn check(tree: &Tree, sources: &[RustFile<'_>], out: &mut Vec<Finding>) {
    for source in sources {
        for (line, text) in source.texts().filter(|(line, _)| !source.in_tests(*line)) {
            findings(source.path, line, text, out);
        }
    }
    let read_by_people = |path: &str| {
        path.ends_with(".html") || path.ends_with(".toml") || (path.ends_with(".md") && !path.contains('/'))
    };
    for file in tree.files.iter().filter(|file| read_by_people(&file.path)) {
        for (line, text) in lines_shown(file) {
            findings(&file.path, line, text, out);
        }
    }
}

/// Lines of a file without comments and without `aliases`, which list what others write.
fn lines_shown(file: &SourceFile) -> Vec<(usize, &str)> {
    let is_toml = file.path.ends_with(".toml");
    let mut in_aliases = false;
    let mut shown = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let start = line.trim_start();
        in_aliases |= is_toml && start.starts_with("aliases");
        let is_comment = is_toml && start.starts_with('#');
        if !in_aliases && !is_comment {
            shown.push((index + 1, line));
        }
        in_aliases &= !line.contains(']');
    }
    shown
}

fn findings(path: &str, line: usize, text: &str, out: &mut Vec<Finding>) {
    for (found, expected) in misspelled(text) {
        out.push(Finding::new(RULE, path, line, format!("“{found}” is written “{expected}”")));
    }
}

/// Each misspelling with its correction.
fn misspelled(text: &str) -> Vec<(String, String)> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let mut found: Vec<(String, String)> =
        words.iter().filter_map(|word| Some(((*word).to_owned(), new_placement(word)?))).collect();
    for pair in words.windows(2) {
        if let [first, second] = pair
            && *first == "tỉ"
            && AFTER_TY.contains(second)
        {
            found.push((format!("tỉ {second}"), format!("tỷ {second}")));
        }
    }
    found.extend(percentages(&lower));
    found
}

/// The word with its tone on the first vowel of a final pair, where it stood on the second. `quý`, `quỹ`: the
/// `u` belongs to the consonant, and the mark stands right.
fn new_placement(word: &str) -> Option<String> {
    PAIRS.iter().find_map(|(old, new)| {
        let stem = word.strip_suffix(old)?;
        (!stem.ends_with('q')).then(|| format!("{stem}{new}"))
    })
}

/// Percentages with a decimal point instead of a comma.
fn percentages(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (index, _) in text.match_indices('%') {
        let head = text.get(..index).unwrap_or_default();
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let number = head.rsplit(|c| !digits(c)).next().unwrap_or_default();
        let decimals = number.split_once('.').filter(|(whole, part)| {
            !whole.is_empty() && (1..=2).contains(&part.len()) && !part.contains('.')
        });
        if let Some((whole, part)) = decimals {
            found.push((format!("{number}%"), format!("{whole},{part}%")));
        }
    }
    found
}
