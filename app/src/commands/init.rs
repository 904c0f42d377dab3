//! `init`: a real instance with places, agencies and declarations, and no rows.

use std::process::ExitCode;

use mc_sqlite::{Layout, SystemWorld, Writer};
use serde_json::json;

use crate::cli::Init;
use crate::output::Output;
use crate::setup;

pub fn run(layout: &Layout, args: &Init, out: &Output) -> anyhow::Result<ExitCode> {
    let home = setup::province(&args.province)?;
    let declared = setup::declared()?;
    let origin = format!("minhchung/{}", args.province);
    let mut writer = Writer::create(layout, &origin, false, home, Box::new(SystemWorld))?;
    out.progress("đang ghi các địa bàn, cơ quan và khai báo…");
    setup::found(&mut writer, &declared, &[&args.province])?;
    let (registers, indicators) = (declared.schemas.len(), declared.definitions.len());
    let name = writer.places().get(home).map_or_else(String::new, |place| place.name.clone());
    let result = json!({
        "ok": true, "instance": writer.instance().id, "origin": origin, "place": args.province,
        "registers": registers, "indicators": indicators,
    });
    out.result(&result, || {
        format!(
            "Đã tạo bản cài của {name} trong “{}”: {registers} sổ, {indicators} chỉ tiêu, chưa có bản ghi nào.\n\
             Tiếp theo: minhchung --data {} serve",
            layout.dir().display(),
            layout.dir().display()
        )
    });
    Ok(ExitCode::SUCCESS)
}
