//! Proof files: what verifies, and that they come back from their text.

use mc_base::Hash32;
use mc_ledger::proof::{ProofFile, ProofFileError, TlogProof, TlogProofError, verify_records};
use mc_ledger::tree::TreeError;
use mc_ledger::{NoteSigner, NoteVerifier};
use proptest::prelude::*;

use crate::fixture::{Ledger, ORIGIN, signer};

fn key() -> NoteVerifier {
    signer().verifier().clone()
}

#[test]
fn whole_and_partial_commits_verify() {
    let ledger = Ledger::sample();
    for whole in [&[1, 2, 3, 4, 5][..], &[2, 5], &[]] {
        let file = ledger.proof(whole);
        let verified = verify_records(&file, Some(&key())).expect("a proof that holds");
        assert!(verified.key_trusted && verified.illustrative);
        assert_eq!(verified.checkpoint, ledger.checkpoint());
        assert_eq!(verified.commits.len(), file.commits.len());
        for commit in &verified.commits {
            let (entry, rows) = &ledger.commits[commit.entry.seq.0 as usize - 1];
            assert_eq!(&commit.entry, entry);
            assert_eq!(commit.complete, whole.contains(&entry.seq.0));
            for row in &commit.rows {
                assert_eq!(row.leaf, rows[row.index as usize]);
                assert_eq!(Ok(row.hash), row.leaf.hash());
            }
        }
    }
}

#[test]
fn without_a_known_key_the_files_own_is_used_and_said_to_be() {
    let file = Ledger::sample().proof(&[1]);
    assert!(!verify_records(&file, None).expect("a proof that holds").key_trusted);
}

#[test]
fn a_proof_file_comes_back_from_its_text() {
    let mut file = Ledger::sample().proof(&[2]);
    file.figure = Some(serde_json::json!({"id": "stations", "value": "4607"}));
    let text = file.to_json();
    assert_eq!(ProofFile::from_json(&text), Ok(file));
}

#[test]
fn every_commit_can_be_written_as_a_standard_proof() {
    let file = Ledger::sample().proof(&[1, 2, 3, 4, 5]);
    for commit in &file.commits {
        let text = file.tlog_proof(commit).to_text();
        assert!(text.starts_with("c2sp.org/tlog-proof@v1\nindex "));
        let proof = TlogProof::parse(&text).expect("a proof");
        assert_eq!(proof.verify(&commit.entry, &key()), Ok(Ledger::sample().checkpoint()));
    }
}

#[test]
fn one_row_can_be_proved_alone() {
    let ledger = Ledger::sample();
    let file = ledger.proof(&[]);
    let (commit, row) = (&file.commits[0], &file.commits[0].rows[1]);
    let proof = file.row_proof(commit, row).expect("a row with a path");
    let (checkpoint, entry, leaf) = proof.verify(&key()).expect("a proof that holds");
    assert_eq!((checkpoint, entry), (ledger.checkpoint(), ledger.commits[0].0.clone()));
    assert_eq!(leaf.key, "tram-5");
    let stranger = NoteSigner::from_seed(ORIGIN, &[7; 32]).expect("a key");
    assert!(proof.verify(stranger.verifier()).is_err());
    let mut moved = proof.clone();
    moved.row_index = 3;
    assert!(moved.verify(&key()).is_err());
    let mut later = proof;
    later.log.index = 1;
    assert!(later.verify(&key()).is_err());
}

