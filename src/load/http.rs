//! A dataset → an RDF store over HTTP, by the
//! [SPARQL 1.1 Graph Store Protocol](https://www.w3.org/TR/sparql11-http-rdf-update/).
//!
//! The graph goes in one request, which most stores take as one transaction. Without `replace` it is added to
//! what is there (`POST`), with it it takes its place (`PUT`). Nothing in it is a blank node, so that adding it
//! again adds nothing.

use super::Credentials;
use crate::dataset::Dataset;
use crate::rdf::{self, Syntax, Version, iri};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::{self, Read};
use std::thread;
use std::time::Duration;
use ureq::http::{Request, Response, StatusCode, header};
use ureq::{Agent, Body};

/// Where in a store the graph goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Graph {
    /// Its default graph.
    Default,
    /// The named graph of that IRI.
    Named(String),
    /// A named graph an article, and the default graph for the rest. Beyond the protocol, but most stores take
    /// N-Quads at the address of all graphs.
    Articles,
}

/// How and where to load.
#[derive(Debug, Clone)]
pub struct Store {
    /// Address of the Graph Store, such as `http://127.0.0.1:7878/store`.
    pub address: String,
    /// Which graph of it.
    pub graph: Graph,
    /// Whether what the graph held goes.
    pub replace: bool,
    /// Who loads.
    pub credentials: Credentials,
    /// How long one try may take, all in all.
    pub timeout: Duration,
    /// How often it is tried again where no answer comes, or one that blames the server.
    pub retries: u32,
}

/// What was sent, and what the store answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Bytes of RDF.
    pub bytes: usize,
    /// HTTP status of the answer.
    pub status: u16,
}

/// Why a graph did not get in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The address cannot be used; `help` says what would do.
    #[error("{message}")]
    Address {
        /// What is wrong with it.
        message: String,
        /// What to write instead.
        help: &'static str,
    },
    /// The store does not want it.
    #[error("the store refuses the graph: {status}{}", told(.answer))]
    Refused {
        /// The HTTP status.
        status: StatusCode,
        /// The beginning of what it says.
        answer: String,
    },
    /// The store failed, or did not answer.
    #[error("the store did not take the graph in {tries} tries: {cause}")]
    Failed {
        /// How often it was tried.
        tries: u32,
        /// What came of the last try.
        cause: String,
    },
    /// The graph could not be written.
    #[error("the graph cannot be written as RDF")]
    Write(#[from] io::Error),
}

fn told(answer: &str) -> String {
    if answer.is_empty() { String::new() } else { format!(": {answer}") }
}

/// What came of one try.
enum Try {
    Done(Report),
    Final(LoadError),
    Again(String),
}

/// The first wait between two tries; each next one is twice as long.
const WAIT: Duration = Duration::from_millis(500);
/// Longer answers of a store are cut, in bytes.
const ANSWER: u64 = 600;

impl Store {
    /// Loads the dataset. `note` is told of each try that failed and is followed by another. Holds the graph in
    /// memory as Turtle, about 1 kB a piece of evidence.
    ///
    /// # Errors
    /// [`LoadError`]. After [`LoadError::Failed`] it is unknown whether the store holds nothing of the graph, a
    /// part, or all; loading again gives the same content in any case.
    pub fn load(&self, dataset: &Dataset, mut note: impl FnMut(&str)) -> Result<Report, LoadError> {
        let address = self.address()?;
        let (syntax, kind) = match self.graph {
            Graph::Articles => (Syntax::NQuads, "application/n-quads"),
            _ => (Syntax::Turtle, "text/turtle"),
        };
        let mut body = Vec::new();
        rdf::write(dataset, syntax, Version::V11, &mut body)?;
        let agent = self.agent();
        let mut wait = WAIT;
        let mut tries = 1;
        loop {
            match self.once(&agent, &address, kind, &body) {
                Try::Done(report) => return Ok(report),
                Try::Final(error) => return Err(error),
                Try::Again(cause) if tries > self.retries => return Err(LoadError::Failed { tries, cause }),
                Try::Again(cause) => note(&format!("{cause}; trying again in {} ms", wait.as_millis())),
            }
            thread::sleep(wait);
            wait *= 2;
            tries += 1;
        }
    }

