//! Checkpoints (C2SP tlog-checkpoint): origin, size and root of the log, signed.

use mc_base::Hash32;

use crate::note::{self, NoteError, NoteSigner, NoteVerifier};
use crate::text64;
use crate::tile::parse_number;
use crate::tree::{SIZE_MAX, empty_root};

/// Beginning of the origin of every illustrative instance.
pub const ILLUSTRATIVE_ORIGIN: &str = "minh-hoa/";

/// What a checkpoint states.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    /// Name of the log, also of its key: `minh-hoa/…` for invented data.
    pub origin: String,
    /// Entries of the log.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Hash32,
}

/// Why a checkpoint was not made or not accepted.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The note or its signature.
    #[error("mốc niêm phong: {0}")]
    Note(#[from] NoteError),
    /// Not exactly three lines.
    #[error("mốc niêm phong phải có đúng ba dòng (tên sổ cái, số lần ghi, mã gốc), không dòng nào khác")]
    Lines,
    /// The size is not a plain decimal in range.
    #[error("số lần ghi trong mốc niêm phong không đúng dạng: “{0}”")]
    Size(String),
    /// The root is not 32 bytes of base64.
    #[error("mã gốc trong mốc niêm phong không đúng dạng base64 của 32 byte")]
    Root,
    /// The root of an empty log is another.
    #[error("mốc niêm phong ghi 0 lần ghi nhưng mã gốc không phải của sổ rỗng")]
    EmptyRoot,
    /// The origin is not the name of the key.
    #[error("mốc niêm phong mang tên “{found}”, khóa mang tên “{expected}”")]
    Origin {
        /// Origin in the checkpoint.
        found: String,
        /// Name of the key.
        expected: String,
    },
}

impl Checkpoint {
    /// The three lines that are signed.
    #[must_use]
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, text64::encode(&self.root.0))
    }

    /// Reads the three lines. Extension lines are refused: this log writes none, and nobody could audit them.
    ///
    /// # Errors
    /// When the lines are not exactly as [`Checkpoint::body`] writes them.
    pub fn parse_body(body: &str) -> Result<Self, CheckpointError> {
        let mut lines = body.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Lines);
        };
        if origin.is_empty() {
            return Err(CheckpointError::Lines);
        }
        let size = parse_number(size)
            .filter(|size| *size <= SIZE_MAX)
            .ok_or_else(|| CheckpointError::Size(size.chars().take(32).collect()))?;
        let root = text64::hash(root).ok_or(CheckpointError::Root)?;
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::EmptyRoot);
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// The signed note. Sign only a root that [`crate::tree::recheck`] returned.
    ///
    /// # Errors
    /// When the origin is not the key's name or does not fit a note.
    pub fn sign(&self, key: &NoteSigner) -> Result<String, CheckpointError> {
        self.check_origin(key.verifier())?;
        Ok(key.sign(&self.body())?)
    }

    /// Reads a signed note and accepts it only with a right signature of `key`, whose name is the origin.
    ///
    /// # Errors
    /// When the note has another form, `key` did not sign it, or the origin is another.
    pub fn verify(signed: &str, key: &NoteVerifier) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse_body(note::open(signed, &[key])?)?;
        checkpoint.check_origin(key)?;
        Ok(checkpoint)
    }

    /// Whether the log says of itself that its data are invented.
    #[must_use]
    pub fn is_illustrative(&self) -> bool {
        self.origin.starts_with(ILLUSTRATIVE_ORIGIN)
    }

    fn check_origin(&self, key: &NoteVerifier) -> Result<(), CheckpointError> {
        if self.origin == key.name() {
            return Ok(());
        }
        Err(CheckpointError::Origin { found: self.origin.clone(), expected: key.name().to_owned() })
    }
}
