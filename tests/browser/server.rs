//! A static host like any other: files of one folder, at any path. It can be told to misbehave, and it notes what is asked.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// Serves until it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// `GET`, usually.
    pub method: String,
    /// With its query.
    pub path: String,
    /// In lower case, as `name: value`.
    pub headers: Vec<String>,
}

/// What a host may answer in place of a file.
#[derive(Clone, Debug)]
pub enum Answer {
    /// This content, for pages of any other host to read.
    Open(Vec<u8>),
    /// This status.
    Status(u16),
    /// Be so kind and ask there.
    Redirect(String),
    /// A head that promises so many bytes, the first of them, without which Firefox says nothing of an answer, and then nothing.
    Promise(u64),
}

struct Shared {
    folder: PathBuf,
    under: String,
    answers: Mutex<Vec<(String, Answer)>>,
    asked: Mutex<Vec<Asked>>,
    stopped: AtomicBool,
}

impl Server {
    /// Serves `folder` at the path `under`, which begins and ends with a slash; nothing lies beside it.
    pub fn start(folder: &Path, under: &str) -> Self {
        let page = folder.join("index.html");
        assert!(page.is_file(), "there is no page at {}", page.display());
        Self::of(folder, under)
    }

    /// Serves nothing but what it is told to.
    pub fn empty() -> Self {
        Self::of(Path::new("there is no such folder"), "/")
    }

    fn of(folder: &Path, under: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            under: under.to_owned(),
            answers: Mutex::default(),
            asked: Mutex::default(),
            stopped: AtomicBool::default(),
        });
        let server = Self {
            address: listener.local_addr().unwrap(),
            shared: Arc::clone(&shared),
        };
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stopped.load(Ordering::Relaxed) {
                    return;
                }
                let shared = Arc::clone(&shared);
                // A browser that hangs up is none of the tests' business.
                thread::spawn(move || stream.and_then(|stream| shared.answer(&stream)));
            }
        });
        server
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.under)
    }

    /// The same host by a name that browsers take for another.
    pub fn other_url(&self) -> String {
        format!(
            "http://localhost:{}{}",
            self.address.port(),
            self.shared.under
        )
    }

    /// From now on answers so to whoever asks for this name in its folder.
    pub fn tell(&self, name: &str, answer: Answer) {
        let mut answers = self.shared.answers.lock().unwrap();
        answers.retain(|(other, _)| other != name);
        answers.push((name.to_owned(), answer));
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// Answers no more. It returns what was asked for.
    pub fn stop(self) -> Vec<Asked> {
        self.asked()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::Relaxed);
        // The listener waits for somebody to call.
        let _ = TcpStream::connect(self.address);
    }
}

impl Asked {
    fn of(mut stream: &TcpStream) -> std::io::Result<Self> {
        let mut lines = BufReader::new(&mut stream).lines();
        let request = lines.next().transpose()?.unwrap_or_default();
        let mut headers = Vec::new();
        for line in lines {
            let line = line?;
            if line.is_empty() {
                break;
            }
            headers.push(line.to_ascii_lowercase());
        }
        let mut words = request.split(' ').map(str::to_owned);
        Ok(Self {
            method: words.next().unwrap_or_default(),
            path: words.next().unwrap_or_default(),
            headers,
        })
    }
}

impl Shared {
    fn answer(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let asked = Asked::of(stream)?;
        // A browser that opens a connection in advance may close it unused.
        if asked.method.is_empty() {
            return Ok(());
        }
        let path = asked.path.split(['?', '#']).next().unwrap_or_default();
        let path = path.to_owned();
        let name = path.strip_prefix(self.under.as_str()).map(str::to_owned);
        self.asked.lock().unwrap().push(asked);
        let told = name.as_ref().and_then(|name| self.told(name));
        let (status, headers, body) = match told {
            Some(answer) => answer.in_words(Path::new(&path)),
            None => match read(&self.folder, name.as_deref()) {
                Some((path, body)) => (
                    200,
                    format!(
                        "Content-Type: {}\r\nContent-Length: {}",
                        media_type(&path),
                        body.len()
                    ),
                    body,
                ),
                None => Answer::Status(404).in_words(Path::new("")),
            },
        };
        write!(
            stream,
            "HTTP/1.1 {status} Answer\r\n{headers}\r\nConnection: close\r\n\r\n"
        )?;
        stream.write_all(&body)?;
        stream.flush()?;
        if headers.contains(PROMISE) {
            // Until the browser hangs up.
            let _ = std::io::Read::read(&mut stream, &mut [0]);
        }
        Ok(())
    }

    fn told(&self, name: &str) -> Option<Answer> {
        let answers = self.answers.lock().unwrap();
        let told = answers.iter().find(|(told, _)| told == name);
        told.map(|(_, answer)| answer.clone())
    }
}

/// Marks an answer that does not come.
const PROMISE: &str = "X-Promise";
/// Lets pages of any other host read the answer.
const OPEN: &str = "Access-Control-Allow-Origin: *";

impl Answer {
    fn in_words(self, path: &Path) -> (u16, String, Vec<u8>) {
        match self {
            Self::Open(body) => (
                200,
                format!(
                    "{OPEN}\r\nContent-Type: {}\r\nContent-Length: {}",
                    media_type(path),
                    body.len()
                ),
                body,
            ),
            Self::Status(status) => {
                let body = b"there is nothing here".to_vec();
                (
                    status,
                    format!(
                        "{OPEN}\r\nContent-Type: text/plain\r\nContent-Length: {}",
                        body.len()
                    ),
                    body,
                )
            }
            Self::Redirect(to) => (
                302,
                format!("{OPEN}\r\nLocation: {to}\r\nContent-Length: 0"),
                Vec::new(),
            ),
            Self::Promise(bytes) => (
                200,
                format!(
                    "{OPEN}\r\n{PROMISE}: 1\r\nContent-Type: text/csv\r\nContent-Length: {bytes}\r\n\
                     Access-Control-Expose-Headers: Content-Length"
                ),
                b"l".to_vec(),
            ),
        }
    }
}

fn read(folder: &Path, path: Option<&str>) -> Option<(PathBuf, Vec<u8>)> {
    let path = Path::new(path?);
    let inside = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let path = match path.as_os_str().is_empty() {
        true => folder.join("index.html"),
        false => folder.join(path),
    };
    let body = std::fs::read(&path).ok().filter(|_| inside)?;
    Some((path, body))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        None | Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}
