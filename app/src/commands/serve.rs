//! `serve`: the web pages, and the one writer behind them.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use mc_importing::jobs::Parts;
use mc_importing::{Desk, Staging};
use mc_pages::{App, Settings};
use mc_port::{AccountTable as _, CommitError, SavedChecks as _};
use mc_sqlite::{Layout, Queue, Store, SystemWorld, World as _, Writer};

use super::Hands;
use crate::cli::Serve;
use crate::generated::Generation;
use crate::output::Output;
use crate::{pack, remote, setup};

pub fn run(layout: &Layout, args: &Serve, out: &Output) -> anyhow::Result<ExitCode> {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    let mut writer = open(layout)?;
    if writer.sealed().is_some() {
        out.progress("Bản phục hồi, chưa mở niêm phong: chỉ đọc. Mở bằng `minhchung seal --newest MỐC`.");
    } else if let Some(generation) = agree(layout, &mut writer, out)? {
        let old = generation.make_anew(layout, writer, out)?;
        out.progress(&format!("Đã sinh lại. Bản cũ, cùng những gì đã ghi thêm, nằm ở “{}”.", old.display()));
        writer = open(layout)?;
    }
    let hands = Hands(Arc::new(Queue::new(writer)));
    tend(&hands)?;
    keep_days(&hands)?;
    let store = Store::open(layout)?;
    let illustrative = store.instance().illustrative;
    let loopback = args.listen.ip().is_loopback();
    if !loopback && !illustrative {
        bail!(
            "Bản cài thật chỉ mở ở địa chỉ nội bộ máy (127.0.0.1) cho đến khi có đăng nhập; “{}” thì không.",
            args.listen
        );
    }
    // Whoever has an account signs in with it; the code opens an instance that has none.
    let one_time_code = (!illustrative && !hands.0.has_credentials()?).then(one_time_code);
    let settings = Settings {
        loopback,
        one_time_code: one_time_code.clone(),
        programmes: mc_programmes::all().to_vec(),
        now: || SystemWorld.now(),
        fill: |bytes| SystemWorld.fill(bytes),
    };
    let store = Arc::new(store);
    let desk = desk(layout, store.clone(), &hands)?;
    let app = App::new(store, Some(hands.0.clone()), settings)?
        .with_imports(desk)
        .with_accounts(hands.0.clone())
        .with_texts(super::check::texts()?)
        .with_saved(hands.0.clone());
    remote::listen(layout, &hands)?;
    let served = serve(mc_pages::router(app), args.listen, |address| {
        let address = format!("http://{address}");
        hands.0.with(|writer| writer.serves_at(&address))?;
        out.progress(&format!("Minh Chứng đang chạy tại {address}"));
        if let Some(code) = &one_time_code {
            out.progress(&format!("Mã mở một lần, để mở tài khoản quản trị đầu tiên: {code}"));
        }
        if illustrative {
            out.progress("Mở trang đầu, bấm 4.607, rồi “Vì sao…”. Dừng bằng Ctrl+C.");
        }
        Ok(())
    });
    let _ = std::fs::remove_file(layout.socket());
    served?;
    Ok(ExitCode::SUCCESS)
}

fn open(layout: &Layout) -> anyhow::Result<Writer> {
    let world = crate::clock::world(&super::reader(layout)?)?;
    let writer = Writer::open_at_once(layout, world).context("không mở được để ghi")?;
    if let Some(error) = writer.unswept() {
        tracing::warn!(%error, "a file of evidence that no commit needs could not be removed");
    }
    Ok(writer)
}

/// What the import pages need; uploads of an earlier run that nobody came back for go.
fn desk(layout: &Layout, source: Arc<Store>, hands: &Hands) -> anyhow::Result<Desk> {
    let exe = std::env::current_exe().context("không tìm được chính chương trình này")?;
    let staging = Staging::new(layout.staging(), exe);
    staging.sweep(SystemWorld.now(), &[]);
    Ok(Desk::new(Parts {
        source,
        importer: hands.0.clone(),
        maps: hands.0.clone(),
        table: hands.0.clone(),
        staging,
        now: || SystemWorld.now(),
    }))
}

/// Goes on with what a stop, a crash or a failure left in the middle, while pages are served already.
fn tend(hands: &Hands) -> anyhow::Result<()> {
    const PAUSE: Duration = Duration::from_secs(5);
    hands
        .0
        .tend(PAUSE, |error| tracing::error!(%error, "what was left in the middle could not be finished"))?;
    Ok(())
}

/// Seals the finished days of the access journal and removes saved checks whose time is over: at the start, and while
/// the server runs.
fn keep_days(hands: &Hands) -> anyhow::Result<()> {
    const PAUSE: Duration = Duration::from_secs(600);
    let hands = hands.clone();
    std::thread::Builder::new().name("days".to_owned()).spawn(move || {
        loop {
            match hands.0.with(|writer| writer.seal_access()) {
                // A restored copy takes no commits; an import may hold the log: the next look does it.
                Ok(_) | Err(CommitError::Sealed | CommitError::Importing { .. }) => {}
                Err(error) => tracing::error!(%error, "the access journal could not be sealed"),
            }
            // A list of none removes them too.
            if let Err(error) = hands.0.saved_checks(SystemWorld.now(), 0, 0) {
                tracing::error!(%error, "saved checks whose time is over could not be removed");
            }
            std::thread::sleep(PAUSE);
        }
    })?;
    Ok(())
}

/// What the program declares must be what the instance holds. A generated instance takes allowed changes in
/// by itself, and is to be generated again (from what is returned) for others; a real one waits for `pack apply`.
fn agree(layout: &Layout, writer: &mut Writer, out: &Output) -> anyhow::Result<Option<Generation>> {
    let reader = super::reader(layout)?;
    let difference = pack::difference(&reader, &setup::declared()?)?;
    if difference.is_empty() {
        return Ok(None);
    }
    let listed = [&difference.changes[..], &difference.refused[..]].concat().join("\n  ");
    if !reader.instance().illustrative {
        bail!(
            "Khai báo của chương trình khác với bản cài:\n  {listed}\nHãy chạy `minhchung pack apply` với gói \
             khai báo mới, hoặc dùng lại phiên bản chương trình cũ."
        );
    }
    if !difference.refused.is_empty() {
        let Some(generation) = reader.generation()?.and_then(|text| Generation::parse(&text)) else {
            bail!(
                "Khai báo đã đổi theo cách không nâng cấp được:\n  {listed}\nKhông rõ bản minh họa này sinh từ cỡ và \
                 hạt giống nào: hãy chạy `minhchung generate` vào thư mục khác."
            );
        };
        out.progress(&format!(
            "Khai báo đã đổi theo cách không nâng cấp được:\n  {listed}\n  Sinh lại bản minh họa ({})…",
            generation.said()
        ));
        return Ok(Some(generation));
    }
    out.progress(&format!("Bản minh họa nhận các thay đổi khai báo:\n  {listed}"));
    pack::apply(writer, &difference, "Chương trình mới, bản minh họa tự nhận")?;
    Ok(None)
}

/// 64 random bits: it works once, from this machine.
fn one_time_code() -> String {
    let mut bytes = [0; 8];
    SystemWorld.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn serve(
    router: axum::Router,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.with_context(|| {
            format!("không lắng nghe được ở {address}: cổng đang có chương trình khác dùng?")
        })?;
        ready(listener.local_addr()?)?;
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stopped()).await?;
        Ok(())
    })
}

async fn stopped() {
    // Without the signal there is nothing to wait for: serve until killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
