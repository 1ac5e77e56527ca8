// Slides where there is room for them; on a phone, and without scripts, all of them stand below one another.
(() => {
  'use strict';
  // The speaker's window shows them small.
  const isSmall = matchMedia('(max-width: 40rem)').matches && !new URLSearchParams(location.search).has('receiver');
  if (isSmall) return;

  // A finger that drags a slider does not turn the page.
  for (const figure of document.querySelectorAll('.figure')) figure.dataset.preventSwipe = '';
  document.querySelector('.deck').classList.add('reveal');
  Reveal.initialize({
    // As most projectors; on others, all of it is made larger or smaller. Arrows to click would lie on the figures.
    width: 1280, height: 720, margin: 0, maxScale: 4, center: false, display: 'grid', controls: false,
    transition: 'none', slideNumber: 'c/t', hash: true, scrollActivationWidth: 0, plugins: [RevealNotes],
    // Keys pressed in an explorer are for the explorer.
    keyboardCondition: () => !document.activeElement.closest('.rnn-explorer, summary')
  });
  // All but a clicker's.
  addEventListener('keydown', event => { if (/^Page/.test(event.key)) document.activeElement.blur(); }, true);
})();
