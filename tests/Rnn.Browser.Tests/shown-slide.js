// What there is to see of the presentation now, for ShownSlide.
(() => {
    const slide = Reveal.getCurrentSlide();
    const all = css => [...slide.querySelectorAll(css)];
    const visible = e => e.getClientRects().length > 0 && e.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
    const box = e => e.getBoundingClientRect();
    const faults = [];
    const hold = (holds, fault, what) => { if (!holds) faults.push(`${fault}: ${what}`); };

    const formulas = all('.formula, math:not(.formula *)').filter(visible);
    for (const formula of formulas)
        hold(box(formula).width > 2 && box(formula).height > 2, 'not set', formula.textContent);

    const outer = box(slide), style = getComputedStyle(slide);
    hold(
        outer.left > -1 && outer.top > -1 && outer.right < innerWidth + 1 && outer.bottom < innerHeight + 1,
        'larger than the window', [outer.left, outer.top, outer.right, outer.bottom]);
    hold(slide.scrollWidth <= slide.clientWidth, 'wider than the slide', `${slide.scrollWidth} pixels`);
    hold(
        slide.scrollHeight <= slide.clientHeight || ['auto', 'scroll'].includes(style.overflowY),
        'cut off below', `${slide.scrollHeight} pixels`);
    for (const output of all('.output').filter(visible))
        hold(output.scrollWidth <= output.clientWidth, 'wider than its place', `${output.scrollWidth} pixels`);
    const cells = all('.cell').filter(visible);
    hold(cells.length > 0, 'nothing to see', slide.id);
    slide.scrollTop = slide.scrollHeight;
    for (const cell of cells)
        hold(box(cell).bottom < outer.bottom + 1, 'out of reach below', cell.innerText.slice(-100));
    slide.scrollTop = 0;
    for (const cell of cells)
        hold(box(cell).top > outer.top - 1, 'out of reach above', cell.innerText.slice(0, 100));

    for (const [i, cell] of cells.entries())
        for (const other of cells.slice(0, i)) {
            const a = box(cell), b = box(other);
            const apart = a.right < b.left + 1 || b.right < a.left + 1 || a.bottom < b.top + 1 || b.bottom < a.top + 1;
            hold(apart, 'lies on another cell', cell.innerText.slice(0, 100));
        }

    for (const image of all('img').filter(visible))
        hold(image.complete && image.naturalWidth > 0 && box(image).width > 2, 'no picture', image.alt);
    const texts = all('.markdown :not(pre, pre *, code, code *, script, style, annotation)').filter(visible)
        .flatMap(e => [...e.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data));
    for (const text of texts)
        hold(!/\$|\\[a-zA-Z({[]/.test(text), 'a raw formula', text);

    const explorers = [...document.querySelectorAll('.rnn-explorer')];
    return {
        number: Reveal.getSlidePastCount() + 1, parts: all('.fragment.visible').length, total: Reveal.getTotalSlides(),
        charts: all('.rnn-chart').filter(visible).map(e => e.id),
        explorers: all('.rnn-explorer').filter(visible).map(e => explorers.indexOf(e)),
        formulas: formulas.length, faults
    };
})()
