// The bar of picture, model and data set: folded it shows what is chosen, unfolded how to choose it.
window.replearnSubject = (() => {
  const PARTS = {picture: ['picture', 'subject-examples'], model: ['subject-model'], compare: ['subject-compare'], dataset: ['subject-dataset']};
  let uses = {}; // tab -> the parts that something in it is drawn from
  let told = {}; // model -> what it was taught on, and a phrase
  const bar = () => document.getElementById('subject');

  function fold(open = !bar().classList.contains('rl-open')) {
    bar().classList.toggle('rl-open', open);
    const button = document.getElementById('subject-more');
    button.innerText = open ? 'fold' : 'change';
    button.setAttribute('aria-expanded', String(open));
  }
  function opened(tab) { // what a tab isn't drawn from steps back
    for (const [part, ids] of Object.entries(PARTS)) {
      const unused = Boolean(uses[tab]) && !uses[tab].includes(part);
      for (const id of ids) {
        const one = document.getElementById(id);
        if (!one) continue;
        one.classList.toggle('rl-unused', unused);
        one.title = unused ? 'not used in this tab' : '';
      }
    }
  }
  // the lists of models, in groups with a phrase each; what isn't named there is one's own
  function dress(list) {
    let before = '';
    for (const one of list.querySelectorAll('li[role=option]')) {
      const name = one.textContent.replace('✓', '').trim();
      const own = name.includes(':') ? ['mine', name.startsWith('run:') ? 'own run' : 'downloaded'] : ['', ''];
      const [world, phrase] = told[name] || own;
      one.dataset.phrase = phrase;
      if (world && world !== before) one.dataset.world = world;
      else delete one.dataset.world;
      before = world;
    }
  }
  function know(all, names) {
    uses = all;
    told = names;
    for (const id of ['model', 'compare']) {
      const see = () => document.querySelectorAll(`#${id} ul[role=listbox]`).forEach(dress);
      new MutationObserver(see).observe(document.getElementById(id), {childList: true, subtree: true});
    }
    document.getElementById('subject-more').setAttribute('aria-expanded', String(bar().classList.contains('rl-open')));
  }
  const folded = (event) => !bar()?.classList.contains('rl-open') && event.target.closest?.('#picture');
  document.addEventListener('click', (event) => { // from the first moment on, before anything is wired
    if (event.target.closest?.('#subject-more')) fold();
    else if (folded(event)) fold(true);
  }, true);
  document.addEventListener('dragenter', (event) => { if (folded(event)) fold(true); }, true);
  return {fold, know, opened};
})();
