// Drag each score: the exponentials, their sum, and the share of each, which is its probability.
kit => {
  const { data, element, show, readout } = kit;
  const least = Math.min(-5, ...data.logits.map(Math.floor)), most = Math.max(5, ...data.logits.map(Math.ceil));
  let logits;

  const rows = data.labels.map((label, k) => {
    const score = kit.slider(`logit-${k}`, label, { min: least, max: most, step: 0.1 }, value => { logits[k] = value; });
    score.element.classList.add('rnn-named');
    const exponential = readout(`exp-${k}`), probability = readout(`probability-${k}`);
    const bar = element('span', { class: 'rnn-bar' });
    const row = element('tr', {},
      element('th', { scope: 'row' }, score.element), element('td', {}, exponential),
      element('td', { class: 'rnn-wide' }, probability, bar));
    return { score, exponential, probability, bar, row };
  });
  const sum = readout('sum'), total = readout('probability-sum');
  const head = ['score', 'e to that', 'probability'].map(name => element('th', { scope: 'col' }, name));
  head[2].className = 'rnn-wide';
  const table = element('table', {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows.map(each => each.row)),
    element('tfoot', {}, element('tr', {},
      element('th', { scope: 'row' }, 'sum'), element('td', {}, sum), element('td', { class: 'rnn-wide' }, total))));

  return {
    content: [table, kit.button('add-5', 'Add 5 to all', () => { logits = logits.map(logit => logit + 5); }), ' '],

    start() { logits = data.logits.slice(); },

    render() {
      const y = softmax(logits), exponentials = logits.map(Math.exp);
      const high = Math.max(most, ...logits.map(Math.ceil));
      rows.forEach(({ score, exponential, probability, bar }, k) => {
        score.input.max = high;
        score.set(logits[k]);
        show(exponential, exponentials[k], 3);
        show(probability, y[k], 4);
        bar.style.width = `${100 * y[k]}%`;
      });
      show(sum, exponentials.reduce((a, b) => a + b, 0), 3);
      show(total, y.reduce((a, b) => a + b, 0), 4);
      return 'Probabilities: ' + data.labels.map((label, k) => `${label} ${kit.text(100 * y[k], 1)} percent`).join(', ');
    }
  };
}
