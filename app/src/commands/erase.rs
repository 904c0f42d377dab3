//! `erase`: personal values of a record go, by law and on record.

use std::process::ExitCode;

use mc_access::Actor;
use mc_sqlite::ErasureRequest;
use serde_json::json;

use super::Hands;
use crate::cli::Erase;
use crate::output::Output;

/// What is still to be done, by the server or by whoever reads.
const DUE: &str = "\nMột phiên đọc đang mở (ví dụ đang sao lưu) còn giữ nhật ký của cơ sở dữ liệu, nơi giá trị ấy còn nằm: \
    nhật ký được dọn ngay khi phiên đọc ấy kết thúc. Xem lại bằng `minhchung doctor`.";

pub fn run(args: &Erase, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let fields = (!args.fields.is_empty()).then(|| args.fields.clone());
    let request = ErasureRequest {
        actor: Actor::operator(),
        register: args.register.clone(),
        key: args.key.clone(),
        fields,
        ground: args.ground.clone(),
        reason: args.reason.clone(),
        texts: args.texts,
    };
    let receipt = hands.0.erase(&request)?;
    let due = hands.0.with(|writer| writer.scrub_due())?;
    out.result(&json!({ "ok": true, "seq": receipt.seq.0, "journal_due": due }), || {
        let mut text =
            format!("Đã xóa giá trị cá nhân của {}/{} ở lần ghi {}.", args.register, args.key, receipt.seq);
        if due {
            text.push_str(DUE);
        }
        text
    });
    Ok(ExitCode::SUCCESS)
}
