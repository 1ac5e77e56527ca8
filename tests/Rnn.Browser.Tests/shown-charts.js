// What there is to see of the page's charts, for ShownChart.
[...document.querySelectorAll('.rnn-chart')].map(chart => {
    const plot = chart.querySelector('.js-plotly-plot'), svg = chart.querySelector('.main-svg');
    const text = css => [...chart.querySelectorAll(css)].map(e => e.textContent).join('').replace(/\s/g, '');
    const visible = e => !!e && e.getClientRects().length > 0 && e.getBoundingClientRect().width > 0;
    const extent = e => { const r = e.getBoundingClientRect(); return r.width + r.height; };
    const texts = [...chart.querySelectorAll('.main-svg text')]
        .filter(e => e.textContent.trim() && visible(e) && getComputedStyle(e).visibility === 'visible');
    const frame = svg && svg.getBoundingClientRect();
    const still = chart.querySelector('.rnn-chart-static'), note = chart.querySelector('.rnn-chart-note');
    const picture = [...still.querySelectorAll('img')].find(img => visible(img) && img.naturalWidth > 0);
    return {
        id: chart.id,
        figure: chart.querySelector('script[type="application/json"]').textContent,
        drawings: chart.querySelectorAll('.js-plotly-plot').length,
        traces: plot && plot.data ? plot.data.length : 0,
        marks: [...chart.querySelectorAll('.scatterlayer .trace, .barlayer .trace, .heatmaplayer .hm')]
            .filter(trace => [...trace.querySelectorAll('path, image')].some(e => extent(e) > 0)).length,
        width: frame ? frame.width : 0,
        title: text('.gtitle'), xTitle: text('.xtitle'), yTitle: text('.ytitle'),
        cut: texts.filter(e => {
            const r = e.getBoundingClientRect();
            return r.left < frame.left - 1 || r.right > frame.right + 1
                || r.top < frame.top - 1 || r.bottom > frame.bottom + 1;
        }).map(e => e.textContent),
        tiny: texts.filter(e => parseFloat(getComputedStyle(e).fontSize) < 8).map(e => e.textContent),
        static: visible(still),
        picture: picture ? picture.alt : null,
        note: visible(note) ? note.textContent : ''
    };
})
