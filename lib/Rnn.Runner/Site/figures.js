// Brings a page's figures to life as they come into view.
(() => {
  'use strict';
  const assets = document.currentScript.src.replace(/[^/]*$/, '');

  const run = name => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = assets + name;
    script.onload = () => { script.remove(); resolve(); };
    script.onerror = () => { script.remove(); reject(new Error(`${name} could not be loaded`)); };
    document.head.append(script);
  });

  // A figure's own file calls rnnFigure with its numbers; so figures wake one after another.
  let given = null;
  window.rnnFigure = text => { given = text; };

  const once = {};
  let line = Promise.resolve();
  const wake = figure => line = line.then(async () => {
    const [first, ...others] = figure.dataset.scripts.split(' ');
    // plotly.js, and what all explorers share.
    await (once[first] ??= run(first));
    await run(figure.dataset.figure);
    const data = document.createElement('script');
    data.type = 'application/json';
    data.textContent = given;
    figure.append(data);
    figure.className = figure.dataset.kind;
    for (const name of others) await run(name);
  }).catch(error => {
    const note = figure.querySelector('.rnn-chart-note, .rnn-explorer-note');
    note.textContent = `This figure stays a picture: ${error.message}.`;
    note.hidden = false;
  });

  const near = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      wake(target);
    }
  }, { rootMargin: '600px' });
  for (const figure of document.querySelectorAll('.figure')) near.observe(figure);
})();
