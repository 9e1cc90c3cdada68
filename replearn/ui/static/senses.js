// Shows [{label, noun, open, rival, senses: [{wnid, hint}]}] as chips, the sense that is taken first;
// another one triggers sense_chosen {label, wnid}. Labels go in by textContent only.
const OPEN = 6;  // chips; more would push the answer away on a phone
const box = element.querySelector('.rl-senses');
const fold = box.querySelector('details');
const make = (tag, cls, text) => {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined) node.textContent = text;
  return node;
};
function chip(one) {
  const node = make('label', 'rl-chip' + (one.rival ? ' rl-doubtful' : ''));
  node.title = one.label;
  const choice = make('select');
  choice.setAttribute('aria-label', `sense of ${one.noun}`);
  choice.append(...one.senses.map(({wnid, hint}) => Object.assign(make('option', '', hint), {value: wnid})));
  choice.addEventListener('change', () => trigger('sense_chosen', {label: one.label, wnid: choice.value}));
  const arrow = make('i', '', '▾');
  arrow.setAttribute('aria-hidden', 'true');
  node.append(make('b', '', `${one.noun}:`), choice, arrow);
  if (one.rival) node.append(make('span', '', `or ${one.rival}?`));
  return node;
}
function draw() {
  const all = props.value || [], open = all.filter((one) => one.open).slice(0, OPEN);
  const rest = all.filter((one) => !open.includes(one));
  box.hidden = !all.length;
  const read = open.length ? [make('span', '', 'read as')] : [];
  box.querySelector('[data-open]').replaceChildren(...read, ...open.map(chip));
  fold.hidden = !rest.length;
  const count = `${rest.length} ${open.length ? 'other ' : ''}${rest.length === 1 ? 'word' : 'words'}`;
  fold.querySelector('summary').textContent = `the sense of ${count}`;
  box.querySelector('[data-rest]').replaceChildren(...rest.map(chip));
}
watch('value', draw);
draw();
