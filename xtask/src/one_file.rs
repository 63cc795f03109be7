//! `greenlight.html`: the whole page as one file, which opens from a disk by a double click.
//!
//! A page from `file:` may fetch nothing, load no script and start no worker from a file. So styles and glue stand in it;
//! modules and samples do as packed text, and `static/one_file.js` is the loader that unpacks them.

use crate::csp::{self, base64};
use crate::lazy::Placed;
use crate::{html, offline, workspace};
use anyhow::{Context, Result, bail, ensure};
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use std::path::Path;

/// What it is called.
pub const NAME: &str = "greenlight.html";
/// The engine that reads everything: a second one would only make the file larger.
const ENGINE: &str = "engine_json";
const WORKBENCH: &str = "workbench";
/// What the page's own module begins with.
const PAGE: &str = "greenlight-app-";
/// The worker waits for its module. A rejected promise does not reach the page, an error thrown from a timer does.
const WORKER_START: &str = r#"
addEventListener("unhandledrejection", (event) => setTimeout(() => { throw event.reason; }));
addEventListener("message", (event) => wasm_bindgen({ module_or_path: event.data }), { once: true });
"#;
/// How a module's glue gives away what starts it.
const EXPORT: &str = "export { initSync, __wbg_init as default };";

/// Packs the page, before hashes are in its policy, and everything it loads from the folder.
pub fn pack(page: &str, lazy: &[Placed], folder: &Path) -> Result<String> {
    let read = |name: &str| {
        fs::read(folder.join(name)).with_context(|| format!("cannot read {name} to pack it"))
    };
    let text = |name: &str| Ok::<_, anyhow::Error>(String::from_utf8(read(name)?)?);
    let placed = |name: &str| {
        let mut all = lazy.iter();
        let found = all.find(|placed| placed.name == name);
        found.with_context(|| format!("there is no module `{name}` to pack"))
    };
    let (engine, workbench) = (placed(ENGINE)?, placed(WORKBENCH)?);
    let files = offline::files(folder)?;
    let app = files
        .iter()
        .find_map(|name| {
            name.strip_suffix(".js")
                .filter(|name| name.starts_with(PAGE))
        })
        .context("there is no module of the page to pack")?;

    let (head, styles) = without_what_loads(page, &text, &read)?;
    let loader = fs::read_to_string(workspace::root().join("static/one_file.js"))
        .context("cannot read static/one_file.js")?;
    let scripts = [
        module_glue("page", &text(&format!("{app}.js"))?)?,
        module_glue(WORKBENCH, &workbench.glue)?,
        loader,
    ];
    let mut parts = vec![
        data("engine.js", &(engine.glue.clone() + WORKER_START)),
        data("engine.wasm", &packed(&read(&engine.module)?)?),
        data("workbench.wasm", &packed(&read(&workbench.module)?)?),
        data("page.wasm", &packed(&read(&format!("{app}_bg.wasm"))?)?),
    ];
    for name in files.iter().filter(|name| name.starts_with("samples/")) {
        parts.push(data(name, &packed(&read(name)?)?));
    }
    for script in scripts.iter().chain([&engine.glue]) {
        ensure_ends_nowhere(script, &["</script", "<script", "<!--"])?;
    }
    ensure_ends_nowhere(&styles, &["</style"])?;
    let policy = csp::of_one_file(
        scripts.iter().map(String::as_str),
        [styles.as_str()].into_iter(),
    );
    let head = with_policy(&head, &policy)?;
    let head = head.replacen("</head>", &format!("<style>{styles}</style></head>"), 1);
    let scripts = scripts.map(|script| format!("<script type=\"module\">{script}</script>\n"));
    let body = [parts.concat(), scripts.concat()].concat();
    let end = head.rfind("</body>").context("the page has no </body>")?;
    Ok([&head[..end], &body, &head[end..]].concat())
}

/// The page without its scripts and links, and the styles that they led to. The icon comes along.
fn without_what_loads(
    page: &str,
    text: &impl Fn(&str) -> Result<String>,
    read: &impl Fn(&str) -> Result<Vec<u8>>,
) -> Result<(String, String)> {
    let page = page.replace("\r\n", "\n");
    let page = html::with_meta(&page, "reach", "nothing")?;
    let page = html::without_inline_scripts(&page);
    let (mut kept, mut styles) = (String::new(), String::new());
    let mut rest = page.as_str();
    while let Some(start) = rest.find("<link ") {
        let tag = html::tag_with(&rest[start..], "link ").context("a link has no end")?;
        let tag = &rest[start..start + tag.end];
        kept.push_str(&rest[..start]);
        rest = &rest[start + tag.len()..];
        let address = html::attribute(tag, "href").unwrap_or_default();
        let name = address.trim_start_matches("./");
        match html::attribute(tag, "rel") {
            Some("stylesheet") => styles.push_str(&text(name)?),
            Some("icon") => {
                let icon = base64(&read(name)?);
                kept.push_str(&tag.replace(address, &format!("data:image/svg+xml;base64,{icon}")));
            }
            Some("manifest" | "modulepreload" | "preload") => {}
            other => bail!("the page has a link that cannot be packed: {other:?}"),
        }
    }
    kept.push_str(rest);
    Ok((kept, styles))
}

