//! Rule files → [`RuleSet`]: which relations are looked for, and how do sentences say them?
//!
//! What a person wrote is read with the place of every part (`file`), checked against everything it
//! names (`check`), and only then becomes a [`Rule`]. All mistakes of all files are told at once.

mod check;
pub mod crosswalk;
mod doubt;
pub mod file;
pub mod folder;
pub mod lexicon;
pub mod pattern;
pub mod schema;
pub(crate) mod table;
pub mod vocabulary;

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use check::Names;
use file::{Example, Written};
use folder::{RuleText, RuleTexts};
use lexicon::Lexicon;
use pattern::Pattern;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use table::Report;
use vocabulary::{TypeId, Vocabulary};

/// Word lists by name.
pub type Lists = BTreeMap<String, Vec<String>>;

/// A relation, as an index into [`RuleSet::relations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u16);

/// What a rule file says of a relation, apart from its patterns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name, such as `spokeWith`.
    pub name: String,
    /// What the name of the file that declares it says before its first dot: `conflict` for `conflict.force.toml`.
    pub family: String,
    /// What it means, in one sentence.
    pub about: String,
    /// Types of its subject: one of these.
    pub subject: Vec<TypeId>,
    /// Types of its object: one of these.
    pub object: Vec<TypeId>,
    /// Whether it holds both ways.
    pub symmetric: bool,
    /// Whether it is a state (a post, a membership) and not an event: what is planned or denied round
    /// it in a sentence does not touch it.
    pub standing: bool,
    /// Term of a standard vocabulary, written with a prefix (`schema:memberOf`).
    pub iri: Option<String>,
    /// PLOVER event category, such as `CONSULT`.
    pub plover: Option<String>,
    /// Mode of that category, such as `visit`.
    pub mode: Option<String>,
    /// Link of FollowTheMoney, such as `Directorship`.
    pub ftm: Option<String>,
    /// The wider relation.
    pub parent: Option<RelationId>,
}

/// How sentences say one relation.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The relation that it finds; the rule has the same name.
    pub relation: RelationId,
    /// How sure it is, in hundredths.
    pub confidence: u8,
    /// Phrases that say the relation, in whatever way a sentence puts them.
    pub patterns: Vec<RulePattern>,
    /// Token sequences that say it, where there is no syntax to speak of; numbered on from the phrases.
    pub surface: Vec<RulePattern>,
    /// What a name says by itself, with `Y` for the country or organisation named in it; numbered on from the sequences.
    pub inside: Vec<RulePattern>,
    /// What a post that stands alone before `X` says, its country `Y` not being said; numbered on from those.
    pub home: Vec<RulePattern>,
    /// Phrases that look alike and do not say it.
    pub not: Vec<RulePattern>,
    /// The rule's own examples.
    pub examples: Vec<Example>,
    /// The word lists of its file.
    pub lists: Arc<Lists>,
    /// Index into [`RuleSet::files`].
    pub file: usize,
    /// Whether a part of it was left out for a mistake, so that its examples prove nothing.
    pub broken: bool,
}

impl Rule {
    /// All patterns that say the relation, in the order of their numbers.
    pub fn all_patterns(&self) -> impl Iterator<Item = &RulePattern> {
        self.patterns.iter().chain(&self.surface)
    }

    /// The pattern of that number.
    pub fn pattern(&self, number: u16) -> Option<&RulePattern> {
        self.all_patterns().chain(&self.inside).chain(&self.home).find(|pattern| pattern.number == number)
    }
}

/// One pattern of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulePattern {
    /// Its number in its rule, counted from 1; `not` patterns are counted by themselves.
    pub number: u16,
    /// As written.
    pub text: String,
    /// As read.
    pub pattern: Pattern,
    /// Where it stands in its file, in bytes.
    pub span: Span,
}

impl RulePattern {
    /// The place in its file of bytes `inner` of its text; all of it where escapes make the two differ.
    pub fn inside(&self, source: &str, inner: Span) -> Span {
        table::inside(source, self.span, &self.text, inner)
    }
}

