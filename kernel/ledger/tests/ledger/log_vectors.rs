//! The test vectors of the log: trees, tiles, checkpoint and proofs.

use mc_ledger::hash::sha256;
use mc_ledger::proof::{ProofFile, TlogProof, verify_records};
use mc_ledger::tile::{TileId, bundles_of, encode_bundle, tile_bytes, tiles_of};
use mc_ledger::tree::{
    MemoryNodes, consistency_proof, empty_root, inclusion_proof, leaf_hash, root_of_nodes,
};
use serde_json::json;

use crate::fixture::{Ledger, ORIGIN, signer};
use crate::vectors::{compare, compare_json, hex, hexes};

/// Leaf n of the vectors' trees is the eight bytes of n, big-endian.
fn numbered(size: u64) -> MemoryNodes {
    MemoryNodes::new((0..size).map(|n| leaf_hash(&n.to_be_bytes())))
}

#[test]
fn vectors_trees() {
    let nodes = numbered(1_000);
    let roots: Vec<_> = (1..=17)
        .chain([255, 256, 257, 1_000])
        .map(|size| json!({ "size": size, "root": root_of_nodes(&nodes, size).expect("a root").to_string() }))
        .collect();
    let inclusion: Vec<_> = [(0, 1), (0, 7), (3, 7), (6, 7), (999, 1_000), (511, 1_000), (512, 1_000)]
        .iter()
        .map(|&(index, size)| {
            let path = inclusion_proof(&nodes, index, size).expect("a proof");
            json!({ "index": index, "size": size, "path": hexes(&path) })
        })
        .collect();
    let consistency: Vec<_> = [(0, 7), (1, 7), (3, 7), (4, 7), (6, 7), (7, 7), (513, 1_000)]
        .iter()
        .map(|&(old, new)| {
            let path = consistency_proof(&nodes, old, new).expect("a proof");
            json!({ "old": old, "new": new, "path": hexes(&path) })
        })
        .collect();
    let content = json!({
        "leaves": "leaf n is n as u64, big-endian",
        "empty_root": empty_root().to_string(),
        "roots": roots,
        "inclusion": inclusion,
        "consistency": consistency,
    });
    compare_json("trees.json", &content);
}

#[test]
fn vectors_tiles() {
    let nodes = numbered(600);
    let tiles: Vec<_> = tiles_of(0, 600)
        .map(|tile| {
            let bytes = tile_bytes(&nodes, tile).expect("a tile");
            json!({ "path": tile.to_string(), "bytes": bytes.len(), "sha256": sha256(&bytes).to_string() })
        })
        .collect();
    let bundles: Vec<_> = bundles_of(0, 600)
        .map(|bundle| {
            let first = bundle.index * 256;
            let entries: Vec<_> = (first..first + bundle.width).map(u64::to_be_bytes).collect();
            let bytes = encode_bundle(&entries).expect("a bundle");
            json!({ "path": bundle.to_string(), "bytes": bytes.len(), "sha256": sha256(&bytes).to_string() })
        })
        .collect();
    let paths: Vec<_> = [(0, 0, 256), (0, 999, 1), (1, 1_000, 256), (2, 1_234_067, 112), (7, u64::MAX, 255)]
        .iter()
        .map(|&(level, index, width)| {
            let path = TileId { level, index, width }.to_string();
            json!({ "level": level, "index": index.to_string(), "width": width, "path": path })
        })
        .collect();
    let content = json!({
        "leaves": "leaf n is n as u64, big-endian; 600 of them",
        "tiles": tiles,
        "bundles": bundles,
        "paths": paths,
    });
    compare_json("tiles.json", &content);
}

#[test]
fn vectors_checkpoint() {
    let checkpoint = Ledger::sample().checkpoint();
    let content = json!({
        "origin": ORIGIN,
        "seed": hex(&[42; 32]),
        "skey": signer().to_skey(),
        "vkey": signer().verifier().to_string(),
        "size": checkpoint.size,
        "root": checkpoint.root.to_string(),
        "note": checkpoint.sign(&signer()).expect("a note"),
    });
    compare_json("checkpoint.json", &content);
}

#[test]
fn vectors_proof() {
    let file = Ledger::sample().proof(&[2, 4]);
    let text = file.to_json();
    compare("proof.json", &text);
    let standard = file.tlog_proof(&file.commits[0]).to_text();
    compare("proof.tlog-proof", &standard);
    let read = ProofFile::from_json(&text).expect("a proof file");
    assert!(verify_records(&read, Some(signer().verifier())).is_ok());
    let proof = TlogProof::parse(&standard).expect("a proof");
    assert!(proof.verify(&file.commits[0].entry, signer().verifier()).is_ok());
}
