//! Data that a link names.

use serde_json::json;

use crate::data;
use crate::driver::{KINDS, Kind};
use crate::page::{Page, dist};
use crate::server::{Answer, Server};

const REMOTE: &str = "[data-testid=remote]";

/// Does it in each kind of browser.
fn in_every_browser(test: impl Fn(Page)) {
    KINDS.into_iter().map(page).for_each(test);
}

/// A host of the page with files of a team's own beside it.
fn page(kind: Kind) -> Page {
    let server = Server::start(&dist(), "/team/");
    let csv = |text: String| Answer::Open(text.into_bytes());
    server.tell("predictions.csv", csv(data::matrix_90_10_5_95()));
    server.tell("policy.json", csv(policy("ours", 0.99)));
    Page::beside(server, kind)
}

fn policy(name: &str, accuracy: f64) -> String {
    json!({
        "name": name,
        "criteria": [{ "name": "accuracy", "metric": "accuracy", "operator": ">=", "limit": accuracy, "severity": "must" }],
    })
    .to_string()
}

fn until_remote(page: &Page, state: &str) {
    page.until(
        &format!("the data of the link are {state}"),
        &format!("return document.querySelector('{REMOTE}')?.dataset.state === '{state}'"),
    );
}

fn said(page: &Page) -> String {
    page.text(REMOTE)
}

#[test]
fn data_and_a_policy_beside_the_page_load_as_it_opens() {
    in_every_browser(|page| {
        page.visit("?data=predictions.csv&policy=policy.json");
        page.until_state("ready");
        assert!(page.text("header").contains("predictions.csv"));
        page.until_there("[data-testid=verdict][data-verdict=not_ready]");
        assert!(page.text("main").contains("99"), "the policy's limit");
        page.go("confusion");
        assert_eq!(page.metric("accuracy"), 0.925);
        // A reload asks again, since the address still says so.
        page.browse("refresh");
        page.until_state("ready");
        page.close();
    });
}

#[test]
fn several_files_are_put_together() {
    in_every_browser(|page| {
        let server = page.server();
        server.tell(
            "a/labels.csv",
            Answer::Open(b"id,label\n1,1\n2,0\n3,1\n".to_vec()),
        );
        server.tell(
            "a/predictions.csv",
            Answer::Open(b"id,prediction\n1,1\n2,0\n3,0\n".to_vec()),
        );
        page.visit("?data=a/labels.csv&data=a/predictions.csv");
        page.until_state("ready");
        page.go("confusion");
        assert!((page.metric("accuracy") - 2.0 / 3.0).abs() < 1e-12);
        page.close();
    });
}

#[test]
fn what_the_host_does_not_have_is_said_and_can_be_tried_again() {
    in_every_browser(|page| {
        page.server().tell("later.csv", Answer::Status(404));
        page.visit("?data=later.csv");
        until_remote(&page, "failed");
        let text = said(&page);
        assert!(
            text.contains("“later.csv”") && text.contains("404"),
            "{text}"
        );
        // The rest of the page is there all the same.
        assert!(page.has("[data-testid=file-input]"));
        page.server().tell(
            "later.csv",
            Answer::Open(data::matrix_90_10_5_95().into_bytes()),
        );
        page.click("[data-testid=remote-again]");
        page.until_state("ready");
    });
}

#[test]
fn a_policy_that_is_none_is_said_and_nothing_is_opened() {
    in_every_browser(|page| {
        page.server()
            .tell("broken.json", Answer::Open(b"{\"name\": 1}".to_vec()));
        page.visit("?data=predictions.csv&policy=broken.json");
        until_remote(&page, "failed");
        let text = said(&page);
        assert!(text.contains("“broken.json” is no policy"), "{text}");
        page.close();
    });
}

#[test]
fn another_host_is_asked_on_the_other_page_alone_and_after_a_click() {
    in_every_browser(|page| {
        let other = Server::empty();
        other.tell(
            "store/theirs.csv",
            Answer::Open(data::matrix_90_10_5_95().into_bytes()),
        );
        let data = format!("{}store/theirs.csv", other.other_url());
        page.visit(&format!("?data={data}"));
        until_remote(&page, "elsewhere");
        assert!(said(&page).contains("localhost:"), "{}", said(&page));
        page.click("[data-testid=remote-link]");
        until_remote(&page, "asking");
        let hosts = page.text("[data-testid=remote-hosts]");
        assert!(data.contains(&hosts), "{hosts}");
        assert_eq!(other.asked(), [], "it was asked before someone said yes");
        page.click("[data-testid=remote-fetch]");
        page.until_state("ready");
        assert!(page.text("header").contains("theirs.csv"));
        let asked = other.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        let tells = |what: &str| {
            let headers = asked[0].headers.iter();
            headers.filter(|header| header.starts_with(what)).count()
        };
        assert_eq!((tells("referer"), tells("cookie")), (0, 0), "{asked:?}");
        page.close();
    });
}

#[test]
fn a_host_that_sends_on_elsewhere_is_not_followed_by_the_page_that_may_not() {
    in_every_browser(|page| {
        let other = Server::empty();
        other.tell(
            "theirs.csv",
            Answer::Open(data::matrix_90_10_5_95().into_bytes()),
        );
        let away = Answer::Redirect(format!("{}theirs.csv", other.other_url()));
        page.server().tell("moved.csv", away);
        page.visit("?data=moved.csv");
        until_remote(&page, "failed");
        let text = said(&page);
        assert!(text.contains("sends on to another host"), "{text}");
        assert_eq!(other.asked(), []);
        // The other page may, and so it does.
        page.visit("remote.html?data=moved.csv");
        page.until_state("ready");
    });
}

#[test]
fn what_is_too_long_or_stops_coming_ends_and_what_comes_can_be_stopped() {
    in_every_browser(|page| {
        page.server()
            .tell("huge.csv", Answer::Promise(3_000_000_000));
        page.visit("?data=huge.csv");
        until_remote(&page, "failed");
        let text = said(&page);
        assert!(text.contains("longer than 2.00 GB"), "{text}");
        page.server().tell("slow.csv", Answer::Promise(1_000_000));
        page.visit("?data=slow.csv");
        until_remote(&page, "fetching");
        page.until(
            "it says what is fetched, and how long that is",
            "const said = document.querySelector('[data-testid=remote]')?.innerText.replaceAll('\\u202f', ' ');
             return said?.includes('slow.csv') && said.includes('of 1.00 MB')",
        );
        page.click("[data-testid=remote-cancel]");
        until_remote(&page, "failed");
        assert!(said(&page).contains("as you asked"));
        page.click("[data-testid=remote-again]");
        until_remote(&page, "fetching");
        // Nothing comes for as long as a host may be silent.
        until_remote(&page, "failed");
        let text = said(&page);
        assert!(text.contains("nothing has been heard"), "{text}");
    });
}

#[test]
fn addresses_that_no_page_should_fetch_are_refused() {
    in_every_browser(|page| {
        for (data, part) in [
            ("javascript:alert(1)", "javascript:"),
            ("data:text/csv,label", "data:"),
            (
                "https://me:secret@example.org/a.csv",
                "a name or a password",
            ),
            ("http://example.org/a.csv", "on its way"),
            ("https://", "is no address"),
        ] {
            for name in ["", "remote.html"] {
                page.visit(&format!("{name}?data={data}"));
                until_remote(&page, "refused");
                let text = said(&page);
                assert!(text.contains(part), "{data}: {text}");
                assert!(!text.contains("secret"), "{text}");
            }
        }
        page.close();
    });
}