fn with_policy(page: &str, policy: &str) -> Result<String> {
    let tag = html::tag_with(page, "Content-Security-Policy").context("the page has no policy")?;
    let old = html::attribute(&page[tag.clone()], "content").context("the policy is empty")?;
    let tag_with_policy = page[tag.clone()].replace(old, policy);
    Ok([&page[..tag.start], &tag_with_policy, &page[tag.end..]].concat())
}

/// A module's glue, which leaves what starts it where the loader finds it: nothing can import from a page.
fn module_glue(name: &str, glue: &str) -> Result<String> {
    ensure!(
        glue.matches(EXPORT).count() == 1,
        "the glue of `{name}` does not end with `{EXPORT}`"
    );
    Ok(glue.replace(
        EXPORT,
        &format!("(globalThis.greenlightGlue ??= {{}}).{name} = __wbg_init;"),
    ))
}

fn data(name: &str, text: &str) -> String {
    format!("<script type=\"text/plain\" data-part=\"{name}\">{text}</script>\n")
}

fn packed(bytes: &[u8]) -> Result<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(base64(&encoder.finish()?))
}

/// Text that stands in an element must not end it, or begin a comment in it.
fn ensure_ends_nowhere(text: &str, marks: &[&str]) -> Result<()> {
    let text = text.to_ascii_lowercase();
    for mark in marks {
        ensure!(
            !text.contains(mark),
            "a script or style has `{mark}` in it, and cannot stand in a page: write it in two pieces"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_a_page_loads_is_packed_into_it() {
        let folder = std::env::temp_dir().join(format!("greenlight-pack-{}", std::process::id()));
        fs::create_dir_all(folder.join("samples")).unwrap();
        let glue = format!("let a = import.meta.url; {EXPORT}");
        for (name, content) in [
            ("greenlight-app-0.js", glue.as_str()),
            ("greenlight-app-0_bg.wasm", "page"),
            ("workbench-0_bg.wasm", "workbench"),
            ("engine_json-0_bg.wasm", "engine"),
            ("base-0.css", "p { color: red }"),
            ("icon-0.svg", "<svg/>"),
            ("samples/a.csv", "label"),
        ] {
            fs::write(folder.join(name), content).unwrap();
        }
        let placed = |name, glue: &str| Placed {
            name,
            script: format!("{name}-0.js"),
            module: format!("{name}-0_bg.wasm"),
            glue: glue.to_owned(),
        };
        let lazy = [placed("engine_json", "let b;"), placed("workbench", &glue)];
        let page = "<!doctype html><head><meta http-equiv=\"Content-Security-Policy\" content=\"{{SCRIPT_HASHES}}\">\
            <meta name=\"greenlight-reach\" content=\"host\"><link rel=\"icon\" href=\"./icon-0.svg\"/>\
            <link rel=\"stylesheet\" href=\"./base-0.css\"/><script type=\"module\">import(1)</script></head>\
            <body><script type=\"text/plain\" id=\"greenlight-report\"></script></body>";
        let packed = pack(page, &lazy, &folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        for part in [
            "<style>p { color: red }</style></head>",
            "data:image/svg+xml;base64,PHN2Zy8+",
            "content=\"nothing\"",
            "id=\"greenlight-report\"></script>",
            "data-part=\"samples/a.csv\">H4sI",
            "(globalThis.greenlightGlue ??= {}).page = __wbg_init;",
            "(globalThis.greenlightGlue ??= {}).workbench = __wbg_init;",
            "globalThis.greenlight = {",
        ] {
            assert!(packed.contains(part), "{part} is not in {packed}");
        }
        for gone in ["import(1)", "export {", "./base-0.css", "{{"] {
            assert!(!packed.contains(gone), "{gone} is in {packed}");
        }
    }

    #[test]
    fn what_would_end_its_element_is_refused() {
        assert!(ensure_ends_nowhere("a < b", &["</script"]).is_ok());
        assert!(ensure_ends_nowhere("\"</SCRIPT>\"", &["</script"]).is_err());
        assert!(module_glue("page", "let a;").is_err());
    }
}
