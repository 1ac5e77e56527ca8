// Stretch Wh and turn the inputs down: how long the gradient of the last step's loss still is, so many steps back.
kit => {
  const { data, show, readout } = kit;
  const { x, y } = data.sequence, T = x.length, hidden = data.weights.bh.length;
  const rest = new Array(hidden).fill(0), silence = new Array(data.weights.by.length).fill(0);
  let factor, inputs, distance;

  const controls = [
    kit.slider('factor', 'Wh times', { min: 0.1, max: 3, step: 0.01 }, value => { factor = value; }),
    kit.slider('inputs', 'inputs times', {
      min: 0, max: 2, step: 0.05, say: value => value === 0 ? '0.00 (off)' : kit.text(value, 2)
    }, value => { inputs = value; })
  ];
  // It lies between the plots and is as long as their axes, so that its thumb stands below the point.
  const back = kit.slider('distance', 'distance (steps back)', { min: 0, max: T, step: 1, digits: 0 },
    value => { distance = value; });
  back.element.classList.add('rnn-axis');
  const lengthPlot = curves(kit, 'The length of the gradient at every distance', 'distance (steps back)', 'length');
  const slopePlot = curves(kit, 'The mean slope of tanh at every distance', 'distance (steps back)', 'slope of tanh',
    { height: 138 });
  const [length, free, first, ratio, slope, saturated] = ['length', 'length-free', 'first-length', 'ratio', 'slope', 'saturated']
    .map(name => readout(name));

  const scaled = (rows, by) => rows.map(row => row.map(entry => entry * by));
  const mean = numbers => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

  // The lengths at all distances, 0 to T. The state before the first step counts as one more step, of which nothing is asked.
  function lengths(weights, steps, dy) {
    const all = [{ h: rest }, ...steps], asked = [...new Array(T).fill(silence), dy];
    return network.throughTime(weights, all, asked).map(({ dh }) => Math.hypot(...dh)).reverse();
  }

  // Whole powers of ten, two at a time, so that the axis stays where it is during most of a movement.
  function powersAround(values) {
    const logs = values.filter(value => value > 0 && value < Infinity).map(Math.log10);
    if (logs.length === 0) return [0.01, 1];
    const clamp = power => Math.max(-16, Math.min(16, power)), least = clamp(Math.min(...logs)), most = clamp(Math.max(...logs));
    // Room for a mark at the very end.
    const room = (most - least) * 0.03;
    const low = Math.min(14, clamp(2 * Math.floor((least - room) / 2)));
    return [10 ** low, 10 ** Math.max(low + 2, clamp(2 * Math.ceil((most + room) / 2)))];
  }

  // A distance is a whole number, so its ticks are.
  function wholeTicks() {
    const room = kit.width() / 60, every = [1, 2, 5, 10, 20, 50, 100].find(step => T / step <= room) ?? 200;
    return Array.from({ length: Math.floor(T / every) + 1 }, (_, k) => [k * every, k * every]);
  }

  return {
    content: [
      kit.row(...controls.map(control => control.element)),
      lengthPlot.element, back.element, slopePlot.element,
      legend(kit, ['a', 'the gradient'], ['d', 'without saturation'], ['c', 'mean slope of tanh, 1 − h²']),
      kit.numbers(
        ['length at this distance', length], ['at distance 0', first], ['ratio', ratio], ['without saturation', free],
        ['mean slope of tanh here', slope], ['hidden states beyond ±0.9', saturated])
    ],

    start() { [factor, inputs, distance] = [1, 1, Math.round(T / 3)]; },

    render() {
      const weights = { ...data.weights, Wh: scaled(data.weights.Wh, factor) };
      const steps = network.forward(weights, scaled(x, inputs)), dy = network.outputSlopes(steps, y, true)[T - 1];
      const bent = lengths(weights, steps, dy);
      // At h = 0 tanh has the slope 1.
      const straight = lengths(weights, steps.map(() => ({ h: rest })), dy);
      const slopes = steps.map(({ h }) => mean(h.map(state => 1 - state * state))).reverse();
      // The state before the first step has no tanh of its own: the last one on the way was the first step's.
      const slopeThere = slopes[Math.min(distance, T - 1)], ratioThere = bent[distance] / bent[0];
      const beyond = steps.reduce((sum, { h }) => sum + h.filter(state => Math.abs(state) > 0.9).length, 0);

      controls[0].set(factor);
      controls[1].set(inputs);
      back.set(distance);
      // Of a large number the decimals say nothing.
      for (const [where, value] of [[length, bent[distance]], [free, straight[distance]], [first, bent[0]], [ratio, ratioThere]])
        show(where, value, value < 100 ? 4 : 0);
      show(slope, slopeThere, 3);
      show(saturated, 100 * beyond / (T * hidden), 1, ' %');

      const points = values => values.map((value, d) => [d, value]), axis = { x: [0, T], at: distance, xTicks: wholeTicks() };
      lengthPlot.draw({
        ...axis, y: powersAround([...bent, ...straight]), logY: true,
        // The dashed one on top: where no unit saturates, one covers the other.
        lines: [{ points: points(bent), kind: 'a' }, { points: points(straight), kind: 'd' }],
        marks: [{ x: distance, y: straight[distance], kind: 'd' }, { x: distance, y: bent[distance], kind: 'a' }]
      });
      slopePlot.draw({
        ...axis, y: [-0.06, 1.1], lines: [{ points: points(slopes), kind: 'c' }],
        marks: [{ x: Math.min(distance, T - 1), y: slopeThere, kind: 'c' }]
      });
      const ago = distance === 1 ? '1 step' : `${distance} steps`;
      return `Wh times ${kit.text(factor, 2)}, inputs times ${kit.text(inputs, 2)}: ${ago} back the gradient has the length `
        + `${kit.text(bent[distance], 4)}, without saturation ${kit.text(straight[distance], 4)}`;
    }
  };
}
