//! The check before signing: the new root is computed twice, from bytes read twice, by two paths through the
//! code.
//!
//! A single flipped bit in one stored leaf hash, once signed, makes a log unrecoverable: nothing verifies
//! against that tree again. So nothing is signed on the strength of one computation or one read.

use mc_base::Hash32;

use super::{
    Frontier, Nodes, TreeError, consistency_proof, leaf_hash, node_hash, root_of_nodes, verify_consistency,
};
use crate::hash::sha256;

/// Why a root must not be signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RecheckError {
    /// An entry could not be read.
    #[error("không đọc lại được lần ghi {seq}")]
    MissingEntry {
        /// Its sequence number.
        seq: u64,
    },
    /// The stored hash of an entry is not the hash of its bytes.
    #[error("mã băm lưu của lần ghi {seq} không khớp nội dung")]
    EntryHash {
        /// Its sequence number.
        seq: u64,
    },
    /// A stored inner node is not the hash of its children.
    #[error("nút tầng {level} số {index} không khớp hai nút con")]
    NodeHash {
        /// Height above the leaves.
        level: u32,
        /// Index within the level.
        index: u64,
    },
    /// The two computations differ.
    #[error("hai lần tính mã gốc cho kết quả khác nhau: {first} và {second}")]
    Differ {
        /// Root by appending.
        first: Hash32,
        /// Root by the stored nodes.
        second: Hash32,
    },
    /// A proof does not hold.
    #[error("cây không nối tiếp mốc niêm phong trước: {0}")]
    Tree(#[from] TreeError),
}

/// Recomputes the root of the tree of `size` entries, of which the first `signed.0` were sealed under the
/// root `signed.1`, and returns it only if both computations agree and the new tree continues the sealed one.
///
/// `entry(index)` reads the bytes of an entry from storage, each time anew; every entry after the sealed ones
/// is read twice. For a full check pass `signed` = `(0, empty_root())`.
///
/// # Errors
/// Names the entry or node that does not fit. The caller must then not sign.
pub fn recheck(
    signed: (u64, Hash32),
    size: u64,
    nodes: &impl Nodes,
    mut entry: impl FnMut(u64) -> Option<Vec<u8>>,
) -> Result<Hash32, RecheckError> {
    let (old, old_root) = signed;
    if old > size {
        return Err(TreeError::OldLarger { old, new: size }.into());
    }
    let mut read = |index: u64| entry(index).ok_or(RecheckError::MissingEntry { seq: index + 1 });

    let mut frontier = Frontier::restore(old, nodes)?;
    if frontier.root() != old_root {
        return Err(TreeError::WrongRoot { found: frontier.root(), expected: old_root }.into());
    }
    for index in old..size {
        frontier.push(leaf_hash(&read(index)?));
    }

    for index in old..size {
        // Not leaf_hash: the second reading also takes another way to the hash.
        let prefixed = [&[0], read(index)?.as_slice()].concat();
        if nodes.node(0, index) != Some(sha256(&prefixed)) {
            return Err(RecheckError::EntryHash { seq: index + 1 });
        }
    }
    check_inner_nodes(old, size, nodes)?;
    let root = root_of_nodes(nodes, size)?;
    if root != frontier.root() {
        return Err(RecheckError::Differ { first: frontier.root(), second: root });
    }
    let path = consistency_proof(nodes, old, size)?;
    verify_consistency(old, old_root, size, root, &path)?;
    Ok(root)
}

/// Every inner node that became complete between `old` and `size` leaves is the hash of its two children.
fn check_inner_nodes(old: u64, size: u64, nodes: &impl Nodes) -> Result<(), RecheckError> {
    for level in 1..u64::BITS {
        if size >> level == 0 {
            break;
        }
        for index in (old >> level)..(size >> level) {
            let child = |side: u64| {
                let index = index * 2 + side;
                nodes.node(level - 1, index).ok_or(TreeError::MissingNode { level: level - 1, index })
            };
            if nodes.node(level, index) != Some(node_hash(&child(0)?, &child(1)?)) {
                return Err(RecheckError::NodeHash { level, index });
            }
        }
    }
    Ok(())
}
