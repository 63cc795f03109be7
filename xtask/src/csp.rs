//! The content security policy of each page: what may run in it, and where it may send anything.

use crate::html;
use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

/// Stands in the policy of `index.html` where the hashes of inline scripts go.
const HASHES: &str = "{{SCRIPT_HASHES}}";
/// What the page that fetches from other hosts may connect to, in place of its own host alone.
const EVERYWHERE: &str = "connect-src 'self' https: http://localhost:*";
/// What a page may do that holds everything itself.
const ONE_FILE: &str = "default-src 'none'; script-src 'wasm-unsafe-eval' {scripts}; style-src {styles}; img-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'";

/// Puts the hash of every inline script into the policy.
pub fn allow_inline_scripts(page: &str) -> Result<String> {
    // Browsers hash what they parsed, and they parse CRLF as LF.
    let page = page.replace("\r\n", "\n");
    let policy = html::tag_with(&page, HASHES)
        .with_context(|| format!("index.html's policy has no {HASHES}"))?;
    let precedes = page.find("<script").is_none_or(|first| policy.end <= first);
    ensure!(
        precedes,
        "index.html has a script before its content security policy, which would not apply to it"
    );
    let scripts = html::inline_scripts(&page).into_iter();
    Ok(page.replace(HASHES, &hashes(scripts.map(|script| &page[script]))))
}

/// Lets the page fetch from other hosts.
pub fn allow_fetching_everywhere(page: &str) -> Result<String> {
    let own = "connect-src 'self'";
    ensure!(
        page.matches(own).count() == 1,
        "index.html's policy has no `{own}`"
    );
    Ok(page.replace(own, EVERYWHERE))
}

/// The policy of a page that holds everything itself: it can connect to nothing at all.
pub fn of_one_file<'a>(
    scripts: impl Iterator<Item = &'a str>,
    styles: impl Iterator<Item = &'a str>,
) -> String {
    ONE_FILE
        .replace("{scripts}", &hashes(scripts))
        .replace("{styles}", &hashes(styles))
}

fn hashes<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let hashes = texts.map(|text| format!("'sha256-{}'", base64(&Sha256::digest(text))));
    hashes.collect::<Vec<_>>().join(" ")
}

/// Standard base64, with padding.
pub fn base64(bytes: &[u8]) -> String {
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
    fn only_the_page_for_it_connects_to_other_hosts() {
        let page = "<meta content=\"connect-src 'self'; font-src 'self'\">";
        let remote = allow_fetching_everywhere(page).unwrap();
        assert!(remote.contains("connect-src 'self' https: http://localhost:*; font-src"));
        assert!(allow_fetching_everywhere("<meta content=\"connect-src https:\">").is_err());
        let policy = of_one_file(["alert(1)"].into_iter(), ["p {}"].into_iter());
        assert!(policy.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"));
        assert!(!policy.contains("connect-src") && policy.starts_with("default-src 'none'"));
    }
}
