() => [...document.querySelectorAll('.rnn-chart, .rnn-explorer')].every(figure => {
    // Drawn, or it says why it is not.
    const kind = figure.matches('.rnn-chart') ? 'rnn-chart' : 'rnn-explorer';
    const text = figure.querySelector(`.${kind}-static`), note = figure.querySelector(`.${kind}-note`);
    const drawing = figure.querySelector('.main-svg, .rnn-explorer-body');
    return !note.hidden || drawing && getComputedStyle(text).display === 'none';
})
