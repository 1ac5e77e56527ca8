// Curves over two axes.

// draw({ x: [from, to], y: [from, to], logY, lines: [{ points: [[x, y]], kind }], marks: [{ x, y,
// kind }], at: x of an upright line, xTicks: [[x, number shown]] }): kinds are the classes a to d of the style sheet.
function curves(kit, label, xAxis, yAxis, { height = 260 } = {}) {
  const { element, readout } = kit;
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
}

// What the lines of a plot are: pairs of a kind and a text.
const legend = ({ element }, ...entries) => element('p', { class: 'rnn-legend' }, ...entries.map(([kind, what]) =>
  element('span', {}, element('i', { class: kind }), what)));

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