#[test]
fn other_json_is_refused() {
    let good = Ledger::sample().proof(&[2]).to_json();
    let json = |text: &str| ProofFile::from_json(text).expect_err("not a proof file");
    assert!(matches!(json(""), ProofFileError::Json { .. }));
    assert!(matches!(json("[]"), ProofFileError::Json { .. }));
    let extra = good.replacen("\"origin\"", "\"khac\": 1, \"origin\"", 1);
    assert!(matches!(json(&extra), ProofFileError::Json { .. }));
    let twice = good.replacen("\"origin\"", "\"origin\": \"a\", \"origin\"", 1);
    assert!(matches!(json(&twice), ProofFileError::Json { .. }));
    assert!(matches!(json(&format!("{good}{{}}")), ProofFileError::Json { .. }));
    assert_eq!(
        json(&good.replacen("proof/v1", "proof/v2", 1)),
        ProofFileError::Format("minhchung/proof/v2".to_owned())
    );
    assert!(matches!(json(&good.replacen("\"seq\": 1", "\"seq\": -1", 1)), ProofFileError::Json { .. }));
    assert!(matches!(json(&good.replacen("\"seq\": 1", "\"seq\": 1.0", 1)), ProofFileError::Json { .. }));
    let deep = good.replacen("\"commits\"", &format!("\"figure\": {}, \"commits\"", "[".repeat(5_000)), 1);
    assert!(matches!(json(&deep), ProofFileError::Json { .. }));
}

#[test]
fn long_paths_are_refused_when_read() {
    let mut file = Ledger::sample().proof(&[2]);
    file.commits[0].path = vec![Hash32::ZERO; 64];
    let error = ProofFile::from_json(&file.to_json()).expect_err("a path that is too long");
    assert!(matches!(error, ProofFileError::TooMany { found: 64, max: 63, .. }));
}

#[test]
fn the_standards_text_is_read_strictly() {
    let file = Ledger::sample().proof(&[1]);
    let good = file.tlog_proof(&file.commits[0]).to_text();
    let parse = |text: &str| TlogProof::parse(text).expect_err("not a proof");
    assert_eq!(parse(""), TlogProofError::NoCheckpoint);
    assert_eq!(parse(&good.replace('\n', "\r\n")), TlogProofError::NoCheckpoint);
    assert_eq!(parse(&good.replacen("@v1", "@v2", 1)), TlogProofError::Header);
    assert_eq!(parse(&good.replacen("index 0", "index 00", 1)), TlogProofError::Line(2));
    assert_eq!(parse(&good.replacen("index 0", "index -1", 1)), TlogProofError::Line(2));
    assert_eq!(parse(&good.replacen("index 0\n", "extra *\nindex 0\n", 1)), TlogProofError::Line(2));
    assert_eq!(parse(&good.replacen("index 0\n", "extra AA==\nindex x\n", 1)), TlogProofError::Line(3));
    assert_eq!(parse(&good.replacen("index 0\n", "index 0\nAA==\n", 1)), TlogProofError::Line(3));
    let line = format!("{}=\n", "A".repeat(43));
    let long = good.replacen("index 0\n", &format!("index 0\n{}", line.repeat(64)), 1);
    assert_eq!(parse(&long), TlogProofError::Tree(TreeError::TooLong(64)));
    let with_extra = TlogProof { extra: Some(vec![1, 2]), ..file.tlog_proof(&file.commits[0]) };
    assert_eq!(TlogProof::parse(&with_extra.to_text()), Ok(with_extra));
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(text in any::<String>()) {
        prop_assert!(TlogProof::parse(&text).is_err());
        prop_assert!(ProofFile::from_json(&text).is_err());
    }

    #[test]
    fn nothing_panics_on_damaged_text(
        at in any::<prop::sample::Index>(), with in "[\\PC\n]{0,5}", cut in 0_usize..20
    ) {
        let good = Ledger::sample().proof(&[2]).to_json();
        let chars: Vec<char> = good.chars().collect();
        let at = at.index(chars.len());
        let damaged: String = chars[..at]
            .iter()
            .copied()
            .chain(with.chars())
            .chain(chars[(at + cut).min(chars.len())..].iter().copied())
            .collect();
        if let Ok(file) = ProofFile::from_json(&damaged) {
            let verified = verify_records(&file, Some(&key()));
            // Only the layout of the JSON may differ and still verify.
            prop_assert_eq!(verified.is_ok(), file.to_json() == good);
        }
    }
}
