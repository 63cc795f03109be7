//! What may be done about what a link asks for: a matter of the addresses and of the page alone.

use crate::loader::Reach;

/// More addresses than that nobody means.
const MOST: usize = 16;

/// An address, taken apart by the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// As the link has it.
    pub text: String,
    /// In full; empty where it is no address at all.
    pub href: String,
    /// With its colon.
    pub scheme: String,
    /// What the browser takes for one and the same host.
    pub origin: String,
    /// The host, and its port unless it is the usual one.
    pub host: String,
    /// From the host on, without a query.
    pub path: String,
    /// Whether it carries the name or the password of someone.
    pub has_credentials: bool,
}

/// What a link asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Files, in order.
    pub data: Vec<Address>,
    /// Policies; one of them can judge.
    pub policies: Vec<Address>,
}

/// What may be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Nothing is asked for.
    Nothing,
    /// It is fetched at once.
    Fetch,
    /// It is fetched once someone has said yes to these hosts.
    Confirm(Vec<String>),
    /// It is not for this page to fetch: these hosts are others than its own.
    Elsewhere(Vec<String>),
    /// It is not fetched at all; a sentence without its stop that says why.
    Refuse(String),
}

impl Asked {
    /// Everything that is asked for.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.data.iter().chain(&self.policies)
    }

    /// What a page of this origin and reach may do.
    pub fn plan(&self, own: &str, reach: Reach) -> Plan {
        let asked = self.addresses().count();
        if asked == 0 {
            return Plan::Nothing;
        }
        if reach == Reach::Nothing {
            return Plan::Refuse(
                "This page is one file and fetches nothing: open the link where the page is on a host"
                    .to_owned(),
            );
        }
        if asked > MOST {
            return Plan::Refuse(format!(
                "The link names {asked} addresses, and {MOST} at most are fetched"
            ));
        }
        if self.policies.len() > 1 {
            return Plan::Refuse(
                "The link names several policies, and only one can judge: leave the others out"
                    .to_owned(),
            );
        }
        if let Some(why) = self.addresses().find_map(|address| address.refusal(own)) {
            return Plan::Refuse(why);
        }
        let mut hosts: Vec<String> = Vec::new();
        for address in self.addresses().filter(|address| address.origin != own) {
            if !hosts.contains(&address.host) {
                hosts.push(address.host.clone());
            }
        }
        match (hosts.is_empty(), reach) {
            (true, _) => Plan::Fetch,
            (false, Reach::Https) => Plan::Confirm(hosts),
            (false, _) => Plan::Elsewhere(hosts),
        }
    }
}

impl Address {
    /// Why it is not fetched by any page of ours, if it is not.
    fn refusal(&self, own: &str) -> Option<String> {
        let text = shortened(&self.text);
        if self.href.is_empty() {
            return Some(format!("“{text}” is no address"));
        }
        if !matches!(self.scheme.as_str(), "https:" | "http:") {
            return Some(format!(
                "“{text}” is not fetched: data come from https: addresses alone, and this is a {} address",
                self.scheme
            ));
        }
        if self.has_credentials {
            return Some(format!(
                "“{}” is not fetched: its address has a name or a password in it, which everyone who gets the link would see",
                self.host
            ));
        }
        if self.origin == own || self.scheme == "https:" || self.is_this_machine() {
            return None;
        }
        Some(format!(
            "“{text}” is not fetched: what comes over http: may have been changed on its way; use an https: address"
        ))
    }

    fn is_this_machine(&self) -> bool {
        self.host == "localhost" || self.host.starts_with("localhost:")
    }

    /// What the file is called: the last part of the path, or the host where there is none.
    pub fn file_name(&self) -> String {
        let last = self.path.rsplit('/').find(|part| !part.is_empty());
        last.map_or_else(|| self.host.clone(), decoded)
    }
}

/// A part of a path as people write it.
fn decoded(part: &str) -> String {
    let hex = |digits: Option<&[u8]>| {
        let digits = std::str::from_utf8(digits?).ok()?;
        u8::from_str_radix(digits, 16).ok()
    };
    let bytes = part.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let coded = hex(bytes.get(at + 1..at + 3)).filter(|_| byte == b'%');
        plain.push(coded.unwrap_or(byte));
        at += if coded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(plain).unwrap_or_else(|_| part.to_owned())
}