/// All rules of a run, checked and ready to match.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    /// Types, families and namespaces.
    pub vocabulary: Vocabulary,
    /// Known names and words.
    pub lexicon: Lexicon,
    /// All relations, sorted by name.
    pub relations: Vec<Relation>,
    /// One rule a relation, in the same order.
    pub rules: Vec<Rule>,
    /// Name and text of every rule file, for messages.
    pub files: Vec<(String, String)>,
    /// Whether some rule file was given by a person.
    pub given: bool,
}

impl RuleSet {
    /// Loads the built-in rules, or those of the folders given instead.
    ///
    /// A rule with a mistake is left out; the caller decides whether to go on without it.
    pub fn load(folders: &[PathBuf]) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let texts = folder::read(folders, &mut diagnostics);
        Self::of(texts, diagnostics)
    }

    /// Loads the folders given with one rule file more, or with this text in place of what that file has;
    /// the built-in relations are not among them.
    pub fn load_with(folders: &[PathBuf], file: &Path, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut texts = folder::read(folders, &mut diagnostics);
        let own = folder::rule_text(file, text.to_owned());
        texts.relations.retain(|other| other.file != own.file && !(folders.is_empty() && other.built_in));
        texts.relations.push(own);
        Self::of(texts, diagnostics)
    }

    /// The vocabulary and word lists of these rules with the relations of one rule file instead.
    pub fn with_file(&self, file: &Path, text: &str) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let rules =
            Self { vocabulary: self.vocabulary.clone(), lexicon: self.lexicon.clone(), ..Self::default() };
        let rules = rules.with_rules(&[folder::rule_text(file, text.to_owned())], &mut diagnostics);
        (rules, diagnostics)
    }

    fn of(texts: RuleTexts, mut diagnostics: Vec<Diagnostic>) -> (Self, Vec<Diagnostic>) {
        let mut vocabulary =
            texts.vocabulary.map(|file| Vocabulary::read(&file, &mut diagnostics)).unwrap_or_default();
        if !vocabulary.has_needed_types() {
            // Told by now. Read against a vocabulary with holes, every other file would seem wrong too.
            let built_in = folder::read(&[], &mut Vec::new()).vocabulary;
            vocabulary = built_in.map(|file| Vocabulary::read(&file, &mut Vec::new())).unwrap_or_default();
        }
        let lexicon = Lexicon::read(&texts.lexicon, &vocabulary, &mut diagnostics);
        let rules =
            Self { vocabulary, lexicon, ..Self::default() }.with_rules(&texts.relations, &mut diagnostics);
        // Word lists alone look for nothing, and an empty graph would not say why it is empty.
        if rules.relations.is_empty() && diagnostics.iter().all(|told| !told.is_error()) {
            let message = "no relation is declared in the rules given";
            let help = "add a `[relation]` table, or `--rules built-in` for the built-in relations";
            diagnostics.push(Diagnostic::error("no-relations", message).help(help));
        }
        (rules, diagnostics)
    }

    /// The built-in rules. They are tested to be without mistakes.
    pub fn built_in() -> Self {
        Self::load(&[]).0
    }

    /// Whether all rules are the built-in ones, which are tested.
    pub fn is_built_in(&self) -> bool {
        !self.given
    }

    /// The relation behind an id.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[usize::from(id.0)]
    }

    /// The relation of that name. O(log n).
    pub fn relation_id(&self, name: &str) -> Option<RelationId> {
        let at = self.relations.binary_search_by(|relation| relation.name.as_str().cmp(name)).ok()?;
        u16::try_from(at).ok().map(RelationId)
    }

    fn with_rules(mut self, files: &[RuleText], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut found = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let mut report = Report { file: &file.file, source: &file.text, diagnostics };
            let (relations, lists) = file::read(file, &mut report);
            found.extend(relations.into_iter().map(|written| (at, written, Arc::clone(&lists))));
        }
        found.sort_by(|left, right| {
            (&left.1.name.text, files[left.0].built_in).cmp(&(&right.1.name.text, files[right.0].built_in))
        });
        report_duplicates(&mut found, files, diagnostics);
        report_circles(&found, files, diagnostics);
        let relations: Vec<String> = found.iter().map(|(_, written, _)| written.name.text.clone()).collect();
        for (file, written, lists) in found {
            let text = &files[file];
            let mut report = Report { file: &text.file, source: &text.text, diagnostics };
            let names = Names {
                vocabulary: &self.vocabulary,
                lexicon: &self.lexicon,
                lists: &lists,
                relations: &relations,
            };
            let before = report.diagnostics.len();
            let relation = relation(&written, text, &names, &mut report);
            let id = RelationId(u16::try_from(self.relations.len()).unwrap_or(u16::MAX));
            let mut rule = Rule {
                relation: id,
                confidence: written.confidence,
                patterns: Vec::new(),
                surface: Vec::new(),
                inside: Vec::new(),
                home: Vec::new(),
                not: Vec::new(),
                examples: written.examples.clone(),
                lists: Arc::clone(&lists),
                file,
                broken: false,
            };
            check::rule(&written, &mut rule, &names, &mut report);
            rule.broken = written.unread || report.diagnostics[before..].iter().any(Diagnostic::is_error);
            self.relations.push(relation);
            self.rules.push(rule);
        }
        self.given = files.iter().any(|file| !file.built_in);
        self.files = files.iter().map(|file| (file.file.clone(), file.text.clone())).collect();
        self
    }
}

