//! `backup`: one file with everything but the signing key, made while others read and write.

use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use mc_base::number;
use mc_sqlite::{BackupRequest, BackupStage, Layout, SystemWorld, World as _, backup};
use serde_json::json;

use crate::cli::Backup;
use crate::output::Output;

pub fn run(layout: &Layout, args: &Backup, out: &Output) -> anyhow::Result<ExitCode> {
    if let Some(keys) = args.keys.as_ref().filter(|keys| keys.exists() && !args.replace) {
        bail!("Đã có tệp “{}”; chọn tên khác cho khóa, hoặc thêm --replace để thay tệp cũ.", keys.display());
    }
    let asked = BackupRequest {
        product: env!("CARGO_PKG_VERSION"),
        created_at: SystemWorld.now(),
        replace: args.replace,
    };
    let manifest = backup(layout, &args.file, &asked, &mut |stage, percent| tell(out, stage, percent))?;
    if let Some(keys) = &args.keys {
        let seed = super::small_file(&layout.signing_key()).context("không đọc được khóa niêm phong")?;
        private(keys, &seed).with_context(|| format!("không ghi được “{}”", keys.display()))?;
    }
    let result = json!({
        "ok": true, "file": args.file, "bytes": manifest.bytes(), "size": manifest.size, "root": manifest.root,
        "parts": manifest.parts.len(), "importing": manifest.importing, "created_at": manifest.created_at,
        "keys": args.keys,
    });
    out.result(&result, || {
        let mut text = format!(
            "Đã sao lưu {} lần ghi vào “{}”: {} tệp, {} byte.",
            number::whole(i128::from(manifest.size)),
            args.file.display(),
            manifest.parts.len(),
            number::whole(i128::from(manifest.bytes()))
        );
        if let Some(seq) = manifest.importing {
            text.push_str(&format!("\nLần ghi {seq} đang nhập dở; khi phục hồi sẽ được nhập nốt."));
        }
        text.push_str(&match &args.keys {
            Some(keys) => {
                format!("\nKhóa niêm phong ở “{}”: cất riêng, không để cùng bản sao lưu.", keys.display())
            }
            None => format!(
                "\nKhóa niêm phong không nằm trong tệp này; dùng --keys, hoặc cất riêng một bản của “{}”.",
                layout.signing_key().display()
            ),
        });
        text.push_str(&format!("\nChép cả “{}” ra máy khác sau mỗi lệnh xóa.", layout.erasures().display()));
        text
    });
    Ok(ExitCode::SUCCESS)
}

/// A line of progress.
pub fn tell(out: &Output, stage: BackupStage, percent: u64) {
    let what = match stage {
        BackupStage::Database => "chép dữ liệu",
        BackupStage::Archive => "ghi tệp sao lưu",
        BackupStage::Extract => "lấy ra và so mã băm",
    };
    out.progress(&format!("{what}: {percent} %"));
}

/// Writes a secret that only its owner may read, also where a file of that name was there.
fn private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".part");
    // A file left behind by an earlier run keeps its old mode; a new one never does.
    match std::fs::remove_file(&fresh) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::options().create_new(true).write(true).mode(0o600).open(&fresh)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&fresh, path)
}
