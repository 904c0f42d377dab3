//! Roots and proofs, against ct-merkle (which shares no code with ours) and against RFC 6962's own
//! definition.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use mc_base::Hash32;
use mc_ledger::tree::{
    Frontier, Leaves, MemoryNodes, Nodes, RecheckError, TreeError, consistency_proof, empty_root,
    inclusion_proof, leaf_hash, recheck, root, root_of_nodes, verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use sha2::Sha256;

type Stranger = MemoryBackedTree<Sha256, Vec<u8>>;

fn leaf(n: u64) -> Vec<u8> {
    format!("lá {n}").into_bytes()
}

fn both(size: u64) -> (MemoryNodes, Stranger) {
    let mut theirs = Stranger::new();
    (0..size).for_each(|n| theirs.push(leaf(n)));
    (MemoryNodes::new((0..size).map(|n| leaf_hash(&leaf(n)))), theirs)
}

fn flat(path: &[Hash32]) -> Vec<u8> {
    path.iter().flat_map(|hash| hash.0).collect()
}

fn their_root(tree: &Stranger) -> Hash32 {
    Hash32((*tree.root().as_bytes()).into())
}

#[test]
fn roots_and_proofs_of_all_small_trees_are_those_of_ct_merkle() {
    for size in 1..=70 {
        let (ours, theirs) = both(size);
        let top = ours.root();
        assert_eq!(top, their_root(&theirs), "{size}");
        for index in 0..size {
            let path = inclusion_proof(&ours, index, size).expect("a proof");
            assert_eq!(flat(&path), theirs.prove_inclusion(index as usize).as_bytes());
            assert_eq!(verify_inclusion(leaf_hash(&leaf(index)), index, size, &path, top), Ok(()));
        }
        for old in 1..size {
            let path = consistency_proof(&ours, old, size).expect("a proof");
            assert_eq!(flat(&path), theirs.prove_consistency((size - old) as usize).as_bytes());
            let old_root = root_of_nodes(&ours, old).expect("a root");
            assert_eq!(verify_consistency(old, old_root, size, top, &path), Ok(()), "{old} → {size}");
        }
    }
}

#[test]
fn the_reference_tree_of_rfc_6962_implementations_has_its_known_root() {
    let leaves: [&[u8]; 8] = [
        b"",
        &[0x00],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ];
    let hashes = leaves.map(leaf_hash);
    assert_eq!(root(&hashes).to_string(), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    assert_eq!(empty_root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn large_trees_agree_with_ct_merkle(size in 1_u64..3_000, a in any::<u64>(), b in any::<u64>()) {
        let (ours, theirs) = both(size);
        let (index, old) = (a % size, 1 + b % size);
        let top = ours.root();
        prop_assert_eq!(top, their_root(&theirs));
        let path = inclusion_proof(&ours, index, size).expect("a proof");
        // Each verifies the other's proof.
        let theirs_opened = RootHash::<Sha256>::new(top.0.into(), size);
        let proof = InclusionProof::try_from_bytes(flat(&path)).expect("a proof");
        prop_assert!(theirs_opened.verify_inclusion(&leaf(index), index, &proof).is_ok());
        let path = consistency_proof(&ours, old, size).expect("a proof");
        let old_root = root_of_nodes(&ours, old).expect("a root");
        prop_assert_eq!(verify_consistency(old, old_root, size, top, &path), Ok(()));
        if old < size {
            let proof = ConsistencyProof::try_from_bytes(flat(&path)).expect("a proof");
            let theirs_old = RootHash::<Sha256>::new(old_root.0.into(), old);
            prop_assert!(theirs_opened.verify_consistency(&theirs_old, &proof).is_ok());
        }
    }

    /// An index, size or path that was changed in any one way never verifies for the same leaf and root, unless the
    /// change describes the same place in the same tree.
    #[test]
    fn altered_inclusion_proofs_fail(
        size in 1_u64..400, at in any::<u64>(), bit in any::<prop::sample::Index>(), other in any::<u64>()
    ) {
        let index = at % size;
        let (ours, _) = both(size);
        let (hash, top) = (leaf_hash(&leaf(index)), ours.root());
        let path = inclusion_proof(&ours, index, size).expect("a proof");
        let other = other % (size + 3);
        if other != index {
            prop_assert!(verify_inclusion(hash, other, size, &path, top).is_err(), "index {other}");
        }
        prop_assert!(verify_inclusion(leaf_hash(b"khac"), index, size, &path, top).is_err());
        let longer = [path.as_slice(), &[Hash32::ZERO]].concat();
        prop_assert!(verify_inclusion(hash, index, size, &longer, top).is_err());
        if let Some((_, shorter)) = path.split_last() {
            prop_assert!(verify_inclusion(hash, index, size, shorter, top).is_err());
            let mut flipped = path.clone();
            let bit = bit.index(path.len() * 256);
            flipped[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
            prop_assert!(verify_inclusion(hash, index, size, &flipped, top).is_err());
        }
        if path.len() > 1 {
            let mut turned = path.clone();
            turned.reverse();
            prop_assert!(verify_inclusion(hash, index, size, &turned, top).is_err());
        }
    }

    #[test]
    fn altered_consistency_proofs_fail(
        size in 2_u64..400, at in any::<u64>(), bit in any::<prop::sample::Index>()
    ) {
        let old = 1 + at % (size - 1);
        let (ours, _) = both(size);
        let (old_root, top) = (root_of_nodes(&ours, old).expect("a root"), ours.root());
        let path = consistency_proof(&ours, old, size).expect("a proof");
        let check = |path: &[Hash32]| verify_consistency(old, old_root, size, top, path);
        prop_assert!(verify_consistency(size, top, old, old_root, &path).is_err());
        prop_assert!(verify_consistency(old, top, size, top, &path).is_err());
        prop_assert!(verify_consistency(old, old_root, size, old_root, &path).is_err());
        prop_assert!(check(&[path.as_slice(), &[Hash32::ZERO]].concat()).is_err());
        let mut flipped = path.clone();
        let bit = bit.index(path.len() * 256);
        flipped[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
        prop_assert!(check(&flipped).is_err());
        prop_assert!(check(path.split_last().map(|(_, rest)| rest).expect("one hash at least")).is_err());
    }

    #[test]
    fn a_frontier_can_be_stored_and_restored(size in 0_u64..600, more in 0_u64..40) {
        let all = MemoryNodes::new((0..size + more).map(|n| leaf_hash(&leaf(n))));
        let mut frontier = Frontier::restore(size, &all).expect("a frontier");
        prop_assert_eq!(Frontier::from_edge(size, frontier.edge().to_vec()), Some(frontier.clone()));
        prop_assert_eq!(frontier.root(), root_of_nodes(&all, size).expect("a root"));
        (size..size + more).for_each(|n| frontier.push(leaf_hash(&leaf(n))));
        prop_assert_eq!(frontier.root(), all.root());
        prop_assert_eq!(frontier.size(), size + more);
    }

    #[test]
    fn nodes_computed_and_nodes_kept_are_the_same(size in 1_usize..200, level in 0_u32..9, index in 0_u64..200) {
        let leaves: Vec<_> = (0..size as u64).map(|n| leaf_hash(&leaf(n))).collect();
        let kept = MemoryNodes::new(leaves.iter().copied());
        prop_assert_eq!(Leaves(&leaves).node(level, index), kept.node(level, index));
        prop_assert_eq!(root(&leaves), kept.root());
    }
}

#[test]
fn t35_an_older_tree_larger_than_the_newer() {
    let (nodes, _) = both(9);
    let old_root = root_of_nodes(&nodes, 5).expect("a root");
    let path = consistency_proof(&nodes, 5, 9).expect("a proof");
    assert_eq!(verify_consistency(5, old_root, 9, nodes.root(), &path), Ok(()));
    let turned = verify_consistency(9, nodes.root(), 5, old_root, &path);
    assert_eq!(turned, Err(TreeError::OldLarger { old: 9, new: 5 }));
}

#[test]
fn limits_are_kept() {
    let long = vec![Hash32::ZERO; 64];
    assert_eq!(verify_inclusion(Hash32::ZERO, 0, 1 << 63, &long, Hash32::ZERO), Err(TreeError::TooLong(64)));
    assert_eq!(
        verify_inclusion(Hash32::ZERO, 0, (1 << 63) + 1, &[], Hash32::ZERO),
        Err(TreeError::TooLarge((1 << 63) + 1))
    );
    assert_eq!(
        verify_inclusion(Hash32::ZERO, 0, 0, &[], Hash32::ZERO),
        Err(TreeError::IndexOutside { index: 0, size: 0 })
    );
    assert_eq!(inclusion_proof(&Leaves(&[]), 5, 5), Err(TreeError::IndexOutside { index: 5, size: 5 }));
    assert_eq!(consistency_proof(&Leaves(&[]), 2, 1), Err(TreeError::OldLarger { old: 2, new: 1 }));
    assert_eq!(inclusion_proof(&Leaves(&[]), 0, 2), Err(TreeError::MissingNode { level: 0, index: 1 }));
    assert_eq!(Leaves(&[Hash32::ZERO]).node(64, 0), None);
    assert_eq!(Leaves(&[Hash32::ZERO]).node(63, u64::MAX), None);
}

#[test]
fn from_nothing_only_the_empty_root_is_consistent() {
    let (ours, _) = both(3);
    assert_eq!(verify_consistency(0, empty_root(), 3, ours.root(), &[]), Ok(()));
    assert!(verify_consistency(0, Hash32::ZERO, 3, ours.root(), &[]).is_err());
    assert_eq!(verify_consistency(3, ours.root(), 3, ours.root(), &[]), Ok(()));
    assert!(verify_consistency(3, ours.root(), 3, Hash32::ZERO, &[]).is_err());
}

/// Nodes with one hash changed, as a flipped bit on disk would.
struct Damaged<'a>(&'a MemoryNodes, (u32, u64));

impl Nodes for Damaged<'_> {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        let mut hash = self.0.node(level, index)?;
        if (level, index) == self.1 {
            hash.0[31] ^= 1;
        }
        Some(hash)
    }
}

#[test]
fn recheck_returns_the_root_only_when_everything_agrees() {
    let (nodes, _) = both(45);
    let read = |index| Some(leaf(index));
    for old in 0..=45 {
        let signed = (old, root_of_nodes(&nodes, old).expect("a root"));
        assert_eq!(recheck(signed, 45, &nodes, read), Ok(nodes.root()), "{old}");
    }
}

#[test]
fn recheck_names_every_single_damaged_node() {
    let (nodes, _) = both(45);
    let none = (0, empty_root());
    for level in 0..6 {
        for index in 0..(45 >> level) {
            let found = recheck(none, 45, &Damaged(&nodes, (level, index)), |index| Some(leaf(index)));
            let expected = match level {
                0 => RecheckError::EntryHash { seq: index + 1 },
                _ => RecheckError::NodeHash { level, index },
            };
            assert_eq!(found, Err(expected));
        }
    }
}

#[test]
fn recheck_refuses_what_does_not_continue_the_signed_tree() {
    let (nodes, _) = both(45);
    let read = |index| Some(leaf(index));
    let wrong = recheck((20, Hash32::ZERO), 45, &nodes, read);
    assert!(matches!(wrong, Err(RecheckError::Tree(TreeError::WrongRoot { .. }))));
    let back = recheck((46, Hash32::ZERO), 45, &nodes, read);
    assert_eq!(back, Err(TreeError::OldLarger { old: 46, new: 45 }.into()));
    let missing = recheck((0, empty_root()), 45, &nodes, |index| (index != 7).then(|| leaf(index)));
    assert_eq!(missing, Err(RecheckError::MissingEntry { seq: 8 }));
    // The second reading differs from the first: bytes that changed between are not signed.
    let mut reads = 0;
    let unsteady = recheck((0, empty_root()), 45, &nodes, |index| {
        reads += 1;
        Some(if reads > 60 && index == 30 { b"khac".to_vec() } else { leaf(index) })
    });
    assert_eq!(unsteady, Err(RecheckError::EntryHash { seq: 31 }));
    let first_read_wrong = {
        let mut reads = 0;
        recheck((0, empty_root()), 45, &nodes, move |index| {
            reads += 1;
            Some(if reads == 12 { b"khac".to_vec() } else { leaf(index) })
        })
    };
    assert!(matches!(first_read_wrong, Err(RecheckError::Differ { .. })));
}
