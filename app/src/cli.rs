//! The command line: a contract. Names, options and exit codes are documented in `docs/reference/cli.md`.

mod setting_up;
pub mod usage;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use mc_base::Day;
use mc_intake::header::Numbers;

pub use setting_up::{Account, AccountAct, Init};

/// Nền tảng điều hành và minh chứng số liệu thực hiện Nghị quyết 57.
#[derive(Parser, Debug)]
#[command(name = "minhchung", version, about, max_term_width = 110)]
pub struct Cli {
    /// Thư mục dữ liệu của bản cài (mặc định: ./data; lệnh check: không có).
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// In kết quả dạng JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Việc cần làm.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Tạo bản cài thật, trống, cho một tỉnh.
    Init(Init),
    /// Tạo bản cài minh họa với dữ liệu sinh ra.
    Generate(Generate),
    /// Đọc một số liệu.
    Figure(Figure),
    /// Đọc lại toàn bộ từ từng byte và nêu chỗ sai.
    Verify,
    /// Kiểm tra các số liệu nêu trong một văn bản.
    Check(Check),
    /// Chạy máy chủ trang web.
    Serve(Serve),
    /// Xem máy và bản cài có gì bất thường.
    Doctor,
    /// Nhập một tệp vào một sổ.
    Import(Import),
    /// Ghi rằng danh sách thay cho một số tổng chưa có danh sách, một phần hoặc hẳn.
    Cover(Cover),
    /// Xuất bằng chứng của một bản ghi hoặc một số liệu.
    Proof(Proof),
    /// Xóa giá trị cá nhân của một bản ghi theo căn cứ pháp lý.
    Erase(Erase),
    /// Kiểm tra hoặc áp dụng các khai báo sổ và chỉ tiêu.
    Pack(Pack),
    /// Cấp mật khẩu lần đầu mới cho một tài khoản.
    Account(Account),
    /// Ký và công bố mốc niêm phong mới; trên bản phục hồi: mở niêm phong.
    Seal(Seal),
    /// Sao lưu bản cài vào một tệp, cả khi máy chủ đang chạy.
    Backup(Backup),
    /// Phục hồi một bản sao lưu vào thư mục mới; bản phục hồi chỉ đọc cho đến khi mở niêm phong.
    Restore(Restore),
}

impl Command {
    /// Whether it needs the writer of an instance that is there already.
    pub const fn writes(&self) -> bool {
        matches!(
            self,
            Self::Import(_)
                | Self::Cover(_)
                | Self::Erase(_)
                | Self::Account(_)
                | Self::Seal(_)
                | Self::Pack(Pack { act: PackAct::Apply { .. } })
        )
    }
}

/// `generate`.
#[derive(Args, Debug)]
pub struct Generate {
    /// Cỡ dữ liệu.
    #[arg(long, value_enum, default_value_t = Scale::Demo)]
    pub scale: Scale,
    /// Hạt giống: cùng hạt giống cho cùng dữ liệu.
    #[arg(long, default_value_t = 57)]
    pub seed: u64,
    /// Số thửa đất của cỡ province, từ 10.000; mọi sổ khác theo cùng tỷ lệ. Để thử bản nhỏ hơn một tỉnh.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(mc_sim::PARCELS_MIN..=mc_sim::PARCELS))]
    pub parcels: Option<u64>,
}

/// How much to generate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Scale {
    /// Lào Cai như đã công bố, và Tỉnh Minh Họa.
    Demo,
    /// Cỡ một tỉnh: thêm 3,6 triệu thửa đất và mọi sổ tương xứng cho Tỉnh Minh Họa.
    Province,
}

/// Which figure.
#[derive(Args, Debug)]
pub struct FigureArgs {
    /// Mã địa bàn; được hiểu theo ngày cuối kỳ.
    #[arg(long, value_name = "CODE")]
    pub place: String,
    /// Kỳ: 2025, 2025-10, 2025-Q3, 2025-9M hoặc 2025-10-31.
    #[arg(long, value_name = "P")]
    pub period: String,
    /// Như đã biết ở một lần ghi hoặc hết một ngày (2025-07-30).
    #[arg(long, value_name = "SEQ|DATE")]
    pub known_on: Option<String>,
    /// Địa bàn và cơ quan như bây giờ hay như lúc đó.
    #[arg(long, value_enum, default_value_t = Places::Now)]
    pub places: Places,
}

/// `figure`.
#[derive(Args, Debug)]
pub struct Figure {
    /// Mã chỉ tiêu, ví dụ stations.
    pub id: String,
    /// Which.
    #[command(flatten)]
    pub at: FigureArgs,
    /// Tách theo một cách chia của chỉ tiêu, theo địa bàn cấp dưới (place) hoặc theo cây cơ quan (agency).
    #[arg(long, value_name = "CUT|place|agency")]
    pub by: Option<String>,
    /// Chỉ cơ quan này và các cơ quan bên dưới; dùng cùng --by agency.
    #[arg(long, value_name = "SLUG", requires = "by")]
    pub agency: Option<String>,
}

