// Searches the course as one types. The line below this function calls it with the index: pages as place, name and sections,
// sections as anchor, heading and text.
window.rnnSearch = pages => {
  'use strict';
  const most = 20;
  const form = document.querySelector('.search'), input = form.querySelector('input');
  const list = form.querySelector('[role=listbox]'), count = form.querySelector('[role=status]');
  const entries = pages.flatMap(([place, page, sections]) => sections.map(([id, heading, text]) =>
    ({ place, page, id, heading, text, inHeading: heading.toLowerCase(), inText: text.toLowerCase() })));
  let options = [], picked = -1;

  const isLetter = c => /[\p{L}\p{N}]/u.test(c ?? '');

  // Where a word begins in a text, at the beginning of one of its words if possible; -1 where it is not there.
  function find(text, word) {
    const first = text.indexOf(word);
    for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (!isLetter(text[at - 1])) return at;
    return first;
  }

  // How well a section answers: headings count most, the beginnings of words more than their middles, 0 is not at all.
  function score(entry, words) {
    let sum = entry.inHeading === words.join(' ') ? 20 : 0;
    for (const word of words) {
      const inHeading = find(entry.inHeading, word), inText = find(entry.inText, word);
      if (inHeading < 0 && inText < 0) return 0;
      if (inHeading >= 0) sum += isLetter(entry.inHeading[inHeading - 1]) ? 4 : 8;
      if (inText >= 0) sum += isLetter(entry.inText[inText - 1]) ? 1 : 3;
    }
    return sum;
  }

  // A text with the words that were looked for marked in it.
  function marked(text, words) {
    const made = document.createElement('span'), low = text.toLowerCase();
    for (let done = 0; done < text.length;) {
      const [at, length] = words.map(word => [low.indexOf(word, done), word.length])
        .filter(([at]) => at >= 0).sort((a, b) => a[0] - b[0] || b[1] - a[1])[0] ?? [text.length, 0];
      made.append(text.slice(done, at));
      if (length) made.append(Object.assign(document.createElement('mark'), { textContent: text.slice(at, at + length) }));
      done = at + length;
    }
    return made;
  }

  function snippet(entry, words) {
    const at = Math.max(0, ...words.map(word => find(entry.inText, word)).filter(at => at >= 0).slice(0, 1));
    const from = at < 50 ? 0 : entry.text.indexOf(' ', at - 40) + 1;
    const gap = entry.text.indexOf(' ', from + 140), to = gap < 0 ? entry.text.length : gap;
    return (from ? '… ' : '') + entry.text.slice(from, to) + (to < entry.text.length ? ' …' : '');
  }

  function option(entry, words, i) {
    const made = document.createElement('li');
    made.id = `found-${i}`;
    made.setAttribute('role', 'option');
    made.setAttribute('aria-selected', 'false');
    made.dataset.to = `${form.dataset.root}/${entry.place}${entry.id && '#'}${entry.id}`;
    const page = document.createElement('small'), heading = document.createElement('b'), text = document.createElement('small');
    page.textContent = entry.page;
    heading.append(marked(entry.heading, words));
    text.append(marked(snippet(entry, words), words));
    made.append(heading, ' ', page, ' ', text);
    return made;
  }

  function pick(i) {
    options[picked]?.setAttribute('aria-selected', 'false');
    picked = options.length && (i + options.length) % options.length;
    options[picked].setAttribute('aria-selected', 'true');
    options[picked].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[picked].id);
  }

  function close() {
    list.hidden = true;
    form.classList.remove('open');
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function follow(chosen) {
    close();
    input.blur();
    location.href = chosen.dataset.to;
  }

  function answer() {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    const found = words.length === 0 ? [] : entries.map(entry => [score(entry, words), entry]).filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0]);
    close();
    picked = -1;
    options = found.slice(0, most).map(([, entry], i) => option(entry, words, i));
    list.replaceChildren(...options);
    list.scrollTop = 0;
    count.textContent = words.length === 0 ? ''
      : found.length === 0 ? `Nothing in the course has “${input.value.trim()}”.`
      : found.length > most ? `${found.length} sections, the best ${most} of them here.`
      : found.length === 1 ? '1 section' : `${found.length} sections`;
    if (words.length === 0) return;
    form.classList.add('open');
    list.hidden = options.length === 0;
    input.setAttribute('aria-expanded', String(options.length > 0));
  }

  input.addEventListener('input', answer);
  input.addEventListener('keydown', event => {
    const isOpen = form.classList.contains('open');
    if (event.key === 'Escape') {
      if (isOpen) close();
      else { input.value = ''; input.blur(); }
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !event.altKey) {
      if (!isOpen) answer();
      if (options.length) pick(event.key === 'ArrowDown' ? picked + 1 : picked < 0 ? -1 : picked - 1);
    } else if (event.key === 'Enter' && options.length && isOpen) {
      follow(options[Math.max(0, picked)]);
    } else return;
    event.preventDefault();
  });
  // The field keeps the focus while one presses on what was found.
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const chosen = event.target.closest('[role=option]');
    if (chosen) follow(chosen);
  });
  form.addEventListener('focusout', close);
  // What was typed before all this was there.
  if (input.value) answer();
};
