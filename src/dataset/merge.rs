//! Several datasets → their union: what would one build over all their articles have found?
//!
//! Every row of the result is worked out from the rows of one key by an operation that is associative, commutative
//! and idempotent (the union of sets, the larger, the surer), and what counts articles is counted anew. So builds can
//! be merged in any order and grouping, with articles in common.

use super::row::hundredths;
use super::{ArticleRow, Dataset, EndRow, EntityRow, EvidenceRow, TripleRow};
use crate::article::{Copies, Fingerprint, NoSignature};
use crate::silent::Silent;
use crate::triple;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Why datasets cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// One id, two texts.
    #[error("the builds hold different texts under the article id `{id}`")]
    DifferentTexts {
        /// The article's id.
        id: String,
    },
    /// A signature that no build wrote.
    #[error("the article `{id}` cannot be compared with others: {cause}")]
    Signature {
        /// The article's id.
        id: String,
        /// What is wrong.
        #[source]
        cause: NoSignature,
    },
}

impl Dataset {
    /// The union of datasets. Where their entities agree, it is what one build over all their articles gives; names
    /// that only such a build could tell to be one stay two. Errors where one article id stands for two texts.
    /// O(n log n) in the number of rows.
    pub fn merge(datasets: Vec<Self>) -> Result<Self, MergeError> {
        let mut union = Union::default();
        for dataset in datasets {
            union.add(dataset)?;
        }
        union.finish()
    }
}

#[derive(Default)]
struct Union {
    terms: Option<super::Terms>,
    articles: BTreeMap<String, ArticleRow>,
    entities: BTreeMap<String, EntityRow>,
    triples: BTreeMap<String, TripleRow>,
    patterns: BTreeMap<String, super::RelationRecord>,
    silent: BTreeMap<(String, usize), super::SilentLine>,
}

impl Union {
    fn add(&mut self, dataset: Dataset) -> Result<(), MergeError> {
        let Dataset { terms, articles, entities, triples, patterns, silent } = dataset;
        self.terms = Some(match self.terms.take() {
            Some(known) => known.union(terms),
            None => terms,
        });
        for article in articles {
            match self.articles.entry(article.id.clone()) {
                Entry::Vacant(new) => drop(new.insert(article)),
                Entry::Occupied(known) if known.get().hash != article.hash => {
                    return Err(MergeError::DifferentTexts { id: article.id });
                }
                Entry::Occupied(mut known) => known.get_mut().join(article),
            }
        }
        for entity in entities {
            match self.entities.entry(entity.id.clone()) {
                Entry::Vacant(new) => drop(new.insert(entity)),
                Entry::Occupied(mut known) => known.get_mut().join(entity),
            }
        }
        for mut triple in triples {
            // Files may have been put together by other programs: no order is taken for granted.
            let rows = std::mem::take(&mut triple.evidence);
            let known = self.triples.entry(triple.id.clone()).or_insert(triple);
            rows.into_iter().for_each(|row| known.witness(row));
        }
        for relation in patterns {
            match self.patterns.entry(relation.relation.clone()) {
                Entry::Vacant(new) => drop(new.insert(relation)),
                Entry::Occupied(mut known) if *known.get() != relation => {
                    let known = known.get_mut();
                    known.file = std::mem::take(&mut known.file).max(relation.file);
                    known.patterns.extend(relation.patterns);
                    known.patterns.sort();
                    known.patterns.dedup();
                }
                Entry::Occupied(_) => {}
            }
        }
        for line in silent {
            let place = (line.article.clone(), line.sentence);
            match self.silent.entry(place) {
                Entry::Vacant(new) => drop(new.insert(line)),
                Entry::Occupied(mut known) if *known.get() < line => drop(known.insert(line)),
                Entry::Occupied(_) => {}
            }
        }
        Ok(())
    }

    /// Counts anew what depends on all articles.
    fn finish(self) -> Result<Dataset, MergeError> {
        let mut articles: Vec<ArticleRow> = self.articles.into_values().collect();
        originals(&mut articles)?;
        let mut mentions: BTreeMap<&str, Vec<(&str, u32)>> = BTreeMap::new();
        for article in &articles {
            for (entity, count) in &article.mentions {
                mentions.entry(entity).or_default().push((&article.id, *count));
            }
        }
        let mut entities = self.entities;
        for (id, entity) in &mut entities {
            let articles = mentions.remove(id.as_str()).unwrap_or_default();
            entity.mentions = articles.iter().map(|(_, count)| count).sum();
            entity.articles = articles.into_iter().map(|(article, _)| article.to_owned()).collect();
        }
        let original: BTreeMap<&str, &str> = articles
            .iter()
            .map(|article| (article.id.as_str(), article.copy_of.as_deref().unwrap_or(&article.id)))
            .collect();
        let mut triples: Vec<TripleRow> = self.triples.into_values().collect();
        for triple in &mut triples {
            triple.count(&original);
            triple.rename(&entities);
        }
        let mut dataset = Dataset {
            terms: self.terms.unwrap_or_default(),
            entities: entities.into_values().collect(),
            patterns: self.patterns.into_values().collect(),
            silent: self.silent.into_values().take(Silent::KEPT).collect(),
            triples,
            articles,
        };
        dataset.sort();
        Ok(dataset)
    }
}

