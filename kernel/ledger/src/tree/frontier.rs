//! The right edge of a growing tree: enough to append and to know the root.

use mc_base::Hash32;

use super::{Nodes, TreeError, empty_root, node_hash};

/// The roots of the complete subtrees that make up a tree, largest first: one for each bit set in its size.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Frontier {
    size: u64,
    edge: Vec<Hash32>,
}

impl Frontier {
    /// The tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The frontier of a tree of `size` leaves whose complete subtrees are in `nodes`.
    ///
    /// # Errors
    /// Names the node that is missing.
    pub fn restore(size: u64, nodes: &impl Nodes) -> Result<Self, TreeError> {
        let edge = Self::edge_places(size)
            .map(|(level, index)| nodes.node(level, index).ok_or(TreeError::MissingNode { level, index }))
            .collect::<Result<_, _>>()?;
        Ok(Self { size, edge })
    }

    /// The frontier from its hashes, largest subtree first; `None` when their number does not fit the size.
    #[must_use]
    pub fn from_edge(size: u64, edge: Vec<Hash32>) -> Option<Self> {
        (edge.len() == size.count_ones() as usize).then_some(Self { size, edge })
    }

    /// Level and index of each node on the right edge of a tree of `size` leaves, largest first.
    pub fn edge_places(size: u64) -> impl Iterator<Item = (u32, u64)> {
        (0..u64::BITS).rev().filter(move |level| size >> level & 1 == 1).map(move |level| {
            // Bit `level` is set, so size >> level is odd: the edge node is the last complete one of its
            // level.
            (level, (size >> level) - 1)
        })
    }

    /// Adds a leaf hash. `keep` is told of every node that becomes complete, as (level, index, hash), the
    /// leaf first: what a store must hold to make proofs later.
    pub fn append(&mut self, leaf: Hash32, mut keep: impl FnMut(u32, u64, Hash32)) {
        let mut hash = leaf;
        let mut level = 0;
        let mut index = self.size;
        keep(level, index, hash);
        while index & 1 == 1
            && let Some(left) = self.edge.pop()
        {
            hash = node_hash(&left, &hash);
            level += 1;
            index >>= 1;
            keep(level, index, hash);
        }
        self.edge.push(hash);
        self.size += 1;
    }

    /// Adds a leaf hash without keeping nodes.
    pub fn push(&mut self, leaf: Hash32) {
        self.append(leaf, |_, _, _| {});
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The hashes, largest subtree first: what to persist.
    #[must_use]
    pub fn edge(&self) -> &[Hash32] {
        &self.edge
    }

    /// Root over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash32 {
        self.edge
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }
}
