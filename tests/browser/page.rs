//! The page in a browser, and what a person does with it.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::driver::{Browser, Kind};
use crate::server::{Answer, Asked, Server};

/// What someone sits in front of.
#[derive(Clone, Copy)]
pub struct Screen {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Device pixels in a CSS pixel.
    pub ratio: f64,
    /// Whether it is touched.
    pub phone: bool,
    /// Whether the system is dark.
    pub dark: bool,
}

/// A laptop.
pub const DESKTOP: Screen = Screen {
    width: 1440,
    height: 900,
    ratio: 1.0,
    phone: false,
    dark: false,
};
/// A phone.
pub const PHONE: Screen = Screen {
    width: 390,
    height: 844,
    ratio: 3.0,
    phone: true,
    dark: false,
};

/// The key that moves the focus.
pub const TAB: &str = "\u{E004}";
/// Arrow keys.
pub const RIGHT: &str = "\u{E014}";
/// The key that leads to the lowest.
pub const HOME: &str = "\u{E011}";
/// Arrow keys.
pub const DOWN: &str = "\u{E015}";
/// Held while another key is pressed.
pub const SHIFT: &str = "\u{E008}";
/// The key that leaves.
pub const ESCAPE: &str = "\u{E00C}";
/// The key that takes what is in focus.
pub const ENTER: &str = "\u{E007}";

/// How long anything may take, on a busy machine too.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// An open page. A test ends with [`Page::close`], which looks for complaints on the console.
pub struct Page {
    browser: Browser,
    server: Option<Server>,
}

impl Page {
    /// Opens the built page at the root of a host.
    pub fn open(screen: Screen) -> Self {
        Self::open_under("/", screen)
    }

    /// Opens it at an address that carries something behind its `#`.
    pub fn open_at(screen: Screen, hash: &str) -> Self {
        Self::open_in("/", screen, hash)
    }

    /// Opens it in a folder of a host.
    pub fn open_under(folder: &str, screen: Screen) -> Self {
        Self::open_in(folder, screen, "")
    }

    fn open_in(folder: &str, screen: Screen, hash: &str) -> Self {
        let server = Server::start(&dist(), folder);
        server.tell("", Answer::Open(page_of_no_version().into_bytes()));
        let page = Self {
            server: Some(server),
            browser: Browser::start(Kind::Chromium),
        };
        page.emulate(screen);
        let scheme = if screen.dark { "dark" } else { "light" };
        page.prefer("prefers-color-scheme", scheme);
        page.visit(hash);
        page.until_painted();
        page
    }

    /// Opens an empty tab of a browser of this kind, on a laptop, beside a host.
    pub fn beside(server: Server, kind: Kind) -> Self {
        Self::blank(Some(server), kind)
    }

    /// Opens a page from the disk, on a laptop, without any host.
    pub fn from_disk(path: &Path, kind: Kind) -> Self {
        let page = Self::blank(None, kind);
        let url = format!("file://{}", path.display());
        page.browser.post("/url", json!({ "url": url }));
        page.until_painted();
        page
    }

    fn blank(server: Option<Server>, kind: Kind) -> Self {
        let page = Self {
            server,
            browser: Browser::start(kind),
        };
        match kind {
            Kind::Chromium => page.emulate(DESKTOP),
            Kind::Firefox => {
                let size = json!({ "width": DESKTOP.width, "height": DESKTOP.height });
                page.browser.post("/window/rect", size);
            }
        }
        page
    }

    /// Goes to an address, which is relative to the page's folder on its host.
    pub fn visit(&self, address: &str) {
        let url = self.server().url() + address;
        self.browser.post("/url", json!({ "url": url }));
    }

    /// Waits for the first screen.
    pub fn until_painted(&self) {
        self.until(
            "the first screen is painted",
            "return performance.getEntriesByName('greenlight:first-screen').length > 0",
        );
    }

    /// The host of the page.
    pub fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// Cuts the page off from its host, for good. It returns what was asked of the host.
    pub fn stop_server(&mut self) -> Vec<Asked> {
        self.server.take().unwrap().stop()
    }

