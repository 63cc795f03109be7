//! Data that a link names: `?data=ADDRESS`, as often as wanted, and `?policy=ADDRESS`.
//!
//! What lies on the page's own host is fetched as the page opens. Anything else is the business of `remote.html`, which may
//! connect to other hosts, and which fetches nothing before someone has seen their names and said yes.

mod fetching;
mod plan;
mod trouble;
mod view;
mod watch;

pub use plan::{Address, Asked, Plan};
pub use view::RemoteData;

use web_sys::{Url, UrlSearchParams};

use crate::loader;

/// What the address of a page asks for, by the names in its query.
const DATA: &str = "data";
const POLICY: &str = "policy";

/// Whether the page's address names data or a policy.
pub fn is_asked() -> bool {
    let query = query_of_page();
    let mut pairs = query.trim_start_matches('?').split('&');
    pairs.any(|pair| {
        let name = pair.split('=').next();
        matches!(name, Some(DATA | POLICY))
    })
}

/// What the page's address asks for, and what may be done about it.
fn of_page() -> (Asked, Plan) {
    let query = query_of_page();
    let location = gloo::utils::window().location();
    let base = location.href().unwrap_or_default();
    let all = |name: &str| -> Vec<Address> {
        let Ok(query) = UrlSearchParams::new_with_str(&query) else {
            return Vec::new();
        };
        let texts = query.get_all(name);
        let texts = texts.iter().filter_map(|text| text.as_string());
        texts.map(|text| address_of(text, &base)).collect()
    };
    let asked = Asked {
        data: all(DATA),
        policies: all(POLICY),
    };
    let plan = asked.plan(&location.origin().unwrap_or_default(), loader::reach());
    (asked, plan)
}

/// An address as the browser understands it, which is the only way of understanding it that counts.
fn address_of(text: String, base: &str) -> Address {
    let Ok(url) = Url::new_with_base(&text, base) else {
        return Address {
            text,
            ..Address::default()
        };
    };
    Address {
        text,
        scheme: url.protocol(),
        origin: url.origin(),
        host: url.host(),
        path: url.pathname(),
        has_credentials: !url.username().is_empty() || !url.password().is_empty(),
        href: url.href(),
    }
}

fn query_of_page() -> String {
    let location = gloo::utils::window().location();
    location.search().unwrap_or_default()
}
