// Draws every chart of the page that is not drawn yet. Each chart brings this script along, because a notebook may show any
// of them first, alone, or twice; so it looks for all charts and not for "its own" (which notebooks run scripts out of place).
// It stands in a function with surroundings.js.

const url = 'https://cdn.jsdelivr.net/npm/plotly.js-dist-min@2.28.0/plotly.min.js';
const integrity = 'sha384-53bFwj3AXyrFzPyqXWI5rZuuEa3GbWeuLmgC04XqmiE7CairskQMPvcdXh+OLuir';
const still = 'A still picture of the chart. What answers to the mouse needs plotly.js, which comes from cdn.jsdelivr.net.';
const unreachable = 'This chart is drawn by plotly.js, which could not be loaded from cdn.jsdelivr.net. ' +
  'Charts.UseOffline() as the last line of a cell brings it along.';

// One promise for the page. It is dropped on failure, so that a cell that is run again tries again.
function plotly() {
  if (window.Plotly) return Promise.resolve();
  window.rnnPlotly ??= load(2).catch(error => { window.rnnPlotly = null; throw error; });
  return window.rnnPlotly;
}

// plotly.js is a UMD script: where require.js or a CommonJS shim is present, it would register there and leave no global.
// So they are hidden from it: define.amd just while this script runs, since other scripts may need it at the same time.
function load(attempts) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.integrity = integrity;
    script.crossOrigin = 'anonymous';
    const define = window.define, amd = define && define.amd;
    if (amd) Object.defineProperty(define, 'amd', {
      configurable: true, get: () => document.currentScript === script ? undefined : amd
    });
    const hidden = ['module', 'exports'].filter(name => typeof window[name] === 'object').map(name => [name, window[name]]);
    for (const [name] of hidden) window[name] = undefined;
    const done = () => {
      if (amd) Object.defineProperty(define, 'amd', { configurable: true, writable: true, enumerable: true, value: amd });
      for (const [name, value] of hidden) window[name] = value;
      script.remove();
    };
    script.onload = () => {
      done();
      if (window.Plotly) resolve();
      // require.js came while plotly.js was on its way, and took it; the second time, it is hidden.
      else if (attempts > 1) load(attempts - 1).then(resolve, reject);
      else reject(new Error('plotly.js left no global'));
    };
    script.onerror = () => { done(); reject(new Error('plotly.js could not be loaded')); };
    document.head.appendChild(script);
  });
}

// Text has a contrast of at least 4.5 : 1 to any background; softened where there is contrast to spare.
function colours(element) {
  const back = background(element), l = luminance(back), light = l < 0.179;
  const text = light ? (l < 0.05 ? '#e4e4e4' : '#ffffff') : (l > 0.6 ? '#24292f' : '#000000');
  const faint = alpha => light ? `rgba(255,255,255,${alpha})` : `rgba(0,0,0,${alpha})`;
  const result = {
    'font.color': text,
    'hoverlabel.bgcolor': `rgb(${back})`, 'hoverlabel.bordercolor': text, 'hoverlabel.font.color': text,
    'modebar.bgcolor': 'rgba(0,0,0,0)', 'modebar.color': faint(0.5), 'modebar.activecolor': text
  };
  for (const axis of ['xaxis', 'yaxis'])
    for (const [line, alpha] of [['gridcolor', 0.14], ['zerolinecolor', 0.4], ['linecolor', 0.4], ['tickcolor', 0.4]])
      result[axis + '.' + line] = faint(alpha);
  return result;
}

// As wide as there is room, and the title in as many lines as it needs.
function size(element, layout) {
  const width = Math.min(layout.width, element.clientWidth || layout.width);
  const lines = [''];
  for (const word of layout.title.text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last && (last.length + word.length) * 8.5 > width - 30) lines.push(word);
    else lines[lines.length - 1] = last ? last + ' ' + word : word;
  }
  // plotly.js puts the first of several lines higher than a single one, under its buttons.
  const down = lines.length > 1 ? 12 : 0, more = 21 * (lines.length - 1) + down;
  return {
    width, height: layout.height + more, 'margin.t': layout.margin.t + more,
    'title.text': lines.join('<br>'), 'title.pad.t': layout.title.pad.t + down
  };
}

function draw(element) {
  // Marked first: the other scripts of the page find it taken.
  element.setAttribute('data-rnn-drawn', '');
  const figure = JSON.parse(element.querySelector('script[type="application/json"]').textContent);
  const layout = JSON.parse(JSON.stringify(figure.layout));
  for (const [path, value] of Object.entries({ ...colours(element), ...size(element, figure.layout) })) {
    const names = path.split('.'), last = names.pop();
    names.reduce((part, name) => part[name] ??= {}, layout)[last] = value;
  }
  const plot = document.createElement('div');
  element.appendChild(plot);
  return window.Plotly.newPlot(plot, figure.data, layout, figure.config).then(() => {
    element.querySelector('.rnn-chart-static').style.display = 'none';
    // On a narrow screen plotly.js shrinks the numbers in the cells of a heat map until nobody can read them.
    const hideTiny = () => plot.querySelectorAll('.heatmap-label text')
      .forEach(text => text.style.visibility = parseFloat(getComputedStyle(text).fontSize) < 8 ? 'hidden' : '');
    hideTiny();
    plot.on('plotly_afterplot', hideTiny);
    const again = change => { if (plot.isConnected && element.clientWidth) window.Plotly.relayout(plot, change()); };
    let width = element.clientWidth;
    if (window.ResizeObserver) new ResizeObserver(() => {
      if (element.clientWidth !== width) { width = element.clientWidth; again(() => size(element, figure.layout)); }
    }).observe(element);
    watchSurroundings(element, () => again(() => colours(element)));
  });
}

function say(element, text) {
  const note = element.querySelector('.rnn-chart-note');
  note.textContent = text;
  note.hidden = !text;
}

function drawAll() {
  const waiting = () => document.querySelectorAll('.rnn-chart:not([data-rnn-drawn])');
  plotly().then(
    () => waiting().forEach(element => {
      say(element, '');
      new Promise(resolve => resolve(draw(element))).catch(error => say(element, 'This chart could not be drawn: \
' + error.message));
    }),
    () => waiting().forEach(element => say(element, element.querySelector('.rnn-chart-static img') ? still : unreachable)));
}

// plotly.js may stand further down in the page; only when all of it is there is it missing.
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', drawAll);
else drawAll();
