//! The few things that must be known about the built `index.html`, without an HTML parser.

use anyhow::{Context, Result};
use std::ops::Range;

/// The contents of scripts that stand in the page itself. What is no program is none.
pub fn inline_scripts(html: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find_tag(html, "<script", from) {
        let Some(open_end) = tag_end(html, start) else {
            break;
        };
        let Some(length) = html[open_end..].find("</script") else {
            break;
        };
        let content = open_end..open_end + length;
        from = content.end;
        let tag = &html[start..open_end];
        let is_data = attribute(tag, "type").is_some_and(|kind| kind == "text/plain");
        if attribute(tag, "src").is_none() && !is_data {
            found.push(content);
        }
    }
    found
}

/// The page without the scripts that stand in it; data stays.
pub fn without_inline_scripts(html: &str) -> String {
    let mut kept = String::new();
    let mut from = 0;
    for script in inline_scripts(html) {
        let start = html[..script.start]
            .rfind("<script")
            .unwrap_or(script.start);
        let end = html[script.end..].find('>').map(|at| script.end + at + 1);
        kept.push_str(&html[from..start]);
        from = end.unwrap_or(html.len());
    }
    kept + &html[from..]
}

/// The first tag that has this text in it, as `<meta name="…" …>`.
pub fn tag_with(html: &str, text: &str) -> Option<Range<usize>> {
    let inside = html.find(text)?;
    let start = html[..inside].rfind('<')?;
    Some(start..tag_end(html, start)?)
}

/// The page with another content of its `meta` element of the name `greenlight-NAME`.
pub fn with_meta(page: &str, name: &str, content: &str) -> Result<String> {
    let meta = format!("name=\"greenlight-{name}\"");
    let tag = tag_with(page, &meta).with_context(|| format!("the page has no <meta {meta}>"))?;
    let old = attribute(&page[tag.clone()], "content")
        .with_context(|| format!("<meta {meta}> has no content"))?;
    let (old, new) = (
        format!("content=\"{old}\""),
        format!("content=\"{content}\""),
    );
    let new = page[tag.clone()].replace(&old, &new);
    Ok([&page[..tag.start], &new, &page[tag.end..]].concat())
}

/// The value of an attribute of a tag.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(found) = tag[from..].find(name).map(|at| from + at) {
        from = found + name.len();
        let stands_alone = tag[..found].ends_with(|before: char| before.is_ascii_whitespace());
        let Some(value) = tag[from..].strip_prefix('=').filter(|_| stands_alone) else {
            continue;
        };
        let quote = value
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''));
        return match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value
                .split(|end: char| end.is_ascii_whitespace() || end == '>')
                .next(),
        };
    }
    None
}

/// Every address that the page names in `href`, `src`, or in a string of an inline script, relative to the page.
pub fn names<'a>(html: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let is_in_name =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
    candidates
        .filter(|name| {
            html.match_indices(*name).any(|(at, _)| {
                let whole_before = !html[..at].ends_with(is_in_name);
                let whole_after = !html[at + name.len()..].starts_with(is_in_name);
                whole_before && whole_after
            })
        })
        .collect()
}

fn find_tag(html: &str, tag: &str, from: usize) -> Option<usize> {
    html[from..]
        .match_indices(tag)
        .map(|(at, _)| from + at)
        .find(|at| {
            let after = html[at + tag.len()..].chars().next();
            after.is_some_and(|after| after.is_ascii_whitespace() || after == '>')
        })
}

/// Just past the `>` that ends the tag; one in quotes does not.
fn tag_end(html: &str, start: usize) -> Option<usize> {
    let mut quote = None;
    for (at, character) in html[start..].char_indices() {
        match (quote, character) {
            (None, '>') => return Some(start + at + 1),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scripts_with_content_in_the_page_are_inline() {
        let html = r#"<script src="a.js"></script><script type="text/plain">data</script><script type="module" data-x=">">one</script><scripted>no</scripted><script>two</script>"#;
        let contents: Vec<_> = inline_scripts(html)
            .into_iter()
            .map(|range| &html[range])
            .collect();
        assert_eq!(contents, ["one", "two"]);
        let without = r#"<script src="a.js"></script><script type="text/plain">data</script><scripted>no</scripted>"#;
        assert_eq!(without_inline_scripts(html), without);
    }

    #[test]
    fn a_tag_is_found_by_its_text_and_attributes_by_their_whole_names() {
        let html = r#"<head><meta data-content="x" name="engine" content='engine.js'></head>"#;
        let tag = &html[tag_with(html, r#"name="engine""#).unwrap()];
        assert_eq!(attribute(tag, "content"), Some("engine.js"));
        assert_eq!(attribute("<script async src=a.js>", "src"), Some("a.js"));
        assert_eq!(attribute("<script>", "src"), None);
    }

    #[test]
    fn what_a_meta_element_says_is_replaced_there_alone() {
        let page = "<p>b</p><meta name=\"greenlight-a\" content=\"b\"><meta name=\"greenlight-c\" content=\"\">";
        let other = with_meta(&with_meta(page, "a", "x").unwrap(), "c", "y").unwrap();
        let expected = "<p>b</p><meta name=\"greenlight-a\" content=\"x\"><meta name=\"greenlight-c\" content=\"y\">";
        assert_eq!(other, expected);
        assert!(with_meta(page, "d", "x").is_err());
    }

    #[test]
    fn files_are_named_as_whole_words() {
        let html = r#"<link href="./app-1.css"><script>import("./app-1.js")</script>"#;
        assert_eq!(
            names(
                html,
                ["app-1.css", "app-1.js", "app-1", "p-1.js"].into_iter()
            ),
            ["app-1.css", "app-1.js"]
        );
    }
}
