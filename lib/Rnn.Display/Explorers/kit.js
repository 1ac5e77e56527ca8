// What all explorers are made of: native controls, numbers that are shown, drawings in SVG, the colours of their surroundings.
// It stands in a function with surroundings.js and network.js and gives the figures' scripts what they need of them.

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

// From where to where each weight leads.
const weightEnds = {
  Wh: ['a hidden unit', 'a hidden unit'], Wx: ['an input', 'a hidden unit'], Wy: ['a hidden unit', 'an output'],
  bh: ['the bias', 'a hidden unit'], by: ['the bias', 'an output']
};

// ---- One explorer

function build(root, make) {
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
    data, element, text, show, readout, network, body, draw,

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

    // A matrix of weights as such a grid, each cell coloured by its value.
    matrix(name, label, rows, columns, pick) {
      const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () =>
        element('button', { type: 'button', class: 'rnn-cell' })));
      const grid = kit.grid(name, label, cells, pick);
      grid.element.style.setProperty('--columns', columns);
      grid.element.classList.add('rnn-matrix');
      grid.element.append(...cells.flat());
      return {
        ...grid,
        paint(values, largest) {
          values.forEach((row, i) => row.forEach((value, j) => {
            kit.paint(cells[i][j], largest > 0 ? value / largest : 0);
            const said = `${label}, row ${i}, column ${j}: ${text(value, 3)}`;
            if (cells[i][j].ariaLabel !== said) cells[i][j].ariaLabel = said;
          }));
        }
      };
    },

    // All weights, one matrix at a time: a choice of it, and its cells to pick from. pick(name, i, j) is told which.
    weights(all, pick) {
      const choice = kit.choice('matrix', 'Weights', network.names.map(name => [name, name]), name => pick(name, 0, 0));
      const ends = element('span'), grids = network.names.map(name => {
        const rows = network.rows(all, name);
        return kit.matrix('weight', name, rows.length, rows[0].length, (i, j) => pick(name, i, j));
      });
      return {
        content: [kit.row(choice.element, ends), ...grids.map(grid => grid.element)],
        // Shows one, coloured relative to the largest, with an entry marked, or none where there is no such row.
        show(now, name, i, j, largest) {
          const [from, to] = weightEnds[name], shown = grids[network.names.indexOf(name)];
          choice.set(name);
          ends.textContent = `Rows: from ${from}. Columns: to ${to}.`;
          for (const grid of grids) grid.element.style.display = grid === shown ? '' : 'none';
          shown.paint(network.rows(now, name), largest);
          shown.mark(i, j);
        }
      };
    },

    // What an entry of them is called.
    entry: (name, i, j) => name[0] === 'b' ? `${name} ${j}` : `${name} ${i}, ${j}`,

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

    // A picture of coloured cells without controls. paint(values, largest, size): rows of numbers, pixels of a cell.
    heat(rows, columns, label) {
      const drawing = element('svg', { role: 'img', 'aria-label': label });
      const rects = Array.from({ length: rows }, () => Array.from({ length: columns }, () => element('rect')));
      drawing.append(...rects.flat());
      let drawn = 0;
      return {
        element: drawing,
        paint(values, largest, size) {
          if (size !== drawn) {
            drawn = size;
            drawing.setAttribute('width', columns * size);
            drawing.setAttribute('height', rows * size);
            rects.forEach((row, i) => row.forEach((rect, j) => {
              const box = { x: j * size, y: i * size, width: size - 1, height: size - 1 };
              for (const [key, value] of Object.entries(box)) rect.setAttribute(key, value);
            }));
          }
          rects.forEach((row, i) => row.forEach((rect, j) =>
            rect.setAttribute('fill', kit.colour(largest > 0 ? values[i][j] / largest : 0).fill)));
        }
      };
    },

    // Curves over two axes. draw({ x: [from, to], y: [from, to], logY, lines: [{ points: [[x, y]], kind }], marks: [{ x, y,
    // kind }], at: x of an upright line, xTicks: [[x, number shown]] }): kinds are the classes a to d of the style sheet.
    plot(label, xAxis, yAxis, { height = 260 } = {}) {
      const drawing = element('svg', { role: 'img', 'aria-label': label, class: 'rnn-plot' });
      return {
        element: drawing,
        draw({ x, y, logY = false, lines = [], marks = [], at = null, xTicks = null }) {
          const width = kit.width(), box = { left: 62, right: width - 12, top: 14, bottom: height - 40 };
          const scale = logY ? Math.log10 : value => value;
          const px = value => box.left + (value - x[0]) / (x[1] - x[0]) * (box.right - box.left);
          const py = value => box.bottom - (scale(value) - scale(y[0])) / (scale(y[1]) - scale(y[0])) * (box.bottom - box.top);
          const inside = ([a, b]) => Number.isFinite(scale(b)) && a >= x[0] && a <= x[1];
          // Far above or below, a line leaves the picture.
          const place = ([a, b]) => `${px(a).toFixed(1)},${Math.max(-1e4, Math.min(1e4, py(b))).toFixed(1)}`;
          const parts = [];
          const plain = () => ticks(x[0], x[1], Math.max(3, Math.floor(width / 110))).map(tick => [tick, tick]);
          for (const [place, tick] of xTicks ?? plain())
            parts.push(
              element('line', { class: 'rnn-rule', x1: px(place), x2: px(place), y1: box.top, y2: box.bottom }),
              tickText(px(place), box.bottom + 16, 'middle', tick));
          for (const tick of logY ? powers(y[0], y[1]) : ticks(y[0], y[1], 5))
            parts.push(
              element('line', { class: 'rnn-rule', x1: box.left, x2: box.right, y1: py(tick), y2: py(tick) }),
              tickText(box.left - 6, py(tick) + 4, 'end', tick));
          parts.push(
            element('text', { x: (box.left + box.right) / 2, y: height - 6, 'text-anchor': 'middle' }, xAxis),
            element('text', {
              transform: `translate(13,${(box.top + box.bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle'
            }, yAxis));
          if (at !== null) parts.push(element('line', { class: 'rnn-at', x1: px(at), x2: px(at), y1: box.top, y2: box.bottom }));
          const frame = element('svg', { x: 0, y: box.top, width, height: box.bottom - box.top, viewBox: `0 ${box.top} ${width} \
${box.bottom - box.top}` });
          for (const { points, kind } of lines)
            frame.append(element('polyline', { class: `rnn-line ${kind}`, points: points.filter(inside).map(place).join(' ') }));
          for (const mark of marks) if (inside([mark.x, mark.y]))
            frame.append(element('circle', { class: `rnn-mark ${mark.kind}`, cx: px(mark.x), cy: py(mark.y), r: 5.5 }));
          drawing.setAttribute('width', width);
          drawing.setAttribute('height', height);
          drawing.replaceChildren(...parts, frame);

          function tickText(left, down, anchor, value) {
            const tick = readout('tick', 'text', { x: left, y: down, 'text-anchor': anchor });
            tick.dataset.value = value;
            tick.textContent = shortest(value);
            return tick;
          }
        }
      };
    },

    // What the lines of a plot are: pairs of a kind and a text.
    legend: (...entries) => element('p', { class: 'rnn-legend' }, ...entries.map(([kind, what]) =>
      element('span', {}, element('i', { class: kind }), what))),

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
  body.append(element('style', {}, style), ...figure.content, again, status);
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

// ---- Axes

// Round numbers from one end to the other, about so many.
function ticks(from, to, count) {
  const rough = (to - from) / count, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find(factor => factor * power >= rough) * power;
  return Array.from({ length: Math.floor(to / step + 1e-9) - Math.ceil(from / step - 1e-9) + 1 }, (_, i) =>
    Number(((Math.ceil(from / step - 1e-9) + i) * step).toPrecision(12)));
}

// Powers of ten, at most eight.
function powers(from, to) {
  const first = Math.ceil(Math.log10(from) - 1e-9), last = Math.floor(Math.log10(to) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first) / 7));
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => 10 ** (first + i * every));
}

const shortest = value => {
  const plain = String(value);
  return (plain.length > 6 ? value.toExponential().replace('e+', 'e') : plain).replaceAll('-', '−');
};

// ---- All explorers of the page

// Draws those of a kind that wait: now, and again when more of the page is there.
function define(kind, make) {
  const all = () => document.querySelectorAll(`.rnn-explorer[data-explorer="${kind}"][data-rnn-scripts="${version}"]\
:not([data-rnn-drawn])`);
  const drawAll = () => all().forEach(root => {
    // Marked first: the other scripts of the page find it taken.
    root.setAttribute('data-rnn-drawn', '');
    try {
      build(root, make);
    } catch (error) {
      const note = root.querySelector('.rnn-explorer-note');
      note.textContent = 'This explorer could not be drawn: ' + error.message;
      note.hidden = false;
    }
  });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', drawAll);
  else drawAll();
}
