//! Checking proofs. A proof has exactly the hashes its tree demands: none missing, none left over.

use mc_base::Hash32;

use super::{PROOF_HASHES_MAX, SIZE_MAX, TreeError, empty_root, node_hash};

/// The root that follows from a leaf at `index` of `size` leaves and its inclusion proof.
///
/// # Errors
/// When the leaf lies outside the tree or the proof has the wrong number of hashes.
pub fn root_from_inclusion(
    leaf: Hash32,
    index: u64,
    size: u64,
    path: &[Hash32],
) -> Result<Hash32, TreeError> {
    check_limits(size, path)?;
    if index >= size {
        return Err(TreeError::IndexOutside { index, size });
    }
    // Below `inner` levels the path to the leaf and the path to the last leaf part; above, the leaf's subtree
    // lies on the right edge, and only the levels at which it has a left sibling contribute.
    let inner = u64::BITS - (index ^ (size - 1)).leading_zeros();
    let border = index.checked_shr(inner).unwrap_or(0).count_ones();
    let expected = (inner + border) as usize;
    if path.len() != expected {
        return Err(TreeError::WrongLength { found: path.len(), expected });
    }
    Ok((0..).zip(path).fold(leaf, |hash, (level, sibling)| {
        if level < inner && index >> level & 1 == 0 {
            node_hash(&hash, sibling)
        } else {
            node_hash(sibling, &hash)
        }
    }))
}

/// Accepts the proof that `leaf` stands at `index` in the tree of `size` leaves with this `root`.
///
/// # Errors
/// As [`root_from_inclusion`], or when the root is another.
pub fn verify_inclusion(
    leaf: Hash32,
    index: u64,
    size: u64,
    path: &[Hash32],
    root: Hash32,
) -> Result<(), TreeError> {
    same_root(root_from_inclusion(leaf, index, size, path)?, root)
}

/// Accepts the proof that the tree of `old` leaves with `old_root` is the beginning of the tree of `new`
/// leaves with `new_root` (RFC 9162 section 2.1.4.2; nothing to prove when `old` is 0).
///
/// # Errors
/// When the older tree is larger, the proof has the wrong number of hashes, or a root is another.
pub fn verify_consistency(
    old: u64,
    old_root: Hash32,
    new: u64,
    new_root: Hash32,
    path: &[Hash32],
) -> Result<(), TreeError> {
    check_limits(new, path)?;
    if old > new {
        return Err(TreeError::OldLarger { old, new });
    }
    let expected = consistency_length(old, new);
    if path.len() != expected {
        return Err(TreeError::WrongLength { found: path.len(), expected });
    }
    if old == 0 {
        return same_root(empty_root(), old_root);
    }
    if old == new {
        return same_root(old_root, new_root);
    }
    // Climb from the last complete subtree of the old tree.
    let skipped = old.trailing_zeros();
    let mut old_at = (old - 1) >> skipped;
    let mut new_at = (new - 1) >> skipped;
    let (start, rest) = match path.split_first() {
        Some((first, rest)) if !old.is_power_of_two() => (*first, rest),
        _ => (old_root, path),
    };
    let (mut old_hash, mut new_hash) = (start, start);
    for sibling in rest {
        if old_at & 1 == 1 || old_at == new_at {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            while old_at & 1 == 0 && old_at != 0 {
                old_at >>= 1;
                new_at >>= 1;
            }
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        old_at >>= 1;
        new_at >>= 1;
    }
    same_root(old_hash, old_root)?;
    same_root(new_hash, new_root)
}

/// Hashes of the consistency proof from `old` to `new` leaves.
fn consistency_length(old: u64, new: u64) -> usize {
    if old == 0 || old == new {
        return 0;
    }
    let last = old - 1;
    let inner = u64::BITS - (last ^ (new - 1)).leading_zeros();
    let border = last.checked_shr(inner).unwrap_or(0).count_ones();
    let start = u32::from(!old.is_power_of_two());
    (start + inner - old.trailing_zeros() + border) as usize
}

const fn check_limits(size: u64, path: &[Hash32]) -> Result<(), TreeError> {
    if size > SIZE_MAX {
        return Err(TreeError::TooLarge(size));
    }
    if path.len() > PROOF_HASHES_MAX {
        return Err(TreeError::TooLong(path.len()));
    }
    Ok(())
}

fn same_root(found: Hash32, expected: Hash32) -> Result<(), TreeError> {
    if found == expected { Ok(()) } else { Err(TreeError::WrongRoot { found, expected }) }
}
