//! Where proofs find the hashes of complete subtrees.

use mc_base::Hash32;

use super::{Frontier, root};

/// The complete subtrees of a tree. `node(level, index)` is the root over the leaves
/// `index · 2^level` to `(index + 1) · 2^level − 1`; level 0 are the leaf hashes.
pub trait Nodes {
    /// The hash, or `None` where the store does not hold all those leaves.
    fn node(&self, level: u32, index: u64) -> Option<Hash32>;
}

impl<N: Nodes + ?Sized> Nodes for &N {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        (**self).node(level, index)
    }
}

/// Leaf hashes in memory; inner nodes are computed when asked for, which costs as many hashes as they have
/// leaves. Right for a few proofs over a commit's rows.
#[derive(Clone, Copy, Debug)]
pub struct Leaves<'a>(pub &'a [Hash32]);

impl Nodes for Leaves<'_> {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        let width = 1_usize.checked_shl(level)?;
        let start = usize::try_from(index).ok()?.checked_mul(width)?;
        self.0.get(start..start.checked_add(width)?).map(root)
    }
}

/// Every complete subtree in memory, about two hashes a leaf. Right for many proofs over one tree.
#[derive(Clone, Default, Debug)]
pub struct MemoryNodes {
    levels: Vec<Vec<Hash32>>,
    frontier: Frontier,
}

impl MemoryNodes {
    /// The tree over `leaves`.
    #[must_use]
    pub fn new(leaves: impl IntoIterator<Item = Hash32>) -> Self {
        let mut nodes = Self::default();
        leaves.into_iter().for_each(|leaf| nodes.append(leaf));
        nodes
    }

    /// Adds a leaf.
    pub fn append(&mut self, leaf: Hash32) {
        let levels = &mut self.levels;
        // Nodes of a level complete in the order of their index, so each is pushed at its place.
        self.frontier.append(leaf, |level, _, hash| {
            let level = level as usize;
            if levels.len() <= level {
                levels.resize_with(level + 1, Vec::new);
            }
            if let Some(row) = levels.get_mut(level) {
                row.push(hash);
            }
        });
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Root over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash32 {
        self.frontier.root()
    }
}

impl Nodes for MemoryNodes {
    fn node(&self, level: u32, index: u64) -> Option<Hash32> {
        self.levels.get(level as usize)?.get(usize::try_from(index).ok()?).copied()
    }
}
