//! The Merkle tree of RFC 6962 (section 2.1) with SHA-256: roots, inclusion and consistency proofs.
//!
//! The same tree serves twice: over the entries of the log, and within each commit over its rows.

mod frontier;
mod nodes;
mod prove;
mod recheck;
mod verify;

use mc_base::Hash32;

use crate::hash::{sha256, sha256_parts};

pub use frontier::Frontier;
pub use nodes::{Leaves, MemoryNodes, Nodes};
pub use prove::{consistency_proof, inclusion_proof, root_of_nodes};
pub use recheck::{RecheckError, recheck};
pub use verify::{root_from_inclusion, verify_consistency, verify_inclusion};

/// Most leaves of a tree; with it no proof has more than 63 hashes.
pub const SIZE_MAX: u64 = 1 << 63;
/// Most hashes of a proof.
pub const PROOF_HASHES_MAX: usize = 63;

/// Hash of a leaf: SHA-256(0x00 ‖ `bytes`).
#[must_use]
pub fn leaf_hash(bytes: &[u8]) -> Hash32 {
    sha256_parts(&[&[0], bytes])
}

/// Hash of an inner node: SHA-256(0x01 ‖ `left` ‖ `right`).
#[must_use]
pub fn node_hash(left: &Hash32, right: &Hash32) -> Hash32 {
    sha256_parts(&[&[1], &left.0, &right.0])
}

/// Root of the tree without leaves: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash32 {
    sha256(&[])
}

/// Root over leaf hashes, by the recursive definition of RFC 6962.
#[must_use]
pub fn root(leaves: &[Hash32]) -> Hash32 {
    match leaves {
        [] => empty_root(),
        [only] => *only,
        more => {
            let (left, right) = more.split_at(left_size(more.len() as u64) as usize);
            node_hash(&root(left), &root(right))
        }
    }
}

/// Leaves in the left subtree of a tree of `size` ≥ 2: the greatest power of two below `size`.
const fn left_size(size: u64) -> u64 {
    1 << (63 - (size - 1).leading_zeros())
}

/// Why a proof was not made or does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TreeError {
    /// The leaf lies outside the tree.
    #[error("vị trí {index} nằm ngoài cây có {size} lá")]
    IndexOutside {
        /// Index asked for, from 0.
        index: u64,
        /// Leaves of the tree.
        size: u64,
    },
    /// The older tree is larger than the newer.
    #[error("cây cũ có {old} lá, nhiều hơn cây mới ({new} lá)")]
    OldLarger {
        /// Leaves of the older tree.
        old: u64,
        /// Leaves of the newer tree.
        new: u64,
    },
    /// More leaves than a tree can hold.
    #[error("cây có {0} lá, quá giới hạn")]
    TooLarge(u64),
    /// A proof with more than 63 hashes.
    #[error("đường chứng minh có {0} mã băm, nhiều nhất 63")]
    TooLong(usize),
    /// A proof that is shorter or longer than its tree demands.
    #[error("đường chứng minh có {found} mã băm, phải có đúng {expected}")]
    WrongLength {
        /// Hashes there are.
        found: usize,
        /// Hashes there must be.
        expected: usize,
    },
    /// The hashes lead to another root.
    #[error("mã gốc tính được là {found}, phải là {expected}")]
    WrongRoot {
        /// Root that follows from leaf and proof.
        found: Hash32,
        /// Root that was claimed.
        expected: Hash32,
    },
    /// A node that the store should hold is absent.
    #[error("thiếu nút tầng {level} số {index} của cây")]
    MissingNode {
        /// Height above the leaves.
        level: u32,
        /// Index within the level, from 0.
        index: u64,
    },
}
