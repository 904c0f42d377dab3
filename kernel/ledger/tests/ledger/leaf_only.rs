//! Rows of which a proof file gives the leaf hash alone.

use mc_ledger::ProofFile;
use mc_ledger::proof::{CommitProof, Fault, RowEvidence, verify_records};
use mc_ledger::tree::MemoryNodes;

use crate::fixture::{Ledger, encoded, hashes, signer};

/// Two commits of the sample: of the first, the third row by its hash; of the second, the rows that close that
/// version and open the next.
pub fn sample() -> ProofFile {
    let ledger = Ledger::sample();
    let mut file = ledger.proof(&[1, 2]);
    let (entry, rows) = &ledger.commits[0];
    let hashes = hashes(rows);
    let nodes = MemoryNodes::new(hashes.clone());
    let path = file.commits[0].path.clone();
    let part = CommitProof::part(entry, path, &nodes, []).expect("no rows");
    file.commits[0] = part.with_leaf_hashes(&nodes, [(2, hashes[2])]).expect("a row of the commit");
    file
}

fn faults(file: &ProofFile) -> Vec<&'static str> {
    let findings = verify_records(file, Some(signer().verifier())).expect_err("findings");
    findings.iter().map(|finding| finding.fault.kind()).collect()
}

#[test]
fn what_follows_a_row_tells_which_version_it_is() {
    let file = sample();
    let verified = verify_records(&file, Some(signer().verifier())).expect("it holds");
    let row = verified.commits[0].leaf_only[0];
    let named = verified.followed().get(&row.hash).copied();
    assert_eq!(named.map(|(_, key, ordinal)| (key, ordinal)), Some(("tram-3", 1)));
    assert!(verified.commits[0].rows.is_empty());
}

#[test]
fn a_hash_is_no_way_around_the_checks() {
    let rows = &Ledger::sample().commits[0].1;
    let bytes = encoded(rows);
    let (other, moved) = (hashes(rows)[4], sample().commits[0].leaf_only[0].clone());
    let with = |change: &dyn Fn(&mut CommitProof)| {
        let mut file = sample();
        change(&mut file.commits[0]);
        faults(&file)
    };
    assert_eq!(with(&|it| it.leaf_only[0].hash = other), ["not_in_commit"]);
    assert_eq!(with(&|it| it.leaf_only[0].index = 3), ["not_in_commit"]);
    assert!(with(&|it| it.leaf_only.push(moved.clone())).contains(&"row_index"), "twice the same row");
    assert!(with(&|it| it.complete = true).contains(&Fault::RowPath.kind()));
    let read = RowEvidence { index: 2, leaf: bytes[2].clone(), path: Some(moved.path.clone()) };
    let both = with(&|it| it.rows.push(read.clone()));
    assert!(both.contains(&"row_index") && both.contains(&"twice"), "by bytes and by hash: {both:?}");
}

#[test]
fn vectors_leaf_only() {
    let file = sample();
    let text = file.to_json();
    crate::vectors::compare("proof-leaf-only.json", &text);
    assert_eq!(ProofFile::from_json(&text).as_ref(), Ok(&file));
}
