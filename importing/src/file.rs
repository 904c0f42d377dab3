//! The file that was sent, and reading it in the process that may only compute.

use std::io::Read as _;
use std::path::PathBuf;

use mc_base::Hash32;
use mc_intake::read::Book;
use mc_intake::{Request, RowStream, read_in_child};
use sha2::{Digest as _, Sha256};

use crate::ImportError;

/// Rows looked at to find the header.
const PREVIEW_ROWS: u32 = mc_intake::limits::PREVIEW_ROWS;
/// Bytes hashed at a time.
const CHUNK_BYTES: usize = 1 << 16;

/// A file as it was received.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// Executable to start as the reading process; see [`mc_intake::CHILD_COMMAND`].
    pub exe: PathBuf,
    /// Where the bytes are.
    pub path: PathBuf,
    /// The name its sender gave it.
    pub name: String,
}

impl Received {
    /// SHA-256 of its bytes, and how many line feeds are among them.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn hash(&self) -> Result<(Hash32, u64), ImportError> {
        let mut file = std::fs::File::open(&self.path).map_err(ImportError::disk("mở được tệp"))?;
        let mut hasher = Sha256::new();
        let mut chunk = vec![0; CHUNK_BYTES];
        let mut lines = 0;
        loop {
            let count = file.read(&mut chunk).map_err(ImportError::disk("đọc được tệp"))?;
            match chunk.get(..count) {
                Some([]) | None => return Ok((Hash32(hasher.finalize().into()), lines)),
                Some(bytes) => {
                    hasher.update(bytes);
                    lines += bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
                }
            }
        }
    }

    /// The first rows of each sheet.
    pub(crate) fn preview(&self) -> Result<Book, ImportError> {
        let request = Request { rows_per_sheet: Some(PREVIEW_ROWS), ..Request::default() };
        let stream = read_in_child(&self.exe, &self.path, &self.name, &request)?;
        let info = stream.book().clone();
        let rows = stream.collect::<Result<_, _>>()?;
        Ok(Book { info, rows })
    }

    /// The rows of one sheet.
    pub(crate) fn rows(&self, sheet: u16) -> Result<RowStream, ImportError> {
        let request = Request { sheet: Some(sheet), ..Request::default() };
        Ok(read_in_child(&self.exe, &self.path, &self.name, &request)?)
    }
}
