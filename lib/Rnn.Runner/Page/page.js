// What scrolls can be reached with the keyboard; what has room enough is no stop on the way.
(() => {
  const scrolls = element => element.scrollWidth > element.clientWidth;
  const observer = new ResizeObserver(entries => {
    for (const { target } of entries) {
      if (scrolls(target)) target.tabIndex = 0;
      else target.removeAttribute('tabindex');
    }
  });
  for (const element of document.querySelectorAll('pre, .scroll, .output, .formula, .tex')) observer.observe(element);
})();