/// Places now or then.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Places {
    /// Như bây giờ.
    Now,
    /// Như lúc đó.
    Then,
}

/// `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Tệp .txt, .html, .docx hoặc .pdf; dấu - để đọc văn bản từ đầu vào chuẩn.
    pub file: PathBuf,
    /// Ngày của văn bản, ví dụ 2025-11-17; mặc định là hôm nay.
    #[arg(long, value_name = "D", value_parser = day)]
    pub date: Option<Day>,
    /// Ghi kết quả ra tệp: .xlsx là bảng tính, .docx là văn bản có ghi chú bên lề từng con số.
    #[arg(long, value_name = "TỆP")]
    pub out: Option<CheckOut>,
    /// Thay tệp --out cũ nếu đã có.
    #[arg(long, requires = "out")]
    pub replace: bool,
    /// Địa chỉ trang của hệ thống, ví dụ https://so-lieu.laocai.gov.vn: trong tệp --out, mỗi số của sổ dẫn về trang ấy.
    #[arg(long, value_name = "ĐỊA CHỈ", requires = "out", value_parser = site)]
    pub site: Option<String>,
}

/// A file that findings are written to; what it becomes is decided by how its name ends.
#[derive(Clone, Debug)]
pub struct CheckOut {
    /// The file.
    pub path: PathBuf,
    /// What it becomes.
    pub format: CheckFormat,
}

/// Documents that findings become.
#[derive(Clone, Copy, Debug)]
pub enum CheckFormat {
    /// The text with comments.
    Word,
    /// A workbook.
    Workbook,
}

impl std::str::FromStr for CheckOut {
    type Err = usage::Refused;

    fn from_str(name: &str) -> Result<Self, usage::Refused> {
        let path = PathBuf::from(name);
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let format = match ending.as_str() {
            "docx" => CheckFormat::Word,
            "xlsx" => CheckFormat::Workbook,
            _ => return Err(usage::Refused("tệp kết quả phải có đuôi .xlsx hoặc .docx")),
        };
        Ok(Self { path, format })
    }
}

fn site(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_host = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]".contains(c);
    match host {
        Some(host) if !host.is_empty() && host.chars().all(is_host) => Ok(text.to_owned()),
        _ => Err(format!("“{text}” không phải địa chỉ dạng https://so-lieu.laocai.gov.vn")),
    }
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse_iso(text).ok_or_else(|| format!("“{text}” không phải ngày dạng 2025-11-17"))
}

/// `serve`.
#[derive(Args, Debug)]
pub struct Serve {
    /// Địa chỉ lắng nghe.
    #[arg(long, default_value = "127.0.0.1:5757", value_name = "ADDR")]
    pub listen: SocketAddr,
}

/// `import`.
#[derive(Args, Debug)]
pub struct Import {
    /// Mã sổ, ví dụ base_station.
    pub register: String,
    /// Tệp .xlsx, .xls hoặc .csv.
    pub file: PathBuf,
    /// Chỉ thử, không ghi.
    #[arg(long)]
    pub dry_run: bool,
    /// Ghi các dòng tốt dù có dòng bị từ chối.
    #[arg(long)]
    pub good_rows: bool,
    /// Ghi lại chính tệp đã gửi, thêm cột “Vì sao”.
    #[arg(long, value_name = "OUT.xlsx")]
    pub errors: Option<PathBuf>,
    /// Tệp viết số kiểu nào: vn là 1.234,5, en là 1,234.5. Không nêu thì nhận ra từ tệp hoặc như lần trước.
    #[arg(long, value_name = "vn|en", value_parser = number_styles())]
    pub number_style: Option<Numbers>,
    /// Mã địa bàn mà tệp nói đến: tên cơ quan, địa bàn hiểu theo nơi này trước. Không nêu thì là tỉnh nhà.
    #[arg(long, value_name = "CODE")]
    pub place: Option<String>,
}

/// The names of the styles, each with its style.
fn number_styles() -> impl TypedValueParser<Value = Numbers> {
    let styles = Numbers::ALL.map(|style| PossibleValue::new(style.id()).help(style.words()));
    PossibleValuesParser::new(styles).try_map(|id| Numbers::named(&id).ok_or("vn, en"))
}

