// The picture of every chart on the page: the attributes of an img element.
async largest => {
  async function picture(chart) {
    // chart.js hides the description once the chart is drawn, and shows the note where it cannot be.
    const text = chart.querySelector('.rnn-chart-static'), note = chart.querySelector('.rnn-chart-note');
    while (text.style.display !== 'none') {
      if (!note.hidden) throw new Error(note.textContent);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    const plot = chart.querySelector('.js-plotly-plot');
    const { width, height } = plot.layout;
    const drawing = new Image();
    drawing.src = await Plotly.toImage(plot, { format: 'svg', width, height });
    await drawing.decode();

    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    // White, whatever page it will stand on: the texts are dark.
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
    context.drawImage(drawing, 0, 0, width, height);
    // WebP at these qualities takes a quarter of PNG's bytes, and its numbers are as readable at a low one as at a high one.
    for (let quality = 70; quality > 0; quality -= 5) {
      const source = canvas.toDataURL('image/webp', quality / 100);
      if (!source.startsWith('data:image/webp')) throw new Error('the browser makes no WebP');
      if (source.length < largest)
        return `width="${width}" height="${height}" style="max-width:100%;height:auto" src="${source}"`;
    }
    throw new Error(`a picture takes more than ${largest} bytes`);
  }

  const pictures = [];
  for (const chart of document.querySelectorAll('.rnn-chart')) pictures.push(await picture(chart));
  return pictures;
}
