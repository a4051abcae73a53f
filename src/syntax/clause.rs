//! Clauses: the subject of every verb, wherever the sentence has it, and what the verb does it to.

use super::{ClauseWords, Label, Link, Links, Tree};
use crate::language::{Relation, Upos, Xpos};

/// For each word the tokens that are its grammatical subject, in its clause or outside it.
pub(super) type Subjects = Vec<Vec<usize>>;

/// Finds the subject of every verb and predicate, those of outer clauses first.
pub(super) fn subjects(tree: &Tree, lexicon: &ClauseWords) -> Subjects {
    let mut order: Vec<usize> = (0..tree.words.len()).filter(|at| !tree.words[*at].inside).collect();
    order.sort_by_key(|at| tree.depth(*at));
    let mut subjects = vec![Vec::new(); tree.words.len()];
    for at in order {
        subjects[at] = subject(tree, lexicon, &subjects, at);
    }
    subjects
}

fn subject(tree: &Tree, lexicon: &ClauseWords, subjects: &Subjects, at: usize) -> Vec<usize> {
    let own: Vec<usize> = tree.with(at, Relation::Nsubj).collect();
    let word = &tree.words[at];
    let (Some(head), true) = (word.head, own.is_empty()) else { return own };
    let predicate = tree.is_verb(at) || tree.with(at, Relation::Cop).next().is_some();
    match word.relation {
        Relation::Conj if predicate || word.upos == Some(Upos::Adj) => subjects[head].clone(),
        // "Ada is founder and president of Acme", "Ada is a lawyer, president of Acme"
        Relation::Conj | Relation::Appos
            if tree.is_noun(at) && !word.name && tree.with(head, Relation::Cop).next().is_some() =>
        {
            subjects[head].clone()
        }
        Relation::Xcomp => controller(tree, subjects, head),
        Relation::Ccomp if word.xpos == Some(Xpos::Vbg) => subjects[head].clone(),
        // "Ada is about to leave"
        Relation::Csubj if tree.is_infinitive(at) => subjects[head].clone(),
        Relation::Advcl if is_bare(tree, at) => adverbial(tree, lexicon, subjects, at, head),
        Relation::Acl => modified(tree, subjects, at, head),
        Relation::AclRelcl if predicate || word.upos == Some(Upos::Adj) => vec![head],
        // "Norway-backed rebels", "a man close to Bob"; of "a senior man" nothing is said.
        Relation::Amod if !word.name && (tree.is_verb(at) || (word.upos == Some(Upos::Adj) && at > head)) => {
            vec![head]
        }
        // "the man is close to Bob" and "a man close to Bob"
        Relation::Appos if word.upos == Some(Upos::Adj) => vec![head],
        _ => Vec::new(),
    }
}

/// "Ada urged **Bob** to meet Cy", "**Ada** agreed to meet Cy": the object governs, where there is one.
fn controller(tree: &Tree, subjects: &Subjects, verb: usize) -> Vec<usize> {
    let object: Vec<usize> = tree.with(verb, Relation::Obj).chain(tree.with(verb, Relation::Iobj)).collect();
    if object.is_empty() { subjects[verb].clone() } else { object }
}

/// "**Ada** left, thanking Bob"; "Ada accused **Bob** of meeting Cy"; "Ada urged **Bob** to leave".
fn adverbial(tree: &Tree, lexicon: &ClauseWords, subjects: &Subjects, at: usize, verb: usize) -> Vec<usize> {
    // "took leave to visit Bob": what hangs on the object is what the subject does.
    let says = |at: &usize| tree.is_verb(*at) || tree.with(*at, Relation::Cop).next().is_some();
    let verb =
        std::iter::successors(Some(verb), |at| tree.words[*at].head).take(3).find(says).unwrap_or(verb);
    if tree.is_infinitive(at) {
        return urged(tree, lexicon, verb, at).unwrap_or_else(|| subjects[verb].clone());
    }
    if let Some(name) = nearest(tree, subjects, at, verb) {
        return vec![name];
    }
    match tree.mark(at).map(str::to_owned).or_else(|| tree.preposition(at)).as_deref() {
        Some("of" | "from" | "into" | "for") => controller(tree, subjects, verb),
        _ => subjects[verb].clone(),
    }
}