/// `cover`.
#[derive(Args, Debug)]
pub struct Cover {
    /// Khóa của số tổng, như lệnh import hoặc trang của số tổng đã in.
    pub total: String,
    /// Phần được thay, theo đơn vị nhỏ nhất của độ đo.
    #[arg(long, value_name = "N", required_unless_present = "retire", conflicts_with = "retire")]
    pub by: Option<i64>,
    /// Danh sách thay hẳn số tổng.
    #[arg(long)]
    pub retire: bool,
    /// Ngày đầu tiên số tổng được tính ít đi, ví dụ 2025-11-01; bỏ trống là ngày mà danh sách đề nghị.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// Văn bản kèm danh sách.
    #[arg(long, value_name = "TEXT")]
    pub document: Option<String>,
    /// Lý do.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `proof`.
#[derive(Args, Debug)]
pub struct Proof {
    /// Mã sổ.
    #[arg(required_unless_present_any = ["figure", "tlog"])]
    pub register: Option<String>,
    /// Khóa của bản ghi.
    #[arg(required_unless_present_any = ["figure", "tlog"])]
    pub key: Option<String>,
    /// Số của một lần ghi, thay cho sổ và khóa: ghi tệp .tlog-proof (C2SP), và mục ghi vào FILE.entry.
    #[arg(long, value_name = "SEQ", conflicts_with_all = ["figure", "register"])]
    pub tlog: Option<u64>,
    /// Mã chỉ tiêu, thay cho sổ và khóa.
    #[arg(long, value_name = "ID", requires_all = ["place", "period"])]
    pub figure: Option<String>,
    /// Mã địa bàn của số liệu.
    #[arg(long, value_name = "CODE")]
    pub place: Option<String>,
    /// Kỳ của số liệu.
    #[arg(long, value_name = "P")]
    pub period: Option<String>,
    /// Như đã biết ở một lần ghi hoặc hết một ngày.
    #[arg(long, value_name = "SEQ|DATE")]
    pub known_on: Option<String>,
    /// Nơi ghi bằng chứng.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// `erase`.
#[derive(Args, Debug)]
pub struct Erase {
    /// Mã sổ.
    #[arg(required_unless_present = "file")]
    pub register: Option<String>,
    /// Khóa của bản ghi.
    #[arg(required_unless_present = "file")]
    pub key: Option<String>,
    /// Hủy khóa của một tệp đã nhập, nêu bằng SHA-256: cho những gì chỉ tệp có mà không bản ghi nào có.
    #[arg(long, value_name = "SHA256", conflicts_with_all = ["register", "fields", "texts"])]
    pub file: Option<String>,
    /// Trường cần xóa; bỏ trống là mọi trường cá nhân.
    #[arg(long = "field", value_name = "F")]
    pub fields: Vec<String>,
    /// Xóa cả nguồn và lý do của các lần ghi đã viết bản ghi này.
    #[arg(long)]
    pub texts: bool,
    /// Căn cứ pháp lý.
    #[arg(long, value_name = "TEXT")]
    pub ground: String,
    /// Lý do.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// `seal`.
#[derive(Args, Debug)]
pub struct Seal {
    /// Mốc niêm phong mới nhất mà người vận hành hoặc bên chứng kiến giữ; mở bản phục hồi nếu khớp.
    #[arg(long, value_name = "CHECKPOINT")]
    pub newest: Option<PathBuf>,
    /// Bản phục hồi đi tiếp dưới tên mới, ghi lại mã gốc cũ: dùng khi có lần ghi đã mất hoặc mất khóa.
    #[arg(long, requires = "reason")]
    pub new_epoch: bool,
    /// Lý do mở kỷ nguyên mới.
    #[arg(long, value_name = "TEXT", requires = "new_epoch")]
    pub reason: Option<String>,
}

/// `backup`.
#[derive(Args, Debug)]
pub struct Backup {
    /// Tệp sẽ ghi (.tar).
    pub file: PathBuf,
    /// Ghi riêng khóa niêm phong ra tệp này, chỉ chủ đọc được; khóa không nằm trong bản sao lưu.
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// Thay tệp cũ cùng tên.
    #[arg(long)]
    pub replace: bool,
}

/// `restore`.
#[derive(Args, Debug)]
pub struct Restore {
    /// Tệp sao lưu.
    pub file: PathBuf,
    /// Khóa niêm phong đã ghi riêng; thiếu nó thì chỉ đi tiếp được bằng kỷ nguyên mới.
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// Nhật ký xóa mới nhất còn giữ (erasures.log); dùng được nhiều lần.
    #[arg(long, value_name = "FILE", conflicts_with = "without_erasures")]
    pub erasures: Vec<PathBuf>,
    /// Không còn nhật ký xóa nào: chấp nhận không phát lại được các lệnh xóa sau bản sao lưu.
    #[arg(long)]
    pub without_erasures: bool,
    /// Giữ bản phục hồi dù đọc lại thấy chỗ sai.
    #[arg(long)]
    pub despite_findings: bool,
}

/// `pack`.
#[derive(Args, Debug)]
pub struct Pack {
    /// Which.
    #[command(subcommand)]
    pub act: PackAct,
}

/// What to do with a pack.
#[derive(Subcommand, Debug)]
pub enum PackAct {
    /// Cho biết sẽ đổi gì, không ghi.
    Check {
        /// Thư mục chứa registers/*.toml và indicators/*.toml.
        dir: PathBuf,
    },
    /// Ghi các thay đổi vào sổ cái.
    Apply {
        /// Thư mục chứa registers/*.toml và indicators/*.toml.
        dir: PathBuf,
    },
}
