//! A browser under WebDriver: one of its own for each test, gone when it ends. For Chromium a driver stands in between;
//! Firefox is spoken to as its driver would (`marionette`).
//!
//! WebDriver is JSON over HTTP; what the tests need of it is these few lines.

use serde_json::{Value, json};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::Duration;

use crate::marionette::Marionette;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Chromium or Chrome: whatever only it can tell is asked of it.
    Chromium,
    /// Firefox, for what every browser must be able to do.
    Firefox,
}

/// Both, for tests of what must work in both.
pub const KINDS: [Kind; 2] = [Kind::Chromium, Kind::Firefox];

/// WebDriver's name for a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const ARGUMENTS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

/// A running browser.
pub struct Browser {
    /// The driver, or the browser where none is in between.
    process: Child,
    wire: Wire,
    folder: PathBuf,
}

/// How commands get there.
enum Wire {
    /// A driver's port, and the path of its session.
    Driver(u16, Option<String>),
    /// A browser's own.
    Marionette(Marionette),
}

impl Browser {
    /// Starts a browser: the chromedriver and the browser that `CHROMEDRIVER` and `CHROME` name, or what `FIREFOX` names. All
    /// are looked for on PATH otherwise.
    pub fn start(kind: Kind) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("greenlight-browser-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        // Numbers of processes come again.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        match kind {
            Kind::Chromium => Self::start_chromium(folder),
            Kind::Firefox => {
                let (process, marionette) = Marionette::start(&folder);
                Self {
                    process,
                    wire: Wire::Marionette(marionette),
                    folder,
                }
            }
        }
    }

    fn start_chromium(folder: PathBuf) -> Self {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        // Of many that start at once, two may choose the same port: the later one ends.
        let (process, port) = start_driver(&program)
            .or_else(|_| start_driver(&program))
            .unwrap_or_else(|said| panic!("chromedriver ended: {said}"));

        let mut browser = Self {
            process,
            wire: Wire::Driver(port, None),
            folder,
        };
        // On a machine that is busy a browser may not answer its driver in time; the next one does.
        let session = browser
            .begin("profile")
            .or_else(|_| browser.begin("another-profile"))
            .unwrap_or_else(|said| panic!("no browser was started: {said}"));
        browser.wire = Wire::Driver(port, Some(session));
        browser
    }

    /// Has the driver start a browser with a profile of its own; the path of its session, or what was said instead.
    fn begin(&self, profile: &str) -> Result<String, String> {
        let profile = self.folder.join(profile);
        let mut arguments = ARGUMENTS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        let mut options = json!({ "args": arguments });
        if let Some(chrome) = std::env::var_os("CHROME") {
            options["binary"] = json!(chrome.to_string_lossy());
        }
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            // As long as any other command may take.
            "timeouts": { "script": PATIENCE.as_millis() as u64 },
        } } });
        let answer = self.request("POST", "/session", &capabilities);
        let answer = answer.map_err(|error| error.to_string())?;
        let session = answer["value"]["sessionId"].as_str();
        let session = session.ok_or_else(|| answer.to_string())?;
        Ok(format!("/session/{session}"))
    }

    /// Which browser it is.
    pub fn kind(&self) -> Kind {
        match self.wire {
            Wire::Driver(..) => Kind::Chromium,
            Wire::Marionette(_) => Kind::Firefox,
        }
    }

    /// A folder that lives as long as the browser.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// The driver's process; the browser descends from it.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// A command of the session.
    pub fn post(&self, path: &str, body: Value) -> Value {
        self.call("POST", &self.path(path), &body)
    }

    /// A command to an element, which `find` finds anew where the page has replaced it in between, as it does when the
    /// first file opens the workbench, or where something else lies over it for a moment.
    pub fn post_to(&self, find: impl Fn() -> String, command: &str, body: &Value) {
        for _ in 0..20 {
            let path = self.path(&format!("/element/{}/{command}", find()));
            let answer = self.request("POST", &path, body);
            let answer = answer.unwrap_or_else(|error| panic!("POST {path} failed: {error}"));
            let error = answer["value"]["error"].as_str();
            match error {
                Some("stale element reference" | "element click intercepted") => {
                    sleep(Duration::from_millis(50));
                }
                Some(_) => panic!("POST {path}: {answer}"),
                None => return,
            }
        }
        panic!("{command}: the page replaces or covers the element again and again");
    }

    /// An element, unless there is none.
    pub fn find(&self, selector: &str) -> Option<String> {
        let query = json!({ "using": "css selector", "value": selector });
        let answer = self.request("POST", &self.path("/element"), &query);
        let answer =
            answer.unwrap_or_else(|error| panic!("{selector} was not looked for: {error}"));
        let element = answer["value"][ELEMENT].as_str().map(str::to_owned);
        let is_absent = answer["value"]["error"] == "no such element";
        assert!(element.is_some() || is_absent, "{selector}: {answer}");
        element
    }

    /// A question to the session.
    pub fn get(&self, path: &str) -> Value {
        self.call("GET", &self.path(path), &Value::Null)
    }

    /// A command of the Chrome DevTools Protocol.
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.post(
            "/goog/cdp/execute",
            json!({ "cmd": command, "params": parameters }),
        )
    }

    fn path(&self, path: &str) -> String {
        match &self.wire {
            Wire::Driver(_, session) => format!("{}{path}", session.as_deref().unwrap()),
            Wire::Marionette(_) => path.to_owned(),
        }
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.request(method, path, body);
        let answer = answer.unwrap_or_else(|error| panic!("{method} {path} failed: {error}"));
        let value = &answer["value"];
        if let Some(message) = value["message"]
            .as_str()
            .filter(|_| value["error"].is_string())
        {
            let message = message.lines().next().unwrap_or_default();
            panic!(
                "{method} {path} with {body} failed: {}: {message}",
                value["error"]
            );
        }
        value.clone()
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
        let port = match &self.wire {
            Wire::Driver(port, _) => *port,
            Wire::Marionette(marionette) => return marionette.request(path, body),
        };
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            port,
            body.len()
        )?;
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        for line in answer.by_ref().lines() {
            let line = line?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(number) = line.strip_prefix("content-length:") {
                length = number.trim().parse().unwrap();
            }
        }
        let mut bytes = vec![0; length];
        answer.read_exact(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// The longest that a command may take.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The driver and the port it listens on, or what it said before it ended.
fn start_driver(program: &OsStr) -> Result<(Child, u16), String> {
    let mut driver = Command::new(program)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
    let mut said = BufReader::new(driver.stdout.take().unwrap());
    let port = match port_of(&mut said) {
        Ok(port) => port,
        Err(said) => {
            let _ = driver.wait();
            return Err(said);
        }
    };
    // What nobody reads would stop the driver once the pipe is full.
    std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    Ok((driver, port))
}

/// The driver chooses a free port and says which.
fn port_of(said: &mut impl BufRead) -> Result<u16, String> {
    let mut heard = String::new();
    loop {
        let mut line = String::new();
        if said.read_line(&mut line).unwrap() == 0 {
            return Err(heard);
        }
        if let Some((_, port)) = line.trim_end().split_once("started successfully on port ") {
            return Ok(port.trim_end_matches('.').parse().unwrap());
        }
        heard += &line;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Also while a failed test unwinds: the driver ends the browser, then is ended itself.
        let _ = match &self.wire {
            Wire::Driver(_, Some(session)) => self.request("DELETE", session, &Value::Null),
            Wire::Driver(_, None) => Ok(Value::Null),
            Wire::Marionette(marionette) => marionette.quit(),
        };
        if self.kind() == Kind::Firefox {
            // It writes to its folder until it is gone.
            for _ in 0..100 {
                if matches!(self.process.try_wait(), Ok(Some(_))) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
