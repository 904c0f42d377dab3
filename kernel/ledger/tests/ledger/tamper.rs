//! Proof files that were tampered with: each case is found, with its place. T30 to T37 are the numbers of the
//! project's list of tamper cases.

use mc_base::{Hash32, Instant, Seq};
use mc_ledger::canon::Act;
use mc_ledger::proof::{CommitProof, Fault, Finding, Location, ProofFile, verify_records};
use mc_ledger::tree::{Leaves, TreeError};
use mc_ledger::{Checkpoint, Entry, InstanceId, NoteSigner, Value};
use proptest::prelude::*;

use crate::fixture::{Ledger, ORIGIN, encoded, follow, hashes, open, signer};

fn findings(file: &ProofFile) -> Vec<Finding> {
    verify_records(file, Some(signer().verifier())).expect_err("a proof that does not hold")
}

/// Kinds and places, for short comparisons.
fn found(file: &ProofFile) -> Vec<(&'static str, String)> {
    findings(file).iter().map(|f| (f.fault.kind(), f.location.to_string())).collect()
}

/// The proof after `change`, with rows 1 and 4 of commit 1 by path and commits 2 to 5 whole.
fn tampered(change: impl FnOnce(&mut ProofFile)) -> ProofFile {
    let mut file = Ledger::sample().proof(&[2, 3, 4, 5]);
    assert!(verify_records(&file, Some(signer().verifier())).is_ok());
    change(&mut file);
    file
}

fn path(file: &mut ProofFile) -> &mut Vec<Hash32> {
    file.commits[0].rows[0].path.as_mut().expect("a path")
}

#[test]
fn t30_index_off_by_one() {
    let file = tampered(|file| file.commits[0].rows[0].index = 2);
    assert_eq!(found(&file), [("not_in_commit", "lần ghi 1, dòng 2".to_owned())]);
    let file = tampered(|file| file.commits[1].seq = Seq(3));
    let kinds: Vec<_> = found(&file).into_iter().map(|(kind, _)| kind).collect();
    assert!(kinds.contains(&"seq") && kinds.contains(&"not_in_log"), "{kinds:?}");
}

#[test]
fn t31_sibling_order() {
    let file = tampered(|file| path(file).swap(0, 1));
    assert_eq!(found(&file), [("not_in_commit", "lần ghi 1, dòng 1".to_owned())]);
    let file = tampered(|file| file.commits[0].path.swap(0, 1));
    assert_eq!(found(&file), [("not_in_log", "lần ghi 1".to_owned())]);
}

#[test]
fn t32_shortened_and_t33_padded() {
    let file = tampered(|file| {
        path(file).pop();
    });
    let fault = Fault::NotInCommit(TreeError::WrongLength { found: 2, expected: 3 });
    assert_eq!(findings(&file).first().map(|f| &f.fault), Some(&fault));
    let file = tampered(|file| path(file).push(Hash32::ZERO));
    let fault = Fault::NotInCommit(TreeError::WrongLength { found: 4, expected: 3 });
    assert_eq!(findings(&file).first().map(|f| &f.fault), Some(&fault));
    let file = tampered(|file| file.commits[0].path.clear());
    assert_eq!(found(&file), [("not_in_log", "lần ghi 1".to_owned())]);
}

#[test]
fn t34_more_than_63_hashes() {
    let file = tampered(|file| *path(file) = vec![Hash32::ZERO; 64]);
    assert_eq!(findings(&file).first().map(|f| &f.fault), Some(&Fault::NotInCommit(TreeError::TooLong(64))));
}

#[test]
fn t36_proof_for_another_leaf() {
    let file = tampered(|file| {
        let other = file.commits[0].rows[1].path.clone();
        file.commits[0].rows[0].path = other;
    });
    assert_eq!(found(&file), [("not_in_commit", "lần ghi 1, dòng 1".to_owned())]);
    let file = tampered(|file| {
        let rows = &mut file.commits[0].rows;
        let leaf = rows[0].leaf.clone();
        rows[0].leaf = std::mem::replace(&mut rows[1].leaf, leaf);
    });
    let kinds: Vec<_> = found(&file).into_iter().map(|(kind, _)| kind).collect();
    assert!(kinds.starts_with(&["not_in_commit", "not_in_commit", "row_order"]), "{kinds:?}");
}

#[test]
fn a_changed_value_is_named() {
    let file = tampered(|file| {
        let mut row = open("tram-2", 1, Hash32::ZERO, "Trạm số 2");
        row.fields[1].1 = Value::Text("Trạm khác".to_owned());
        file.commits[0].rows[0].leaf = row.encode().expect("a row");
    });
    assert_eq!(found(&file), [("not_in_commit", "lần ghi 1, dòng 1".to_owned())]);
}

