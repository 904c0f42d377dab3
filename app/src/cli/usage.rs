//! The parser's own words, in Vietnamese: headings of the help, and what is wrong with a command line.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};

use super::Cli;

const TEMPLATE: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// Reads a command line, the program's name first.
///
/// # Errors
/// What is wrong with it, or the help that was asked for.
pub fn parse(line: impl IntoIterator<Item = std::ffi::OsString>) -> Result<Cli, clap::Error> {
    let matches = command().try_get_matches_from(line)?;
    Cli::from_arg_matches(&matches)
}

fn command() -> Command {
    let asked = |id, short, text, action| {
        Arg::new(id).long(id).short(short).help(text).action(action).global(id == "help")
    };
    let command = Cli::command()
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(asked("help", 'h', "In hướng dẫn này", ArgAction::Help))
        .arg(asked("version", 'V', "In phiên bản", ArgAction::Version));
    in_vietnamese(command)
}

fn in_vietnamese(command: Command) -> Command {
    // Under a heading of one's own, arguments would stand by their names.
    let mut order = 0..;
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "Tham số" } else { "Tùy chọn" };
            let last = ["help", "version"].contains(&arg.get_id().as_str());
            let at = if last { usize::MAX } else { order.next().unwrap_or_default() };
            with_values(arg).help_heading(heading).display_order(at)
        })
        .mut_subcommands(in_vietnamese)
}

/// Says in the help text itself which values there are and which one holds by default.
fn with_values(arg: Arg) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let named = |name: &str, help: Option<String>| {
        help.map_or_else(|| name.to_owned(), |help| format!("{name} ({})", first_small(&help)))
    };
    let possible: Vec<String> = arg
        .get_possible_values()
        .iter()
        .map(|value| named(value.get_name(), value.get_help().map(ToString::to_string)))
        .collect();
    let default: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    if !possible.is_empty() {
        help = format!("{help}: {}", possible.join(", "));
    }
    if !default.is_empty() {
        help = format!("{help} [mặc định: {}]", default.join(", "));
    }
    arg.help(help).hide_possible_values(true).hide_default_value(true)
}

fn first_small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether the command line is wrong; otherwise help or version is to be shown.
pub fn is_wrong(error: &clap::Error) -> bool {
    error.use_stderr() && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// Why a value is none of its option, in Vietnamese; what parsers of numbers say is English and is left out.
#[derive(Debug)]
pub struct Refused(pub &'static str);

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Refused {}

/// What is wrong with the command line, in one sentence, and where to look.
pub fn sentence(error: &clap::Error) -> String {
    let one = |kind| error.get(kind).map(words).unwrap_or_default();
    let said = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("Không có lệnh “{}”", one(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => {
            format!("Không có tùy chọn hay tham số “{}”", one(ContextKind::InvalidArg))
        }
        ErrorKind::MissingRequiredArgument => format!("Thiếu {}", one(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => {
            format!("Cần thêm một trong các lệnh: {}", one(ContextKind::ValidSubcommand))
        }
        ErrorKind::ArgumentConflict => format!(
            "“{}” không đi cùng “{}”, hoặc được ghi hai lần",
            one(ContextKind::InvalidArg),
            one(ContextKind::PriorArg)
        ),
        ErrorKind::InvalidValue if one(ContextKind::InvalidValue).is_empty() => {
            format!("“{}” chưa có giá trị", one(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = error.source().and_then(|source| source.downcast_ref::<Refused>());
            format!(
                "“{}” không phải giá trị của {}{}",
                one(ContextKind::InvalidValue),
                one(ContextKind::InvalidArg),
                why.map(|why| format!("; {why}")).unwrap_or_default()
            )
        }
        ErrorKind::InvalidUtf8 => "Dòng lệnh có chữ không phải UTF-8".to_owned(),
        _ => format!("Dòng lệnh không đúng: {}", one(ContextKind::InvalidArg)),
    };
    let valid = one(ContextKind::ValidValue);
    let valid = if valid.is_empty() { valid } else { format!("; cần một trong: {valid}") };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(one)
        .find(|near| !near.is_empty())
        .map_or_else(String::new, |near| format!(" Có phải là “{near}”?"));
    format!("{said}{valid}.{near} Xem `minhchung --help`.")
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Cli, clap::Error> {
        parse(line.split(' ').map(Into::into))
    }

    fn refused(line: &str) -> String {
        sentence(&parsed(line).expect_err("a line that is wrong"))
    }

    #[test]
    fn the_declaration_holds_together() {
        command().debug_assert();
    }

    #[test]
    fn what_is_wrong_is_said_in_vietnamese() {
        assert_eq!(
            refused("minhchung figur"),
            "Không có lệnh “figur”. Có phải là “figure”? Xem `minhchung --help`."
        );
        assert_eq!(
            refused("minhchung figure stations --plac 15"),
            "Không có tùy chọn hay tham số “--plac”. Có phải là “--place”? Xem `minhchung --help`."
        );
        assert_eq!(
            refused("minhchung figure stations --place 15"),
            "Thiếu --period <P>. Xem `minhchung --help`."
        );
        assert_eq!(
            refused("minhchung generate --seed x"),
            "“x” không phải giá trị của --seed <SEED>. Xem `minhchung --help`."
        );
        assert_eq!(
            refused("minhchung generate --scale town"),
            "“town” không phải giá trị của --scale <SCALE>; cần một trong: demo, province. Xem `minhchung --help`."
        );
        assert_eq!(
            refused("minhchung init --province"),
            "“--province <CODE>” chưa có giá trị. Xem `minhchung --help`."
        );
    }

    #[test]
    fn help_speaks_vietnamese_at_every_level() {
        for line in ["minhchung --help", "minhchung figure -h", "minhchung pack apply --help"] {
            let help = parsed(line).expect_err("help").to_string();
            assert!(help.contains("Cách dùng:") && help.contains("Tùy chọn:"), "{help}");
            for english in ["Usage", "Arguments", "Print", "Possible", "[default", "Commands:"] {
                assert!(!help.contains(english), "{line}: {help}");
            }
        }
    }
}
