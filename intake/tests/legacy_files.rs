//! Workbooks of real offices of 2003 to 2009 against the text each should yield. They are not ours to publish, so
//! they are read from `$MINHCHUNG_TESTDATA/legacy` (by default the folder `shared/data` beside the workspace).
//! Where they are absent the test says so by name; tests/xls.rs is its twin on workbooks of our own.

use std::fs::{self, File};
use std::path::PathBuf;

use mc_base::text::{nfc, squeeze};
use mc_intake::{Cell, Request, read_here};

/// Of the letters with marks, per thousand.
const RIGHT_MIN: usize = 990;

/// Cells whose truth is itself wrong: TCVN3 that was taken for VNI.
const WRONG_TRUTHS: [&str; 5] = ["MÝa", "TriƯu tÊn", "TriƯu lÝt", "So víi tỉng xŭt khÈu", "So víi xŭt khÈu"];

fn folder() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data");
    std::env::var_os("MINHCHUNG_TESTDATA").map_or_else(|| PathBuf::from(beside), PathBuf::from).join("legacy")
}

/// Cells that hold a letter, in the order of the sheets.
fn worded(cells: impl Iterator<Item = String>) -> Vec<String> {
    cells.map(|cell| squeeze(&nfc(&cell))).filter(|cell| cell.contains(char::is_alphabetic)).collect()
}

/// Letters with marks of a text that stand in another in the same order, and all of them.
fn right_letters(truth: &str, found: &str) -> (usize, usize) {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<Vec<char>>();
    let (truth, found) = (letters(truth), letters(found));
    let marked = |c: &char| usize::from(!c.is_ascii());
    // Longest common subsequence by letters, with the marked letters in it: row by row.
    let mut above = vec![(0, 0); found.len() + 1];
    for letter in &truth {
        let mut row = vec![(0, 0)];
        for (at, other) in found.iter().enumerate() {
            let (length, with_marks) = above[at];
            let both = if letter == other { (length + 1, with_marks + marked(letter)) } else { (0, 0) };
            row.push(both.max(above[at + 1]).max(row[at]));
        }
        above = row;
    }
    (above[found.len()].1, truth.iter().map(marked).sum())
}

#[test]
fn old_workbooks_yield_their_truths() {
    let Ok(files) = fs::read_dir(folder().join("files")) else {
        println!("skipped: old_workbooks_yield_their_truths (legacy/files is absent)");
        return;
    };
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("an entry").path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut failed = Vec::new();
    for path in paths {
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let truth =
            fs::read_to_string(folder().join("truth").join(format!("{stem}.txt"))).expect("its truth");
        let book = read_here(File::open(&path).expect("a file"), &format!("{stem}.xls"), &Request::default());
        let book = book.unwrap_or_else(|error| panic!("{stem}: {error}"));
        let truth = worded(truth.split(['\n', '\t']).map(str::to_owned));
        let found = worded(book.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
            Cell::Text(text) => Some(text.clone()),
            _ => None,
        }));
        assert_eq!(truth.len(), found.len(), "{stem}: cells with letters");
        let (mut right, mut all) = (0, 0);
        for (truth, found) in truth.iter().zip(&found).filter(|(t, _)| !WRONG_TRUTHS.contains(&t.as_str())) {
            let (some, of) = right_letters(truth, found);
            right += some;
            all += of;
            if some < of {
                println!("  {stem}: “{truth}” was read “{found}”");
            }
        }
        println!("{stem}: {right}/{all}");
        if right * 1000 < all * RIGHT_MIN {
            failed.push(stem);
        }
    }
    assert_eq!(failed, Vec::<String>::new());
}
