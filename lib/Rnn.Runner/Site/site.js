// What every page of the site does beside its figures: its contents follow the reader, its menu closes, its search opens.
(() => {
  'use strict';
  const contents = document.querySelector('.contents'), menu = document.querySelector('.menu');
  const form = document.querySelector('.search'), input = form.querySelector('input');

  // ---- Contents: open where they stand beside the text, and the section that is being read marked

  if (contents) {
    const wide = matchMedia('(min-width: 72rem)');
    const fit = () => { contents.open = wide.matches; };
    wide.addEventListener('change', fit);
    fit();
    const list = contents.querySelector('nav');
    const links = [...list.querySelectorAll('a')];
    const headings = links.map(link => document.getElementById(link.hash.slice(1)));
    const follow = () => {
      // The last heading above the upper third is what one reads below; at the end of the page, the last of all.
      const isEnd = document.querySelector('footer').getBoundingClientRect().bottom <= innerHeight + 2;
      const now = isEnd ? links.length - 1
        : headings.findLastIndex(heading => heading.getBoundingClientRect().top < innerHeight / 3);
      links.forEach((link, i) => {
        if (i === now) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      });
      const [at, room] = [links[now]?.offsetTop ?? 0, list.clientHeight];
      if (at < list.scrollTop || at > list.scrollTop + room - 40) list.scrollTop = at - room / 2;
    };
    // Told whenever a heading crosses that line, also by a jump: all above it count as seen.
    const observer = new IntersectionObserver(follow, { rootMargin: '1000000px 0px -66.7% 0px' });
    for (const heading of headings) observer.observe(heading);
    new IntersectionObserver(follow, { threshold: [0, 0.5, 1] }).observe(document.querySelector('footer'));
    // On a phone, a step to a section folds them away.
    list.addEventListener('click', event => { if (event.target.closest('a') && !wide.matches) contents.open = false; });
  }

  // ---- The menu of pages: a click elsewhere or Escape closes it

  addEventListener('click', event => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener('focusout', event => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });

  // ---- Search: what it needs is fetched when somebody first turns to it

  form.addEventListener('submit', event => event.preventDefault());
  input.addEventListener('focus', () => {
    const script = document.createElement('script');
    script.src = form.dataset.script;
    document.head.append(script);
  }, { once: true });
  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, select, textarea, [contenteditable], .rnn-explorer')) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
