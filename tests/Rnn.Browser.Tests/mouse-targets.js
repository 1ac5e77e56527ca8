// The first chart of each kind, and where in it the middle point, bar or cell of its first trace is.
[...document.querySelectorAll('.rnn-chart')].map(chart => {
    const plot = chart.querySelector('.js-plotly-plot'), trace = plot._fullData[0], points = plot.calcdata[0];
    const { xaxis: x, yaxis: y } = plot._fullLayout, middle = points[points.length >> 1];
    let at = [x._length / 2, y._length / 2];
    if (trace.type === 'scatter') at = [x.c2p(middle.x), y.c2p(middle.y)];
    if (trace.type === 'bar') {
        const highest = points.reduce((a, b) => Math.abs(b.s) > Math.abs(a.s) ? b : a);
        at = [x.c2p(highest.p), (y.c2p(highest.s) + y.c2p(0)) / 2];
    }
    return { id: chart.id, kind: trace.type, x: x._offset + at[0], y: y._offset + at[1] };
}).filter((target, i, all) => all.findIndex(other => other.kind === target.kind) === i)