/// "The software comes from **Acme**, founded by Ada": what was done, behind a comma, was done to the name before it,
/// unless the clause has somebody for a subject ("Bob came to Oslo, accompanied by Ada").
fn nearest(tree: &Tree, subjects: &Subjects, at: usize, verb: usize) -> Option<usize> {
    let somebody =
        |subject: &usize| tree.words[*subject].name || tree.words[*subject].upos == Some(Upos::Pron);
    let done = tree.words[at].xpos == Some(Xpos::Vbn) && tree.with(at, Relation::Aux).next().is_none();
    let comma = tree.start(at).checked_sub(if tree.is_sign(tree.start(at)) { 0 } else { 1 })?;
    let name = tree.words[comma.checked_sub(1)?].stands?;
    let loose = done && tree.words[comma].form == "," && verb < name;
    (loose && !subjects[verb].iter().any(somebody)).then_some(name)
}

/// "Ada invited **Bob** to speak", "Ada called on **Bob** to speak": of the verbs of the lexicon the object, or who
/// is named with the verb's preposition, is to do it.
fn urged(tree: &Tree, lexicon: &ClauseWords, verb: usize, at: usize) -> Option<Vec<usize>> {
    let lemma = &tree.words[verb].lemma;
    let with = tree.with(verb, Relation::Obl).filter(|noun| *noun < at).find(|noun| {
        tree.preposition(*noun).is_some_and(|preposition| lexicon.controls_with(lemma, &preposition))
    });
    let objects: Vec<usize> = tree.with(verb, Relation::Obj).chain(tree.with(verb, Relation::Iobj)).collect();
    match with {
        Some(noun) => Some(vec![noun]),
        None => (lexicon.controls(lemma) && !objects.is_empty()).then_some(objects),
    }
}

/// "**Ada**, speaking with Bob"; "**Bob**, backed by Ada"; "**Ada**'s plan to meet Bob".
fn modified(tree: &Tree, subjects: &Subjects, at: usize, noun: usize) -> Vec<usize> {
    let word = &tree.words[at];
    if matches!(word.xpos, Some(Xpos::Vbg | Xpos::Vbn | Xpos::Vbd)) && tree.mark(at).is_none() {
        // "**Ada** posted a message on Twitter blaming Bob": of where it happens nothing is said.
        let said =
            tree.words[noun].head.filter(|_| word.xpos == Some(Xpos::Vbg) && tree.is(noun, Relation::Obl));
        let doers = said.filter(|_| tree.words[noun].name).map(|verb| subjects[verb].clone());
        return doers.filter(|doers| !doers.is_empty()).unwrap_or_else(|| vec![noun]);
    }
    if word.upos == Some(Upos::Adj) {
        return vec![noun];
    }
    // "Ada was a judge before joining the court"
    if tree.mark(at).is_some() && !tree.is_infinitive(at) && tree.with(noun, Relation::Cop).next().is_some() {
        return subjects[noun].clone();
    }
    let owners: Vec<usize> = tree.with(noun, Relation::NmodPoss).collect();
    let above = tree.words[noun].head.map(|verb| subjects[verb].clone()).unwrap_or_default();
    match owners.is_empty() {
        true if tree.words[noun].name => vec![noun],
        // "**Ada** was the first to meet Bob", "**Ada** is in talks to join Acme"
        true if tree.with(noun, Relation::Cop).next().is_some() => subjects[noun].clone(),
        true => above,
        false => owners,
    }
}

/// A clause without a finite verb: "speaking with Bob", "backed by Ada", "to meet Bob".
fn is_bare(tree: &Tree, at: usize) -> bool {
    let participle = matches!(tree.words[at].xpos, Some(Xpos::Vbg | Xpos::Vbn | Xpos::Jj));
    participle || tree.is_infinitive(at)
}

/// Whether the subject is the one to whom it is done.
pub(super) fn is_passive(tree: &Tree, at: usize) -> bool {
    let word = &tree.words[at];
    // "spoke by phone" has no agent, whatever the parser thinks.
    let bare = matches!(word.xpos, Some(Xpos::Vbn | Xpos::Vbd)) && !tree.has_subject(at);
    let passive = tree.children(at).iter().any(|child| match tree.words[*child].relation {
        Relation::NsubjPass | Relation::AuxPass => true,
        Relation::OblAgent => bare,
        _ => false,
    });
    let finite = tree.with(at, Relation::Aux).next().is_some() || tree.is_infinitive(at);
    let participle = word.xpos == Some(Xpos::Vbn) && !finite;
    let reduced = matches!(word.relation.universal(), Relation::Acl | Relation::Advcl | Relation::Amod);
    let beside = word.relation == Relation::Conj
        && participle
        && !tree.has_subject(at)
        && word.head.is_some_and(|head| is_passive(tree, head));
    passive || (participle && reduced && word.relation != Relation::AclRelcl) || beside
}

