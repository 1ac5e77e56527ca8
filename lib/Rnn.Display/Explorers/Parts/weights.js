// All weights of a network, to look at and to pick from.

// From where to where each weight leads.
const weightEnds = {
  Wh: ['a hidden unit', 'a hidden unit'], Wx: ['an input', 'a hidden unit'], Wy: ['a hidden unit', 'an output'],
  bh: ['the bias', 'a hidden unit'], by: ['the bias', 'an output']
};

// A matrix of weights as a grid, each cell coloured by its value.
function weightCells(kit, name, label, rows, columns, pick) {
  const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () =>
    kit.element('button', { type: 'button', class: 'rnn-cell' })));
  const grid = kit.grid(name, label, cells, pick);
  grid.element.style.setProperty('--columns', columns);
  grid.element.classList.add('rnn-matrix');
  grid.element.append(...cells.flat());
  return {
    ...grid,
    paint(values, largest) {
      values.forEach((row, i) => row.forEach((value, j) => {
        kit.paint(cells[i][j], largest > 0 ? value / largest : 0);
        const said = `${label}, row ${i}, column ${j}: ${kit.text(value, 3)}`;
        if (cells[i][j].ariaLabel !== said) cells[i][j].ariaLabel = said;
      }));
    }
  };
}

// All weights, one matrix at a time: a choice of it, and its cells to pick from. pick(name, i, j) is told which.
function weightMatrices(kit, all, pick) {
  const choice = kit.choice('matrix', 'Weights', network.names.map(name => [name, name]), name => pick(name, 0, 0));
  const ends = kit.element('span'), grids = network.names.map(name => {
    const rows = network.rows(all, name);
    return weightCells(kit, 'weight', name, rows.length, rows[0].length, (i, j) => pick(name, i, j));
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
}

// What an entry of them is called.
const weightName = (name, i, j) => name[0] === 'b' ? `${name} ${j}` : `${name} ${i}, ${j}`;
