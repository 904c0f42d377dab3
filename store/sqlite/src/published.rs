//! The log as it is published: tiles and bundles made from the stored nodes and entries, as far as the newest
//! checkpoint covers them. Nothing is kept for it: a tile is the same bytes whenever it is made.

use mc_base::Seq;
use mc_ledger::Checkpoint;
use mc_ledger::proof::TlogProof;
use mc_ledger::tile::{BundleId, TILE_HEIGHT, TILE_WIDTH, TileId, encode_bundle, tile_bytes};
use mc_ledger::tree::inclusion_proof;
use mc_port::{EntryProof, Published, StoreFailure};
use rusqlite::params;

use crate::StoreError;
use crate::log::{StoredNodes, entry_bytes};
use crate::reader::Reader;

impl Reader {
    /// The newest checkpoint and the entries under it; nothing beyond is published.
    fn covered(&self) -> Result<Option<(String, u64)>, StoreError> {
        let Some(note) = self.checkpoint()? else { return Ok(None) };
        let body = note.split_inclusive("\n\n").next().unwrap_or_default();
        let checkpoint =
            Checkpoint::parse_body(body.strip_suffix('\n').unwrap_or(body)).map_err(StoreError::corrupt)?;
        Ok(Some((note, checkpoint.size)))
    }

    /// Whether `width` hashes from tile `index` on lie within the published part of a level.
    fn is_covered(&self, level: u32, index: u64, width: u64) -> Result<bool, StoreError> {
        let size = self.covered()?.map_or(0, |(_, size)| size);
        let at_level = size.checked_shr(level * TILE_HEIGHT).unwrap_or(0);
        let end = index.checked_mul(TILE_WIDTH).and_then(|first| first.checked_add(width));
        Ok(end.is_some_and(|end| end <= at_level))
    }

    /// The bytes of a tile.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, StoreError> {
        if !self.is_covered(tile.level, tile.index, tile.width)? {
            return Ok(None);
        }
        tile_bytes(&StoredNodes(self.db()?), tile).map(Some).map_err(StoreError::corrupt)
    }

    /// The bytes of a bundle of entries.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn bundle(&self, bundle: BundleId) -> Result<Option<Vec<u8>>, StoreError> {
        if !self.is_covered(0, bundle.index, bundle.width)? {
            return Ok(None);
        }
        let first = bundle.index * TILE_WIDTH + 1;
        let mut statement =
            self.db()?.prepare_cached("SELECT bytes FROM entry WHERE seq >= ?1 ORDER BY seq LIMIT ?2")?;
        let found = statement.query_map(params![first, bundle.width], |row| row.get(0))?;
        let entries = found.collect::<Result<Vec<Vec<u8>>, _>>()?;
        if entries.len() as u64 != bundle.width {
            return Err(StoreError::Corrupt(format!("thiếu mục ghi trong gói {bundle}")));
        }
        encode_bundle(&entries).map(Some).map_err(StoreError::corrupt)
    }

    /// An entry, and the proof that it stands under the newest checkpoint.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entry_proof(&self, seq: Seq) -> Result<Option<EntryProof>, StoreError> {
        let Some((checkpoint, size)) = self.covered()? else { return Ok(None) };
        let Some(index) = seq.0.checked_sub(1).filter(|index| *index < size) else { return Ok(None) };
        let db = self.db()?;
        let entry = entry_bytes(db, index)
            .ok_or_else(|| StoreError::Corrupt(format!("thiếu mục ghi của lần ghi {seq}")))?;
        let path = inclusion_proof(&StoredNodes(db), index, size).map_err(StoreError::corrupt)?;
        Ok(Some(EntryProof { entry, proof: TlogProof { extra: None, index, path, checkpoint } }))
    }
}

impl Published for Reader {
    fn tile(&self, tile: TileId) -> Result<Option<Vec<u8>>, StoreFailure> {
        Ok(Self::tile(self, tile)?)
    }
    fn bundle(&self, bundle: BundleId) -> Result<Option<Vec<u8>>, StoreFailure> {
        Ok(Self::bundle(self, bundle)?)
    }
    fn entry_proof(&self, seq: Seq) -> Result<Option<EntryProof>, StoreFailure> {
        Ok(Self::entry_proof(self, seq)?)
    }
}
