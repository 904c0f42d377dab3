//! The command lines that set an instance up: `init`, `account`.

use clap::{Args, Subcommand};

/// `init`.
#[derive(Args, Debug)]
pub struct Init {
    /// Mã tỉnh, ví dụ 15.
    #[arg(long, value_name = "CODE")]
    pub province: String,
}

/// `account`.
#[derive(Args, Debug)]
pub struct Account {
    /// Việc cần làm.
    #[command(subcommand)]
    pub act: AccountAct,
}

/// What to do with an account.
#[derive(Subcommand, Debug)]
pub enum AccountAct {
    /// Cấp mật khẩu lần đầu mới: mật khẩu và mã xác nhận cũ hết dùng, mọi phiên của tài khoản kết thúc.
    Reset {
        /// Tên đăng nhập.
        #[arg(value_name = "NAME")]
        name: String,
    },
}
