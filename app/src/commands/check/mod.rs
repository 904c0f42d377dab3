//! `check`: the numbers of a text against their own arithmetic, and against an instance where one is named.

mod out;
mod show;

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use mc_access::Actor;
use mc_checking::{Asked, CheckedText, Named, RegisterVerdict, Registers, Report, Sayings};
use mc_documents::OurFigure;
use mc_intake::limits::PROSE_BYTES_MAX;
use mc_intake::{ProseFault, read_prose_in_child};
use mc_pages::Texts;
use mc_sqlite::{Layout, SystemWorld, World as _};

use crate::cli::Check;
use crate::clock;
use crate::output::Output;

/// `data` is the directory that was named, if any.
pub fn run(data: Option<&Path>, args: &Check, out: &Output) -> anyhow::Result<ExitCode> {
    if let Some(file) = &args.out {
        out::refuse_existing(file, args)?;
    }
    let text = read(&args.file)?;
    let (checked, figures) = match data {
        Some(data) => against(&Layout::new(data), text, args)?,
        None => {
            let date = args.date.unwrap_or_else(|| SystemWorld.now().day());
            let places = mc_reference::gazetteer()?;
            (mc_checking::check(text, &Asked { date, places: &places, registers: None })?, Vec::new())
        }
    };
    if let Some(file) = &args.out {
        out::write(file, args.replace, &checked, &figures)?;
        out.progress(&format!("đã ghi kết quả vào “{}”", file.path.display()));
    }
    out.result(&Report::of(&checked), || show::people(&checked, &figures));
    Ok(ExitCode::SUCCESS)
}

/// What texts may speak of: the country's places, and how the programmes' indicators are said.
pub fn texts() -> anyhow::Result<Texts> {
    let files = mc_programmes::all().into_iter().flat_map(|programme| programme.sayings());
    Ok(Texts { places: mc_reference::gazetteer()?, sayings: Sayings::read(files.map(|file| file.text))? })
}

/// Against the registers of an instance, which has its own day; with the places of our figures.
fn against(layout: &Layout, text: String, args: &Check) -> anyhow::Result<(CheckedText, Vec<OurFigure>)> {
    let Texts { places, sayings } = texts()?;
    let viewer = Actor::operator();
    let reader = super::reader(layout)?;
    let date = match args.date {
        Some(date) => date,
        None => clock::today(&reader)?,
    };
    let registers = Registers { snapshot: &reader, viewer: &viewer, sayings: &sayings, as_of: None };
    let checked = mc_checking::check(text, &Asked { date, places: &places, registers: Some(registers) })?;
    let site = args.site.as_deref().unwrap_or_default().trim_end_matches('/');
    let figure = |verdict: &RegisterVerdict| OurFigure {
        named: verdict.ours.as_ref().map(|ours| Named::of(&reader, ours)),
        address: verdict.ours.as_ref().map(|ours| format!("{site}{}", mc_pages::figure_address(ours))),
    };
    let figures = checked.registers.iter().map(figure).collect();
    Ok((checked, figures))
}

fn read(file: &Path) -> anyhow::Result<String> {
    if file.as_os_str() == "-" {
        return standard_input();
    }
    let exe = std::env::current_exe().context("không tìm thấy chính chương trình này")?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let prose = read_prose_in_child(&exe, file, &name).with_context(|| format!("“{}”", file.display()))?;
    Ok(prose.text)
}

/// What is typed or piped in is text; no parser sees it, so no process of its own is needed.
fn standard_input() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(PROSE_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > PROSE_BYTES_MAX {
        return Err(ProseFault::TooLong.into());
    }
    let text = mc_intake::prose::unicode(bytes)?;
    if text.trim().is_empty() {
        return Err(ProseFault::Empty.into());
    }
    Ok(text)
}