#[test]
fn rows_missing_from_a_complete_commit_are_noticed() {
    let file = tampered(|file| {
        file.commits[2].rows.pop();
    });
    let all = [("incomplete", "lần ghi 3".to_owned()), ("rows_root", "lần ghi 3".to_owned())];
    assert_eq!(found(&file), all);
    let file = tampered(|file| {
        file.commits[2].rows.pop();
        file.commits[2].leaf_count = 1;
    });
    assert_eq!(found(&file).first(), Some(&("leaf_count", "lần ghi 3".to_owned())));
    // A part that is called the whole.
    let file = tampered(|file| file.commits[0].complete = true);
    assert!(found(&file).iter().any(|(kind, _)| *kind == "incomplete"));
    // The whole called a part: rows then need their paths.
    let file = tampered(|file| file.commits[2].complete = false);
    assert!(found(&file).iter().all(|(kind, _)| *kind == "row_path"));
}

#[test]
fn a_repeated_row_or_commit_is_noticed() {
    let file = tampered(|file| {
        let again = file.commits[0].rows[0].clone();
        file.commits[0].rows.insert(0, again);
    });
    let kinds: Vec<_> = found(&file).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["row_index", "row_order", "twice"]);
    let file = tampered(|file| {
        let again = file.commits[2].clone();
        file.commits.insert(2, again);
    });
    assert_eq!(found(&file).first(), Some(&("commit_order", "lần ghi 3".to_owned())));
    let file = tampered(|file| file.commits.swap(1, 2));
    assert!(found(&file).contains(&("commit_order", "lần ghi 2".to_owned())));
    let file = tampered(|file| file.commits.clear());
    assert_eq!(found(&file), [("empty", "tệp bằng chứng".to_owned())]);
}

#[test]
fn a_file_of_another_log_or_key_is_refused() {
    let file = tampered(|file| file.origin = "minh-hoa/khac".to_owned());
    assert_eq!(found(&file), [("origin", "tệp bằng chứng".to_owned())]);
    let forger = NoteSigner::from_seed(ORIGIN, &[1; 32]).expect("a key");
    // Everything signed anew by a forger, whose key the file names: consistent in itself, refused by who
    // knows better.
    let file = tampered(|file| {
        file.vkey = forger.verifier().to_string();
        file.checkpoint = Ledger::sample().checkpoint().sign(&forger).expect("a note");
    });
    assert!(verify_records(&file, None).is_ok_and(|verified| !verified.key_trusted));
    let kinds: Vec<_> = found(&file).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["other_key", "checkpoint"]);
    let file = tampered(|file| file.vkey = "không phải khóa".to_owned());
    assert_eq!(found(&file), [("key", "mốc niêm phong".to_owned())]);
}

/// A ledger whose commits were made wrongly, then properly hashed and signed: what an operator could do.
fn forged(change: impl Fn(&mut Ledger)) -> ProofFile {
    let mut wrong = Ledger::sample();
    change(&mut wrong);
    let nodes = wrong.commits.iter().map(|(entry, _)| entry.hash().expect("an entry"));
    wrong.nodes = mc_ledger::tree::MemoryNodes::new(nodes);
    wrong.proof(&[1, 2, 3, 4, 5])
}

#[test]
fn entries_that_do_not_fit_together_are_noticed() {
    let kinds = |change: fn(&mut Entry)| -> Vec<&'static str> {
        let file = forged(|ledger| change(&mut ledger.commits[2].0));
        found(&file).into_iter().map(|(kind, _)| kind).collect()
    };
    assert_eq!(kinds(|entry| entry.illustrative = false), ["illustrative"]);
    assert_eq!(kinds(|entry| entry.recorded_at = Instant(0)), ["time_order"]);
    assert_eq!(kinds(|entry| entry.instance = InstanceId([9; 16])), ["instance", "instance"]);
    assert_eq!(kinds(|entry| entry.rows_root = Hash32::ZERO), ["rows_root"]);
}

#[test]
fn an_illustrative_ledger_cannot_become_real_by_renaming() {
    let mut file = Ledger::sample().proof(&[1, 2, 3, 4, 5]);
    let real = NoteSigner::from_seed("minhchung.vn/15", &[5; 32]).expect("a key");
    let renamed = Checkpoint { origin: "minhchung.vn/15".to_owned(), ..Ledger::sample().checkpoint() };
    file.origin = renamed.origin.clone();
    file.vkey = real.verifier().to_string();
    file.checkpoint = renamed.sign(&real).expect("a note");
    let findings = verify_records(&file, Some(real.verifier())).expect_err("a renamed ledger");
    assert!(findings.len() == 5 && findings.iter().all(|f| f.fault == Fault::Illustrative));
}

