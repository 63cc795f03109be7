//! Firefox under WebDriver, without a driver in between: Firefox itself takes the commands, as JSON behind its length over
//! a connection. Its driver translates paths to the names of commands, and so does this.

use serde_json::{Value, json};
use std::io::{BufReader, Error, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::driver::PATIENCE;

const PROGRAMS: [&str; 2] = ["firefox-esr", "firefox"];
/// What a profile of a test says: choose a free port, keep quiet, and put downloads where the test looks.
const PREFERENCES: &str = r#"
user_pref("marionette.port", 0);
user_pref("app.update.disabledForTesting", true);
user_pref("app.normandy.enabled", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.download.alwaysOpenPanel", false);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.dir", "{downloads}");
user_pref("browser.helperApps.neverAsk.saveToDisk", "text/html,text/csv,application/json");
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,none");
user_pref("startup.homepage_welcome_url", "about:blank");
user_pref("toolkit.telemetry.server", "data:,none");
"#;

/// The connection to a Firefox.
pub struct Marionette(Mutex<Connection>);

struct Connection {
    stream: BufReader<TcpStream>,
    number: u64,
}

impl Marionette {
    /// Starts the Firefox that `FIREFOX` names, or one on PATH, with a profile in the folder.
    pub fn start(folder: &Path) -> (Child, Self) {
        let profile = folder.join("profile");
        std::fs::create_dir_all(&profile).unwrap();
        let downloads = folder.join("downloads");
        let preferences = PREFERENCES.replace("{downloads}", &downloads.to_string_lossy());
        std::fs::write(profile.join("user.js"), preferences).unwrap();
        let named = std::env::var_os("FIREFOX").filter(|path| !path.is_empty());
        let programs = match named {
            Some(program) => vec![program],
            None => PROGRAMS.map(Into::into).to_vec(),
        };
        let process = programs.iter().find_map(|program| {
            Command::new(program)
                .args([
                    "--headless",
                    "--no-remote",
                    "--marionette",
                    "--width",
                    "1440",
                ])
                .args(["--height", "900", "--profile"])
                .arg(&profile)
                .env("MOZ_CRASHREPORTER_DISABLE", "1")
                .env("HOME", folder)
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .ok()
        });
        let process = process.unwrap_or_else(|| {
            panic!("there is no Firefox: install firefox-esr or name it in FIREFOX")
        });
        let port = port_of(&profile.join("MarionetteActivePort"));
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut connection = Connection {
            stream: BufReader::new(stream),
            number: 0,
        };
        let greeting = connection.hear().unwrap();
        assert_eq!(greeting["marionetteProtocol"], 3, "{greeting}");
        let session =
            json!({ "capabilities": { "alwaysMatch": { "acceptInsecureCerts": false } } });
        let answer = connection.ask("WebDriver:NewSession", &session).unwrap();
        assert!(answer["value"]["error"].is_null(), "{answer}");
        (process, Self(Mutex::new(connection)))
    }

    /// What a driver would answer to a request of this path.
    pub fn request(&self, path: &str, body: &Value) -> std::io::Result<Value> {
        let (command, parameters) = command_of(path, body);
        self.0.lock().unwrap().ask(command, &parameters)
    }

    /// Ends the browser.
    pub fn quit(&self) -> std::io::Result<Value> {
        // Also while a failed test unwinds.
        let mut connection = self
            .0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        connection.ask("Marionette:Quit", &json!({ "flags": ["eForceQuit"] }))
    }
}

/// The command and its parameters, which of an element are in the path.
fn command_of(path: &str, body: &Value) -> (&'static str, Value) {
    let mut parameters = match body {
        Value::Null => json!({}),
        body => body.clone(),
    };
    if let Some((id, command)) = path
        .strip_prefix("/element/")
        .and_then(|path| path.split_once('/'))
    {
        parameters["id"] = json!(id);
        return match command {
            "click" => ("WebDriver:ElementClick", parameters),
            "value" => ("WebDriver:ElementSendKeys", parameters),
            _ => panic!("there is no command for {path}"),
        };
    }
    let command = match path {
        "/url" => "WebDriver:Navigate",
        "/execute/sync" => "WebDriver:ExecuteScript",
        "/element" => "WebDriver:FindElement",
        "/actions" => "WebDriver:PerformActions",
        "/window/rect" => "WebDriver:SetWindowRect",
        "/screenshot" => {
            parameters["full"] = json!(false);
            "WebDriver:TakeScreenshot"
        }
        "/back" => "WebDriver:Back",
        "/forward" => "WebDriver:Forward",
        _ => panic!("there is no command for {path} in Firefox"),
    };
    (command, parameters)
}

impl Connection {
    /// Sends a command and hears its answer, in the form that a driver gives it.
    fn ask(&mut self, command: &str, parameters: &Value) -> std::io::Result<Value> {
        self.number += 1;
        let message = json!([0, self.number, command, parameters]).to_string();
        write!(self.stream.get_mut(), "{}:{message}", message.len())?;
        let answer = self.hear()?;
        assert_eq!(answer[1], json!(self.number), "{answer}");
        let (error, result) = (&answer[2], &answer[3]);
        Ok(match (error.is_null(), result.get("value")) {
            (false, _) => json!({ "value": error }),
            (true, Some(value)) => json!({ "value": value }),
            (true, None) => json!({ "value": result }),
        })
    }

    fn hear(&mut self) -> std::io::Result<Value> {
        let mut length = 0;
        loop {
            let mut byte = [0];
            self.stream.read_exact(&mut byte)?;
            match byte[0] {
                b':' => break,
                digit @ b'0'..=b'9' => length = length * 10 + usize::from(digit - b'0'),
                other => return Err(Error::other(format!("no length begins with {other}"))),
            }
        }
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// The port that Firefox chose, which it writes down once it listens.
fn port_of(file: &Path) -> u16 {
    let started = Instant::now();
    loop {
        let port = std::fs::read_to_string(file).ok();
        if let Some(port) = port.and_then(|port| port.trim().parse().ok()) {
            return port;
        }
        assert!(started.elapsed() < PATIENCE, "Firefox does not listen");
        sleep(Duration::from_millis(50));
    }
}
