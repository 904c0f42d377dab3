//! `account`: for whoever has the machine in hand and cannot sign in, above all the only administrator.

use std::process::ExitCode;

use anyhow::{anyhow, bail};
use mc_account::password::SALT_BYTES;
use mc_account::{AccountName, slip};
use mc_port::{AccountTable as _, Credential};
use mc_register::system;
use mc_sqlite::{Layout, SystemWorld, World as _};
use mc_ui::write;
use serde_json::json;

use super::Hands;
use crate::cli::{Account, AccountAct};
use crate::output::Output;

pub fn run(layout: &Layout, args: &Account, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    let AccountAct::Reset { name } = &args.act;
    let name = AccountName::parse(name)?;
    if super::reader(layout)?.history(system::ACCOUNT, name.as_str())?.is_empty() {
        bail!("Không có tài khoản “{name}”. Tài khoản được mở ở trang Người dùng (/quan-tri/nguoi-dung).");
    }
    let mut world = SystemWorld;
    let (mut random, mut salt) = ([0; slip::BYTES], [0; SALT_BYTES]);
    world.fill(&mut random);
    world.fill(&mut salt);
    let (first, credential) = Credential::first(&name, &random, &salt, world.now())
        .ok_or_else(|| anyhow!("máy không đủ bộ nhớ để đặt mật khẩu"))?;
    hands.0.keep_credential(&credential, None)?;
    let until = credential.first_until.map(write::date_time).unwrap_or_default();
    out.result(&json!({ "ok": true, "account": name.as_str(), "password": first, "until": until }), || {
        format!(
            "Tài khoản: {name}\nMật khẩu lần đầu: {first}\nDùng được đến {until}; người nhận đặt mật khẩu riêng khi vào \
             lần đầu. Mật khẩu và mã xác nhận cũ hết dùng ngay; phiên đang mở kết thúc trong vòng một phút."
        )
    });
    Ok(ExitCode::SUCCESS)
}
