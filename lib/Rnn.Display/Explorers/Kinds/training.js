// Drag the epoch: the loss, the weights, and on one sequence the hidden states and the answers beside what is right.
kit => {
  const { data, element, show, readout } = kit;
  const { stages, answers } = data, last = stages[stages.length - 1], { weights: any } = last;
  const sequences = [
    ...data.seen.map((sequence, i) => ({ ...sequence, name: `trained on, ${i}` })),
    ...data.fresh.map((sequence, i) => ({ ...sequence, name: `fresh, ${i}` }))
  ];
  const hasFresh = data.fresh.length > 0;
  let stage, chosen;

  const epoch = kit.slider('epoch', 'Epoch', {
    min: 0, max: stages.length - 1, step: 1, digits: 0, number: value => stages[value].epoch
  }, value => { stage = value; });
  const sequence = kit.choice('sequence', 'Sequence', sequences.map(({ name }, i) => [i, name]),
    value => { chosen = Number(value); });

  // ---- The loss

  const plot = curves(kit, 'The mean loss by epochs', 'epochs (more and more to a step)', 'mean loss (nats)', { height: 220 });
  const losses = stages.flatMap(each => hasFresh ? [each.seen, each.fresh] : [each.seen]);
  const [low, high] = [Math.min(...losses), Math.max(...losses)], isLog = low > 0 && high > 20 * low;
  const range = isLog ? [low / 1.3, high * 1.3] : [low - (high - low) * 0.06 - 1e-9, high + (high - low) * 0.06 + 1e-9];
  // Most happens in the first epochs, so these have more room: by the logarithm of one more than the epoch.
  const place = each => Math.log10(1 + each);
  const ends = [place(stages[0].epoch), place(last.epoch)], margin = (ends[1] - ends[0]) * 0.02;

  function drawLoss() {
    const line = name => stages.map(each => [place(each.epoch), each[name]]);
    const room = Math.max(3, Math.floor(kit.width() / 90)), marked = [];
    for (const each of stages) {
      const gap = (ends[1] - ends[0]) / room;
      const isFree = !marked.length || place(each.epoch) - marked[marked.length - 1][0] >= gap * 0.6;
      if (isFree) marked.push([place(each.epoch), each.epoch]);
    }
    const now = stages[stage], at = place(now.epoch);
    plot.draw({
      x: [ends[0] - margin, ends[1] + margin], y: range, logY: isLog, at, xTicks: marked,
      lines: [{ points: line('seen'), kind: 'a' }, ...hasFresh ? [{ points: line('fresh'), kind: 'b' }] : []],
      marks: [{ x: at, y: now.seen, kind: 'a' }, ...hasFresh ? [{ x: at, y: now.fresh, kind: 'b' }] : []]
    });
  }

  // ---- The weights

  // A picture of coloured cells without controls. paint(values, largest, size): rows of numbers, pixels of a cell.
  function cellPicture(rows, columns, label) {
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
  }

  const parts = network.names.map(name => {
    const rows = weights => network.rows(weights, name);
    const heat = cellPicture(rows(any).length, rows(any)[0].length, `${name} at this epoch`);
    // The largest at any epoch, so that one sees them grow.
    const largest = Math.max(...stages.flatMap(each => rows(each.weights).flat().map(Math.abs)));
    return { rows, heat, largest, element: element('div', {}, element('h4', {}, name), heat.element) };
  });

  // ---- One sequence: rows of cells, a column for each step

  const table = element('div', { class: 'rnn-steps', role: 'img' });
  const right = readout('right'), asked = readout('asked'), own = readout('sequence-loss');
  const seen = readout('loss-seen'), fresh = readout('loss-fresh');

  // The cells of a sequence, made when it is chosen; each knows how to show a stage's steps.
  let cells = [], made = '';

  function makeCells(wide) {
    const { x, y } = sequences[chosen], mostInput = Math.max(...x.flat().map(Math.abs)) || 1;
    cells = [];
    const row = (name, update, ready = () => {}) => [element('span', {}, name), ...x.map((_, t) => {
      const cell = element('span', { class: 'rnn-shown' });
      ready(cell, t);
      cells.push(steps => update(cell, t, steps));
      return cell;
    })];
    const head = what => element('span', { class: 'rnn-line-head' }, what);
    table.style.gridTemplateColumns = `auto repeat(${x.length}, minmax(0, 1fr))`;
    table.replaceChildren(
      head('Input'), ...x[0].flatMap((_, i) => row(`x ${i}`, (cell, t) => kit.paint(cell, x[t][i] / mostInput))),
      head('Hidden state'), ...any.bh.flatMap((_, j) => row(`h ${j}`, (cell, t, steps) => kit.paint(cell, steps[t].h[j]))),
      head('What it says, in percent; a dashed frame is what is right'),
      ...answers.flatMap((answer, k) => row(answer, (cell, t, steps) => {
        const p = steps[t].y[k];
        kit.paint(cell, p);
        if (wide) show(cell, p, 2, '', (100 * p).toFixed(0));
      }, (cell, t) => {
        if (wide) cell.dataset.readout = `y-${t}-${k}`;
        cell.classList.toggle('rnn-target', y[t][k] > 0);
      })),
      ...row('right?', (cell, t, steps) => {
        const mark = !isAsked(t) ? '' : isRight(t, steps) ? '✓' : '✗';
        if (cell.textContent !== mark) cell.textContent = mark;
      }));
  }

  const isAsked = t => sequences[chosen].y[t].some(share => share > 0);
  const isRight = (t, steps) => sequences[chosen].y[t][steps[t].y.indexOf(Math.max(...steps[t].y))] > 0;

  function drawSequence() {
    const { x, y } = sequences[chosen], wide = (kit.width() - 110) / x.length >= 22, key = `${chosen} ${wide}`;
    if (made !== key) { made = key; makeCells(wide); }
    const steps = network.forward(stages[stage].weights, x);
    for (const update of cells) update(steps);
    const all = x.map((_, t) => t).filter(isAsked), hits = all.filter(t => isRight(t, steps)).length;
    show(right, hits, 0);
    show(asked, all.length, 0);
    show(own, network.loss(steps, y), 3);
    const said = `At epoch ${stages[stage].epoch} ${hits} of ${all.length} answers are right`;
    table.setAttribute('aria-label', said);
    return said;
  }

  const kinds = hasFresh ? [['a', 'trained on'], ['b', 'fresh']] : [['a', 'trained on']];
  return {
    content: [
      kit.row(epoch.element, sequence.element),
      kit.numbers(
        ['mean loss, trained on', seen], ...hasFresh ? [['fresh', fresh]] : [], ['this sequence: loss', own],
        ['right', element('span', {}, right, ' of ', asked)]),
      plot.element, legend(kit, ...kinds),
      table,
      element('div', { class: 'rnn-two' }, ...parts.map(part => part.element))
    ],

    start() { [stage, chosen] = [0, hasFresh ? data.seen.length : 0]; },

    render() {
      const now = stages[stage];
      epoch.set(stage);
      sequence.set(chosen);
      show(seen, now.seen, 3);
      if (hasFresh) show(fresh, now.fresh, 3);
      drawLoss();
      const size = Math.max(3, Math.min(14, Math.floor(kit.width() / Math.max(any.bh.length, any.by.length))));
      for (const { rows, heat, largest } of parts) heat.paint(rows(now.weights), largest, size);
      return drawSequence();
    }
  };
}
