// Type, and see a network read: what each letter does to a hidden unit, what comes next, which letters the guess depends on.
kit => {
  const { data, element, show, readout } = kit;
  const { reads, says, starts, ends } = data;
  const weights = typeof data.weights.bh === 'string' ? unpacked(data.weights) : data.weights;
  const hidden = weights.bh.length, ranks = Math.min(5, says.length), longestName = 20, longestText = 100, names = 5;

  // ---- The network

  // Numbers of 32 bits, one row after the other, as base64.
  function unpacked({ Wh, Wx, Wy, bh, by }) {
    const floats = base64 => new Float32Array(Uint8Array.from(atob(base64), byte => byte.charCodeAt(0)).buffer);
    const rows = (entries, columns) =>
      Array.from({ length: entries.length / columns }, (_, i) => entries.subarray(i * columns, (i + 1) * columns));
    const [h, y] = [floats(bh), floats(by)];
    return {
      Wh: rows(floats(Wh), h.length), Wx: rows(floats(Wx), h.length), Wy: rows(floats(Wy), y.length), bh: h, by: y
    };
  }

  // A letter may change each of 200 steps with 128 units, and still has to be answered within a frame. So this is network.step
  // and network.throughTime over again, on flat arrays, adding up in the same order: its numbers are theirs to the last bit.
  // All sizes are rounded up to eights, and what is added is zero.
  const eights = size => 8 * Math.ceil(size / 8);
  function vector(size, entries = []) {
    const made = new Float64Array(eights(size));
    made.set(entries);
    return made;
  }
  function matrix(rows, columns, entry) {
    const wide = eights(columns), made = new Float64Array(eights(rows) * wide);
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) made[i * wide + j] = entry(i, j);
    return made;
  }
  const { Wh, Wx, Wy } = weights, [inputs, outputs] = [reads.length, says.length];
  const ahead = matrix(hidden, hidden, (i, j) => Wh[j][i]), back = matrix(hidden, hidden, (i, j) => Wh[i][j]);
  const out = matrix(outputs, hidden, (k, j) => Wy[j][k]), backOut = matrix(hidden, outputs, (j, k) => Wy[j][k]);
  const backIn = matrix(inputs, hidden, (i, j) => Wx[i][j]);

  // Adds matrix * column to sum. Eight rows at a time: one alone would wait for each of its additions.
  function addProduct(sum, matrix, column) {
    const columns = column.length;
    for (let i = 0; i < sum.length; i += 8) {
      let a = sum[i], b = sum[i + 1], c = sum[i + 2], d = sum[i + 3];
      let e = sum[i + 4], f = sum[i + 5], g = sum[i + 6], h = sum[i + 7];
      for (let j = 0, at = i * columns; j < columns; j++, at++) {
        const factor = column[j];
        a += factor * matrix[at];
        b += factor * matrix[at + columns];
        c += factor * matrix[at + 2 * columns];
        d += factor * matrix[at + 3 * columns];
        e += factor * matrix[at + 4 * columns];
        f += factor * matrix[at + 5 * columns];
        g += factor * matrix[at + 6 * columns];
        h += factor * matrix[at + 7 * columns];
      }
      sum[i] = a; sum[i + 1] = b; sum[i + 2] = c; sum[i + 3] = d;
      sum[i + 4] = e; sum[i + 5] = f; sum[i + 6] = g; sum[i + 7] = h;
    }
    return sum;
  }

  // The state after one more letter. Temperature never changes the order of the likeliest, so they are ranked here, once.
  function read(letter, before) {
    const input = Wx[letter], h = vector(hidden, weights.bh);
    for (let j = 0; j < hidden; j++) h[j] += input[j];
    addProduct(h, ahead, before.h);
    for (let j = 0; j < hidden; j++) h[j] = Math.tanh(h[j]);
    const logits = addProduct(vector(outputs, weights.by), out, h).subarray(0, outputs);
    // One place more, for what falls out of the ranks.
    const likeliest = new Array(ranks + 1).fill(0);
    for (let k = 0; k < logits.length; k++) {
      let rank = Math.min(k, ranks);
      for (; rank > 0 && logits[likeliest[rank - 1]] < logits[k]; rank--) likeliest[rank] = likeliest[rank - 1];
      likeliest[rank] = k;
    }
    return { letter, h, logits, likeliest };
  }

  // For each of these steps the length of the gradient of the last one's guess, ln y[k], with respect to the step's input.
  function influences(steps) {
    const { logits, likeliest } = steps.at(-1), lengths = new Array(steps.length);
    const slopes = softmax(logits).map((p, k) => (k === likeliest[0] ? 1 : 0) - p);
    let dh = addProduct(vector(hidden), backOut, vector(outputs, slopes));
    for (let t = steps.length - 1; t >= 0; t--) {
      const { h } = steps[t];
      for (let j = 0; j < hidden; j++) dh[j] *= 1 - h[j] * h[j];
      const slope = addProduct(vector(inputs), backIn, dh);
      lengths[t] = 0;
      for (let i = 0; i < slope.length; i++) lengths[t] = Math.hypot(lengths[t], slope[i]);
      if (t > 0) dh = addProduct(vector(hidden), back, dh);
    }
    return lengths;
  }

  // Before anything is read, the state is zero; where there is no start mark, a text begins with what the network says then.
  const silence = { h: vector(hidden), logits: Float64Array.from(weights.by) };
  const beginning = starts ? read(reads.indexOf(starts), silence) : silence;

  // ---- Letters and their signs

  const sign = letter => letter === ' ' ? '␣' : letter === '\n' ? '⏎'
    : letter < ' ' ? String.fromCharCode(0x2400 + letter.charCodeAt(0)) : letter;
  const spoken = letter => letter === ends ? 'the end' : letter === ' ' ? 'a space' : letter === '\n' ? 'a new line' : letter;
  // A field of one line would lose line breaks: in it, their signs stand for them.
  const breaks = ['\n', '\r'].filter(each => reads.includes(each) && !reads.includes(sign(each)));
  const toField = written => breaks.reduce((all, each) => all.replaceAll(each, sign(each)), written);
  const fromField = written => breaks.reduce((all, each) => all.replaceAll(sign(each), each), written);
  const isRead = letter => letter !== starts && reads.includes(letter);

  // ---- State. present: a tile, or null for the last one, whichever that is.

  let written, unit, temperature, present, from, next, invented;
  // What follows from the text, kept as long as it stays: the steps that two texts begin with are computed once.
  let steps = [], known = null, readable = '', strange = [], spreads = [], order = [], explained = null, moved = [];

  function readText() {
    if (known === written) return;
    known = written;
    const letters = [...written];
    readable = letters.filter(isRead).join('');
    strange = [...new Set(letters.filter(letter => !isRead(letter)))];
    const all = [...starts + readable].map(letter => reads.indexOf(letter));
    let same = 0;
    while (same < all.length && steps[same]?.letter === all[same]) same++;
    steps.length = same;
    for (const letter of all.slice(same)) steps.push(read(letter, steps.at(-1) ?? silence));
    const count = Math.max(1, steps.length), means = new Float64Array(hidden), squares = new Float64Array(hidden);
    for (const { h } of steps) for (let j = 0; j < hidden; j++) means[j] += h[j];
    for (let j = 0; j < hidden; j++) means[j] /= count;
    for (const { h } of steps) for (let j = 0; j < hidden; j++) squares[j] += (h[j] - means[j]) * (h[j] - means[j]);
    spreads = Array.from(squares, sum => Math.sqrt(sum / count));
    order = spreads.map((_, j) => j).sort((a, b) => spreads[b] - spreads[a] || a - b);
  }

  // ---- The controls

  const field = kit.field('text', 'Text', { maxlength: data.longest }, value => {
    [written, present] = [fromField(value), null];
  });
  field.element.classList.add('rnn-text-field');
  const notRead = element('p', { class: 'rnn-text-strange', role: 'status' });
  const choice = kit.choice('unit', 'Colour by', Array.from({ length: hidden }, (_, j) => [j, '']),
    value => { unit = Number(value); });
  const heat = kit.slider('temperature', 'Temperature', { min: 0.1, max: 2, step: 0.05 }, value => { temperature = value; });
  const origin = kit.choice('from', 'Begin', [['nothing', 'from nothing'], ['text', 'from the text']],
    value => { from = value; });
  const press = kit.button('invent', 'Invent', invent);

  // The options stay and change what they stand for: making so many anew with each letter would take longer.
  const offered = [];
  let ordered = null;
  function drawOptions() {
    if (ordered === order) return choice.set(unit);
    ordered = order;
    const { options } = choice.input;
    order.forEach((each, rank) => {
      const shown = `unit ${each} (varies by ${kit.text(spreads[each], 2)})`, option = options[rank];
      if (offered[rank] === shown) return;
      option.textContent = offered[rank] = shown;
      option.value = each;
    });
    choice.set(unit);
  }

  // ---- The letters: one tile for each that may ever be read, filled when it is shown for the first time

  const buttons = Array.from({ length: data.longest + starts.length }, () =>
    element('button', { type: 'button', class: 'rnn-letter' }));
  // The grid keeps these rows, so that it knows of as many tiles as are shown.
  const rows = [buttons], tiles = [];
  const grid = kit.grid('letter', 'The letters that were read', rows, (_, p) => { present = p; });
  grid.element.classList.add('rnn-letters');
  // For the eye there are many rows.
  grid.element.addEventListener('keydown', event => {
    const ways = { ArrowUp: -1, ArrowDown: 1 }, at = rows[0].indexOf(event.target);
    if (!ways[event.key] || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const columns = rows[0].findIndex(button => button.offsetTop > rows[0][0].offsetTop);
    const to = columns > 0 && rows[0][at + ways[event.key] * columns];
    if (to) { to.focus({ preventScroll: true }); to.click(); }
  }, true);

  // Laying out a thousand numbers takes longer than computing them: the browser skips those that are scrolled out of sight.
  // Its own means, content-visibility: auto, looks too far ahead for that.
  const sight = window.IntersectionObserver && new IntersectionObserver(
    entries => entries.forEach(({ target, isIntersecting }) => target.classList.toggle('rnn-away', !isIntersecting)),
    { root: grid.element, rootMargin: '40px 0px' });

  function makeTile(p) {
    const line = (where, name) => {
      const node = document.createTextNode('');
      if (name) where.dataset.readout = name;
      where.append(node);
      return { where, node, value: null, letter: null };
    };
    const bar = element('i'), letter = line(element('b')), influence = line(element('small'), `influence-${p}`);
    const guesses = Array.from({ length: ranks }, (_, r) => line(element('span'), `guess-${p}-${r}`));
    buttons[p].append(letter.where, element('span', {}, ...guesses.map(guess => guess.where), influence.where), bar);
    sight?.observe(buttons[p]);
    return { bar, letter, influence, guesses, height: null, step: null, temperature: null, follows: null,
      colour: null, back: null };
  }

  // What kit.show does, asking the page nothing: a thousand of these may change at once.
  function write(line, shown, value = null, letter = null) {
    if (line.node.data !== shown) line.node.data = shown;
    if (line.value !== value) {
      line.value = value;
      if (value === null) line.where.removeAttribute('data-value');
      else line.where.setAttribute('data-value', value);
    }
    if (line.letter !== letter) line.where.setAttribute('data-letter', line.letter = letter);
  }

  const percent = p => p > 0 && p < 0.005 ? '<1 %' : `${Math.round(100 * p)} %`;

  function drawTiles(now) {
    const count = steps.length, most = Math.max(...moved);
    while (tiles.length < count) tiles.push(makeTile(tiles.length));
    if (rows[0].length !== count || grid.element.childElementCount !== count) {
      rows[0] = buttons.slice(0, count);
      while (grid.element.childElementCount > count) grid.element.lastChild.remove();
      const more = rows[0].slice(grid.element.childElementCount);
      more.forEach(button => button.classList.remove('rnn-away'));
      grid.element.append(...more);
    }
    steps.forEach((step, p) => {
      const tile = tiles[p], follows = p + 1 < count ? reads[steps[p + 1].letter] : null;
      write(tile.letter, sign(reads[step.letter]));
      const colour = step.h[unit];
      if (tile.colour !== colour || tile.back !== kit.back) {
        kit.paint(tile.letter.where, colour);
        Object.assign(tile, { colour, back: kit.back });
      }
      if (tile.step !== step || tile.temperature !== temperature) {
        // softmax over again, of those that are shown.
        const { logits, likeliest } = step, exponential = k => Math.exp((logits[k] - logits[likeliest[0]]) / temperature);
        let sum = 0;
        for (let k = 0; k < logits.length; k++) sum += exponential(k);
        tile.guesses.forEach((guess, r) => {
          const k = likeliest[r], y = exponential(k) / sum;
          write(guess, `${sign(says[k])} ${percent(y)}`, y, says[k]);
        });
      }
      if (tile.step !== step || tile.follows !== follows)
        tile.guesses.forEach((guess, r) => {
          const name = says[step.likeliest[r]] === follows ? 'rnn-follows' : '';
          if (guess.where.className !== name) guess.where.className = name;
        });
      Object.assign(tile, { step, temperature, follows });
      const length = p <= now ? moved[p] : null;
      write(tile.influence, length === null ? '' : kit.text(length, 3), length);
      const height = length > 0 ? `${(22 * length / most).toFixed(1)}px` : '0';
      if (tile.height !== height) tile.bar.style.height = tile.height = height;
    });
    grid.mark(0, now);
  }

  // What is picked shall be seen, and the page stay where it is.
  let followed = null;
  function follow(now) {
    if (!buttons[now].parentElement) return;
    const all = grid.element, { offsetTop: top, offsetHeight: height } = buttons[now];
    if (top < all.scrollTop) all.scrollTop = top - 4;
    else if (top + height > all.scrollTop + all.clientHeight) all.scrollTop = top + height + 4 - all.clientHeight;
  }

  // ---- Inventing

  const list = element('ul', { class: 'rnn-invented' }), tooLong = element('p', { class: 'rnn-text-strange', role: 'status' });

  function invent() {
    const prefix = from === 'text' ? readable : '', first = from === 'text' && steps.at(-1) || beginning;
    const limit = ends ? longestName : prefix.length + longestText;
    invented = Array.from({ length: ends ? names : 1 }, () => {
      let name = prefix, now = first;
      while (name.length < limit) {
        const letter = says[draw(softmax(now.logits, temperature), next)];
        if (letter === ends) break;
        name += letter;
        now = read(reads.indexOf(letter), now);
      }
      return { name, given: prefix.length };
    });
  }

  // Tells whether they are new.
  let listed = null;
  function drawInvented() {
    const isFull = ends !== '' && from === 'text' && readable.length >= longestName;
    const shown = isFull ? `A name ends after ${longestName} letters, and the text has no fewer: nothing is left to invent.` : '';
    if (tooLong.textContent !== shown) tooLong.textContent = shown;
    if (listed === invented) return false;
    listed = invented;
    list.replaceChildren(...invented.map(({ name, given }, i) => element('li', {
      'data-readout': `invented-${i}`, 'data-value': name
    }, ...name === '' ? [element('em', {}, '(nothing)')] : [element('em', {}, name.slice(0, given)), name.slice(given)])));
    return invented.length > 0;
  }

  // ---- All of it

  const [state, spread, guess, strongest] = ['state', 'spread', 'guess', 'strongest'].map(name => readout(name));
  const numbers = kit.numbers(['State there', state], ['Varies by', spread], ['Likeliest at temperature 1', guess],
    ['Depends most on', strongest]);
  const marks = [[starts, 'is where a text begins'], [ends, 'where it ends'], [reads.includes(' ') && ' ', 'a space'],
    [reads.includes('\n') && '\n', 'a new line']].filter(([mark]) => mark);
  const note = element('p', { class: 'rnn-text-note' },
    'Colour: the state of the unit, blue −1, orange 1. Below a letter: what is likeliest to come next, underlined what does. '
    + 'Bar and number above it: how much the guess at the picked letter depends on it (the length of the gradient of the '
    + 'guess’s log-probability).',
    marks.length > 0 ? ' ' + marks.map(([mark, meaning], i) =>
      `${sign(mark)} ${i === 0 && mark !== starts ? 'is ' : ''}${meaning}`).join(', ') + '.' : '');

  // A few words of the text are enough to be heard.
  function sayGuess(now, step) {
    if (!step) return 'There is no text yet';
    const best = step.likeliest[0];
    const before = readable.slice(0, now + 1 - starts.length), heard = before.length > 30 ? '…' + before.slice(-30) : before;
    return `${heard ? `After ${heard}` : 'At the beginning'} the likeliest next letter is \
${spoken(says[best])}, ${kit.text(100 * softmax(step.logits, temperature)[best], 0)} percent`;
  }

  return {
    content: [
      kit.row(field.element), notRead, kit.row(choice.element, heat.element), grid.element, numbers, note,
      kit.row(origin.element, press), tooLong, list
    ],

    start() {
      [written, temperature, present, from] = [data.text, 1, null, 'nothing'];
      [next, invented] = [random(data.seed), []];
      readText();
      unit = order[0];
    },

    render() {
      readText();
      const now = present ?? steps.length - 1, step = steps[now] ?? null;
      if (explained !== step) [explained, moved] = [step, step ? influences(steps.slice(0, now + 1)) : []];
      field.set(toField(written));
      const named = strange.map(letter => `“${sign(letter)}”`);
      const missing = named.length === 0 ? '' : 'The network does not read '
        + [named.slice(0, -1).join(', '), named.at(-1)].filter(part => part).join(' and ') + '.';
      if (notRead.textContent !== missing) notRead.textContent = missing;
      drawOptions();
      heat.set(temperature);
      origin.set(from);
      drawTiles(now);
      // With the next picture: asked before, the page would be laid out twice.
      if (step && followed !== step) requestAnimationFrame(() => follow(now));
      followed = step;
      const best = step?.likeliest[0], p = step ? softmax(step.logits)[best] : NaN;
      show(state, step ? step.h[unit] : NaN, 3);
      show(spread, step ? spreads[unit] : NaN, 3);
      show(guess, p, 0, '', step ? `“${sign(says[best])}” ${percent(p)}` : '–');
      guess.dataset.letter = step ? says[best] : '';
      const most = moved.indexOf(Math.max(...moved));
      const where = most === now ? 'itself' : `${now - most} before`;
      show(strongest, most < 0 ? NaN : moved[most], 2, '', most < 0 ? '–'
        : `“${sign(reads[steps[most].letter])}” (${where}): ${kit.text(moved[most], 3)}`);
      strongest.dataset.tile = most;
      return drawInvented() ? 'Invented: ' + invented.map(({ name }) => name || 'nothing').join(', ') : sayGuess(now, step);
    }
  };
}