/// Tells anew which articles are copies of which.
fn originals(articles: &mut [ArticleRow]) -> Result<(), MergeError> {
    let fingerprints: Result<Vec<Fingerprint>, MergeError> = articles
        .iter()
        .map(|ArticleRow { id, date, signature, .. }| {
            let signature =
                signature.parse().map_err(|cause| MergeError::Signature { id: id.clone(), cause })?;
            Ok(Fingerprint { date: date.clone(), id: id.clone(), signature })
        })
        .collect();
    let copies = Copies::new(fingerprints?);
    let ids: Vec<String> = articles.iter().map(|article| article.id.clone()).collect();
    for (at, article) in articles.iter_mut().enumerate() {
        let original = copies.original(at);
        article.copy_of = (original != at).then(|| ids[original].clone());
    }
    Ok(())
}

impl ArticleRow {
    /// The same text read twice: by the same rules all is equal, by others the most that was seen counts.
    fn join(&mut self, other: Self) {
        let Self { title, date, publisher, url, sentences, tokens, silent, mentions, .. } = other;
        self.title = self.title.take().max(title);
        self.date = self.date.take().max(date);
        self.publisher = self.publisher.take().max(publisher);
        self.url = self.url.take().max(url);
        self.sentences = self.sentences.max(sentences);
        self.tokens = self.tokens.max(tokens);
        self.silent = self.silent.max(silent);
        for (entity, count) in mentions {
            let known = self.mentions.entry(entity).or_default();
            *known = count.max(*known);
        }
    }
}

impl EntityRow {
    /// Of two names with one id the later in the alphabet: small letters before capitals, accents before none.
    fn join(&mut self, other: Self) {
        let names = [std::mem::take(&mut self.name), other.name];
        let mut aliases: BTreeSet<String> = self.aliases.drain(..).chain(other.aliases).collect();
        aliases.extend(names.iter().cloned());
        self.name = names.into_iter().max().unwrap_or_default();
        aliases.remove(&self.name);
        self.aliases = aliases.into_iter().collect();
        self.kind = std::mem::take(&mut self.kind).max(other.kind);
        self.subtype = self.subtype.take().max(other.subtype);
    }
}

impl TripleRow {
    /// Adds a sentence that says so too; of the same names in the same sentence the surer stays.
    fn witness(&mut self, row: EvidenceRow) {
        match self.evidence.binary_search_by(|known| known.place().cmp(&row.place())) {
            Err(at) => self.evidence.insert(at, row),
            Ok(at) => {
                let known = &mut self.evidence[at];
                let mut qualifiers = std::mem::take(&mut known.qualifiers);
                for (name, value) in &row.qualifiers {
                    let least = qualifiers.entry(name.clone()).or_insert_with(|| value.clone());
                    *least = std::mem::take(least).min(value.clone());
                }
                if row.rank() < known.rank() {
                    *known = row;
                }
                known.qualifiers = qualifiers;
            }
        }
    }

    fn count(&mut self, original: &BTreeMap<&str, &str>) {
        let source =
            |row: &EvidenceRow| original.get(row.article.as_str()).copied().unwrap_or_default().to_owned();
        let sources: BTreeSet<String> = self.evidence.iter().map(source).collect();
        let witnesses = self.evidence.iter().map(|row| (source(row), hundredths(row.confidence)));
        self.sources = sources.len();
        self.confidence = f64::from(triple::noisy_or(witnesses)) / 100.0;
        self.qualifiers.clear();
        for (name, value) in self.evidence.iter().flat_map(|row| &row.qualifiers) {
            self.qualifiers.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }

    /// Calls its ends as the entities are called now.
    fn rename(&mut self, entities: &BTreeMap<String, EntityRow>) {
        let speakers = self.evidence.iter_mut().filter_map(|row| row.attributed_to.as_mut());
        for end in [&mut self.subject, &mut self.object].into_iter().chain(speakers) {
            if let Some(EntityRow { id, name, kind, subtype, .. }) = entities.get(&end.id) {
                let (id, name) = (id.clone(), name.clone());
                *end = EndRow { id, name, kind: kind.clone(), subtype: subtype.clone() };
            }
        }
    }
}

impl EvidenceRow {
    /// What stays of two that say the same: the surer, then the first in the alphabet.
    fn rank(&self) -> (u8, &str, Option<&str>, u32, &str) {
        let speaker = self.attributed_to.as_ref().map(|speaker| speaker.id.as_str());
        (100 - hundredths(self.confidence).min(100), &self.rule, speaker, self.end, &self.quote)
    }
}
