// The same tools at every figure: a link to it, what saves it, the code behind it, and enlarging.
window.replearnTools = (() => {
  const LARGE = 'rl-large';
  let large = null; // the figure that fills the window
  const shows = (one) => one.offsetParent !== null && !one.closest('.rl-tools');
  const starts = (word) => (one) => one.textContent.trim().toLowerCase().startsWith(word) && shows(one);
  // the nearest in the figure's panel or tab: what stands beside the figure comes first
  function nearest(figure, selector, fits) {
    for (let around = figure; around && around.id !== 'tabs'; around = around.parentElement) {
      const found = [...around.querySelectorAll(selector)].find(fits);
      if (found) return found;
    }
    return null;
  }
  const save = (figure) => nearest(figure, 'button', (one) => starts('save')(one) && !one.disabled);
  const code = (figure) => nearest(figure, 'button.label-wrap', starts('code'));

  function enlarge(figure) {
    const before = large;
    if (large) large.classList.remove(LARGE);
    large = before === figure ? null : figure;
    if (large) large.classList.add(LARGE);
    document.querySelectorAll('.rl-tools [data-tool=enlarge]').forEach((one) => {
      const own = large && one.closest('.rl-figure') === large;
      one.innerText = own ? 'smaller' : 'enlarge';
      one.setAttribute('aria-pressed', String(Boolean(own)));
    });
    window.dispatchEvent(new Event('resize')); // plots take their new room
  }
  const acts = {
    link: () => document.getElementById('copy-link').click(),
    save: (figure) => save(figure)?.click(),
    code: (figure) => {
      if (large) enlarge(large);
      const heading = code(figure);
      if (!heading) return;
      if (!heading.classList.contains('open')) heading.click();
      heading.scrollIntoView({block: 'center'});
    },
    enlarge,
  };
  function tools(figure) {
    const row = document.createElement('div');
    row.className = 'rl-tools';
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', 'of this figure');
    for (const name of Object.keys(acts)) {
      const one = document.createElement('button');
      one.type = 'button';
      one.className = 'rl-link';
      one.dataset.tool = name;
      one.innerText = name;
      one.addEventListener('click', () => acts[name](figure));
      row.append(one);
    }
    figure.append(row);
  }
  function fit(figure) { // a tool that has nothing to do isn't there
    const others = [...figure.children].filter((one) => !one.matches('.rl-tools'));
    const empty = !others.some((one) => one.textContent.trim() || one.querySelector('img, canvas, svg'));
    figure.querySelector(':scope > .rl-tools').hidden = empty;
    for (const [name, finds] of [['save', save], ['code', code]]) {
      const one = figure.querySelector(`:scope > .rl-tools [data-tool=${name}]`);
      one.hidden = !finds(figure);
    }
  }
  function look(name) { // at a figure that was drawn, or at all: they are mounted when their tab is opened
    for (const figure of document.querySelectorAll(name ? `#figure-${name}` : '#tabs .rl-figure')) {
      if (!shows(figure)) continue;
      if (!figure.querySelector(':scope > .rl-tools')) tools(figure);
      fit(figure);
    }
  }
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && large) enlarge(large); });
  return {look};
})();
