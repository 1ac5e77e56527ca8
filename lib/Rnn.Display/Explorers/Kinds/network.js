// Forward through time and back again: the unrolled network, and the very sum behind the number of a unit, an arrow, a weight.
kit => {
  const { data, element, show, readout } = kit;
  const { weights, sequence } = data, T = sequence.x.length;
  const sizes = { x: weights.Wx.length, h: weights.bh.length, y: weights.by.length };
  const steps = network.forward(weights, sequence.x);
  const { slopes, gradients, loss } = network.backward(weights, sequence.x, sequence.y, steps, data.exact);
  const largest = rows => Math.max(...rows.flat().map(Math.abs));
  const most = { dh: largest(slopes.map(slope => slope.dh)), dy: largest(slopes.map(slope => slope.dy)) };
  const mostInput = largest(sequence.x), mostWeight = largest([weights.Wh, weights.Wx, weights.Wy].flat());

  // From where to where a matrix leads, and at which step its source stands.
  const leads = {
    Wh: { source: t => t > 0 ? steps[t - 1].h : null, target: t => slopes[t].dhRaw, from: 'h', to: 'z' },
    Wx: { source: t => sequence.x[t], target: t => slopes[t].dhRaw, from: 'x', to: 'z' },
    Wy: { source: t => steps[t].h, target: t => slopes[t].dy, from: 'h', to: 'logit' },
    bh: { source: () => [1], target: t => slopes[t].dhRaw, from: '1', to: 'z' },
    by: { source: () => [1], target: t => slopes[t].dy, from: '1', to: 'logit' }
  };

  // position: 0 to T - 1 forward, T to 2 T - 1 back. picked: a unit, an arrow or a weight.
  let position, picked, timer = 0;
  const isBack = () => position >= T, now = () => isBack() ? 2 * T - 1 - position : position;
  const goTo = t => { position = isBack() ? 2 * T - 1 - t : t; };
  const isThere = t => isBack() || t <= now(), hasSlope = t => isBack() && t >= now();

  // ---- Through time

  const rest = () => { clearInterval(timer); timer = 0; };
  const move = by => { rest(); position = Math.max(0, Math.min(2 * T - 1, position + by)); };
  const time = kit.slider('time', 'Time', {
    min: 0, max: 2 * T - 1, step: 1, number: value => value < T ? value : 2 * T - 1 - value,
    say: value => value < T ? `forward, t = ${value}` : `back, t = ${2 * T - 1 - value}`
  }, value => { rest(); position = value; });
  const play = kit.button('play', 'Play', () => {
    if (timer) return rest();
    if (position === 2 * T - 1) position = 0;
    timer = setInterval(() => {
      if (!kit.body.isConnected || position === 2 * T - 1) rest();
      else position++;
      kit.draw();
    }, 700);
  });
  const earlier = kit.button('step-back', '◀', () => move(-1), { 'aria-label': 'one step back' });
  const later = kit.button('step', '▶', () => move(1), { 'aria-label': 'one step on' });

  // ---- The unrolled network: a row for each unit, a column for each step

  const unit = (layer, i) => Array.from({ length: T }, (_, t) => {
    const cell = element('button', { type: 'button', class: 'rnn-cell' });
    return Object.assign(cell, { layer, i, t });
  });
  const arrow = (matrix, ahead, behind) => Array.from({ length: T }, (_, t) => matrix === 'Wh' && t === 0 ? null
    : Object.assign(element('button', { type: 'button', class: 'rnn-cell rnn-arrow' }), { matrix, ahead, behind, t }));
  const layer = name => Array.from({ length: sizes[name] }, (_, i) => unit(name, i));
  const lines = [
    ...layer('y'), arrow('Wy', '↑', '↓'), ...layer('h'), arrow('Wh', '→', '←'), arrow('Wx', '↑', '↓'), ...layer('x')
  ];
  const grid = kit.grid('unit', 'The unrolled network', lines, (row, t) => {
    rest();
    const cell = lines[row][t];
    picked = cell.matrix ? { arrow: cell.matrix } : { layer: cell.layer, i: cell.i };
    goTo(t);
  });
  for (const cell of lines.flat()) if (cell?.matrix) cell.dataset.control = 'arrow';
  const names = lines.map(() => element('span'));
  grid.element.className = 'rnn-steps';
  grid.element.append(element('span', {}, 't'),
    ...Array.from({ length: T }, (_, t) => element('span', { class: 'rnn-head' }, String(t))),
    ...lines.flatMap((row, i) => [names[i], ...row.map(cell => cell ?? element('span'))]));

  function drawGrid() {
    const wide = Math.floor((kit.width() - 90) / T), hasNumbers = wide >= 42;
    grid.element.style.gridTemplateColumns = `auto repeat(${T}, minmax(${wide < 24 ? '24px' : '0'}, 1fr))`;
    lines.forEach((row, line) => {
      const { layer, matrix, i } = row.find(cell => cell);
      names[line].textContent = matrix ?? `${isBack() && layer !== 'x' ? 'd' : ''}${layer} ${i}`;
      for (const cell of row) if (cell) {
        const { t } = cell, back = hasSlope(t);
        cell.classList.toggle('rnn-now', t === now());
        if (matrix) {
          const shown = back ? cell.behind : isThere(t) ? cell.ahead : '';
          if (cell.textContent !== shown) cell.textContent = shown;
          cell.setAttribute('aria-label', `${matrix} at t = ${t}`);
          continue;
        }
        const isSlope = back && layer !== 'x', name = `${isSlope ? 'd' : ''}${layer}`;
        const value = isSlope ? slopes[t][name][i] : layer === 'x' ? sequence.x[t][i] : steps[t][layer][i];
        const full = isSlope ? most[name] : layer === 'x' ? mostInput : 1;
        cell.classList.toggle('rnn-target', layer === 'y' && sequence.y[t][i] > 0);
        // On the way back, what has not been reached yet is paler.
        kit.paint(cell, isThere(t) && full > 0 ? value / full * (isBack() && !back ? 0.3 : 1) : 0);
        if (isThere(t) && hasNumbers) {
          cell.dataset.readout = `${name}-${t}-${i}`;
          show(cell, value);
        } else {
          cell.textContent = '';
          delete cell.dataset.readout;
          delete cell.dataset.value;
        }
        const said = cell.textContent || kit.text(value, 2);
        cell.ariaLabel = `${name} ${i} at t = ${t}` + (isThere(t) ? `: ${said}` : ', not yet');
      }
    });
    const line = lines.findIndex(row => row.some(cell => cell && (picked.arrow ? cell.matrix === picked.arrow
      : cell.layer === picked.layer && cell.i === picked.i)));
    grid.mark(line, now());
  }

  // ---- The weights

  const matrices = weightMatrices(kit, weights, (matrix, i, j) => { picked = { matrix, i, j }; });
  let shownMatrix = 'Wh';

  function drawWeights() {
    shownMatrix = picked.matrix ?? picked.arrow ?? shownMatrix;
    const most = Math.max(mostWeight, largest(network.rows(weights, shownMatrix)));
    matrices.show(weights, shownMatrix, picked.matrix ? picked.i : -1, picked.j, most);
  }

  // ---- The sum behind a number

  const title = element('h4'), sums = element('div', { class: 'rnn-sums', tabindex: 0, role: 'region', 'aria-label': 'The sum' });

  // Rows of a name and numbers under their heads; then results, pairs of a text and a named number. A table of the same form
  // keeps its elements: while time moves, only its texts change.
  let form = '', rowNames = [], cells = [];
  function table(heads, rows, results) {
    const columns = heads.slice(1).map(head => head.replaceAll(' ', '-'));
    const wanted = JSON.stringify([heads, rows.map(row => row.map(value => value === null)), results.length]);
    if (form !== wanted) {
      form = wanted;
      const head = what => element('th', { scope: 'col' }, what), name = () => element('th', { scope: 'row' });
      const body = rows.map(row => element('tr', {}, name(), ...row.slice(1).map(value =>
        element('td', {}, ...value === null ? [] : [readout('')]))));
      const foot = results.map(() => element('tr', {}, name(), element('td', {}, readout(''))));
      for (const row of foot) row.firstChild.colSpan = Math.max(1, heads.length - 1);
      sums.replaceChildren(element('table', {},
        element('thead', {}, element('tr', {}, ...heads.map(head))), element('tbody', {}, ...body),
        element('tfoot', {}, ...foot)));
      [rowNames, cells] = [[...sums.querySelectorAll('[scope=row]')], [...sums.querySelectorAll('[data-readout]')]];
    }
    const named = rows.flatMap(([, ...values], row) => values.map((value, i) => [`${columns[i]}-${row}`, value]))
      .filter(([, value]) => value !== null);
    [...named, ...results.map(([, ...result]) => result)].forEach(([name, value], i) => {
      cells[i].dataset.readout = name;
      show(cells[i], value, 4);
    });
    [...rows, ...results].forEach(([name], i) => { if (rowNames[i].textContent !== name) rowNames[i].textContent = name; });
  }

  const terms = (name, values, factors) => values.map((value, i) => [`${name} ${i}`, value, factors[i], value * factors[i]]);
  const column = (matrix, j) => matrix.map(row => row[j]);
  const sum = rows => rows.reduce((all, row) => all + row[row.length - 1], 0);

  function explain() {
    const t = now(), back = hasSlope(t);
    if (picked.arrow) return explainArrow(t, back);
    if (picked.matrix) return explainWeight();
    const { layer, i } = picked;
    if (layer === 'x') {
      title.textContent = `Input ${i} at t = ${t}`;
      table(['', 'value'], [], [[`x ${i}, from the sequence`, 'result', sequence.x[t][i]]]);
      return `Input ${i} at step ${t} is ${kit.text(sequence.x[t][i], 3)}`;
    }
    return layer === 'h' ? back ? explainSlope(t, i) : explainState(t, i) : explainOutput(t, i, back);
  }

  function explainState(t, j) {
    title.textContent = `How hidden unit ${j} got its state at t = ${t}`;
    const past = t > 0 ? terms('h', steps[t - 1].h, column(weights.Wh, j)) : [];
    const rows = [...terms('x', sequence.x[t], column(weights.Wx, j)), ...past, ['bh', null, weights.bh[j], weights.bh[j]]];
    table(['from', 'value', 'weight', 'product'], rows, [['sum: z', 'sum', sum(rows)], ['h = tanh z', 'result', steps[t].h[j]]]);
    return `Hidden unit ${j} at step ${t}: the sum is ${kit.text(sum(rows), 3)}, its tanh ${kit.text(steps[t].h[j], 3)}`;
  }

  function explainOutput(t, k, back) {
    const y = steps[t].y[k], share = sequence.y[t].reduce((a, b) => a + b, 0), right = sequence.y[t][k];
    if (back) {
      title.textContent = `What output ${k} sends back at t = ${t}`;
      table(['', 'value'], [['said: y', y], ['right: y true', right], ...data.exact ? [['sum of the targets', share]] : []],
        [[data.exact ? 'dy = y · sum − y true' : 'dy = y − y true', 'result', slopes[t].dy[k]]]);
      return `Output ${k} at step ${t} sends back ${kit.text(slopes[t].dy[k], 3)}`;
    }
    title.textContent = `How output ${k} got its probability at t = ${t}`;
    const rows = [...terms('h', steps[t].h, column(weights.Wy, k)), ['by', null, weights.by[k], weights.by[k]]];
    table(['from', 'value', 'weight', 'product'], rows, [['sum: logit', 'sum', sum(rows)], ['y = softmax', 'result', y]]);
    return `Output ${k} at step ${t}: the logit is ${kit.text(sum(rows), 3)}, the probability ${kit.text(y, 3)}`;
  }

  function explainSlope(t, j) {
    title.textContent = `The gradient that arrives at hidden unit ${j}, t = ${t}`;
    const next = (t < T - 1 ? terms('dz', slopes[t + 1].dhRaw, weights.Wh[j]) : [])
      .map(([name, ...numbers]) => [`${name}, t = ${t + 1}`, ...numbers]);
    const rows = [...terms('dy', slopes[t].dy, weights.Wy[j]), ...next], { h } = steps[t];
    table(['from', 'slope', 'weight', 'product'], rows, [
      ['sum: dh', 'sum', slopes[t].dh[j]], ['slope of tanh: 1 − h²', 'tanh-slope', 1 - h[j] * h[j]],
      ['dz = (1 − h²) dh', 'result', slopes[t].dhRaw[j]]
    ]);
    return `At hidden unit ${j}, step ${t}, arrives ${kit.text(slopes[t].dh[j], 3)}; behind tanh it is \
${kit.text(slopes[t].dhRaw[j], 3)}`;
  }

  function explainArrow(t, back) {
    const matrix = picked.arrow, { source, target, from, to } = leads[matrix], values = source(t) ?? weights.bh.map(() => 0);
    title.textContent = back ? `What ${matrix} carries back at t = ${t}` : `What ${matrix} carries at t = ${t}`;
    const product = (row, column) => row.reduce((all, entry, i) => all + entry * column[i], 0);
    const rows = back
      ? weights[matrix].map((row, i) => [`to d${from} ${i}`, product(row, target(t))])
      : weights[matrix][0].map((_, j) => [`to ${to} ${j}`, product(values, column(weights[matrix], j))]);
    table(['', 'carried'], rows, []);
    return `${matrix} at step ${t} carries ${rows.map(([name, value]) => `${kit.text(value, 2)} ${name}`).join(', ')}`;
  }

  function explainWeight() {
    const { matrix, i, j } = picked, { source, target, from, to } = leads[matrix], weight = network.rows(weights, matrix)[i][j];
    const place = weightName(matrix, i, j), whole = now() === 0;
    const order = Array.from({ length: T }, (_, n) => isBack() ? T - 1 - n : n).filter(t => isBack() ? hasSlope(t) : isThere(t));
    if (!isBack()) {
      title.textContent = `What the weight ${place} carries`;
      table(['step', from, 'weight', 'product'],
        order.map(t => [`t = ${t}`, source(t)?.[i] ?? 0, weight, (source(t)?.[i] ?? 0) * weight]), [[place, 'result', weight]]);
      return `The weight ${place} is ${kit.text(weight, 3)}`;
    }
    let all = 0;
    const rows = order.map(t => {
      const value = source(t)?.[i] ?? 0, slope = target(t)[j];
      all += value * slope;
      return [`t = ${t}`, value, slope, value * slope];
    });
    title.textContent = `What each step adds to the gradient of ${place}`;
    table(['step', from, `d${to}`, 'added'], rows, [
      whole ? [`d${matrix}: all of them`, 'sum', network.rows(gradients, matrix)[i][j]] : [`d${matrix} so far`, 'sum', all]
    ]);
    return `The gradient of ${place} is ${kit.text(all, 3)}` + (whole ? '' : ' so far');
  }

  const shownLoss = readout('loss');
  const hint = 'Blue is negative, red positive; a dashed frame is what is right. Click a unit, an arrow or a weight.';
  return {
    content: [
      kit.row(earlier, later, play, time.element, kit.numbers(['loss (nats)', shownLoss])),
      grid.element, element('p', {}, hint),
      element('div', { class: 'rnn-two rnn-halves' },
        element('div', {}, title, sums),
        element('div', {}, ...matrices.content))
    ],

    start() {
      rest();
      // Where a unit has its memory, or its two slopes.
      position = Math.min(1, T - 1) + (data.back ? T : 0);
      picked = { layer: 'h', i: 0 };
      shownMatrix = 'Wh';
    },

    render() {
      time.set(position);
      play.hidden = matchMedia('(prefers-reduced-motion: reduce)').matches;
      play.textContent = timer ? 'Pause' : 'Play';
      earlier.disabled = position === 0;
      later.disabled = position === 2 * T - 1;
      show(shownLoss, loss, 4);
      drawGrid();
      drawWeights();
      return explain();
    }
  };
}
