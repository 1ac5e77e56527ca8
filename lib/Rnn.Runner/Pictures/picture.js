// The picture of a figure, by the address of what it looks like: the attributes of an img element.
async (address, largest, best) => {
  const drawing = new Image();
  drawing.src = address;
  await drawing.decode();

  const canvas = document.createElement('canvas');
  const width = canvas.width = drawing.naturalWidth, height = canvas.height = drawing.naturalHeight;
  const context = canvas.getContext('2d');
  // White, whatever page it will stand on: the texts are dark.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(drawing, 0, 0, width, height);
  // WebP at these qualities takes a quarter of PNG's bytes, and its numbers are as readable at a low one as at a high one.
  for (let quality = best; quality > 0; quality -= 5) {
    const source = canvas.toDataURL('image/webp', quality / 100);
    if (!source.startsWith('data:image/webp')) throw new Error('the browser makes no WebP');
    if (source.length < largest)
      return `width="${width}" height="${height}" style="max-width:100%;height:auto" src="${source}"`;
  }
  throw new Error(`a picture takes more than ${largest} bytes`);
}
