() => [...document.querySelectorAll('.rnn-chart')].every(chart => {
    // Drawn, or it says why it is not.
    const text = chart.querySelector('.rnn-chart-static'), note = chart.querySelector('.rnn-chart-note');
    return !note.hidden || chart.querySelector('.main-svg') && getComputedStyle(text).display === 'none';
})
