// Drag any weight: the loss over that weight, and the straight line whose slope is the derivative.
kit => {
  const { data, element, show, readout } = kit;
  const { x, y } = data.sequence, nudge = 1e-5;
  const most = Math.max(...network.names.map(name => network.rows(data.weights, name)).flat(2).map(Math.abs));

  // curve: only another weight changes it, not where the slider stands.
  let weights, picked, curve;
  const pick = (matrix, i, j) => { [picked, curve] = [{ matrix, i, j }, null]; };
  const row = () => network.rows(weights, picked.matrix)[picked.i];

  const matrices = weightMatrices(kit, data.weights, pick);

  // It lies over the plot and is as long as its axis, so that its thumb stands above the point.
  const value = kit.slider('value', '', { step: 0.01 }, moved => { row()[picked.j] = moved; });
  const title = value.element.firstChild;
  value.element.classList.add('rnn-axis');
  const plot = curves(kit, 'The loss over the chosen weight, and a straight line with the derivative for its slope',
    'the chosen weight', 'loss (nats)');
  const [loss, derivative, nudged, difference] = ['loss', 'derivative', 'nudge', 'difference'].map(name => readout(name));

  // What the loss would be if the chosen weight had this value.
  function lossAt(trial) {
    const [weight, now] = [row(), row()[picked.j]];
    weight[picked.j] = trial;
    const found = network.loss(network.forward(weights, x), y);
    weight[picked.j] = now;
    return found;
  }

  function measure() {
    const centre = network.rows(data.weights, picked.matrix)[picked.i][picked.j];
    const reach = Math.max(2, Math.ceil(2 * Math.abs(centre)));
    const range = [centre - reach, centre + reach];
    const count = Math.min(160, 40 * reach);
    const points = Array.from({ length: count + 1 }, (_, k) => centre + (2 * k / count - 1) * reach)
      .map(trial => [trial, lossAt(trial)]);
    const losses = points.map(point => point[1]), low = Math.min(...losses), high = Math.max(...losses);
    // A loss that hardly changes is not blown up until it seems to.
    const half = Math.max((high - low) * 0.58, 0.01, 0.001 * Math.abs(high)), middle = (low + high) / 2;
    curve = { range, points, y: [middle - half, middle + half] };
  }

  // From one side of the picture to the other, or from its bottom to its top where the line is steep.
  function tangent(at, height, slope) {
    const reach = 2 * (curve.y[1] - curve.y[0]) / Math.abs(slope);
    return [Math.max(curve.range[0], at - reach), Math.min(curve.range[1], at + reach)]
      .map(place => [place, height + (slope === 0 ? 0 : slope * (place - at))]);
  }

  return {
    content: [
      ...matrices.content,
      value.element, plot.element,
      legend(kit, ['a', 'loss'], ['b', 'line with the derivative for its slope']),
      kit.numbers(['loss', loss], ['derivative', derivative], ['slope by nudging', nudged], ['difference', difference])
    ],

    start() {
      weights = structuredClone(data.weights);
      pick('Wx', 0, 0);
    },

    render() {
      const { matrix, i, j } = picked, now = row()[j];
      if (!curve) measure();
      const steps = network.forward(weights, x), found = network.backward(weights, x, y, steps, data.exact);
      const slope = network.rows(found.gradients, matrix)[i][j];
      const slopeByNudging = (lossAt(now + nudge) - lossAt(now - nudge)) / (2 * nudge);

      matrices.show(weights, matrix, i, j, most);
      const called = weightName(matrix, i, j);
      title.textContent = called;
      [value.input.min, value.input.max] = curve.range;
      value.set(now);

      show(loss, found.loss, 4);
      show(derivative, slope, 6);
      show(nudged, slopeByNudging, 6);
      show(difference, slope - slopeByNudging, 6);
      // The point itself is one of the curve's: it never lies beside it.
      const points = [...curve.points, [now, found.loss]].sort((a, b) => a[0] - b[0]);
      plot.draw({
        x: curve.range, y: curve.y, at: now,
        lines: [{ points, kind: 'a' }, { points: tangent(now, found.loss, slope), kind: 'b' }],
        marks: [{ x: now, y: found.loss, kind: 'a' }]
      });
      return `${called} is ${kit.text(now, 2)}: loss ${kit.text(found.loss, 3)}, derivative ${kit.text(slope, 3)}, `
        + `by nudging ${kit.text(slopeByNudging, 3)}`;
    }
  };
}
