// Why an explorer is not drawn, or null where it is. Its scripts have run when its page is loaded: there is nothing to wait for.
explorer => {
  // kit.js hides the description once the explorer is drawn, and shows the note where it cannot be.
  const text = explorer.querySelector('.rnn-explorer-static'), note = explorer.querySelector('.rnn-explorer-note');
  if (text.style.display === 'none') return null;
  return note.hidden ? `the explorer '${explorer.dataset.explorer}' stays undrawn, and does not say why` : note.textContent;
}
