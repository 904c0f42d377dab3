//! Of which records a file speaks: the first eight bytes of the SHA-256 of each record's key (without the day of a
//! spell), in ascending order. It holds no value, so it needs no key.

use std::fs::File;
use std::io::{Read as _, Result, Seek as _, SeekFrom, Write};
use std::path::Path;

use mc_base::Hash32;
use mc_ledger::hash::{Sha256Stream, sha256};

const BYTES: usize = 8;

/// What stands for a record in a list.
pub(crate) fn thing_hash(thing: &str) -> u64 {
    let Hash32(hash) = sha256(thing.as_bytes());
    hash.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Writes a list and gives its hash.
pub(super) fn write(things: &mut [u64], to: &mut dyn Write) -> Result<Hash32> {
    things.sort_unstable();
    let mut stream = Sha256Stream::default();
    let mut bytes = Vec::with_capacity(BYTES * 1024);
    for part in things.chunks(1024) {
        bytes.clear();
        bytes.extend(part.iter().flat_map(|thing| thing.to_be_bytes()));
        stream.add(&bytes);
        to.write_all(&bytes)?;
    }
    Ok(stream.finish())
}

/// Whether a list names a record.
pub(super) fn contains(path: &Path, thing: u64) -> Result<bool> {
    let mut file = File::open(path)?;
    let (mut from, mut to) = (0, file.metadata()?.len() / BYTES as u64);
    while from < to {
        let middle = from + (to - from) / 2;
        let mut bytes = [0; BYTES];
        file.seek(SeekFrom::Start(middle * BYTES as u64))?;
        file.read_exact(&mut bytes)?;
        match u64::from_be_bytes(bytes).cmp(&thing) {
            std::cmp::Ordering::Equal => return Ok(true),
            std::cmp::Ordering::Less => from = middle + 1,
            std::cmp::Ordering::Greater => to = middle,
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_exactly_its_records() {
        let dir = tempfile::tempdir().expect("a directory");
        for count in [0_u32, 1, 2, 3, 3_000] {
            let mut things: Vec<u64> = (0..count).map(|no| thing_hash(&format!("T-{no}"))).collect();
            let path = dir.path().join(count.to_string());
            let mut file = File::create(&path).expect("a file");
            let hash = write(&mut things, &mut file).expect("written");
            assert_eq!(hash, sha256(&std::fs::read(&path).expect("its bytes")));
            for no in 0..count {
                assert!(contains(&path, thing_hash(&format!("T-{no}"))).expect("read"), "{no} of {count}");
            }
            assert!(!contains(&path, thing_hash("T-x")).expect("read"), "{count}");
        }
    }
}
