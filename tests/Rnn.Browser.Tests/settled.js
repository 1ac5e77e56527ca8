// Whether each chart is drawn or says why it is not.
() => [...document.querySelectorAll('.rnn-chart')].every(chart => {
    const text = chart.querySelector('.rnn-chart-static'), note = chart.querySelector('.rnn-chart-note');
    return !note.hidden || chart.querySelector('.main-svg') && getComputedStyle(text).display === 'none';
})
