//! `erase`: personal values of a record go, by law and on record.

use std::process::ExitCode;

use mc_access::Actor;
use mc_sqlite::ErasureRequest;
use serde_json::json;

use super::Hands;
use crate::cli::Erase;
use crate::output::Output;

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
    let receipt = hands.0.with(|writer| writer.erase(&request))?;
    out.result(&json!({ "ok": true, "seq": receipt.seq.0 }), || {
        format!("Đã xóa giá trị cá nhân của {}/{} ở lần ghi {}.", args.register, args.key, receipt.seq)
    });
    Ok(ExitCode::SUCCESS)
}
