// The same tools at every figure: a link to it, what saves it, the code behind it, and enlarging.
// A figure without a file of its own is saved as it is seen.
window.replearnTools = (() => {
  const LARGE = 'rl-large', MOUNTED = 100; // milliseconds until what is unfolded has its size
  let large = null; // the figure that fills the window
  const shows = (one) => one.offsetParent !== null && !one.closest('.rl-tools');
  const PANEL = '.block:has(> button.label-wrap)';
  // of the figure's own panel, or of its tab: the lines of another panel give other numbers
  function code(figure) {
    const panel = figure.closest(PANEL), tab = figure.closest('[role=tabpanel]');
    const own = (one) => one.parentElement.closest(PANEL) === panel;
    const found = [...(panel || tab).querySelectorAll('.rl-code')].filter(own);
    return found[0]?.querySelector(':scope > button.label-wrap');
  }

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
    save: (figure) => {
      const own = document.getElementById(figure.id.replace('figure-', 'save-'));
      if (own) own.click(); else replearnDrawings.save(figure);
    },
    code: (figure) => {
      if (large) enlarge(large);
      const heading = code(figure);
      const opens = !heading.classList.contains('open');
      heading.click();
      document.querySelectorAll('.rl-tools [data-tool=code]').forEach((one) => {
        if (code(one.closest('.rl-figure')) === heading) one.setAttribute('aria-expanded', String(opens));
      });
      if (opens) setTimeout(() => {
        heading.parentElement.querySelector('.cm-scroller')?.setAttribute('tabindex', '0'); // long lines, by keyboard
        heading.parentElement.scrollIntoView({block: 'center'});
      }, MOUNTED);
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
      if (name === 'code') one.setAttribute('aria-expanded', String(Boolean(code(figure)?.classList.contains('open'))));
      row.append(one);
    }
    figure.append(row);
  }
  function fit(figure) { // a tool that has nothing to do isn't there
    const row = figure.querySelector(':scope > .rl-tools');
    row.hidden = replearnDrawings.empty(figure);
    row.querySelector('[data-tool=code]').hidden = !code(figure);
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
