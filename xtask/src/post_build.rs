//! What Trunk leaves to its callers: lazy modules whose names change with their content, and a strict content security
//! policy.
//!
//! Trunk runs this as a `post_build` hook, before the new files replace the old.

use crate::html;
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Stands in the policy of `index.html` where the hashes of inline scripts go.
const HASHES: &str = "{{SCRIPT_HASHES}}";
/// The modules that the page loads when it needs them. A `meta` element called `greenlight-NAME` says where each is.
const LAZY: [Lazy; 3] = [
    Lazy {
        name: "engine",
        start: Some(WORKER_START),
    },
    Lazy {
        name: "engine_json",
        start: Some(WORKER_START),
    },
    Lazy {
        name: "workbench",
        start: None,
    },
];

/// A module that Trunk leaves under a fixed name, so that a page from a new deployment could meet one from an old cache.
struct Lazy {
    name: &'static str,
    /// Makes the glue start itself; `{module}` stands for the wasm file, which is found beside the script.
    start: Option<&'static str>,
}

/// A rejected promise does not reach the page, be it that of the start or a later one; an error thrown from a timer
/// does: it fires the worker's `onerror`.
const WORKER_START: &str = r#"
addEventListener("unhandledrejection", (event) => setTimeout(() => { throw event.reason; }));
wasm_bindgen({ module_or_path: "{module}" });
"#;

/// Works on the folder that Trunk names in `TRUNK_STAGING_DIR`.
pub fn post_build() -> Result<()> {
    let folder = std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let folder =
        folder.context("`post-build` is for Trunk to call: TRUNK_STAGING_DIR is not set")?;
    let page = folder.join("index.html");
    let html =
        fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    let html = LAZY.iter().try_fold(html, |html, lazy| {
        let script = lazy.name_by_content(&folder)?;
        lazy.point_to(&script, &html)
    })?;
    let html = settle_reload_script(&html);
    let html = allow_inline_scripts(&html)?;
    fs::write(&page, html).with_context(|| format!("cannot write {}", page.display()))
}

impl Lazy {
    /// Turns the script and its wasm into files named by their content, and returns the script's name.
    fn name_by_content(&self, folder: &Path) -> Result<String> {
        let name = self.name;
        let glue_path = folder.join(format!("{name}.js"));
        let wasm_path = folder.join(format!("{name}_bg.wasm"));
        let glue = fs::read_to_string(&glue_path)
            .with_context(|| format!("cannot read {}", glue_path.display()))?;
        let wasm =
            fs::read(&wasm_path).with_context(|| format!("cannot read {}", wasm_path.display()))?;
        let start = self.start.unwrap_or_default();
        let digest = Sha256::new()
            .chain_update(&wasm)
            .chain_update(start)
            .chain_update(&glue)
            .finalize();
        let hash: String = digest
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let script = format!("{name}-{hash}.js");
        let module = format!("{name}-{hash}_bg.wasm");
        fs::write(
            folder.join(&script),
            glue + &start.replace("{module}", &module),
        )?;
        fs::rename(&wasm_path, folder.join(module))?;
        fs::remove_file(&glue_path)?;
        Ok(script)
    }

    /// The page with the script's name in its `meta` element.
    fn point_to(&self, script: &str, page: &str) -> Result<String> {
        let meta = format!("name=\"greenlight-{}\"", self.name);
        let tag = html::tag_with(page, &meta)
            .with_context(|| format!("index.html has no <meta {meta}>"))?;
        let old = html::attribute(&page[tag.clone()], "content")
            .context("that meta element has no content")?;
        let new = page[tag.clone()].replace(old, script);
        Ok([&page[..tag.start], &new, &page[tag.end..]].concat())
    }
}

/// `trunk serve` fills its reload script in anew at every request, which no hash could follow: fill it in for good.
fn settle_reload_script(page: &str) -> String {
    page.replace("'{{__TRUNK_ADDRESS__}}'", "window.location.host")
        .replace("{{__TRUNK_WS_BASE__}}", "/")
}

/// Puts the hash of every inline script into the policy.
fn allow_inline_scripts(page: &str) -> Result<String> {
    // Browsers hash what they parsed, and they parse CRLF as LF.
    let page = page.replace("\r\n", "\n");
    let policy = html::tag_with(&page, HASHES)
        .with_context(|| format!("index.html's policy has no {HASHES}"))?;
    let scripts = html::inline_scripts(&page);
    let precedes = page.find("<script").is_none_or(|first| policy.end <= first);
    ensure!(
        precedes,
        "index.html has a script before its content security policy, which would not apply to it"
    );
    let hashes: Vec<String> = scripts
        .into_iter()
        .map(|script| {
            format!(
                "'sha256-{}'",
                base64(&Sha256::digest(&page.as_bytes()[script]))
            )
        })
        .collect();
    Ok(page.replace(HASHES, &hashes.join(" ")))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let padded = [
            chunk[0],
            *chunk.get(1).unwrap_or(&0),
            *chunk.get(2).unwrap_or(&0),
        ];
        let group = u32::from_be_bytes([0, padded[0], padded[1], padded[2]]);
        for place in 0..4 {
            let digit = DIGITS[(group >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads_as_it_should() {
        let pairs = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("\u{ff}", "w78="),
        ];
        for (plain, encoded) in pairs {
            assert_eq!(base64(plain.as_bytes()), encoded, "{plain:?}");
        }
    }

    #[test]
    fn scripts_are_allowed_by_their_hash() {
        let page = "<meta content=\"script-src {{SCRIPT_HASHES}}\">\r\n<script>alert(1)</script>";
        let allowed = allow_inline_scripts(page).unwrap();
        // From `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`.
        assert!(
            allowed
                .contains("script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='\">\n"),
            "{allowed}"
        );
    }

    #[test]
    fn a_script_before_the_policy_is_refused() {
        assert!(
            allow_inline_scripts("<script>1</script><meta content=\"{{SCRIPT_HASHES}}\">").is_err()
        );
        assert!(allow_inline_scripts("<script>1</script>").is_err());
    }

    #[test]
    fn the_page_names_the_engine_it_was_built_with() {
        let page = "<meta name=\"greenlight-engine\" content=\"engine.js\"><p>engine.js</p>";
        let pointed = LAZY[0].point_to("engine-0a.js", page).unwrap();
        assert_eq!(
            pointed,
            "<meta name=\"greenlight-engine\" content=\"engine-0a.js\"><p>engine.js</p>"
        );
    }

    #[test]
    fn the_engines_name_follows_its_content() {
        let folder = std::env::temp_dir().join(format!("greenlight-xtask-{}", std::process::id()));
        let mut names = Vec::new();
        for wasm in ["one", "two", "one"] {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("engine.js"), "let wasm_bindgen;").unwrap();
            fs::write(folder.join("engine_bg.wasm"), wasm).unwrap();
            let name = LAZY[0].name_by_content(&folder).unwrap();
            let script = fs::read_to_string(folder.join(&name)).unwrap();
            let module = name.replace(".js", "_bg.wasm");
            assert!(
                script.starts_with("let wasm_bindgen;\n") && script.contains(&module),
                "{script}"
            );
            assert_eq!(fs::read_to_string(folder.join(module)).unwrap(), wasm);
            assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
            names.push(name);
            fs::remove_dir_all(&folder).unwrap();
        }
        assert_eq!(names[0], names[2]);
        assert_ne!(names[0], names[1]);
    }
}
