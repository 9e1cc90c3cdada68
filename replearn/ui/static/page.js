// What happens on the page itself, without a word to the server.
//
// Turns: a tab or panel that is open answers a change at once, another one when it is opened, once.
// Each has a hidden box; its listeners follow the box, never the inputs.
// Figures: what is drawn looks old as soon as one of its inputs is newer, until it is drawn anew.
window.replearn = (() => {
  const SETTLE = 80; // milliseconds: what one answer of the server changes is one change
  const PATIENCE = 60000, TICK = 20; // milliseconds: how long a request waits for the one before it
  const LATER = 600; // milliseconds: what is drawn by then has its tools
  const SAME = 50; // milliseconds: an event reaches `touched` and `sent` in either order
  const places = new Map(); // tab or panel -> {tab, open, follows, after, old, turn}
  const early = new Map(); // panel -> whether it was unfolded before the page had begun
  const due = new Set(); // tabs whose main part has its turn and hasn't answered yet
  const figures = new Map(); // figure -> {touched, fresh, sent, going, drawn, refused}
  let ready = false, tab = '', sheet = null;
  const settled = () => new Promise((done) => setTimeout(done, SETTLE));

  const isOpen = (place) => ready && place.open && place.tab === tab;
  const waits = ({after, tab: of}) => after && (due.has(of) || figure(after).going.size);
  function take(name) { // the turn of one place: a new one if it is open and has something to answer
    const place = places.get(name);
    if (!place) return 0; // the page hasn't begun
    if (isOpen(place) && place.old && !waits(place)) {
      place.old = false;
      place.turn += 1;
      if ([...places.values()].some((other) => other.after && other.tab === name)) due.add(name);
    }
    return place.turn;
  }
  // names: [[place, its tab, the states that it follows, whether it is folded, the figure that it comes after], ...]
  function begin(names, first) {
    for (const [name, of, follows, folded, after] of names) {
      if (!places.has(name)) places.set(name, {tab: of, open: early.get(name) ?? !folded, follows, after, old: true, turn: 0});
    }
    if (!tab) tab = first;
    ready = !replearnLinks.arriving(); // else `resume` lets them begin
    replearnLinks.begin();
    replearnSubject.opened(tab);
    replearnVisit.dressed();
    return [...places.keys()].map(take);
  }
  function pause() { ready = false; } // nobody has a turn while controls get their values from a link
  function resume() {
    ready = true;
    places.forEach((place) => { place.old = place.old || place.tab === tab; });
    return [...places.keys()].map(take);
  }
  async function changed(state, names) { // of the subject or the question, and who follows it
    places.forEach((place) => { place.old = place.old || place.follows.includes(state); });
    await settled();
    return names.map(take);
  }
  function opened(name, names) { // a tab, and what stands in it
    tab = name;
    replearnLinks.opened(name);
    replearnSubject.opened(name);
    settled().then(() => { // a phone's row of tabs scrolls
      replearnTools.look();
      const chosen = document.querySelector('#tabs .tab-container:not(.visually-hidden) button[aria-selected=true]');
      chosen?.scrollIntoView({inline: 'center', block: 'nearest'});
    });
    return names.map(take);
  }
  function unfolded(name, open) {
    if (places.has(name)) places.get(name).open = open;
    else early.set(name, open);
    return take(name);
  }
  async function stirred(name) { // an input of one place alone
    if (places.has(name)) places.get(name).old = true;
    await settled();
    return take(name);
  }

  async function answered(name, overdrawn) { // the main part of a tab: what comes after it goes on
    await settled();
    due.delete(name);
    const one = figure(overdrawn);
    if (one.overdrawn) { one.overdrawn = false; places.get(name).old = true; }
    return [...places].filter(([other, place]) => place.tab === name && (other === name || place.after)).map(([other]) => take(other));
  }

  const figure = (name) => {
    if (!figures.has(name)) figures.set(name, {touched: 0, fresh: 0, sent: {}, going: new Set(), drawn: false, refused: false, overdrawn: false});
    return figures.get(name);
  };
  const stale = () => [...figures].filter(([, f]) => f.drawn && (f.refused || f.touched > f.fresh + SAME)).map(([name]) => name);
  const busy = () => [...due, ...[...figures].filter(([, f]) => f.going.size).map(([name]) => name)];
  function show() { // by a style sheet, which also reaches what isn't on the page yet
    if (!sheet) { sheet = document.createElement('style'); document.head.append(sheet); }
    const rule = (name) => `#figure-${name} > * { opacity: .4; } #figure-${name}::before { content: "${
      figures.get(name).refused ? 'of an earlier question: see the note' : 'older than what is chosen'}"; }`;
    // Gradio puts more before the page's own rules, so that only the important one counts
    const going = [...figures].filter(([, f]) => f.going.size);
    const text = [...stale().map(rule), ...going.map(([name]) => `.rl-stop.rl-stop-${name} { display: flex !important; }`)].join('\n');
    if (sheet.textContent !== text) sheet.textContent = text; // a new sheet costs the page its layout
  }
  function touched(...names) { names.forEach((n) => { figure(n).touched = performance.now(); }); show(); }
  async function sent(name, listener, values) { // a request's inputs, which go on as they are
    const one = figure(name), now = performance.now();
    // of two events in one moment Gradio sends both, and the older answer may come last
    while (one.going.has(listener) && performance.now() - now < PATIENCE) await new Promise((done) => setTimeout(done, TICK));
    one.sent[listener] = now;
    one.going.add(listener);
    show();
    return values;
  }
  function grew(name) { // a step of what is being drawn is seen, and is no older than its question
    const one = figure(name);
    if (!one.going.size) return;
    one.fresh = Math.max(one.fresh, ...[...one.going].map((listener) => one.sent[listener] || 0));
    one.drawn = true;
    one.refused = false;
    show();
  }
  function ended(name, listener) { // well or badly
    figure(name).going.delete(listener);
    show();
  }
  function stopped(name) {
    figure(name).going.clear();
    show();
  }
  function named() { // Gradio puts a button without a name around a picture that can't be changed
    document.querySelectorAll('.image-container > button:not([aria-label])').forEach((button) => {
      const label = button.closest('.block')?.querySelector('[data-testid=block-label]')?.innerText.trim();
      button.setAttribute('aria-label', label || 'picture');
    });
  }
  function drawn(name, listener, refused) { // what the listener sent last has been answered
    const one = figure(name);
    one.overdrawn = one.overdrawn || one.fresh > (one.sent[listener] || 0) + SAME; // by what was asked before it
    one.fresh = Math.max(one.fresh, one.sent[listener] || 0);
    one.refused = Boolean(refused);
    one.drawn = one.drawn || !one.refused;
    show();
    requestAnimationFrame(() => { named(); replearnTools.look(name); });
    setTimeout(() => replearnTools.look(name), LATER);
  }
  async function go(title, button) { // to a tab, and press a button there, if any, when it has come to rest
    [...document.querySelectorAll('#tabs [role=tab]')].find((one) => one.innerText.trim() === title)?.click();
    for (let i = 0; i < 200 && (i < 5 || busy().length); i += 1) await new Promise((done) => setTimeout(done, 100));
    if (button) document.querySelector(button)?.click();
  }
  return {begin, pause, resume, go, changed, opened, unfolded, stirred, answered, touched, sent, grew, drawn, stale, busy, ended, stopped};
})();
