//! Evidence files: each is named by the SHA-256 of its bytes.

use std::fs;

use mc_base::Hash32;
use mc_ledger::hash::sha256;
use mc_port::{FindingKind, Report};

use crate::reader::Reader;

/// Re-reads every evidence file. A file whose name is no hash is none of ours.
pub(super) fn check(reader: &Reader, report: &mut Report) {
    let Ok(files) = fs::read_dir(reader.layout().evidence()) else { return };
    for file in files.filter_map(Result::ok) {
        let name = file.file_name().to_string_lossy().into_owned();
        let stem = name.split('.').next().unwrap_or_default();
        let Some(expected) = Hash32::from_hex(stem) else { continue };
        let place = format!("tệp minh chứng {name}");
        match fs::read(file.path()) {
            Ok(bytes) if sha256(&bytes) == expected => {}
            Ok(_) => report.add(FindingKind::File, place, "nội dung khác với mã băm trong tên"),
            Err(error) => report.add(FindingKind::File, place, format!("không đọc được: {error}")),
        }
    }
}
