// Evidence: the sentence with the two names marked, and where it stands.

// The text in pieces: each with the classes of the marks that cover it. Marks may overlap ("her" in "her husband").
function pieces(text, marks) {
  const cuts = new Set([0, text.length]);
  for (const {from, to} of marks) cuts.add(from).add(to);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((to, at) => {
    const from = places[at];
    const covers = marks.filter((mark) => mark.from <= from && mark.to >= to);
    return {text: text.slice(from, to), classes: covers.map((mark) => mark.role)};
  });
}

function quotation(text, marks) {
  const quote = make('blockquote', {dir: 'auto'});
  for (const piece of pieces(text, marks)) {
    // Only at the ends `clean` takes blanks away, and between pieces they are wanted.
    const words = piece.text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
    quote.append(
      piece.classes.length
        ? make('mark', {class: piece.classes.join(' '), title: piece.classes.join(' and ')}, words)
        : words,
    );
  }
  return quote;
}

// An address that a link may have: what else a page could be told to open, a script for one, is shown as text.
function safeAddress(address) {
  try {
    const parsed = new URL(address);
    return ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

function articleLine(article) {
  const title = clean(article.title || '') || clean(article.id);
  const address = article.url && safeAddress(article.url);
  const line = make('p', {class: 'source'});
  line.append(
    address
      ? make('a', {href: address, target: '_blank', rel: 'noopener noreferrer'}, make('bdi', {}, title))
      : make('bdi', {}, title),
  );
  for (const part of [
    article.publisher && clean(article.publisher),
    article.date && humanDate(article.date),
  ]) {
    if (part) line.append(' · ', make('bdi', {}, part));
  }
  return line;
}

function qualifierList(qualifiers) {
  return Object.entries(qualifiers).map(([name, value]) =>
    make('span', {class: 'tag'}, `${clean(name)}: `, make('bdi', {}, clean(value))),
  );
}

// One sentence of a triple.
function sentence(triple, row) {
  const [quoteNumber, rule, confidence, subject, object, saidBy, qualifiers] = row;
  const [articleNumber, text] = DATA.quotes[quoteNumber];
  const marks = [];
  const apart = [];
  for (const [role, mention, entity] of [
    ['subject', subject, triple.subject],
    ['object', object, triple.object],
  ]) {
    if (Array.isArray(mention)) marks.push({role, from: mention[0], to: mention[1]});
    else apart.push([role, mention, entity]);
  }
  const card = make('div', {class: 'sentence'}, quotation(text, marks));
  for (const [role, words, entity] of apart) {
    const named = clean(words);
    card.append(
      make(
        'p',
        {class: 'apart'},
        `The ${role}, `,
        make('mark', {class: role}, make('bdi', {}, entity.name)),
        named ? `, is named outside this sentence: “` : ', is not named in this sentence.',
        named && make('bdi', {}, named),
        named && '”.',
      ),
    );
  }
  card.append(articleLine(articles[articleNumber]));
  const facts = make('p', {class: 'facts'});
  if (saidBy !== null)
    facts.append(make('span', {class: 'tag'}, 'according to ', entityButton(entities[saidBy])));
  if (qualifiers) facts.append(...qualifierList(qualifiers));
  facts.append(
    make('span', {class: 'tag'}, `confidence ${confidence} %`),
    make('code', {class: 'tag', title: 'The pattern of a rule that found it'}, clean(DATA.rules[rule])),
  );
  card.append(facts);
  return card;
}