fn relation(written: &Written, file: &RuleText, names: &Names, report: &mut Report) -> Relation {
    let text = |located: &Option<table::Located>| located.as_ref().map(|located| located.text.clone());
    let parent = written.parent.as_ref().and_then(|parent| names.relations.binary_search(&parent.text).ok());
    Relation {
        name: written.name.text.clone(),
        family: file.family().to_owned(),
        about: text(&written.about).unwrap_or_default(),
        subject: check::types(written.subject.as_ref(), names, report),
        object: check::types(written.object.as_ref(), names, report),
        symmetric: written.symmetric,
        standing: written.standing,
        iri: text(&written.iri),
        plover: text(&written.plover),
        mode: text(&written.mode),
        ftm: text(&written.ftm),
        parent: parent.and_then(|at| u16::try_from(at).ok()).map(RelationId),
    }
}

/// Drops relations whose name is taken, and reports them unless it is a built-in one that a person's
/// own takes the place of; those of a name stand side by side, the built-in one last.
fn report_duplicates(
    found: &mut Vec<(usize, Written, Arc<Lists>)>,
    files: &[RuleText],
    diagnostics: &mut Vec<Diagnostic>,
) {
    found.dedup_by(|second, first| {
        let same = second.1.name.text == first.1.name.text;
        if same && !files[second.0].built_in {
            let (file, other) = (&files[second.0], &files[first.0]);
            let message = format!("there is a relation `{}` in `{}` already", second.1.name.text, other.file);
            let diagnostic = Diagnostic::error("duplicate-relation", message).file(&file.file);
            diagnostics.push(
                diagnostic.at(&file.text, second.1.name.span).help("give it another name, or join the two"),
            );
        }
        same
    });
}

/// Reports relations that are wider than themselves, which nothing that climbs to the top survives.
fn report_circles(
    found: &[(usize, Written, Arc<Lists>)],
    files: &[RuleText],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let parents: BTreeMap<&str, &str> = found
        .iter()
        .filter_map(|(_, written, _)| {
            Some((written.name.text.as_str(), written.parent.as_ref()?.text.as_str()))
        })
        .collect();
    for (file, written, _) in found {
        let name = written.name.text.as_str();
        let Some(parent) = &written.parent else { continue };
        let above = std::iter::successors(Some(parent.text.as_str()), |name| parents.get(name).copied());
        if above.take(parents.len()).any(|above| above == name) {
            let file = &files[*file];
            let diagnostic = Diagnostic::error("circle", format!("`{name}` is a parent of itself"));
            let help = "take away one of the `parent` keys that lead back to it";
            diagnostics.push(diagnostic.file(&file.file).at(&file.text, parent.span).help(help));
        }
    }
}
