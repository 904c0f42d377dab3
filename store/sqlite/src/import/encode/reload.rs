//! What a staging file holds, taken up again to be changed.

use std::collections::{HashMap, HashSet};

use mc_base::Hash32;
use mc_ledger::Act;
use mc_register::thing_of_key;
use rusqlite::Connection;

use super::{Close, Encoded, Leaf, number};
use crate::StoreError;
use crate::catalog::RegisterInfo;
use crate::ddl::table;

/// The edit of a leaf that closes a version: the staging file does not name it, and nobody asks.
const NO_EDIT: u32 = u32::MAX;

/// What was withdrawn of a thing.
#[derive(Default)]
pub(crate) struct Withdrawn {
    /// Edits whose versions were opened.
    pub(crate) edits: Vec<u32>,
    /// Versions closed.
    pub(crate) closed: u32,
}

impl Encoded {
    /// The leaves of a staging file with their keys, in their order.
    pub(crate) fn load(
        staging: &Connection,
        db: &Connection,
        info: &RegisterInfo,
    ) -> Result<Self, StoreError> {
        let last = "SELECT COALESCE(MAX(row), 0) FROM version";
        let mut loaded = Self { rows: staging.query_row(last, [], |row| row.get(0))?, ..Self::default() };
        let mut statement = staging.prepare(
            "SELECT l.act, l.vid, l.row, l.nonce, l.hash, v.key, v.ord, v.edit
             FROM leaf AS l LEFT JOIN version AS v ON v.row = l.row ORDER BY l.idx",
        )?;
        let mut closed =
            db.prepare(&format!("SELECT key, ord FROM {} WHERE vid = ?1", table(&info.schema.id)))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let act = Act::from_code(row.get(0)?)
                .ok_or_else(|| StoreError::Corrupt("tệp đã chuẩn bị".to_owned()))?;
            let hash = Hash32(row.get(4)?);
            if act == Act::Open {
                let key: String = row.get(5)?;
                loaded.push(&key, act, row.get(6)?, row.get(7)?, row.get(2)?, hash)?;
                continue;
            }
            let vid: i64 = row.get(1)?;
            let (key, ordinal): (String, u32) =
                closed.query_row([vid], |row| Ok((row.get(0)?, row.get(1)?)))?;
            loaded.closes.push(Close { vid, nonce: row.get(3)? });
            let at = number(loaded.closes.len() - 1)?;
            loaded.push(&key, act, ordinal, NO_EDIT, at, hash)?;
        }
        Ok(loaded)
    }

    fn push(
        &mut self,
        key: &str,
        act: Act,
        ordinal: u32,
        edit: u32,
        row: u32,
        hash: Hash32,
    ) -> Result<(), StoreError> {
        let key_at = number(self.keys.len())?;
        let key_len = u16::try_from(key.len()).map_err(StoreError::corrupt)?;
        self.keys.push_str(key);
        self.leaves.push(Leaf { key_at, key_len, act, ordinal, edit, row, hash });
        Ok(())
    }

    /// Takes the leaves of some things out, and tells how many there were of each.
    pub(crate) fn withdraw(
        &mut self,
        info: &RegisterInfo,
        things: &HashSet<String>,
    ) -> HashMap<String, Withdrawn> {
        let Self { keys, leaves, .. } = self;
        let mut withdrawn: HashMap<String, Withdrawn> = HashMap::new();
        leaves.retain(|leaf| {
            let from = leaf.key_at as usize;
            let key = keys.get(from..from + usize::from(leaf.key_len)).unwrap_or_default();
            let thing = thing_of_key(&info.schema, key);
            if !things.contains(thing) {
                return true;
            }
            let of = withdrawn.entry(thing.to_owned()).or_default();
            if leaf.act == Act::Open {
                of.edits.push(leaf.edit)
            } else {
                of.closed += 1
            }
            false
        });
        withdrawn
    }
}
