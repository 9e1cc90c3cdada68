// Links: what a link carries is put into the controls before anything is drawn from them.
//
// Where to go is readable in the address (tab, open, press); the values (state) are for the server.
window.replearnLinks = (() => {
  const OURS = ['tab', 'open', 'press', 'state', 'model', 'labels', 'templates'];
  const ANSWERS = 'replearn-answers'; // links of this browser tab's last answers, by the page's tab
  const STEP = 50, PATIENCE = 20000, CALM = 300, SAID = 3000; // milliseconds
  let firstTab = '', tabIds = [];
  let folds = []; // ids of panels
  let pressable = []; // ids of the buttons that a link may press
  let later = ''; // what was asked for meanwhile
  let wanted = ''; // the query that is being brought back
  let told = ''; // what the server is told of it
  let pressed = ''; // the button that drew what is shown, if it wasn't the tab itself
  let going = false, begun = false;
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const given = (query) => new URLSearchParams(query);
  const carries = (query) => given(query).has('tab') || given(query).has('state');
  const first = (query) => several(given(query).get('tab') || firstTab)[0];
  const several = (text) => (text || '').split(/[,.]/).filter(Boolean);

  async function until(holds) {
    for (let waited = 0; waited < PATIENCE && !holds(); waited += STEP) await pause(STEP);
  }
  // pressed before it was wired, a button does nothing: again, until it did
  async function press(found, done) {
    for (let waited = 0; waited < PATIENCE && !done(); waited += CALM) {
      found()?.click();
      for (let step = 0; step < CALM && !done(); step += STEP) await pause(STEP);
    }
  }
  const tabs = () => [...document.querySelectorAll('.tab-container:not(.visually-hidden) [role=tab], .overflow-dropdown button')];
  const button = (name) => tabs().find((one) => one.dataset.tabId === name);
  const panels = () => [...document.querySelectorAll('#tabs [role=tabpanel] [id] button.label-wrap, #tabs [role=tabpanel] button.label-wrap')];
  const heading = (id) => document.querySelector(`#${CSS.escape(id)} > button.label-wrap, #${CSS.escape(id)} button.label-wrap`);

  function address(query) { // what isn't ours stays, such as Gradio's own __theme
    const all = given(location.search);
    OURS.forEach((name) => all.delete(name));
    const rest = all.toString();
    return `${location.pathname}?${[query, rest].filter(Boolean).join('&')}`;
  }
  async function restore(query, tell = query) {
    if (going) { later = query; return; } // the last one wins
    going = true;
    wanted = query;
    told = tell;
    replearn.pause();
    const at = given(query);
    for (const name of several(at.get('tab')).filter((one) => tabIds.includes(one))) {
      await press(() => button(name), () => button(name)?.getAttribute('aria-selected') === 'true');
    }
    for (const id of several(at.get('open')).filter((one) => folds.includes(one))) {
      await press(() => heading(id), () => heading(id)?.classList.contains('open'));
    }
    await pause(CALM); // what is mounted late takes its first values then
    document.getElementById('restore').click();
  }
  async function restored() { // the controls have their values: draw, and press what was pressed
    const turns = replearn.resume();
    const id = given(wanted).get('press');
    going = false;
    if (later) {
      const next = later;
      later = '';
      restore(next);
      return turns;
    }
    if (window.innerWidth < 760) document.getElementById('tabs').scrollIntoView({block: 'start'});
    if (pressable.includes(id)) {
      pressed = id;
      let calm = 0;
      (async () => {
        await pause(CALM);
        await until(() => { calm = replearn.busy().length ? 0 : calm + STEP; return calm > CALM; });
        document.getElementById(id)?.click();
      })();
    }
    return turns;
  }
  function place() { // where a person is, for the link
    const chosen = tabs().filter((one) => one.getAttribute('aria-selected') === 'true' && one.offsetParent);
    const open = panels().filter((one) => one.classList.contains('open') && one.offsetParent);
    const ids = open.map((one) => one.closest('[id]').id).filter((id) => folds.includes(id));
    return JSON.stringify({tab: chosen.map((one) => one.dataset.tabId).join('.'), open: [...new Set(ids)], press: pressed});
  }
  function bare() { // the open tab, with its controls as on a fresh page; the subject stays
    const {tab, open} = JSON.parse(place());
    return `tab=${tab}` + (open.length ? `&open=${open.join(',')}` : '');
  }
  async function copied(query) {
    if (!query) return;
    const path = address(query), link = document.getElementById('copy-link');
    history.replaceState(null, '', path);
    const before = link.innerText;
    try {
      await navigator.clipboard.writeText(location.origin + path);
      link.innerText = 'copied';
    } catch { // without https browsers may refuse; the address bar has it
      link.innerText = 'in the address bar';
    }
    await pause(SAID);
    link.innerText = before;
  }
  function answers() {
    try { return JSON.parse(sessionStorage.getItem(ANSWERS)) || {}; } catch { return {}; }
  }
  function answered(query) { // the answer that stands there now has this link
    if (!query) return;
    const found = {...answers(), [first(query)]: query, last: query};
    try { sessionStorage.setItem(ANSWERS, JSON.stringify(found)); } catch { /* full, or forbidden */ }
  }
  // What the server is told of a page that was just loaded. It has the usual values, and may be
  // finding better ones meanwhile. One that is loaded again shows what it showed: its tab's last
  // answer, or what the last answer of all was about.
  function arrived() {
    const here = location.search;
    if (given(here).has('state')) return here;
    const again = performance.getEntriesByType('navigation')[0]?.type === 'reload';
    const found = answers(), back = again && (found[first(here)] || found.last) || '';
    return given(back).has('state') ? `${back}&fresh=1` : '';
  }
  const arriving = () => carries(location.search) || Boolean(arrived());
  function know(start, tabs, panels, buttons) { firstTab = start; tabIds = tabs; folds = panels; pressable = buttons; }
  function begin() { // the page's own turns are known
    begun = true;
    if (arriving()) restore(location.search, arrived());
  }
  function opened(name) { // by a person
    pressed = '';
    if (begun && !going) history.pushState(null, '', address(`tab=${name}`));
  }
  window.addEventListener('popstate', () => {
    if (given(location.search).has('state')) { restore(location.search); return; }
    const name = given(location.search).get('tab') || firstTab;
    going = true;
    several(name).forEach((one) => button(one)?.click());
    pause(CALM).then(() => { going = false; });
  });
  document.addEventListener('click', (event) => {
    const one = event.target.closest('#tabs [role=tabpanel] button[id]');
    if (one && pressable.includes(one.id)) pressed = one.id;
  }, true);
  return {arriving, answered, begin, opened, restore, restored, place, bare, copied, know, wanted: () => wanted, told: () => told};
})();