/// A link may be as long as it likes; a message may not.
fn shortened(text: &str) -> String {
    const ENOUGH: usize = 80;
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://team.example";

    /// As a browser would take it apart.
    fn address(href: &str) -> Address {
        let (scheme, rest) = href.split_at(href.find(':').unwrap() + 1);
        let rest = rest.strip_prefix("//").unwrap_or_default();
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        Address {
            text: href.to_owned(),
            href: href.to_owned(),
            scheme: scheme.to_owned(),
            origin: format!("{scheme}//{host}"),
            host: host.to_owned(),
            path: format!("/{path}"),
            has_credentials: !user.is_empty(),
        }
    }

    fn plan(data: &[&str], policies: &[&str], reach: Reach) -> Plan {
        let asked = Asked {
            data: data.iter().map(|href| address(href)).collect(),
            policies: policies.iter().map(|href| address(href)).collect(),
        };
        asked.plan(OWN, reach)
    }

    #[test]
    fn what_lies_on_the_own_host_is_fetched_at_once_by_both_pages() {
        for reach in [Reach::Host, Reach::Https] {
            let own = [
                "https://team.example/a/1.csv",
                "https://team.example/a/2.csv",
            ];
            assert_eq!(plan(&own, &[], reach), Plan::Fetch);
            assert_eq!(
                plan(&own, &["https://team.example/p.json"], reach),
                Plan::Fetch
            );
            assert_eq!(
                plan(&[], &["https://team.example/p.json"], reach),
                Plan::Fetch
            );
        }
        assert_eq!(plan(&[], &[], Reach::Https), Plan::Nothing);
    }

    #[test]
    fn other_hosts_are_named_once_each_and_never_fetched_unasked() {
        let data = [
            "https://team.example/a.csv",
            "https://store.example/a.csv",
            "https://store.example/b.csv",
            "http://localhost:9000/c.csv",
        ];
        let hosts = vec!["store.example".to_owned(), "localhost:9000".to_owned()];
        assert_eq!(
            plan(&data, &[], Reach::Host),
            Plan::Elsewhere(hosts.clone())
        );
        assert_eq!(plan(&data, &[], Reach::Https), Plan::Confirm(hosts));
        let hosts = vec!["team.example:8443".to_owned()];
        assert_eq!(
            plan(
                &["https://team.example/a.csv"],
                &["https://team.example:8443/p.json"],
                Reach::Https
            ),
            Plan::Confirm(hosts)
        );
    }

    #[test]
    fn what_no_page_should_fetch_is_refused_with_its_reason() {
        let many: Vec<&str> = vec!["https://store.example/a.csv"; MOST + 1];
        for (data, policies, reason) in [
            (vec!["javascript:alert(1)"], vec![], "javascript: address"),
            (
                vec!["data:text/csv,label,score"],
                vec![],
                "https: addresses alone",
            ),
            (
                vec!["blob:https://team.example/0"],
                vec![],
                "https: addresses alone",
            ),
            (vec!["file:///etc/passwd"], vec![], "https: addresses alone"),
            (
                vec!["https://me:secret@store.example/a.csv"],
                vec![],
                "a name or a password",
            ),
            (vec!["http://store.example/a.csv"], vec![], "on its way"),
            (
                vec!["http://localhost.store.example/a.csv"],
                vec![],
                "on its way",
            ),
            (many, vec![], "17 addresses"),
            (
                vec![],
                vec!["https://a.example/p", "https://b.example/p"],
                "several policies",
            ),
        ] {
            for reach in [Reach::Host, Reach::Https] {
                let Plan::Refuse(why) = plan(&data, &policies, reach) else {
                    panic!("{data:?} {policies:?} is not refused");
                };
                assert!(why.contains(reason), "{why}");
                assert!(!why.contains("secret"), "{why}");
            }
        }
        let nothing = Asked {
            data: vec![Address {
                text: "https://".to_owned(),
                ..Address::default()
            }],
            ..Asked::default()
        };
        let refused = Plan::Refuse("“https://” is no address".to_owned());
        assert_eq!(nothing.plan(OWN, Reach::Https), refused);
    }

    #[test]
    fn the_page_as_one_file_fetches_nothing() {
        let refused = plan(&["https://team.example/a.csv"], &[], Reach::Nothing);
        assert!(matches!(refused, Plan::Refuse(why) if why.contains("one file")));
    }

    #[test]
    fn a_file_is_called_as_its_path_ends() {
        for (href, name) in [
            ("https://a.example/b/c.csv", "c.csv"),
            ("https://a.example/b/c%20d%C3%A9.csv", "c dé.csv"),
            ("https://a.example/b/100%.csv", "100%.csv"),
            ("https://a.example/%ff.csv", "%ff.csv"),
            ("https://a.example/runs/", "runs"),
            ("https://a.example/", "a.example"),
        ] {
            assert_eq!(address(href).file_name(), name, "{href}");
        }
    }

    #[test]
    fn a_long_address_is_named_by_its_beginning() {
        let long = format!("javascript:{}", "é".repeat(200));
        let Plan::Refuse(why) = plan(&[&long], &[], Reach::Https) else {
            panic!("it is not refused");
        };
        assert!(why.chars().count() < 200, "{why}");
    }
}
