//! Rows of the property model → batches in one transaction over Bolt.

use super::bolt::{Address, BoltError, Loaded};
use crate::dataset::Dataset;
use crate::export::cypher::name;
use crate::export::property::{ARTICLE, Column, ENTITY, Edge, Node, PropertyGraph, Table, Value};
use neo4rs::{BoltList, BoltMap, BoltNull, BoltString, BoltType, ConfigBuilder, Error, Graph};
use neo4rs::{Neo4jClientErrorKind, Neo4jErrorKind, Txn, query};
use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;
use tokio::time::{sleep, timeout};

const BATCH: usize = 1000;
const CONNECTING: u64 = 30;
const WRITING: u64 = 60;
const TRIES: u32 = 3;
const WRONG_USER: &str = "user or password is wrong (RELATA_USER, RELATA_PASSWORD)";

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
        let client = Client::new(address, user, password).await?;
        let mut tried = 1;
        loop {
            match client.attempt(&graph).await {
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
    /// Sends nothing yet: a pool connects when a connection is first asked for.
    async fn new(address: &'a Address, user: &str, password: &str) -> Result<Self, BoltError> {
        let config = ConfigBuilder::default().uri(&address.store).user(user).password(password);
        let config = config.db(address.database.as_str()).max_connections(1).build();
        let refused = |error: Error| store(address, "cannot be reached", &told(&error));
        let graph = Graph::connect(config.map_err(refused)?).await.map_err(refused)?;
        Ok(Self { graph, address })
    }

    async fn attempt(&self, graph: &PropertyGraph) -> Result<Loaded, Failure> {
        // First of all an empty transaction: it tells at once that nobody is there or that the password is wrong,
        // where the client would try other calls again for a minute.
        let empty = self.begin().await?;
        empty.rollback().await.map_err(|error| self.failure("refused a transaction", &error))?;
        self.prepare().await;
        self.write(graph).await
    }

    async fn begin(&self) -> Result<Txn, Failure> {
        let begun = within(CONNECTING, self.address, self.graph.start_txn()).await;
        begun.map_err(Failure::Passing)?.map_err(|error| self.failure("refused the connection", &error))
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
        let mut transaction = self.begin().await?;
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
            let count =
                done.map_err(Failure::Passing)?.map_err(|error| self.failure("refused to write", &error))?;
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
            Error::Neo4j(error) => matches!(
                error.kind(),
                Neo4jErrorKind::Transient | Neo4jErrorKind::Client(Neo4jClientErrorKind::SessionExpired)
            ),
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

async fn within<T>(seconds: u64, address: &Address, work: impl Future<Output = T>) -> Result<T, BoltError> {
    let late = |_| BoltError::Silent { address: address.store.clone(), seconds };
    timeout(Duration::from_secs(seconds), work).await.map_err(late)
}

fn store(address: &Address, doing: &'static str, reason: &str) -> BoltError {
    BoltError::Store { address: address.store.clone(), doing, reason: reason.to_owned() }
}

/// The crate's words for an error hide what the system said of a broken connection.
fn told(error: &Error) -> String {
    match error {
        Error::AuthenticationError(_) => WRONG_USER.to_owned(),
        Error::Neo4j(error)
            if matches!(error.kind(), Neo4jErrorKind::Client(Neo4jClientErrorKind::Security(_))) =>
        {
            WRONG_USER.to_owned()
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
