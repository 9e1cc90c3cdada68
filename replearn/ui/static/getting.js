// What can be fetched, one question before it is, and how far it is. Triggers picked, started, stopped
// closed and, when what was fetched is here, chosen {name, into}. textContent only; what stays the same isn't built anew, so that focus stays.
const box = element.querySelector('section'), part = (name) => box.querySelector(name);
const EVENTS = {picked: (x) => trigger('picked', x), started: (x) => trigger('started', x), stopped: (x) => trigger('stopped', x), closed: (x) => trigger('closed', x), chosen: (x) => trigger('chosen', x)};
let built = '';

function button(text, does, name) {
  const one = document.createElement('button');
  one.type = 'button';
  one.className = does === 'started' ? 'rl-getting-go' : '';
  one.textContent = text;
  one.addEventListener('click', () => EVENTS[does]({name, into: props.value.target}));
  return one;
}
function row({name, title, facts, note}) {
  const item = document.createElement('li'), one = button(title, 'picked', name);
  [facts, note].forEach((text) => {
    const line = document.createElement('span');
    line.textContent = text;
    one.append(line);
  });
  item.append(one);
  return item;
}
function draw() {
  const value = props.value, appears = box.hidden && value;
  box.hidden = !value || Boolean(value.came);
  if (value && value.came && built !== value.came) { built = value.came; EVENTS.chosen({name: value.came, into: value.target}); }
  if (box.hidden) { if (!value) built = ''; return; }
  part('[data-title]').textContent = value.title || '';
  part('[data-line]').textContent = value.line || '';
  part('[data-said]').textContent = value.said || '';
  const bar = part('progress');
  bar.hidden = value.share === undefined || value.share === null;
  if (!bar.hidden) bar.value = value.share;
  bar.setAttribute('aria-label', value.title || 'download');
  const now = JSON.stringify([value.rows, value.buttons, value.target]);
  if (now === built) return;
  built = now;
  part('ul').replaceChildren(...(value.rows || []).map(row));
  part('.rl-getting-buttons').replaceChildren(...(value.buttons || []).map(({text, does, name}) => button(text, does, name)));
  if (appears) requestAnimationFrame(() => box.scrollIntoView({block: 'nearest'}));
}
watch('value', draw);
draw();
