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
/// The database is the path of the address, `neo4j` where it has none. Connecting may take 10 s, each batch of 1,000
/// rows 60 s; a transaction that the store asks to repeat, or whose connection breaks before it is committed, is
/// tried three times in all. `user` and `password` are sent to the store and kept nowhere.
///
/// O(rows × log rows) where the store keeps the index on `id` that is asked for first, else O(rows²).
#[cfg(feature = "neo4j")]
pub fn bolt(dataset: &Dataset, address: &str, user: &str, password: &str) -> Result<Loaded, BoltError> {
    client::load(dataset, &Address::read(address)?, user, password)
}

/// Says that this program cannot.
#[cfg(not(feature = "neo4j"))]
pub fn bolt(_: &Dataset, address: &str, _: &str, _: &str) -> Result<Loaded, BoltError> {
    Address::read(address)?;
    Err(BoltError::NotBuiltIn)
}

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Address {
    /// Scheme, host and port.
    store: String,
    /// The database of that store.
    database: String,
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

#[cfg(feature = "neo4j")]
mod client {
    use super::{Address, BoltError, Loaded};
    use crate::dataset::Dataset;
    use crate::export::cypher::name;
    use crate::export::property::{ARTICLE, Column, ENTITY, Edge, Node, PropertyGraph, Table, Value};
    use neo4rs::{
        BoltList, BoltMap, BoltNull, BoltString, BoltType, ConfigBuilder, Error, Graph, Txn, query,
    };
    use std::collections::BTreeMap;
    use std::future::Future;
    use std::time::Duration;
    use tokio::time::{sleep, timeout};

    const BATCH: usize = 1000;
    const CONNECTING: u64 = 10;
    const WRITING: u64 = 60;
    const TRIES: u32 = 3;

    /// A statement, and the rows that it is run with.
    struct Job {
        statement: String,
        rows: Vec<BoltType>,
    }

    pub(super) fn load(
        dataset: &Dataset,
        address: &Address,
        user: &str,
        password: &str,
    ) -> Result<Loaded, BoltError> {
        let graph = PropertyGraph::of(dataset);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| store(address, "cannot be reached", &error.to_string()))?;
        runtime.block_on(async {
            let client = Client::connect(address, user, password).await?;
            client.prepare().await;
            let mut tried = 1;
            loop {
                match client.write(&graph).await {
                    Err(Failure::Passing(_)) if tried < TRIES => {
                        sleep(Duration::from_secs(u64::from(tried))).await;
                        tried += 1;
                    }
                    Err(Failure::Passing(error) | Failure::Lasting(error)) => return Err(error),
                    Ok(loaded) => return Ok(loaded),
                }
            }
        })
    }

    /// Whether trying again may help.
    enum Failure {
        Passing(BoltError),
        Lasting(BoltError),
    }

    struct Client<'a> {
        graph: Graph,
        address: &'a Address,
    }

    impl<'a> Client<'a> {
        async fn connect(address: &'a Address, user: &str, password: &str) -> Result<Self, BoltError> {
            let config = ConfigBuilder::default().uri(&address.store).user(user).password(password);
            let config = config.db(address.database.as_str()).max_connections(1).build();
            let refused = |error: Error| store(address, "refused the connection", &told(&error));
            let connecting = Graph::connect(config.map_err(refused)?);
            let graph = within(CONNECTING, address, connecting).await?.map_err(refused)?;
            let client = Self { graph, address };
            // A pool connects when it is first used: who is not let in shall be told so, and soon.
            within(CONNECTING, address, client.graph.run(query("RETURN 1"))).await?.map_err(refused)?;
            Ok(client)
        }

        /// Asks for the indexes that `MERGE` by id needs. A store that has other words for them, or a user who may
        /// not make any, only makes it slower.
        async fn prepare(&self) {
            for label in [ENTITY, ARTICLE] {
                let index = format!(
                    "CREATE INDEX relata_{} IF NOT EXISTS FOR (n:{label}) ON (n.id)",
                    label.to_lowercase()
                );
                timeout(Duration::from_secs(WRITING), self.graph.run(query(&index))).await.ok();
            }
        }

        /// Everything in one transaction; dropped before the end, it leaves nothing.
        async fn write(&self, graph: &PropertyGraph) -> Result<Loaded, Failure> {
            let begun =
                within(CONNECTING, self.address, self.graph.start_txn()).await.map_err(Failure::Passing)?;
            let mut transaction = begun.map_err(|error| self.failure("refused a transaction", &error))?;
            match self.rows(graph, &mut transaction).await {
                Ok(loaded) => {
                    let committed = within(WRITING, self.address, transaction.commit()).await;
                    // Whether a commit that broke off was done nobody knows; done again it changes nothing.
                    committed
                        .map_err(Failure::Passing)?
                        .map_err(|error| self.failure("refused to commit", &error))?;
                    Ok(loaded)
                }
                Err(failure) => {
                    timeout(Duration::from_secs(CONNECTING), transaction.rollback()).await.ok();
                    Err(failure)
                }
            }
        }

        async fn rows(&self, graph: &PropertyGraph, transaction: &mut Txn) -> Result<Loaded, Failure> {
            let mut loaded = Loaded { nodes: 0, edges: 0 };
            for table in [&graph.entities, &graph.articles] {
                for job in nodes(table) {
                    loaded.nodes += self.run(job, transaction).await?;
                }
            }
            for (source, table) in [(ENTITY, &graph.relations), (ARTICLE, &graph.mentions)] {
                for job in edges(source, table) {
                    loaded.edges += self.run(job, transaction).await?;
                }
            }
            Ok(loaded)
        }

        /// Runs a job in batches, each of which must write as many rows as it was given.
        async fn run(&self, job: Job, transaction: &mut Txn) -> Result<usize, Failure> {
            let mut taken = 0;
            let given = job.rows.len();
            let mut rows = job.rows.into_iter();
            loop {
                let batch: Vec<BoltType> = rows.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    break;
                }
                let statement = query(&job.statement).param("rows", batch);
                let done = within(WRITING, self.address, count(statement, transaction)).await;
                let count = done
                    .map_err(Failure::Passing)?
                    .map_err(|error| self.failure("refused to write", &error))?;
                taken += count;
            }
            if taken == given {
                return Ok(taken);
            }
            let address = self.address.store.clone();
            Err(Failure::Lasting(BoltError::Lost { address, taken, given }))
        }

        fn failure(&self, doing: &'static str, error: &Error) -> Failure {
            let passing = match error {
                Error::IOError { .. } | Error::ConnectionError => true,
                Error::Neo4j(error) => error.can_retry(),
                _ => false,
            };
            let error = store(self.address, doing, &told(error));
            if passing { Failure::Passing(error) } else { Failure::Lasting(error) }
        }
    }

    async fn count(statement: neo4rs::Query, transaction: &mut Txn) -> Result<usize, Error> {
        let mut answer = transaction.execute(statement).await?;
        let mut count = 0;
        while let Some(row) = answer.next(transaction.handle()).await? {
            count += row.get::<i64>("n").ok().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        }
        Ok(count)
    }

    async fn within<T>(
        seconds: u64,
        address: &Address,
        work: impl Future<Output = T>,
    ) -> Result<T, BoltError> {
        let late = |_| BoltError::Silent { address: address.store.clone(), seconds };
        timeout(Duration::from_secs(seconds), work).await.map_err(late)
    }

    fn store(address: &Address, doing: &'static str, reason: &str) -> BoltError {
        BoltError::Store { address: address.store.clone(), doing, reason: reason.to_owned() }
    }

    /// The crate's words for an error hide what the system said of a broken connection.
    fn told(error: &Error) -> String {
        match error {
            Error::AuthenticationError(_) => {
                "user or password is wrong (RELATA_USER, RELATA_PASSWORD)".to_owned()
            }
            other => other.to_string(),
        }
    }

    /// A label cannot be a parameter: one statement for each set of labels.
    fn nodes(table: &Table<Node>) -> Vec<Job> {
        let mut jobs: BTreeMap<String, Job> = BTreeMap::new();
        for node in &table.rows {
            let labels: String = node.labels.iter().map(|label| format!(":{}", name(label))).collect();
            let job = jobs.entry(labels).or_insert_with_key(|labels| Job {
                statement: format!(
                    "UNWIND $rows AS row MERGE (n{labels} {{id: row.id}}) SET n += row.properties RETURN count(n) AS n"
                ),
                rows: Vec::new(),
            });
            let row = [("id", text(&node.id)), ("properties", properties(&table.columns, &node.values))];
            job.rows.push(map(row));
        }
        jobs.into_values().collect()
    }

    /// Nor can a relation.
    fn edges(source: &str, table: &Table<Edge>) -> Vec<Job> {
        let mut jobs: BTreeMap<&str, Job> = BTreeMap::new();
        for edge in &table.rows {
            let job = jobs.entry(&edge.relation).or_insert_with(|| {
                let id = if edge.id.is_some() { " {id: row.id}" } else { "" };
                Job {
                    statement: format!(
                        "UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{ENTITY} {{id: row.target}}) \
                         MERGE (a)-[r:{}{id}]->(b) SET r += row.properties RETURN count(r) AS n",
                        name(&edge.relation)
                    ),
                    rows: Vec::new(),
                }
            });
            job.rows.push(map([
                ("id", text(edge.id.as_deref().unwrap_or_default())),
                ("source", text(&edge.source.0)),
                ("target", text(&edge.target.0)),
                ("properties", properties(&table.columns, &edge.values)),
            ]));
        }
        jobs.into_values().collect()
    }

    fn properties(columns: &[Column], values: &[Value]) -> BoltType {
        map(columns.iter().zip(values).map(|(column, value)| (column.name.as_str(), bolt(value))))
    }

    fn map<'a>(pairs: impl IntoIterator<Item = (&'a str, BoltType)>) -> BoltType {
        let pairs = pairs.into_iter().map(|(name, value)| (BoltString::from(name), value));
        BoltType::Map(pairs.collect::<BoltMap>())
    }

    fn text(text: &str) -> BoltType {
        BoltType::String(BoltString::from(text))
    }

    fn bolt(value: &Value) -> BoltType {
        match value {
            Value::Text(value) => text(value),
            Value::List(values) => {
                BoltType::List(BoltList::from(values.iter().map(|value| text(value)).collect::<Vec<_>>()))
            }
            Value::Whole(number) => i64::try_from(*number).unwrap_or(i64::MAX).into(),
            Value::Real(number) => (*number).into(),
            Value::Flag(flag) => (*flag).into(),
            Value::None => BoltType::Null(BoltNull),
        }
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
