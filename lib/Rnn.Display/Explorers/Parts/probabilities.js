// Scores become probabilities, and a number of a generator becomes one of the classes.

// The temperature divides the logits first.
function softmax(logits, temperature = 1) {
  const y = Array.from(logits);
  let largest = -Infinity, sum = 0;
  for (const logit of y) if (logit > largest) largest = logit;
  for (let k = 0; k < y.length; k++) sum += y[k] = Math.exp((y[k] - largest) / temperature);
  for (let k = 0; k < y.length; k++) y[k] /= sum;
  return y;
}

// NumPy's legacy generator, MT19937 seeded with one number: the same numbers as NumPyRandom's NextDouble.
function random(seed) {
  const state = new Uint32Array(624);
  state[0] = seed;
  for (let i = 1; i < 624; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  let position = 624;
  const word = () => {
    if (position === 624) {
      for (let i = 0; i < 624; i++) {
        const mixed = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
        state[i] = state[(i + 397) % 624] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
      }
      position = 0;
    }
    let w = state[position++];
    w ^= w >>> 11;
    w ^= (w << 7) & 0x9d2c5680;
    w ^= (w << 15) & 0xefc60000;
    return (w ^ (w >>> 18)) >>> 0;
  };
  return () => {
    const high = word() >>> 5, low = word() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  };
}

// An index with these probabilities: the first at which their sum gets past one number of the generator.
function draw(probabilities, next) {
  let left = next();
  for (let k = 0; k < probabilities.length; k++) if ((left -= probabilities[k]) < 0) return k;
  return probabilities.indexOf(Math.max(...probabilities));
}
