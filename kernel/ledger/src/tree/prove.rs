//! Making proofs from the complete subtrees.

use std::ops::Range;

use mc_base::Hash32;

use super::{Nodes, SIZE_MAX, TreeError, empty_root, left_size, node_hash};

/// Root of the tree of the first `size` leaves.
///
/// # Errors
/// Names the node that is missing.
pub fn root_of_nodes(nodes: &impl Nodes, size: u64) -> Result<Hash32, TreeError> {
    check_size(size)?;
    if size == 0 { Ok(empty_root()) } else { range_root(nodes, 0..size) }
}

/// The hashes that lead from leaf `index` to the root of the first `size` leaves, the leaf's sibling first
/// (RFC 6962 section 2.1.1).
///
/// # Errors
/// When the leaf lies outside the tree or a node is missing.
pub fn inclusion_proof(nodes: &impl Nodes, index: u64, size: u64) -> Result<Vec<Hash32>, TreeError> {
    check_size(size)?;
    if index >= size {
        return Err(TreeError::IndexOutside { index, size });
    }
    let mut range = 0..size;
    let mut path = Vec::new();
    while range.end - range.start > 1 {
        let middle = range.start + left_size(range.end - range.start);
        if index < middle {
            path.push(range_root(nodes, middle..range.end)?);
            range.end = middle;
        } else {
            path.push(range_root(nodes, range.start..middle)?);
            range.start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that show that the first `old` leaves of a tree of `new` leaves are the tree of `old` leaves
/// (RFC 6962 section 2.1.2). Empty when `old` is 0 or equal to `new`.
///
/// # Errors
/// When `old` is larger than `new` or a node is missing.
pub fn consistency_proof(nodes: &impl Nodes, old: u64, new: u64) -> Result<Vec<Hash32>, TreeError> {
    check_size(new)?;
    if old > new {
        return Err(TreeError::OldLarger { old, new });
    }
    let mut path = Vec::new();
    if old == 0 {
        return Ok(path);
    }
    let mut range = 0..new;
    // The old root itself need not be sent as long as only left branches were taken: the verifier has it.
    let mut old_root_known = true;
    while range.end != old {
        let middle = range.start + left_size(range.end - range.start);
        if old <= middle {
            path.push(range_root(nodes, middle..range.end)?);
            range.end = middle;
        } else {
            path.push(range_root(nodes, range.start..middle)?);
            range.start = middle;
            old_root_known = false;
        }
    }
    if !old_root_known {
        path.push(range_root(nodes, range)?);
    }
    path.reverse();
    Ok(path)
}

/// Root over the leaves of `range`, which is not empty and starts where RFC 6962 splits a tree.
fn range_root(nodes: &impl Nodes, range: Range<u64>) -> Result<Hash32, TreeError> {
    let size = range.end - range.start;
    if size.is_power_of_two() {
        let level = size.trailing_zeros();
        let index = range.start >> level;
        return nodes.node(level, index).ok_or(TreeError::MissingNode { level, index });
    }
    let middle = range.start + left_size(size);
    let left = range_root(nodes, range.start..middle)?;
    Ok(node_hash(&left, &range_root(nodes, middle..range.end)?))
}

const fn check_size(size: u64) -> Result<(), TreeError> {
    if size > SIZE_MAX { Err(TreeError::TooLarge(size)) } else { Ok(()) }
}