    /// Opens it on a laptop and loads a file.
    pub fn with_file(name: &str, content: impl AsRef<[u8]>) -> Self {
        let page = Self::open(DESKTOP);
        page.choose_file(name, content);
        page.until_state("ready");
        page
    }

    /// Looks through a screen of so many device pixels in a CSS pixel.
    pub fn set_pixel_ratio(&self, ratio: f64) {
        self.emulate(Screen { ratio, ..DESKTOP });
    }

    /// As if the system asked for something.
    pub fn prefer(&self, what: &str, value: &str) {
        self.browser.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": what, "value": value }] }),
        );
    }

    fn emulate(&self, screen: Screen) {
        self.browser.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": screen.width,
                "height": screen.height,
                "deviceScaleFactor": screen.ratio,
                "mobile": screen.phone,
            }),
        );
    }

    /// Ends the visit. Errors on the console, and anything that the page's policy forbade, fail the test.
    pub fn close(self) {
        let complaints = self.complaints();
        assert!(
            complaints.is_empty(),
            "the console says:\n{}",
            complaints.join("\n")
        );
    }

    fn complaints(&self) -> Vec<String> {
        // Firefox tells its console to no one who asks from outside.
        if self.browser.kind() == Kind::Firefox {
            return Vec::new();
        }
        let log = self.browser.post("/se/log", json!({ "type": "browser" }));
        let entries = log.as_array().unwrap().iter();
        let severe = entries.filter(|entry| entry["level"] == "SEVERE");
        let messages = severe.map(|entry| entry["message"].as_str().unwrap().to_owned());
        // A page from `cargo xtask serve` calls for a server that these tests are not.
        messages
            .filter(|message| !message.contains("/.well-known/trunk/ws"))
            .collect()
    }

    /// Runs a script; `arguments` are its arguments.
    pub fn run(&self, script: &str, arguments: Value) -> Value {
        self.browser.post(
            "/execute/sync",
            json!({ "script": script, "args": arguments }),
        )
    }

    /// Waits until a script says so.
    pub fn until(&self, what: &str, script: &str) -> Value {
        self.until_within(PATIENCE, what, script)
    }

    /// Waits until a script says so, but no longer than that.
    pub fn until_within(&self, patience: Duration, what: &str, script: &str) -> Value {
        let started = Instant::now();
        loop {
            let value = self.run(script, json!([]));
            if !matches!(value, Value::Null | Value::Bool(false)) {
                return value;
            }
            if started.elapsed() > patience {
                let text = self.run("return document.body.innerText", json!([]));
                panic!(
                    "it never came to this: {what}. The page says: {text}{:?}",
                    self.complaints()
                );
            }
            sleep(Duration::from_millis(20));
        }
    }

    /// Waits until the status shows `state`.
    pub fn until_state(&self, state: &str) {
        let script = format!(
            "return document.querySelector('[data-testid=status]')?.dataset.state === '{state}'"
        );
        self.until(&format!("the status is {state}"), &script);
    }

    /// Waits until the element is there.
    pub fn until_there(&self, selector: &str) {
        let script = format!("return document.querySelector({selector:?}) !== null");
        self.until(&format!("{selector} is there"), &script);
    }

    /// Whether the element is there.
    pub fn has(&self, selector: &str) -> bool {
        let found = self.run(
            "return document.querySelector(arguments[0]) !== null",
            json!([selector]),
        );
        found == json!(true)
    }

    /// The text of the element as it can be read, with plain spaces in numbers.
    pub fn text(&self, selector: &str) -> String {
        self.until_there(selector);
        let text = self.run(
            "return document.querySelector(arguments[0]).innerText",
            json!([selector]),
        );
        text.as_str().unwrap().replace('\u{202f}', " ")
    }

    /// An attribute of the element.
    pub fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.until_there(selector);
        let script = "return document.querySelector(arguments[0]).getAttribute(arguments[1])";
        self.run(script, json!([selector, name]))
            .as_str()
            .map(str::to_owned)
    }

    /// The full value of a metric on screen.
    pub fn metric(&self, name: &str) -> f64 {
        let selector = format!("[data-testid=metric-{name}]");
        let value = self.attribute(&selector, "data-value");
        value
            .unwrap_or_else(|| panic!("{name} has no value"))
            .parse()
            .unwrap()
    }

    /// Waits until a metric on screen has this very value.
    pub fn until_metric(&self, name: &str, value: f64) {
        let script = format!(
            "const value = document.querySelector('[data-testid=metric-{name}]')?.dataset.value;
             return value !== undefined && Number(value) === {value:?}"
        );
        self.until(&format!("{name} is {value}"), &script);
    }

    /// Clicks on the element.
    pub fn click(&self, selector: &str) {
        self.browser
            .post_to(|| self.element(selector), "click", &json!({}));
    }

    /// Clicks at a point of the window, in CSS pixels.
    pub fn click_at(&self, (x, y): (f64, f64)) {
        self.browser.post(
            "/actions",
            json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": [
                { "type": "pointerMove", "x": x.round(), "y": y.round(), "duration": 0 },
                { "type": "pointerDown", "button": 0 },
                { "type": "pointerUp", "button": 0 },
            ] }] }),
        );
    }

    /// Types into the element.
    pub fn type_into(&self, selector: &str, text: &str) {
        let body = json!({ "text": text });
        self.browser
            .post_to(|| self.element(selector), "value", &body);
    }

    /// Presses and releases a key, wherever the focus is.
    pub fn press(&self, key: &str) {
        self.browser.post(
            "/actions",
            json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": [
            { "type": "keyDown", "value": key },
            { "type": "keyUp", "value": key },
        ] }] }),
        );
    }

    /// Presses keys one after the other and releases them all.
    pub fn press_together(&self, keys: &[&str]) {
        let down = keys.iter().map(|key| ("keyDown", key));
        let up = keys.iter().rev().map(|key| ("keyUp", key));
        let actions: Vec<Value> = down
            .chain(up)
            .map(|(kind, key)| json!({ "type": kind, "value": key }))
            .collect();
        self.browser.post(
            "/actions",
            json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }),
        );
    }

    /// Drags from one point of the window to another, in CSS pixels.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let moved = |(x, y): (f64, f64)| json!({ "type": "pointerMove", "x": x.round(), "y": y.round(), "duration": 20 });
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        self.browser.post(
            "/actions",
            json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": [
                moved(from), { "type": "pointerDown", "button": 0 },
                moved(middle), moved(to), { "type": "pointerUp", "button": 0 },
            ] }] }),
        );
    }

    /// Chooses an option of a select element.
    pub fn select(&self, selector: &str, value: &str) {
        self.click(&format!("{selector} option[value={value:?}]"));
    }

    /// Chooses a file in the file picker.
    pub fn choose_file(&self, name: &str, content: impl AsRef<[u8]>) {
        self.choose_files(&[(name, content)]);
    }

    /// Chooses several files at once.
    pub fn choose_files(&self, files: &[(&str, impl AsRef<[u8]>)]) {
        let path = |(name, content): &(&str, _)| {
            let path = self.browser.folder().join(name);
            std::fs::write(&path, content).unwrap();
            path
        };
        let paths: Vec<PathBuf> = files.iter().map(path).collect();
        self.choose(&paths);
    }

    /// Chooses files that are there in the file picker.
    pub fn choose(&self, paths: &[impl AsRef<Path>]) {
        let paths: Vec<_> = paths
            .iter()
            .map(|path| path.as_ref().to_string_lossy())
            .collect();
        self.type_into(
            "input[type=file][data-testid=file-input]",
            &paths.join("\n"),
        );
    }

    /// Drops a folder from the disk on the page.
    pub fn drop_folder(&self, name: &str) {
        let path = self.browser.folder().join(name);
        std::fs::create_dir_all(&path).unwrap();
        for kind in ["dragEnter", "dragOver", "drop"] {
            let files = [path.to_string_lossy()];
            let data = json!({ "items": [], "files": files, "dragOperationsMask": 1 });
            self.browser.devtools(
                "Input.dispatchDragEvent",
                json!({ "type": kind, "x": 200, "y": 200, "data": data }),
            );
        }
    }

    /// The process from which all processes of the browser descend.
    pub fn process(&self) -> u32 {
        self.browser.process()
    }

    /// Goes to a view by its link.
    pub fn go(&self, view: &str) {
        self.click(&format!("[data-testid=nav-{view}]"));
        self.until_there(&format!("[data-testid=nav-{view}][aria-current=page]"));
    }

    /// Where downloads land from now on.
    pub fn keep_downloads(&self) -> PathBuf {
        let folder = self.browser.folder().join("downloads");
        std::fs::create_dir_all(&folder).unwrap();
        if self.browser.kind() == Kind::Firefox {
            // Its profile says so already.
            return folder;
        }
        let parameters = json!({ "behavior": "allow", "downloadPath": folder.to_string_lossy() });
        self.browser
            .devtools("Browser.setDownloadBehavior", parameters);
        folder
    }

    /// The browser's buttons: `back`, `forward`, `refresh`.
    pub fn browse(&self, button: &str) {
        if (button, self.browser.kind()) == ("refresh", Kind::Firefox) {
            // Its own command passes by the service worker, as a reload with Shift does.
            self.run("window.isLeft = true; location.reload()", json!([]));
            self.until("the page is loaded anew", "return !window.isLeft");
            return;
        }
        self.browser.post(&format!("/{button}"), json!({}));
    }

    /// What the screen shows, as PNG, into `target/screenshots/`.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let folder = root().join("target/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}.png"));
        let png = self.browser.get("/screenshot");
        std::fs::write(&path, from_base64(png.as_str().unwrap())).unwrap();
        path
    }

    /// How many pages of A4 it takes on paper.
    pub fn printed_pages(&self) -> usize {
        let paper = json!({ "page": { "width": 21.0, "height": 29.7 } });
        let pdf = self.browser.post("/print", paper);
        let pdf = from_base64(pdf.as_str().unwrap());
        let pages = |marker: &[u8]| pdf.windows(marker.len()).filter(|at| *at == marker).count();
        // The node that lists the pages is one of another kind.
        pages(b"/Type /Page") - pages(b"/Type /Pages")
    }

    fn element(&self, selector: &str) -> String {
        let started = Instant::now();
        loop {
            self.until_there(selector);
            // The page may have taken it away in between.
            if let Some(element) = self.browser.find(selector) {
                return element;
            }
            assert!(started.elapsed() < PATIENCE, "{selector} comes and goes");
        }
    }
}

