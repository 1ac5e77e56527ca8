// What all explorers are made of: native controls, numbers that are shown, drawings in SVG, the colours of their surroundings.
// It stands in a function with surroundings.js and gives the figures' scripts what they need of them.

// ---- Elements and numbers

const svgNames = new Set(['svg', 'g', 'path', 'line', 'rect', 'circle', 'text', 'polyline']);

// An HTML or SVG element. Functions become event listeners, null leaves an attribute out.
function element(name, attributes = {}, ...children) {
  const made = svgNames.has(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// A number as it is shown: so many decimals, or a power of ten where those would show nothing of it.
function text(value, digits) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞';
  const size = Math.abs(value), tiny = size > 0 && size < 0.5 * 10 ** -digits;
  const shown = tiny || size >= 1e7 ? value.toExponential(1).replace('e+', 'e') : value.toFixed(digits);
  return shown.replace(/^-(?=[0.]+$)/, '').replaceAll('-', '−');
}

// Shows a number in an element; its full value stands beside it, for whoever wants to compare.
function show(where, value, digits = 2, unit = '', shown = text(value, digits) + unit) {
  // Most numbers do not change with most inputs.
  if (where.textContent !== shown) where.textContent = shown;
  if (where.dataset.value !== String(value)) where.dataset.value = value;
}

// An element that shows a number, by the name that it is found by.
const readout = (name, tag = 'output', attributes = {}) => element(tag, { 'data-readout': name, ...attributes });

// ---- One explorer

function build(root, make, ownStyle) {
  const data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  const body = element('div', { class: 'rnn-explorer-body' });
  const status = element('p', { class: 'rnn-explorer-status', role: 'status', 'aria-live': 'polite' });
  const painted = new WeakMap();
  let figure = null, timer = 0, room = 0;

  function draw() {
    // Asked once, before anything changes: later, each answer would cost a layout.
    room = Math.max(240, Math.min(720, root.clientWidth) - 26);
    const said = figure.render();
    // A screen reader is told of where a movement ends, not of all that it passes.
    clearTimeout(timer);
    timer = setTimeout(() => { if (status.textContent !== said) status.textContent = said; }, 300);
  }

  // Every control: a change of the state, then everything is drawn from that.
  const answer = change => (...event) => { change(...event); draw(); };

  const named = (label, ...parts) => element('label', { class: 'rnn-control' }, element('span', {}, label), ...parts);

  const kit = {
    data, element, text, show, readout, body, draw,

    // A range. set(value) moves it to a value; change is told of a new one. What is shown is the value itself, or the number
    // of it, in the words of say.
    slider(name, label, { min, max, step, digits = 2, unit = '', number = value => value, say }, change) {
      const shown = readout(name);
      const input = element('input', {
        type: 'range', min, max, step, 'data-control': name, input: answer(() => change(input.valueAsNumber))
      });
      return {
        element: named(label, input, shown), input,
        set(value) {
          // What lies between two steps would be rounded.
          input.step = Math.abs((value - input.min) / step - Math.round((value - input.min) / step)) < 1e-9 ? step : 'any';
          if (input.valueAsNumber !== value) input.value = value;
          show(shown, number(value), digits, unit);
          if (say) shown.textContent = say(value);
          input.setAttribute('aria-valuetext', shown.textContent);
        }
      };
    },

    // A choice among options, pairs of a value and a text.
    choice(name, label, options, change) {
      const input = element('select', { 'data-control': name, change: answer(() => change(input.value)) });
      input.append(...options.map(([value, shown]) => element('option', { value }, shown)));
      return { element: named(label, input), input, set(value) { input.value = value; } };
    },

    field(name, label, attributes, change) {
      const input = element('input', {
        type: 'text', 'data-control': name, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...attributes,
        input: answer(() => change(input.value)),
        // An editor takes plain letters for its shortcuts.
        keydown: event => event.stopPropagation(), keyup: event => event.stopPropagation(),
        keypress: event => event.stopPropagation()
      });
      return { element: named(label, input), input, set(value) { if (input.value !== value) input.value = value; } };
    },

    button: (name, label, press, attributes = {}) =>
      element('button', { type: 'button', 'data-control': name, ...attributes, click: answer(press) }, label),

    // Buttons in rows, one stop of the tab key for all; the arrow keys go from one to the next, and pick it.
    // cells[i][j] are buttons of yours (or null); pick(i, j) is told which.
    grid(name, label, cells, pick) {
      const at = (i, j) => cells[i]?.[j];
      let stop = null, marked = null;
      const stopAt = cell => {
        if (stop) stop.tabIndex = -1;
        stop = cell;
        stop.tabIndex = 0;
      };
      cells.forEach((row, i) => row.forEach((cell, j) => {
        if (!cell) return;
        cell.dataset.control = name;
        cell.tabIndex = -1;
        cell.setAttribute('aria-pressed', 'false');
        cell.addEventListener('click', answer(() => { stopAt(cell); pick(i, j); }));
        cell.addEventListener('keydown', event => {
          const [di, dj] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
          if (di === 0 && dj === 0) return;
          event.preventDefault();
          event.stopPropagation();
          let [to, tj] = [i + di, j + dj];
          while (at(to, tj) === null) [to, tj] = [to + di, tj + dj];
          const next = at(to, tj);
          if (next) { next.focus(); next.click(); }
        });
      }));
      stopAt(cells.flat().find(cell => cell));
      return {
        element: element('div', { role: 'group', 'aria-label': label }),
        // Marks the one that is picked, or none.
        mark(i, j) {
          const cell = at(i, j) ?? null;
          if (cell !== marked) marked?.setAttribute('aria-pressed', 'false');
          if (cell && cell !== marked) cell.setAttribute('aria-pressed', 'true');
          marked = cell;
          if (cell) stopAt(cell);
        }
      };
    },

    // ---- Colours

    // Negative is blue, positive is orange-red, nothing is the background; share is between -1 and 1.
    colour(share) {
      const amount = Math.min(1, Math.abs(share)) ** 0.8, to = share < 0 ? [33, 102, 172] : [214, 76, 33];
      const mixed = kit.back.map((from, i) => Math.round(from + amount * (to[i] - from)));
      return { fill: `rgb(${mixed})`, ink: luminance(mixed) > 0.179 ? '#000000' : '#ffffff' };
    },

    paint(cell, share) {
      const { fill, ink } = kit.colour(share);
      // Asked for it, a browser would spell the colour in its own way.
      if (painted.get(cell) === fill) return;
      painted.set(cell, fill);
      [cell.style.backgroundColor, cell.style.color] = [fill, ink];
    },

    // ---- Drawings

    // How wide a drawing may be now.
    width: () => room,

    row: (...parts) => element('div', { class: 'rnn-row' }, ...parts),

    // Numbers with their names: pairs of a text and a readout.
    numbers: (...entries) => element('dl', { class: 'rnn-numbers' }, ...entries.map(([name, shown]) =>
      element('div', {}, element('dt', {}, name), element('dd', {}, shown))))
  };

  function colour() {
    kit.back = background(root);
    const light = luminance(kit.back) < 0.179;
    root.dataset.rnnOn = light ? 'dark' : 'light';
  }

  colour();
  figure = make(kit);
  const again = kit.button('again', 'Start again', () => figure.start());
  body.append(element('style', {}, style + ownStyle), ...figure.content, again, status);
  root.append(body);
  figure.start();
  draw();
  root.querySelector('.rnn-explorer-static').style.display = 'none';
  let width = root.clientWidth;
  if (window.ResizeObserver) new ResizeObserver(() => {
    if (root.isConnected && root.clientWidth && root.clientWidth !== width) { width = root.clientWidth; draw(); }
  }).observe(root);
  watchSurroundings(root, () => { colour(); draw(); });
}

// ---- All explorers of the page

// Draws those of a kind that wait: now, and again when more of the page is there.
function define(kind, make, ownStyle) {
  const all = () => document.querySelectorAll(`.rnn-explorer[data-explorer="${kind}"][data-rnn-scripts="${version}"]\
:not([data-rnn-drawn])`);
  const drawAll = () => all().forEach(root => {
    // Marked first: the other scripts of the page find it taken.
    root.setAttribute('data-rnn-drawn', '');
    try {
      build(root, make, ownStyle);
    } catch (error) {
      const note = root.querySelector('.rnn-explorer-note');
      note.textContent = 'This explorer could not be drawn: ' + error.message;
      note.hidden = false;
    }
  });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', drawAll);
  else drawAll();
}
