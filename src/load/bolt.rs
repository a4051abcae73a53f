//! [`Dataset`] → a store that speaks Bolt (Neo4j 4.4 and later, Memgraph, ArcadeDB), in the model of `graph.cypher`.
//!
//! One transaction holds everything, so that a store never shows half a graph. Who reads at the same time sees the
//! old one until the last row is in. The client is a cargo feature, because it needs as many crates again as the
//! program without it.

use crate::dataset::Dataset;

/// What a store took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// Entities and articles.
    pub nodes: usize,
    /// Triples and mentions.
    pub edges: usize,
}

/// Why a graph did not get into a store. Nothing of it is there then, unless an earlier load put it there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BoltError {
    /// The program was built without the client.
    #[error("this program was built without Bolt; build it with `cargo install --path . --features neo4j`")]
    NotBuiltIn,
    /// The address is no address of a store.
    #[error("`{address}` is no address like bolt://HOST:PORT or bolt://HOST:PORT/DATABASE: {reason}")]
    Address {
        /// The address, without what it says of a user.
        address: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Nobody answered, or the answer took too long.
    #[error("{address} did not answer within {seconds} s")]
    Silent {
        /// The address.
        address: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// The store refused, or the connection broke.
    #[error("{address} {doing}: {reason}")]
    Store {
        /// The address.
        address: String,
        /// What was being done.
        doing: &'static str,
        /// What the store said.
        reason: String,
    },
    /// Some rows found no place: another program took away their nodes meanwhile.
    #[error("{address} took {taken} of {given} rows; nothing was kept")]
    Lost {
        /// The address.
        address: String,
        /// Rows that were written.
        taken: usize,
        /// Rows that were sent.
        given: usize,
    },
}

/// Puts the graph into the store at `address` (`bolt://`, `bolt+s://`, `neo4j://`, `neo4j+s://`), adding to what is
/// there: nodes and edges of the same id get the properties of this graph and keep those that it does not know.
///
/// The database is the path of the address, `neo4j` where it has none. Connecting may take 30 s, each batch of 1,000
/// rows 60 s; a transaction that the store asks to repeat, or whose connection breaks before it is committed, is
/// tried three times in all. `user` and `password` are sent to the store and kept nowhere.
///
/// O(rows × log rows) where the store keeps the index on `id` that is asked for first, else O(rows²).
#[cfg(feature = "neo4j")]
pub fn bolt(dataset: &Dataset, address: &str, user: &str, password: &str) -> Result<Loaded, BoltError> {
    super::client::load(dataset, &Address::read(address)?, user, password)
}

/// Says that this program cannot.
#[cfg(not(feature = "neo4j"))]
pub fn bolt(_: &Dataset, address: &str, _: &str, _: &str) -> Result<Loaded, BoltError> {
    Address::read(address)?;
    Err(BoltError::NotBuiltIn)
}

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Scheme, host and port.
    pub(super) store: String,
    /// The database of that store.
    pub(super) database: String,
}

impl Address {
    const SCHEMES: [&str; 6] = ["bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"];

    fn read(address: &str) -> Result<Self, BoltError> {
        let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        // Told before all else, and without the part that must not be shown.
        let (shown, has_user) = match host.rsplit_once('@') {
            Some((_, host)) => (format!("{scheme}://{host}/{path}"), true),
            None => (address.to_owned(), false),
        };
        let wrong = |reason| Err(BoltError::Address { address: shown.clone(), reason });
        if has_user {
            return wrong("user and password belong in RELATA_USER and RELATA_PASSWORD");
        }
        if !Self::SCHEMES.contains(&scheme) {
            return wrong("it begins with none of bolt, bolt+s, bolt+ssc, neo4j, neo4j+s, neo4j+ssc");
        }
        if host.is_empty() {
            return wrong("it names no host");
        }
        let database = path.trim_end_matches('/');
        if database.contains(['/', '?', '#']) {
            return wrong("there may be only the name of a database after the host");
        }
        let database = if database.is_empty() { "neo4j" } else { database };
        Ok(Self { store: format!("{scheme}://{host}"), database: database.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_store_and_perhaps_a_database() {
        let read = |address: &str| {
            let Address { store, database } = Address::read(address).unwrap();
            format!("{store} {database}")
        };
        assert_eq!(read("bolt://127.0.0.1:7687"), "bolt://127.0.0.1:7687 neo4j");
        assert_eq!(read("neo4j+s://example.org/news/"), "neo4j+s://example.org news");
        for wrong in ["127.0.0.1:7687", "http://example.org", "bolt://", "bolt://a/b/c", "bolt:///b"] {
            assert!(Address::read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let error = Address::read("bolt://ada:se@cret@example.org/news").unwrap_err().to_string();
        assert!(error.contains("RELATA_PASSWORD"), "{error}");
        assert!(!error.contains("cret") && !error.contains("ada"), "{error}");
    }
}