/// What `cargo xtask bundle` made, as `GREENLIGHT_DIST` names it or else in `dist/`.
pub fn dist() -> PathBuf {
    let named = std::env::var_os("GREENLIGHT_DIST").map(PathBuf::from);
    named.unwrap_or_else(|| root().join("dist"))
}

/// A page of no version is one in development, which is not kept for when there is no network. Keeping it would take every
/// test half a second of processor time; tests of that visit the page as it ships.
fn page_of_no_version() -> String {
    let page = std::fs::read_to_string(dist().join("index.html")).unwrap();
    let meta = "<meta name=\"greenlight-version\" content=\"";
    let (before, rest) = page.split_once(meta).unwrap();
    let (_, after) = rest.split_once('"').unwrap();
    format!("{before}{meta}\"{after}")
}

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn from_base64(text: &str) -> Vec<u8> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text
        .bytes()
        .filter(|&byte| byte != b'=')
        .map(digit)
        .collect();
    let bytes = digits.chunks(4).flat_map(|chunk| {
        let group = chunk.iter().fold(0, |group, digit| group << 6 | digit);
        let group = group << (6 * (4 - chunk.len()));
        group
            .to_be_bytes()
            .into_iter()
            .skip(1)
            .take(chunk.len() - 1)
    });
    bytes.collect()
}
