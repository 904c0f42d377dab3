//! `erase`: personal values of a record go, by law and on record; with them the kept files that speak of it.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use mc_access::Actor;
use mc_base::Hash32;
use mc_port::Receipt;
use mc_sqlite::{ErasureRequest, EvidenceErasure, Layout};
use serde_json::json;

use super::Hands;
use crate::cli::Erase;
use crate::output::Output;

/// What is still to be done, by the server or by whoever reads.
const DUE: &str = "\nMột phiên đọc đang mở (ví dụ đang sao lưu) còn giữ nhật ký của cơ sở dữ liệu, nơi giá trị ấy còn nằm: \
    nhật ký được dọn ngay khi phiên đọc ấy kết thúc. Xem lại bằng `minhchung doctor`.";

pub fn run(layout: &Layout, args: &Erase, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let (receipt, what) = match (&args.file, &args.register, &args.key) {
        (Some(hash), _, _) => (file(args, hash, hands)?, format!("Đã hủy khóa của tệp {hash}")),
        (None, Some(register), Some(key)) => {
            (record(args, register, key, hands)?, format!("Đã xóa giá trị cá nhân của {register}/{key}"))
        }
        _ => bail!("Cần mã sổ và khóa bản ghi, hoặc --file."),
    };
    let reader = super::reader(layout)?;
    let (files, due) = (reader.evidence_ended_by(receipt.seq)?, reader.scrub_due()?);
    let left = reader.unswept()?;
    let result = json!({
        "ok": true, "seq": receipt.seq.0, "files": files, "journal_due": due, "files_left": left,
    });
    out.result(&result, || {
        let with_files = match (files, &args.file) {
            (0, _) | (_, Some(_)) => String::new(),
            (files, None) => format!(" Đã hủy khóa của {files} tệp minh chứng có bản ghi này."),
        };
        let due = if due { DUE } else { "" };
        let left = if left.is_empty() { String::new() } else { format!("\n{}", super::left_files(&left)) };
        format!("{what} ở lần ghi {}.{with_files}{due}{left}", receipt.seq)
    });
    Ok(ExitCode::SUCCESS)
}

fn record(args: &Erase, register: &str, key: &str, hands: &Hands) -> anyhow::Result<Receipt> {
    let request = ErasureRequest {
        actor: Actor::operator(),
        register: register.to_owned(),
        key: key.to_owned(),
        fields: (!args.fields.is_empty()).then(|| args.fields.clone()),
        ground: args.ground.clone(),
        reason: args.reason.clone(),
        texts: args.texts,
    };
    Ok(hands.0.erase(&request)?)
}

fn file(args: &Erase, hash: &str, hands: &Hands) -> anyhow::Result<Receipt> {
    let hash = Hash32::from_hex(hash)
        .with_context(|| format!("“{hash}” không phải mã SHA-256; cần 64 chữ số thập lục phân."))?;
    let request = EvidenceErasure {
        actor: Actor::operator(),
        hash,
        ground: args.ground.clone(),
        reason: args.reason.clone(),
    };
    Ok(hands.0.with(|writer| writer.erase_evidence(&request))?)
}