    /// The address with the graph in its query.
    fn address(&self) -> Result<String, LoadError> {
        let wrong = |message: String, help| Err(LoadError::Address { message, help });
        let Some((scheme, rest)) = self.address.split_once("://") else {
            return wrong(format!("`{}` is no address", self.address), "write http://HOST:PORT/PATH");
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.contains('@') {
            // Not repeated in the message: it holds a password.
            let message = "an address with a user in it would be seen by everybody on the machine".to_owned();
            return wrong(message, "set RELATA_USER and RELATA_PASSWORD instead");
        }
        if host.is_empty() || rest.contains('#') {
            return wrong(format!("`{}` is no address", self.address), "write http://HOST:PORT/PATH");
        }
        if scheme == "https" && !cfg!(feature = "tls") {
            let message = "this program was built without TLS, so it cannot load over `https`".to_owned();
            return wrong(message, "build it with `--features tls`");
        }
        let mark = if rest.contains('?') { '&' } else { '?' };
        Ok(match &self.graph {
            Graph::Articles => self.address.clone(),
            Graph::Default => format!("{}{mark}default", self.address),
            Graph::Named(name) => match iri::cleaned(name) {
                Some(name) => format!("{}{mark}graph={}", self.address, iri::query(&name)),
                None => {
                    return wrong(format!("`{name}` is no IRI"), "write one like https://example.org/graph");
                }
            },
        })
    }

    /// Whether a password would go over the network for others to read.
    pub fn is_overheard(&self) -> bool {
        let host =
            self.address.strip_prefix("http://").map(|rest| rest.split('/').next().unwrap_or_default());
        let near = |host: &str| ["127.", "localhost", "[::1]"].iter().any(|own| host.starts_with(own));
        self.credentials != Credentials::None && host.is_some_and(|host| !near(host))
    }

    fn agent(&self) -> Agent {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A redirected request would lose its body or carry the password elsewhere.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(10).min(self.timeout)))
            .timeout_global(Some(self.timeout))
            .user_agent(concat!("relata/", env!("CARGO_PKG_VERSION")));
        config.build().into()
    }

    fn once(&self, agent: &Agent, address: &str, kind: &str, body: &[u8]) -> Try {
        let mut request = Request::builder().method(if self.replace { "PUT" } else { "POST" }).uri(address);
        request = request.header(header::CONTENT_TYPE, kind);
        match &self.credentials {
            Credentials::None => {}
            Credentials::Password(user, password) => {
                let both = BASE64_STANDARD.encode(format!("{user}:{password}"));
                request = request.header(header::AUTHORIZATION, format!("Basic {both}"));
            }
            Credentials::Token(token) => {
                request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
            }
        }
        let request = match request.body(body) {
            Ok(request) => request,
            Err(error) => {
                let message = format!("`{}` is no address: {error}", self.address);
                return Try::Final(LoadError::Address { message, help: "write http://HOST:PORT/PATH" });
            }
        };
        match agent.run(request) {
            Ok(response) => answered(response, body.len()),
            Err(ureq::Error::BadUri(error)) => {
                let message = format!("`{}` is no address: {error}", self.address);
                Try::Final(LoadError::Address { message, help: "write http://HOST:PORT/PATH" })
            }
            Err(error) => Try::Again(format!("no answer from {}: {error}", self.address)),
        }
    }
}

fn answered(response: Response<Body>, bytes: usize) -> Try {
    let status = response.status();
    if status.is_success() {
        return Try::Done(Report { bytes, status: status.as_u16() });
    }
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
    let mut answer = Vec::new();
    // What cannot be read of an error's text is only its text.
    response.into_body().into_reader().take(ANSWER).read_to_end(&mut answer).ok();
    let answer = String::from_utf8_lossy(&answer);
    let mut answer = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    if status.is_redirection() {
        answer = format!("it is at `{}`", to.unwrap_or_default());
    }
    let later = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS].contains(&status);
    if status.is_server_error() || later {
        return Try::Again(format!("the store answers {status}{}", told(&answer)));
    }
    Try::Final(LoadError::Refused { status, answer })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(address: &str, graph: Graph) -> Store {
        let credentials = Credentials::Token("s3cret".to_owned());
        let timeout = Duration::from_secs(1);
        Store { address: address.to_owned(), graph, replace: false, credentials, timeout, retries: 0 }
    }

    #[test]
    fn the_graph_stands_in_the_query() {
        let named = Graph::Named("https://x.example/a b&c".to_owned());
        for (address, graph, expected) in [
            ("http://h:1/store", Graph::Default, "http://h:1/store?default"),
            ("http://h/x?a=b", Graph::Default, "http://h/x?a=b&default"),
            ("http://h/s", named, "http://h/s?graph=https%3A%2F%2Fx%2Eexample%2Fa%2520b%26c"),
            ("http://h/s", Graph::Articles, "http://h/s"),
        ] {
            assert_eq!(store(address, graph).address().unwrap(), expected);
        }
    }

    #[test]
    fn an_address_that_cannot_be_used_is_told_without_its_password() {
        for address in ["h:1/store", "http:///store", "http://ada:s3cret@h/store", "http://h/a#b"] {
            let error = store(address, Graph::Default).address().unwrap_err().to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
        assert!(store("http://h/", Graph::Named("no iri".to_owned())).address().is_err());
    }

    #[test]
    fn a_secret_is_overheard_outside_the_machine_only() {
        for (address, overheard) in [
            ("http://127.0.0.1:7878/store", false),
            ("http://localhost/store", false),
            ("http://[::1]:1/", false),
            ("https://store.example/", false),
            ("http://store.example/", true),
        ] {
            assert_eq!(store(address, Graph::Default).is_overheard(), overheard, "{address}");
        }
    }
}
