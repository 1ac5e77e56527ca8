// What a figure is drawn on, so that its text and lines can be read there: shared by charts and explorers.

const rgba = css => {
  const n = (css.match(/-?[\d.]+(e-?\d+)?/g) || []).map(Number);
  if (n.length < 3 || !/^(rgb|color\(srgb)/.test(css)) return null;
  const unit = css.startsWith('color') ? 255 : 1;
  return [n[0] * unit, n[1] * unit, n[2] * unit, n[3] ?? 1];
};
const luminance = rgb => {
  const [r, g, b] = rgb.map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

// What lies behind an element: its ancestors' backgrounds over each other. Under them lies the editor, which is dark if it
// says so or if it writes in a light colour.
function background(element) {
  const layers = [];
  for (let e = element; e; e = e.parentElement || (e.getRootNode() || {}).host) {
    const layer = rgba(getComputedStyle(e).backgroundColor);
    if (layer && layer[3] > 0) layers.push(layer);
    if (layer && layer[3] === 1) break;
  }
  const text = rgba(getComputedStyle(element).color);
  const dark = /vscode-(dark|high-contrast)(?!-light)/.test(document.body.className) ||
    !/vscode-(light|high-contrast-light)/.test(document.body.className) && text && luminance(text.slice(0, 3)) > 0.4;
  const over = (below, [r, g, b, a]) => [r, g, b].map((c, i) => Math.round(c * a + below[i] * (1 - a)));
  return layers.reduceRight(over, dark ? [30, 30, 30] : [255, 255, 255]);
}

// Calls back when the page or the editor changes its colours, as long as the element is part of the page.
function watchSurroundings(element, changed) {
  const answer = () => { if (element.isConnected) changed(); };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', answer);
  const theme = { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-jp-theme-light'] };
  for (const root of [document.documentElement, document.body]) new MutationObserver(answer).observe(root, theme);
}
