//! `relata new`: a first rule with its tests.

use crate::cli::{Outcome, tell, tell_all};
use anyhow::Context;
use clap::Args;
use relata::diagnostic::Diagnostic;
use relata::example;
use relata::matcher::Fact;
use relata::pipeline::Pipeline;
use relata::rule::pattern::{Element, Filler, Pattern, Slot, Test};
use relata::rule::{RelationId, RuleSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Write a first rule for a relation, with its tests
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct New {
    /// The relation's name: a word or a few, written together: acquired, translatorOf
    #[arg(value_name = "RELATION")]
    relation: String,
    /// Phrases with X and Y, as a newspaper would write them
    #[arg(required = true, value_name = "PATTERN")]
    patterns: Vec<String>,
    /// What X may be: Person, Organisation, Country, Place, Actor, or several: "Person|Organisation"
    #[arg(long, value_name = "TYPE", default_value = "Actor")]
    subject: String,
    /// What Y may be
    #[arg(long, value_name = "TYPE", default_value = "Actor")]
    object: String,
    /// What the relation means, in a sentence; the first pattern where it is not given
    #[arg(long, value_name = "TEXT")]
    about: Option<String>,
    /// A sentence to test the rule with; what the rule gives for it is written beside it
    #[arg(long, value_name = "TEXT")]
    example: Vec<String>,
    /// Folder of rules to put it into: DIR/relations/RELATION.toml
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    rules: Option<PathBuf>,
    /// Rule file to write or to add to; RELATION.toml where nothing is given
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  relata new translated \"X translated Y\" --subject Person --object Person --rules my-rules
  relata new praised \"X praised Y\" \"X's praise for Y\" --file mine.toml \\
    --example \"Chile was praised by Ada Byron.\" --example \"Ada Byron praised the food in Chile.\"";

impl New {
    pub(crate) fn run(self) -> anyhow::Result<Outcome> {
        let file = match (&self.rules, &self.file) {
            (Some(folder), _) => folder.join("relations").join(format!("{}.toml", self.relation)),
            (None, Some(file)) => file.clone(),
            (None, None) => PathBuf::from(format!("{}.toml", self.relation)),
        };
        if let Some(fault) = self.fault(&file) {
            tell(&fault);
            return Ok(Outcome::InputAtFault);
        }
        let before = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => schema_line(&file),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
        };
        let folders: Vec<PathBuf> = self.rules.iter().cloned().collect();
        let draft = self.text(&before, &[]);
        let Some((pipeline, id)) = self.understood(&folders, &file, &draft) else {
            return Ok(Outcome::InputAtFault);
        };
        let test = |text: String| {
            let gives = given(&pipeline, id, &text);
            (text, gives)
        };
        let mut tests: Vec<(String, Vec<String>)> = self.example.iter().cloned().map(test).collect();
        if tests.is_empty() {
            // The patterns themselves are sentences; where one has no plain words, it is left to the person.
            let sentence = |pattern| sentence(&pipeline.rules, pattern, &self.subject, &self.object);
            let own = self.patterns.iter().filter_map(|pattern| sentence(pattern)).map(test);
            tests.extend(own.filter(|(_, gives)| !gives.is_empty()));
        }
        let text = self.text(&before, &tests);
        write_whole(&file, &text).with_context(|| format!("cannot write {}", file.display()))?;
        self.report(&file, &pipeline, id, &tests)
    }

    /// What speaks against it before anything is read.
    fn fault(&self, file: &Path) -> Option<Diagnostic> {
        let name = &self.relation;
        let plain = name.starts_with(|letter: char| letter.is_ascii_lowercase())
            && name.chars().all(|letter| letter.is_ascii_alphanumeric());
        if !plain || name == "words" {
            let message = format!("`{name}` cannot be the name of a relation");
            let help = "write letters and digits, a small letter first: `translatorOf`";
            return Some(Diagnostic::error("relation-name", message).help(help));
        }
        let missing = self.rules.as_ref().filter(|folder| !folder.is_dir());
        if let Some(folder) = missing {
            let message = format!("there is no folder `{}`", folder.display());
            let help = format!("make it with `relata init {}`", folder.display());
            return Some(Diagnostic::error("rules-folder", message).help(help));
        }
        if self.rules.is_some() && file.exists() {
            let message = format!("there is a file `{}` already", file.display());
            return Some(
                Diagnostic::error("file-exists", message)
                    .help("give another name, or add to it with `--file`"),
            );
        }
        if RuleSet::load(&[file.to_owned()]).0.relation_id(name).is_some() {
            let message = format!("there is a relation `{name}` in `{}` already", file.display());
            let help = "give another name, or add the pattern to it";
            return Some(Diagnostic::error("duplicate-relation", message).help(help));
        }
        if RuleSet::built_in().relation_id(name).is_some() && self.rules.is_none() {
            let message = format!("there is a built-in relation `{name}`");
            let help = "give another name, or copy the built-in rules with `relata init` and add a pattern to it there";
            return Some(Diagnostic::error("duplicate-relation", message).help(help));
        }
        None
    }

    /// The rules with the new one in them; `None` where something is wrong, all of which was told then.
    fn understood(&self, folders: &[PathBuf], file: &Path, text: &str) -> Option<(Pipeline, RelationId)> {
        let (rules, mut diagnostics) = RuleSet::load_with(folders, file, text);
        let (pipeline, of_patterns) = Pipeline::new(rules);
        diagnostics.extend(of_patterns);
        // Whether its examples are enough is told once they are written.
        diagnostics.retain(|told| {
            told.code != "few-examples" && (told.is_error() || told.file.as_deref() == file.to_str())
        });
        if tell_all(diagnostics) {
            let help = "mend it and say it again";
            tell(&Diagnostic::error("not-written", "nothing was written".to_owned()).help(help));
            return None;
        }
        let id = pipeline.rules.relation_id(&self.relation)?;
        Some((pipeline, id))
    }

    /// What was in the file, and the rule after it.
    fn text(&self, before: &str, tests: &[(String, Vec<String>)]) -> String {
        let name = &self.relation;
        let quoted = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        let gap = match before {
            "" => "",
            _ if before.ends_with("\n\n") || (before.starts_with('#') && before.lines().count() == 1) => "",
            _ if before.ends_with('\n') => "\n",
            _ => "\n\n",
        };
        let about = self.about.clone().unwrap_or_else(|| format!("{}.", self.patterns[0]));
        let mut text = format!("{before}{gap}[{name}]\nabout    = {}\n", self::quoted(&about));
        let _ = writeln!(
            text,
            "subject  = {}\nobject   = {}",
            self::quoted(&self.subject),
            self::quoted(&self.object)
        );
        if self.patterns.len() == 1 {
            let _ = writeln!(text, "patterns = [{}]", quoted(&self.patterns));
        } else {
            let lines: Vec<String> =
                self.patterns.iter().map(|pattern| format!("  {},\n", self::quoted(pattern))).collect();
            let _ = writeln!(text, "patterns = [\n{}]", lines.concat());
        }
        for (sentence, gives) in tests {
            let _ = write!(
                text,
                "\n[[{name}.example]]\ntext  = {}\ngives = [{}]\n",
                self::quoted(sentence),
                quoted(gives)
            );
        }
        text
    }

    fn report(
        &self,
        file: &Path,
        pipeline: &Pipeline,
        id: RelationId,
        tests: &[(String, Vec<String>)],
    ) -> anyhow::Result<Outcome> {
        let mut out = io::stdout().lock();
        let (shown, name) = (file.display(), &self.relation);
        let rules = self.rules.as_deref().unwrap_or(file).display();
        writeln!(out, "`{name}` is in {shown}.\n")?;
        for (at, pattern) in self.patterns.iter().enumerate() {
            writeln!(out, "\"{pattern}\" was understood as")?;
            let number = u16::try_from(at + 1).unwrap_or(u16::MAX);
            for tree in pipeline.understood(usize::from(id.0), number) {
                writeln!(out, "  {tree}")?;
            }
        }
        writeln!(out)?;
        for (sentence, gives) in tests {
            writeln!(out, "\"{sentence}\" gives")?;
            if gives.is_empty() {
                writeln!(
                    out,
                    "  nothing. Should it? `relata explain \"{sentence}\" --rules {rules} --rule {name}` says why not."
                )?;
            }
            for triple in gives {
                writeln!(out, "  {triple}")?;
            }
        }
        let silent = tests.iter().any(|(_, gives)| gives.is_empty());
        let giving = tests.iter().filter(|(_, gives)| !gives.is_empty()).count();
        writeln!(out, "\nLook whether that is right; then")?;
        if giving < 2 || !silent {
            writeln!(
                out,
                "  add examples: two that give a triple, and one that looks alike and gives none (`gives = []`)"
            )?;
        }
        writeln!(out, "  relata check {shown}")?;
        let built_in = if self.rules.is_some() { "" } else { " --rules built-in" };
        writeln!(out, "  relata build ARTICLES --rules {rules}{built_in}")?;
        Ok(Outcome::Done)
    }
}

/// What a relation finds in a text, as examples write it.
fn given(pipeline: &Pipeline, id: RelationId, text: &str) -> Vec<String> {
    let reading = pipeline.read(&example::article(text));
    let mut given = Vec::new();
    for found in reading.matches.iter().filter(|found| pipeline.rules.rules[found.rule].relation == id) {
        for (subject, object) in &found.pairs {
            let names = reading.names.of(subject).zip(reading.names.of(object));
            let Some((subject, object)) = names.filter(|(subject, object)| subject != object) else {
                continue;
            };
            let fact = match found.fact {
                Fact::Actual => String::new(),
                other => format!(" | {}", other.name()),
            };
            let triple = format!("{} | {}{fact}", reading.names.name(subject), reading.names.name(object));
            if !given.contains(&triple) {
                given.push(triple);
            }
        }
    }
    given
}

/// Tells editors what may stand in the file, where the description lies beside it or above it.
fn schema_line(file: &Path) -> String {
    let folder = file.parent().unwrap_or(Path::new(""));
    let found =
        ["rule.schema.json", "../rule.schema.json"].into_iter().find(|path| folder.join(path).is_file());
    found.map(|path| format!("#:schema {path}\n")).unwrap_or_default()
}

/// A sentence made of the pattern itself, with names in its slots; `None` where its words are not all plain.
fn sentence(rules: &RuleSet, pattern: &str, subject: &str, object: &str) -> Option<String> {
    let pattern = Pattern::parse(pattern).ok()?;
    let mut text = String::new();
    for element in &pattern.elements {
        let word = match element {
            Element::Slot(Slot { name, filler: None, .. }) if name == "X" => example_name(rules, subject, 0)?,
            Element::Slot(Slot { name, filler: None, .. }) if name == "Y" => example_name(rules, object, 1)?,
            Element::Slot(Slot { filler: Some(Filler::List(name)), .. }) => {
                rules.lexicon.words(name).first()?.clone()
            }
            Element::Any(words) => match &words.first()?.test {
                Test::Lemma(word) | Test::Form(word) => word.clone(),
                Test::List(name) => rules.lexicon.words(name).first()?.clone(),
                Test::Regex(_) => return None,
            },
            Element::Optional(_) => continue,
            Element::Gap | Element::Slot(_) => return None,
        };
        let joined = text.is_empty() || !word.starts_with(char::is_alphanumeric);
        text.push_str(if joined { "" } else { " " });
        text.push_str(&word);
    }
    Some(format!("{text}."))
}

/// A name of the first of some types.
fn example_name(rules: &RuleSet, types: &str, at: usize) -> Option<String> {
    let kind = types.split('|').next()?.trim();
    let vocabulary = &rules.vocabulary;
    let base = &vocabulary.entity_type(vocabulary.base(vocabulary.type_id(kind)?)).name;
    let of_base = rules.lexicon.words(&format!("example_{}", base.to_lowercase()));
    let names = if of_base.is_empty() { rules.lexicon.words("example_person") } else { of_base };
    names.get(at).cloned()
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Writes a file beside the old one and then puts it in its place: whole, or not at all.
fn write_whole(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
    }
    let mut beside = file.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, text)?;
    fs::rename(&beside, file).inspect_err(|_| drop(fs::remove_file(&beside)))
}