/// All links that start at verbs and predicates.
pub(super) fn link(links: &mut Links, subjects: &Subjects) {
    let tree = links.tree;
    for at in (0..tree.words.len()).filter(|at| !tree.words[*at].inside) {
        for subject in subjects[at].iter().copied() {
            predicate(links, at, subject);
        }
        for child in tree.children(at).to_vec() {
            argument(links, at, child);
        }
        if tree.words[at].relation == Relation::AclRelcl {
            gap(links, subjects, at);
        }
        small_clause(links, subjects, at);
        compound_participle(links, at);
    }
    shared_object(links);
}

/// What a word says of its subject: does it, is it, or has it done to it.
fn predicate(links: &mut Links, at: usize, subject: usize) {
    let tree = links.tree;
    let own = tree.words[subject].head == Some(at);
    let mut add = |from: usize, label: Label, to: usize| {
        if own { links.add(from, label, to) } else { links.derive(from, label, to) }
    };
    if tree.is_noun(at) {
        // "Ada is in Oslo", "Ada is the president"
        match tree.preposition(at) {
            Some(preposition) => add(subject, Label::Preposition(preposition), at),
            // "The president of Acme is Ada"
            None if tree.words[at].name && !tree.words[subject].name && tree.is_noun(subject) => {
                add(subject, Label::Is, at);
            }
            None => add(at, Label::Is, subject),
        }
    } else if tree.is_verb(at) && is_passive(tree, at) {
        add(at, Label::Object, subject);
        // "Bob was given a book": to Bob.
        if tree.with(at, Relation::Obj).next().is_some() {
            links.derive(at, Label::preposition("to"), subject);
        }
    } else {
        add(at, Label::Subject, subject);
    }
}

/// What hangs on a verb: object, phrases with a preposition, complements, adverbs.
fn argument(links: &mut Links, at: usize, child: usize) {
    let tree = links.tree;
    let word = &tree.words[child];
    match word.relation {
        Relation::Obj => links.add(at, Label::Object, child),
        // "told Bob that …" and "gave Bob a book": to whom, and whom.
        Relation::Iobj => {
            links.add(at, Label::Object, child);
            links.derive(at, Label::preposition("to"), child);
        }
        Relation::Obl | Relation::OblArg | Relation::OblAgent => match tree.preposition(child) {
            Some(by) if by == "by" && tree.is_verb(at) && is_passive(tree, at) && is_actor(tree, child) => {
                links.add(at, Label::Subject, child);
            }
            Some(preposition) => links.add(at, Label::Preposition(preposition), child),
            None => links.add(at, Label::Modifier, child),
        },
        Relation::OblUnmarked | Relation::OblTmod | Relation::Advmod => links.add(at, Label::Modifier, child),
        Relation::CompoundPrt => links.add(at, Label::Particle, child),
        Relation::Xcomp if tree.is_infinitive(child) => links.add(at, Label::preposition("to"), child),
        Relation::Xcomp | Relation::Ccomp => links.add(at, Label::Complement, child),
        Relation::Advcl | Relation::Acl => {
            if let Some(opening) = tree.mark(child).map(str::to_owned).or_else(|| tree.preposition(child)) {
                links.add(at, Label::Preposition(opening), child);
            }
        }
        _ => {}
    }
}

fn is_actor(tree: &Tree, at: usize) -> bool {
    tree.is_noun(at) && tree.words[at].upos != Some(Upos::Num)
}

