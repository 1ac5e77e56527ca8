// The recurrent network once more, for a page without a kernel: the mathematics of lib/Rnn on plain arrays. Rows are time
// steps, names and shapes are the library's: Wh (hidden, hidden), Wx (input, hidden), Wy (hidden, output), bh, by.

const network = (() => {
  const names = ['Wh', 'Wx', 'Wy', 'bh', 'by'];

  // One of them, by name; a bias is a matrix of one row.
  const rows = (weights, name) => name[0] === 'b' ? [weights[name]] : weights[name];

  const zeros = (rows, columns) => Array.from({ length: rows }, () => new Array(columns).fill(0));

  // row * matrix, added to a copy of start.
  function plusProduct(start, row, matrix) {
    const sum = start.slice();
    for (let i = 0; i < row.length; i++) {
      const factor = row[i], weights = matrix[i];
      // Most inputs of a text are zero.
      if (factor !== 0) for (let j = 0; j < sum.length; j++) sum[j] += factor * weights[j];
    }
    return sum;
  }

  // matrix * column, which is column * (the matrix's transpose).
  const back = (matrix, column) => matrix.map(row => {
    let sum = 0;
    for (let j = 0; j < row.length; j++) sum += row[j] * column[j];
    return sum;
  });

  // One step: h = tanh(x Wx + hPrev Wh + bh), logits = h Wy + by, y = softmax(logits).
  function step(weights, x, hPrev) {
    const z = plusProduct(plusProduct(weights.bh, x, weights.Wx), hPrev, weights.Wh), h = z.map(Math.tanh);
    const logits = plusProduct(weights.by, h, weights.Wy);
    return { z, h, logits, y: softmax(logits) };
  }

  // All steps of x (T, input). A step has its own z, h, logits and y.
  function forward(weights, x, hPrev) {
    let h = hPrev ?? new Array(weights.bh.length).fill(0);
    return x.map(row => {
      const now = step(weights, row, h);
      h = now.h;
      return now;
    });
  }

  // -sum(yTrue * ln(y + 1e-8)), as in the source.
  const lossOf = (yTrue, y) => -yTrue.reduce((sum, share, k) => sum + (share && share * Math.log(y[k] + 1e-8)), 0);
  const loss = (steps, yTrue) => steps.reduce((sum, { y }, t) => sum + lossOf(yTrue[t], y), 0);

  // Back-propagation through time from any slopes dy of the logits, (T, output). Of each step: what arrives at h from its own
  // output (fromOutput) and from the next step (fromNext), their sum dh, and dhRaw behind tanh.
  function throughTime(weights, steps, dy) {
    const slopes = new Array(steps.length);
    let fromNext = new Array(weights.bh.length).fill(0);
    for (let t = steps.length - 1; t >= 0; t--) {
      // Often only one step is asked.
      const fromOutput = dy[t].some(slope => slope !== 0) ? back(weights.Wy, dy[t]) : new Array(fromNext.length).fill(0);
      const dh = fromOutput.map((slope, j) => slope + fromNext[j]);
      const dhRaw = dh.map((slope, j) => slope * (1 - steps[t].h[j] * steps[t].h[j]));
      slopes[t] = { dy: dy[t], fromOutput, fromNext, dh, dhRaw };
      fromNext = back(weights.Wh, dhRaw);
    }
    return slopes;
  }

  // The slopes of the logits: y - yTrue as in the source, or the true ones of the loss.
  const outputSlopes = (steps, yTrue, isExact) => steps.map(({ y }, t) => {
    const share = isExact ? yTrue[t].reduce((a, b) => a + b, 0) : 1;
    return y.map((p, k) => p * share - yTrue[t][k]);
  });

  // The loss, the slopes of each step, and the gradients in the shapes of the weights. As in the source, the state before
  // the first step does not enter Wh's.
  function backward(weights, x, yTrue, steps, isExact = false) {
    const slopes = throughTime(weights, steps, outputSlopes(steps, yTrue, isExact));
    const [input, hidden, output] = [weights.Wx.length, weights.bh.length, weights.by.length];
    const gradients = {
      Wh: zeros(hidden, hidden), Wx: zeros(input, hidden), Wy: zeros(hidden, output),
      bh: new Array(hidden).fill(0), by: new Array(output).fill(0)
    };
    const add = (sum, row, slope) => row.forEach((entry, i) => slope.forEach((d, j) => { sum[i][j] += entry * d; }));
    for (let t = steps.length - 1; t >= 0; t--) {
      const { dy, dhRaw } = slopes[t];
      add(gradients.Wy, steps[t].h, dy);
      add(gradients.Wx, x[t], dhRaw);
      if (t > 0) add(gradients.Wh, steps[t - 1].h, dhRaw);
      add([gradients.bh], [1], dhRaw);
      add([gradients.by], [1], dy);
    }
    return { loss: loss(steps, yTrue), slopes, gradients };
  }

  return { names, rows, step, forward, loss, throughTime, outputSlopes, backward };
})();
