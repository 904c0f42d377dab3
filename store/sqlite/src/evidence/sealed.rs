//! A sealed file: `minhchung/evidence/v1`, a line end, then segments of 64 KiB under ChaCha20-Poly1305 in the STREAM
//! construction (32-bit counter, a mark on the last segment), so that a file of any length is sealed and opened in
//! little memory and neither cut short nor put together otherwise. The nonce is zero: a key seals one file. Every
//! segment is bound to the hash of the whole.

use std::io::{Error, Read, Result, Write};

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{ChaCha20Poly1305, Key};
use mc_base::Hash32;
use mc_ledger::hash::Sha256Stream;

const MAGIC: &[u8] = b"minhchung/evidence/v1\n";
/// Bytes of a segment before it is sealed.
const SEGMENT_BYTES: usize = 1 << 16;
const TAG_BYTES: usize = 16;
const NONCE: [u8; 7] = [0; 7];

/// Why a sealed file cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unsealed {
    /// The file system.
    #[error("không đọc được: {0}")]
    File(#[from] Error),
    /// The key does not open it: it was changed, or is another file.
    #[error("nội dung mã hóa đã bị sửa hoặc không thuộc khóa này")]
    Changed,
}

/// Seals `from` into `to` and gives its length.
///
/// # Errors
/// Of the file system, and where the bytes are not those that `hash` names: nothing else may come under it.
pub(crate) fn seal(from: &mut dyn Read, to: &mut dyn Write, key: &[u8; 32], hash: Hash32) -> Result<u64> {
    let mut cipher = EncryptorBE32::<ChaCha20Poly1305>::new(&Key::from(*key), &NONCE.into());
    let (mut bytes, mut stream) = (0, Sha256Stream::default());
    to.write_all(MAGIC)?;
    let mut segment = read_segment(from, SEGMENT_BYTES)?;
    loop {
        bytes += segment.len() as u64;
        stream.add(&segment);
        let next = read_segment(from, SEGMENT_BYTES)?;
        if next.is_empty() {
            cipher.encrypt_last_in_place(&hash.0, &mut segment).map_err(|_| too_long())?;
            to.write_all(&segment)?;
            break;
        }
        cipher.encrypt_next_in_place(&hash.0, &mut segment).map_err(|_| too_long())?;
        to.write_all(&segment)?;
        segment = next;
    }
    if stream.finish() == hash {
        Ok(bytes)
    } else {
        Err(Error::other("tệp đã đổi trong lúc được nhập"))
    }
}

/// Opens what [`seal`] sealed and gives its bytes to `take`, a segment at a time.
///
/// # Errors
/// Why it cannot be read, or what `take` says.
pub(crate) fn open(
    from: &mut dyn Read,
    key: &[u8; 32],
    hash: Hash32,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> std::result::Result<(), Unsealed> {
    let mut magic = [0; MAGIC.len()];
    from.read_exact(&mut magic).map_err(|_| Unsealed::Changed)?;
    if magic != MAGIC {
        return Err(Unsealed::Changed);
    }
    let mut cipher = DecryptorBE32::<ChaCha20Poly1305>::new(&Key::from(*key), &NONCE.into());
    let mut segment = read_segment(from, SEGMENT_BYTES + TAG_BYTES)?;
    loop {
        let next = read_segment(from, SEGMENT_BYTES + TAG_BYTES)?;
        if next.is_empty() {
            cipher.decrypt_last_in_place(&hash.0, &mut segment).map_err(|_| Unsealed::Changed)?;
            return Ok(take(&segment)?);
        }
        cipher.decrypt_next_in_place(&hash.0, &mut segment).map_err(|_| Unsealed::Changed)?;
        take(&segment)?;
        segment = next;
    }
}

/// The next bytes, `most` of them or up to the end.
fn read_segment(from: &mut dyn Read, most: usize) -> Result<Vec<u8>> {
    let mut segment = Vec::with_capacity(most + TAG_BYTES);
    from.take(most as u64).read_to_end(&mut segment)?;
    Ok(segment)
}

/// 2^32 segments are 256 TiB.
fn too_long() -> Error {
    Error::other("tệp dài hơn mức niêm phong được")
}

#[cfg(test)]
mod tests {
    use mc_ledger::hash::sha256;

    use super::*;

    fn sealed(bytes: &[u8], key: &[u8; 32]) -> Vec<u8> {
        let mut out = Vec::new();
        let length = seal(&mut &bytes[..], &mut out, key, sha256(bytes)).expect("it is sealed");
        assert_eq!(length, bytes.len() as u64);
        out
    }

    fn opened(sealed: &[u8], key: &[u8; 32], hash: Hash32) -> std::result::Result<Vec<u8>, Unsealed> {
        let mut out = Vec::new();
        open(&mut &sealed[..], key, hash, &mut |bytes| {
            out.extend_from_slice(bytes);
            Ok(())
        })?;
        Ok(out)
    }

    #[test]
    fn a_file_of_any_length_opens_under_its_key_alone() {
        for length in [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES] {
            let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).expect("small")).collect();
            let (key, hash) = ([7; 32], sha256(&bytes));
            let sealed = sealed(&bytes, &key);
            assert_eq!(opened(&sealed, &key, hash).expect("it opens"), bytes, "{length}");
            assert!(
                matches!(opened(&sealed, &[8; 32], hash), Err(Unsealed::Changed)),
                "{length}: another key"
            );
            assert!(
                matches!(opened(&sealed, &key, Hash32::ZERO), Err(Unsealed::Changed)),
                "{length}: another file"
            );
        }
    }

    #[test]
    fn what_is_cut_swapped_or_changed_does_not_open() {
        let bytes = vec![1; 3 * SEGMENT_BYTES];
        let (key, hash) = ([7; 32], sha256(&bytes));
        let whole = sealed(&bytes, &key);
        let segment = SEGMENT_BYTES + TAG_BYTES;
        let mut swapped = whole.clone();
        swapped[MAGIC.len()..MAGIC.len() + 2 * segment].rotate_left(segment);
        let mut changed = whole.clone();
        *changed.last_mut().expect("a byte") ^= 1;
        let cut = whole[..whole.len() - segment].to_vec();
        for broken in [swapped, changed, cut, whole[..5].to_vec(), Vec::new()] {
            assert!(matches!(opened(&broken, &key, hash), Err(Unsealed::Changed)));
        }
    }

    #[test]
    fn a_file_that_is_not_what_its_hash_says_is_not_sealed() {
        assert!(seal(&mut &b"other"[..], &mut Vec::new(), &[7; 32], sha256(b"bytes")).is_err());
    }
}