/// "the man (that) Ada attacked", "the man Ada spoke with": the noun fills what its clause lacks.
fn gap(links: &mut Links, subjects: &Subjects, verb: usize) {
    let tree = links.tree;
    let Some(noun) = tree.words[verb].head else { return };
    let pronoun =
        |at: &usize| matches!(tree.words[*at].xpos, Some(Xpos::Wp | Xpos::Wdt | Xpos::WpS | Xpos::Wrb));
    let below = tree.children(verb).iter().flat_map(|child| tree.children(*child));
    let relative = tree.children(verb).iter().chain(below).any(pronoun);
    let own_subject = tree.has_subject(verb) && !subjects[verb].contains(&noun);
    if relative || !own_subject || !tree.is_verb(verb) {
        return;
    }
    let preposition = |child: &usize| {
        let word = &tree.words[*child];
        *child > verb && word.upos == Some(Upos::Adp) && matches!(word.xpos, Some(Xpos::In | Xpos::To))
    };
    // "the city Ada flew to after the vote": of two prepositions before a noun the first is not the noun's.
    let first_of_two = tree.children(verb).iter().copied().find_map(|noun| {
        let cases: Vec<usize> = tree.with(noun, Relation::Case).filter(preposition).collect();
        cases.first().copied().filter(|first| cases.get(1) == Some(&(first + 1)))
    });
    let stranded = tree.children(verb).iter().copied().rfind(|child| preposition(child)).or(first_of_two);
    match stranded {
        Some(preposition) => {
            links.derive(verb, Label::Preposition(tree.words[preposition].lemma.clone()), noun);
        }
        None if tree.with(verb, Relation::Obj).next().is_none() => links.derive(verb, Label::Object, noun),
        None => {}
    }
}

/// "Ada was elected president", "they named Ada president", "Ada became president": what she then is.
fn small_clause(links: &mut Links, subjects: &Subjects, verb: usize) {
    let tree = links.tree;
    let lemma = &tree.words[verb].lemma;
    let (names, becomes) = (links.lexicon.names(lemma), links.lexicon.becomes(lemma));
    for noun in tree.children(verb).to_vec() {
        let word = &tree.words[noun];
        if !matches!(word.upos, Some(Upos::Noun | Upos::Propn)) || word.name || noun < verb {
            continue;
        }
        let preposition = tree.preposition(noun);
        let holders = match (word.relation.universal(), preposition.as_deref()) {
            (Relation::Xcomp, None) => controller(tree, subjects, verb),
            // The parser may take the post for the object.
            (Relation::Obj, None) if becomes || (names && is_passive(tree, verb)) => subjects[verb].clone(),
            (Relation::Obl, Some("as")) if names => controller(tree, subjects, verb),
            (Relation::Obl, Some("as")) => subjects[verb].clone(),
            _ => Vec::new(),
        };
        for holder in holders {
            links.derive(noun, Label::Is, holder);
        }
    }
}

/// "Norway-backed rebels", "US-led coalition": the word before the hyphen does it.
fn compound_participle(links: &mut Links, at: usize) {
    let tree = links.tree;
    if tree.words[at].relation != Relation::Amod || !tree.is_verb(at) {
        return;
    }
    let label = if is_passive(tree, at) { Label::Subject } else { Label::Object };
    let joined = tree.children(at).iter().copied().filter(|child| {
        *child < at
            && matches!(
                tree.words[*child].relation.universal(),
                Relation::Compound
                    | Relation::Obl
                    | Relation::Nsubj
                    | Relation::Nmod
                    | Relation::Amod
                    | Relation::Advmod
            )
    });
    for child in joined.filter(|child| tree.words[*child].name).collect::<Vec<_>>() {
        links.add(at, label.clone(), child);
    }
}

/// "Ada met and thanked Bob": the object of the second verb is that of the first, too, where nothing
/// stands between the verbs.
fn shared_object(links: &mut Links) {
    let tree = links.tree;
    for second in 0..tree.words.len() {
        let word = &tree.words[second];
        let Some(first) = word.head.filter(|_| word.relation == Relation::Conj && !word.inside) else {
            continue;
        };
        if !tree.is_verb(first) || !tree.is_verb(second) || second < first {
            continue;
        }
        let objects = |at: usize| {
            links.from[at].iter().filter(|link| link.label == Label::Object).cloned().collect::<Vec<_>>()
        };
        let (had, own) = (objects(first), objects(second));
        let near = tree.words[first + 1..second].iter().all(|word| {
            matches!(word.upos, Some(Upos::Cconj | Upos::Adv | Upos::Aux | Upos::Punct | Upos::Part))
        });
        if near && had.is_empty() && !tree.has_subject(second) {
            own.iter()
                .filter(|link| link.to > second)
                .for_each(|link| links.derive(first, Label::Object, link.to));
        } else if near && own.is_empty() {
            let behind = |link: &&Link| {
                link.to > second && matches!(link.label, Label::Object | Label::Preposition(_))
            };
            let shared: Vec<Link> = links.from[first].iter().filter(behind).cloned().collect();
            shared.into_iter().for_each(|link| links.derive(second, link.label, link.to));
        }
    }
}
