// What a browser remembers of its visitor: that they were welcomed, and light or dark; and presenting.
window.replearnVisit = (() => {
  const WELCOMED = 'replearn-welcomed', THEME = 'replearn-theme';
  const TYPE = 1.29; // of 14 pixels, which makes 18
  const STEP = 50, PATIENCE = 10000; // milliseconds
  const get = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
  const keep = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window */ } };
  let presenting = null; // the style sheet, while presenting

  // before anything is drawn, so that nothing jumps
  const rule = (text) => { document.head.insertAdjacentHTML('beforeend', `<style>${text}</style>`); };
  const gone = () => rule('#welcome { display: none !important; }');
  // Gradio scopes the page's own style sheets to what stands inside of this
  rule(`.gradio-container .main.fillable.fillable { max-width: 1460px; padding: 10px 20px; }
    @media (max-width: 760px) { .gradio-container .main.fillable.fillable { padding: 6px 10px; } }`);
  if (get(WELCOMED)) gone();
  function dressed() { // as it was left; Gradio dresses the page by the system's wish
    if (get(THEME)) document.body.classList.toggle('dark', get(THEME) === 'dark');
  }
  dressed();
  function theme() {
    const dark = document.body.classList.toggle('dark');
    keep(THEME, dark ? 'dark' : 'light');
  }
  async function when(found) {
    for (let waited = 0; waited < PATIENCE && !found(); waited += STEP) await new Promise((done) => setTimeout(done, STEP));
    return found();
  }
  async function welcomed(wish) { // gone for good with one click
    keep(WELCOMED, 'yes');
    gone();
    if (wish === 'ask') {
      if (window.innerWidth <= 760) replearnSubject.fold(true);
      document.querySelector('#examples button')?.focus();
    }
    if (wish === 'own') {
      replearnSubject.fold(true);
      document.querySelector('#picture button')?.focus();
    }
    if (wish === 'lesson') {
      document.getElementById('lessons-button').click();
      (await when(() => document.querySelector('.rl-lesson-open')))?.click();
    }
  }
  document.addEventListener('click', (event) => {
    const one = event.target.closest('#welcome [data-wish]');
    if (one) welcomed(one.dataset.wish);
  });

  function present(on = !presenting) {
    presenting?.remove();
    presenting = null;
    if (on) {
      presenting = document.createElement('style');
      const sizes = getComputedStyle(document.querySelector('.gradio-container'));
      const larger = ['xxs', 'xs', 'sm', 'md', 'lg', 'xl', 'xxl'].map((size) => {
        const now = parseFloat(sizes.getPropertyValue(`--text-${size}`));
        return now ? `--text-${size}: ${now * TYPE}px;` : '';
      });
      presenting.textContent = `:root { font-size: ${16 * TYPE}px; } .gradio-container.gradio-container { max-width: none !important; ${larger.join(' ')} }
        .gradio-container :is(.rl-stamp, .rl-card, .rl-notes, footer, #title p) { display: none !important; }`;
      document.head.append(presenting);
      document.documentElement.requestFullscreen?.().catch(() => {}); // some browsers and frames don't let
    } else if (document.fullscreenElement) document.exitFullscreen();
    document.getElementById('present')?.setAttribute('aria-pressed', String(on));
    window.dispatchEvent(new Event('resize')); // plots take their new room
  }
  document.addEventListener('fullscreenchange', () => { if (!document.fullscreenElement && presenting) present(false); });
  document.addEventListener('keydown', (event) => {
    if (!presenting || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') { present(false); return; }
    if (event.target.closest('input, textarea, select, [role=tab], [role=slider], [contenteditable=true]')) return;
    const steps = {ArrowRight: '.rl-lesson-foot button:last-of-type', ArrowLeft: '.rl-lesson-foot button:first-of-type'}[event.key];
    const one = steps && document.querySelector(`#lessons.rl-open ${steps}`);
    if (one) { event.preventDefault(); one.click(); }
  });
  return {theme, dressed, present};
})();
