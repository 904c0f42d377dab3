//! The tar file: parts written with their hashes, and read back as untrusted input.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek as _, SeekFrom, Write};
use std::path::Path;

use mc_base::Hash32;
use mc_ledger::hash::Sha256Stream;

use super::manifest::{MANIFEST, MANIFEST_BYTES_MAX, Manifest, PARTS_MAX, Part, known};
use super::{BackupError, Tenths};

const BUFFER_BYTES: usize = 1 << 18;
/// Everything inside is for the owner alone.
const MODE: u32 = 0o600;

/// Adds a part of `bytes` bytes to the archive; what is read is hashed on the way.
pub(super) fn add(
    archive: &mut tar::Builder<impl Write>,
    name: &str,
    bytes: u64,
    from: impl Read,
) -> Result<Part, BackupError> {
    let failed = |error| BackupError::File {
        what: format!("ghi được phần “{name}” của bản sao lưu"), error
    };
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(MODE);
    let mut hashed = Hashed { from: from.take(bytes), hash: Sha256Stream::default(), bytes: 0 };
    archive.append_data(&mut header, name, &mut hashed).map_err(failed)?;
    if hashed.bytes != bytes {
        return Err(failed(std::io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(Part { name: name.to_owned(), bytes, sha256: hashed.hash.finish().to_string() })
}

struct Hashed<R> {
    from: R,
    hash: Sha256Stream,
    bytes: u64,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.hash.add(buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        Ok(read)
    }
}

/// An archive whose manifest was read and agrees with what lies in it, by name and length. The bytes of the
/// parts are compared when they are taken out.
pub(super) struct Archive {
    file: BufReader<File>,
    pub(super) manifest: Manifest,
    /// Where the bytes of each part begin.
    starts: Vec<u64>,
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(BackupError::file("mở được", path))?;
        let length = file.metadata().map_err(BackupError::file("đọc được", path))?.len();
        let mut archive = tar::Archive::new(BufReader::new(file));
        let (found, manifest) = index(&mut archive, length)?;
        agree(&found, &manifest)?;
        let starts = found.into_iter().map(|found| found.start).collect();
        Ok(Self { file: archive.into_inner(), manifest, starts })
    }

    /// Writes every part to the file that `place` names for it, and makes it durable.
    pub(super) fn extract(
        &mut self,
        tenths: &mut Tenths<'_>,
        mut place: impl FnMut(&Part) -> Result<File, BackupError>,
    ) -> Result<(), BackupError> {
        let (all, mut done) = (self.manifest.bytes(), 0);
        for (part, start) in self.manifest.parts.iter().zip(&self.starts) {
            let failed = |error| BackupError::File {
                what: format!("lấy được phần “{}”", part.name), error
            };
            self.file.seek(SeekFrom::Start(*start)).map_err(failed)?;
            let mut to = place(part)?;
            let found = copy(&mut (&mut self.file).take(part.bytes), &mut to, &mut |bytes| {
                done += bytes;
                tenths.at(done, all);
            });
            to.sync_all().map_err(failed)?;
            let found = found.map_err(failed)?.to_string();
            if found != part.sha256 {
                return Err(BackupError::archive(format!(
                    "phần “{}” có mã băm {found}, bản kê ghi {}",
                    part.name, part.sha256
                )));
            }
        }
        Ok(())
    }
}

fn copy(from: &mut impl Read, to: &mut File, told: &mut dyn FnMut(u64)) -> std::io::Result<Hash32> {
    let mut hash = Sha256Stream::default();
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let read = from.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hash.finish());
        };
        hash.add(bytes);
        to.write_all(bytes)?;
        told(read as u64);
    }
}

struct Found {
    name: String,
    bytes: u64,
    start: u64,
}

/// Names, lengths and places of all parts, and the manifest.
fn index(
    archive: &mut tar::Archive<BufReader<File>>,
    length: u64,
) -> Result<(Vec<Found>, Manifest), BackupError> {
    let broken =
        |error: std::io::Error| BackupError::archive(format!("không phải tệp tar nguyên vẹn ({error})"));
    let mut found = Vec::new();
    let mut names = HashSet::new();
    for entry in archive.entries_with_seek().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let shown: String = name.chars().take(80).collect();
        if !entry.header().entry_type().is_file() {
            return Err(BackupError::archive(format!("“{shown}” không phải tệp thường")));
        }
        let (start, bytes) = (entry.raw_file_position(), entry.size());
        if start.checked_add(bytes).is_none_or(|end| end > length) {
            return Err(BackupError::archive(format!(
                "bị cắt ngắn: phần “{shown}” dài {bytes} byte, tệp không còn đủ"
            )));
        }
        if name == MANIFEST {
            return Ok((found, manifest(&mut entry, bytes)?));
        }
        if !known(&name) || !names.insert(name.clone()) || found.len() >= PARTS_MAX {
            return Err(BackupError::archive(format!("có phần “{shown}” lạ, trùng tên hoặc thừa")));
        }
        found.push(Found { name, bytes, start });
    }
    Err(BackupError::archive(format!(
        "không có bản kê {MANIFEST}: tệp bị cắt ngắn hoặc không phải bản sao lưu"
    )))
}

fn manifest(entry: &mut impl Read, bytes: u64) -> Result<Manifest, BackupError> {
    if bytes > MANIFEST_BYTES_MAX {
        return Err(BackupError::archive(format!(
            "bản kê dài {bytes} byte, nhiều nhất {MANIFEST_BYTES_MAX}"
        )));
    }
    let mut text = Vec::new();
    entry
        .take(bytes)
        .read_to_end(&mut text)
        .map_err(|error| BackupError::archive(format!("bản kê không đọc được ({error})")))?;
    Manifest::read(&text)
}

/// The manifest must name exactly the parts that are there.
fn agree(found: &[Found], manifest: &Manifest) -> Result<(), BackupError> {
    let listed = manifest.parts.iter().map(|part| (part.name.as_str(), part.bytes));
    if !found.iter().map(|found| (found.name.as_str(), found.bytes)).eq(listed) {
        return Err(BackupError::archive("các phần trong tệp khác với bản kê về tên, thứ tự hoặc độ dài"));
    }
    if !found.iter().any(|found| found.name == super::manifest::DATABASE) {
        return Err(BackupError::archive("thiếu tệp dữ liệu"));
    }
    Ok(())
}