#[test]
fn versions_that_do_not_follow_each_other_are_noticed() {
    // The same station opened once more in a later commit: counted twice if nobody looked.
    let again = |ledger: &mut Ledger| {
        ledger.commit(vec![open("tram-1", 1, Hash32::ZERO, "Trạm số 1")]);
    };
    let file = {
        let mut ledger = Ledger::sample();
        again(&mut ledger);
        ledger.proof(&[1, 2, 3, 4, 5, 6])
    };
    let at = "lần ghi 6, sổ base_station, bản ghi tram-1, phiên bản 1";
    assert_eq!(found(&file), [("twice", at.to_owned())]);
    // A close that names another version's leaf.
    let mut ledger = Ledger::sample();
    let other = follow(&open("tram-1", 1, Hash32::ZERO, "Tên chưa từng ghi"), Act::Close, None);
    ledger.commit(vec![other]);
    let file = ledger.proof(&[1, 6]);
    assert_eq!(found(&file), [("chain", at.to_owned())]);
    // Without the opening commit in the file nothing can be said about it.
    let mut alone = ledger.proof(&[6]);
    alone.commits.retain(|commit| commit.seq == Seq(6));
    assert!(verify_records(&alone, Some(signer().verifier())).is_ok());
    // A version closed before it was opened.
    let mut ledger = Ledger::sample();
    let late = open("tram-99", 1, Hash32::ZERO, "Trạm");
    ledger.commit(vec![follow(&late, Act::Close, None)]);
    ledger.commit(vec![late]);
    let at = "lần ghi 6, sổ base_station, bản ghi tram-99, phiên bản 1";
    assert_eq!(found(&ledger.proof(&[6, 7])), [("backwards", at.to_owned())]);
}

#[test]
fn unsorted_rows_are_noticed_though_their_root_is_right() {
    let mut ledger = Ledger::sample();
    let rows = ["tram-21", "tram-20"].map(|key| open(key, 1, Hash32::ZERO, "Trạm")).to_vec();
    ledger.commit(rows.clone());
    assert_eq!(found(&ledger.proof(&[6])), [("row_order", "lần ghi 6".to_owned())]);
    let entry = &ledger.commits[5].0;
    let some = encoded(&rows).into_iter().enumerate().map(|(index, leaf)| (index as u64, leaf));
    let part = CommitProof::part(entry, ledger.path(6), &Leaves(&hashes(&rows)), some).expect("a commit");
    let mut file = ledger.proof(&[]);
    file.commits.push(part);
    assert_eq!(found(&file), [("row_order", "lần ghi 6".to_owned())]);
}

#[test]
fn findings_are_sentences_and_have_an_end() {
    let file = tampered(|file| file.commits[0].rows[0].index = 9);
    let texts: Vec<_> = findings(&file).iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "lần ghi 1, dòng 9: dòng không thuộc lần ghi: vị trí 9 nằm ngoài cây có 7 lá",
            "lần ghi 1, dòng 4: vị trí dòng không xếp tăng dần, bị lặp hoặc không đúng chỗ",
        ]
    );
    let file = tampered(|file| {
        let row = file.commits[0].rows[0].clone();
        file.commits[0].rows = vec![row; 3_000];
    });
    let all = findings(&file);
    assert_eq!(all.len(), 1_000);
    let last = all.last().expect("a finding");
    assert_eq!((&last.location, &last.fault), (&Location::File, &Fault::TooMany));
}

/// Every byte string of a proof file, in turn.
fn parts(file: &mut ProofFile) -> Vec<&mut [u8]> {
    let mut all: Vec<&mut [u8]> = Vec::new();
    for commit in &mut file.commits {
        all.push(&mut commit.entry);
        all.extend(commit.path.iter_mut().map(|hash| hash.0.as_mut_slice()));
        for row in &mut commit.rows {
            all.push(&mut row.leaf);
            all.extend(row.path.iter_mut().flatten().map(|hash| hash.0.as_mut_slice()));
        }
    }
    all
}

proptest! {
    #[test]
    fn any_one_flipped_bit_is_found(
        part in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), bit in 0_u8..8
    ) {
        let file = tampered(|file| {
            let mut parts = parts(file);
            let part = part.index(parts.len());
            let at = at.index(parts[part].len());
            parts[part][at] ^= 1 << bit;
        });
        prop_assert!(!findings(&file).is_empty());
    }
}
