//! Whether there is room on a disk.

use std::path::Path;

use super::BackupError;

/// Refuses to begin what would fill the disk of `dir`.
pub(super) fn check(dir: &Path, needed: u64) -> Result<(), BackupError> {
    let found = rustix::fs::statvfs(dir)
        .map_err(|error| BackupError::file("xem được chỗ trống của", dir)(error.into()))?;
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    if free < needed {
        return Err(BackupError::NoSpace { place: dir.display().to_string(), needed, free });
    }
    Ok(())
}
