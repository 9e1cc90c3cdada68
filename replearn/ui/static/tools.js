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

  // what a figure shows as pictures, where nothing beside it saves more
  const drawings = (figure) => {
    const plots = [...figure.querySelectorAll('.js-plotly-plot')].filter(shows);
    if (plots.length) return plots;
    return [...figure.querySelectorAll('canvas')].filter((one) => shows(one) && one.width && one.height);
  };
  function handOut(href, name) {
    const link = document.createElement('a');
    link.href = href;
    link.download = name;
    link.click();
  }
  async function saveDrawings(figure) {
    const paper = getComputedStyle(document.body).backgroundColor, name = figure.id.replace('figure-', 'replearn-');
    for (const [place, one] of drawings(figure).entries()) {
      const called = place ? `${name}-${place + 1}.png` : `${name}.png`;
      if (one.matches('canvas')) { handOut(one.toDataURL(), called); continue; }
      const {offsetWidth: width, offsetHeight: height} = one; // a plot lets the page shine through
      handOut(await window.Plotly.toImage({data: one.data, layout: {...one.layout, paper_bgcolor: paper}}, {format: 'png', scale: 2, width, height}), called);
    }
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
    save: (figure) => { const button = save(figure); if (button) button.click(); else saveDrawings(figure); },
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
    const has = {save: () => save(figure) || drawings(figure).length, code: () => code(figure)};
    for (const [name, finds] of Object.entries(has)) {
      figure.querySelector(`:scope > .rl-tools [data-tool=${name}]`).hidden = !finds();
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
