// What every chart on the page looks like: the address of an SVG.
async () => {
  async function drawing(chart) {
    // chart.js hides the description once the chart is drawn, and shows the note where it cannot be.
    const text = chart.querySelector('.rnn-chart-static'), note = chart.querySelector('.rnn-chart-note');
    while (text.style.display !== 'none') {
      if (!note.hidden) throw new Error(note.textContent);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    const plot = chart.querySelector('.js-plotly-plot');
    const { width, height } = plot.layout;
    return Plotly.toImage(plot, { format: 'svg', width, height });
  }

  const drawings = [];
  for (const chart of document.querySelectorAll('.rnn-chart')) drawings.push(await drawing(chart));
  return drawings;
}
