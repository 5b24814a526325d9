//! A server to try Jackfield with, and to test it: the demo page, the package, and four APIs
//! that judge what they are sent. It keeps what it is given in the clear and is no place for real data.

use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use clap::Parser;
use tokio::net::TcpListener;
use tokio::sync::watch;

mod answer;
mod apinizer;
mod auth;
mod body;
mod chartbrew;
mod contract;
mod cors;
mod datafor;
mod harbour;
mod page;
mod probe;
mod store;

use contract::Contract;
use store::Store;

/// The usual port.
const PORT: u16 = 4019;

/// The one team that the sandbox knows.
const TEAM: i64 = 1;

/// The one project.
const PROJECT: &str = "MyProject";

/// How long requests under way may still take when the sandbox is told to end.
const GRACE: Duration = Duration::from_secs(2);

/// Jackfield's sandbox: the demo page and four APIs to send connections to. For trying and testing only.
///
/// A connection to Apinizer with fail-deploy in its description is saved, and the answer says that its deployment failed.
/// Datafor takes the token, or the user sandbox with the token as password, and opens a TCP connection to the database that a test names.
#[derive(Parser)]
#[command(name = "jackfield-sandbox", version)]
struct Options {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Port on this computer; 0 takes a free one. Without it 4019, or a free one where that is taken
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Where connections are kept; without it, in a folder that goes away at the end
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The token to ask for; without it, a random one
    #[arg(long, value_parser = token)]
    token: Option<String>,
    /// Take what the real server takes, whatever the documentation says
    #[arg(long)]
    lenient: bool,
    /// Let Datafor refuse what changes something without the X-CSRF-TOKEN header
    #[arg(long)]
    csrf: bool,
    /// Open the demo page in the browser, where there is a screen
    #[arg(long)]
    open: bool,
    /// Print the address and the token only
    #[arg(long)]
    quiet: bool,
}

/// What every request needs.
struct App {
    root: PathBuf,
    /// With a slash at the end.
    address: String,
    token: String,
    lenient: bool,
    csrf: bool,
    quiet: bool,
    store: Store,
    chartbrew: chartbrew::Chartbrew,
    create_link: Contract,
    kinds: apinizer::Kinds,
    datafor: datafor::Datafor,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "jackfield-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), Box<dyn Error>> {
    let temporary = match options.data {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("jackfield-sandbox-").tempdir()?),
    };
    let data = options
        .data
        .as_deref()
        .or(temporary.as_ref().map(|folder| folder.path()))
        .ok_or("no folder for the data")?;
    let store = Store::open(data)?;
    let token = match options.token {
        Some(token) => token,
        None => store.random_token()?,
    };
    let root = options.root.canonicalize().map_err(|error| format!("{}: {error}", options.root.display()))?;
    let listener = listen(options.port).await?;
    let address = format!("http://{}/", listener.local_addr()?);
    let app = Arc::new(App {
        root,
        address,
        token,
        lenient: options.lenient,
        csrf: options.csrf,
        quiet: options.quiet,
        datafor: datafor::Datafor::new(&store)?,
        store,
        chartbrew: chartbrew::Chartbrew::new()?,
        create_link: Contract::new(harbour::CREATE_CONTRACT)?,
        kinds: apinizer::Kinds::new()?,
    });
    // Whoever reads the lines may tell it to end at once.
    let told = told_to_end()?;
    announce(&app)?;
    if options.open {
        open(&app);
    }
    serve(listener, app, told).await?;
    // Said aloud, since a folder that cannot be removed would stay behind without a word.
    temporary.map_or(Ok(()), |folder| folder.close())?;
    Ok(())
}

/// Listens on the port that was asked for, else on the usual one if it is free.
async fn listen(port: Option<u16>) -> Result<TcpListener, Box<dyn Error>> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    match (bind(port.unwrap_or(PORT)).await, port) {
        (Err(error), None) if error.kind() == ErrorKind::AddrInUse => Ok(bind(0).await?),
        (Err(error), Some(port)) if error.kind() == ErrorKind::AddrInUse => {
            Err(format!("Port {port} is taken: end the program that listens there, name another port, or leave --port out to get a free one.").into())
        }
        (Err(error), _) => Err(format!("No port could be opened on this computer: {error}.").into()),
        (Ok(listener), _) => Ok(listener),
    }
}

/// Opens the page in a browser. Where none opens, the address that was printed is enough.
fn open(app: &App) {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    // Elsewhere there always is a screen; here a text browser would take the terminal.
    let needs_screen = cfg!(all(unix, not(target_os = "macos")));
    let has_screen = ["BROWSER", "DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(is_set);
    if (has_screen || !needs_screen) && opener::open_browser(&app.address).is_err() {
        app.say("No browser could be opened: open the address by hand.");
    }
}

/// Lines that a script can read; all at once, since it may stop reading after those that it needs.
fn announce(app: &App) -> io::Result<()> {
    let App { address, token, .. } = app;
    let user = datafor::USER;
    let lines = format!(
        "Jackfield sandbox, for trying and testing only: {address}\ntoken: {token}\nteam id: {TEAM}\nproject: {PROJECT}\ndatafor user: {user}\n"
    );
    let mut out = io::stdout().lock();
    out.write_all(lines.as_bytes())?;
    out.flush()
}

async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    told: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (end, mut ended) = watch::channel(false);
    let mut ending = ended.clone();
    let server = axum::serve(listener, routes(app)).with_graceful_shutdown(async move {
        let _ = ending.wait_for(|end| *end).await;
    });
    tokio::spawn(async move {
        told.await;
        let _ = end.send(true);
    });
    let late = async move {
        let _ = ended.wait_for(|end| *end).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = async { server.await } => result,
        () = late => Ok(()),
    }
}

fn routes(app: Arc<App>) -> Router {
    Router::new()
        .route("/sandbox.json", get(page::settings))
        .nest("/chartbrew", Router::new().fallback(chartbrew::serve))
        .nest("/apiops", Router::new().fallback(apinizer::serve))
        .nest("/datafor", Router::new().fallback(datafor::serve))
        .nest("/harbour", Router::new().fallback(harbour::serve))
        .fallback(page::file)
        .layer(middleware::from_fn_with_state(app.clone(), around))
        .with_state(app)
}

/// Around every request: who asks, what the answer may do, and a line for whoever watches.
async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let line = format!("{} {}", request.method(), request.uri().path());
    let mut response = match auth::is_loopback(request.headers()) {
        true => next.run(request).await,
        false => {
            answer::error_page(StatusCode::MISDIRECTED_REQUEST, "The sandbox answers to this computer only.")
        }
    };
    page::protect(response.headers_mut());
    app.say(&format!("{line} {}", response.status().as_u16()));
    response
}

/// Listens from the moment of the call, and is done when the sandbox is told to end.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
        }
    })
}

#[cfg(windows)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// A token travels in a header, where not every character may stand.
fn token(text: &str) -> Result<String, String> {
    match !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        true => Ok(text.to_owned()),
        false => Err("a token is one or more visible ASCII characters".to_owned()),
    }
}

impl App {
    /// For whoever watches; a closed stderr is no reason to stop.
    fn say(&self, line: &str) {
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    /// The storage failed. SQLite's messages name tables and never values.
    fn broken(&self, error: &rusqlite::Error) -> Response {
        self.say(&format!("storage: {error}"));
        answer::error_page(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
    }
}
