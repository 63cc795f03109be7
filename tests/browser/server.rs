//! A static host like any other: files of one folder, at any path.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Serves until it is dropped.
pub struct Server {
    address: SocketAddr,
    under: String,
    stopped: Arc<AtomicBool>,
}

impl Server {
    /// Serves `folder` at the path `under`, which begins and ends with a slash; nothing lies beside it.
    pub fn start(folder: &Path, under: &str) -> Self {
        let page = folder.join("index.html");
        assert!(page.is_file(), "there is no page at {}", page.display());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            under: under.to_owned(),
            stopped: Arc::default(),
        };
        let (folder, under) = (Arc::new(folder.to_owned()), Arc::new(under.to_owned()));
        let stopped = Arc::clone(&server.stopped);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let (folder, under) = (Arc::clone(&folder), Arc::clone(&under));
                // A browser that hangs up is none of the tests' business.
                thread::spawn(move || stream.and_then(|stream| answer(&stream, &folder, &under)));
            }
        });
        server
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.under)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // The listener waits for somebody to call.
        let _ = TcpStream::connect(self.address);
    }
}

fn answer(mut stream: &TcpStream, folder: &Path, under: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let (status, kind, body) = match read(folder, path.strip_prefix(under)) {
        Some((path, body)) => ("200 OK", media_type(&path), body),
        None => (
            "404 Not Found",
            "text/plain",
            b"there is nothing here".to_vec(),
        ),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
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
        Some("html") => "text/html; charset=utf-8",
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
