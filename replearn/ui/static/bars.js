// Draws {rows, note, second, axis} as a table of bars. Text goes in by textContent only.
const SHOWN = 12;
let all = false;
const body = element.querySelector('tbody');
const more = element.querySelector('.rl-more');
const make = (tag, cls, text) => {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  if (text !== undefined) node.textContent = text;
  return node;
};
const number = (x) => (Math.abs(x) < 0.005 ? 0 : x).toFixed(2);  // never -0.00
function bar(p, best, second) {
  const track = make('div', 'rl-track'), one = make('div', 'rl-bar' + (best ? ' rl-best' : '') + (second ? ' rl-second' : ''));
  one.style.width = `${100 * p}%`;
  track.append(one);
  return [track, make('span', 'rl-number', p > 0 && p < 0.005 ? '<0.01' : number(p))];
}
function barCell(row) {
  const cell = make('td', 'rl-p');
  const [track, said] = bar(row.p, row.best, false);
  if (row.before !== undefined) {
    const mark = make('div', 'rl-before');
    mark.style.left = `${100 * row.before}%`;
    mark.title = `before: ${number(row.before)}`;
    track.append(mark);
  }
  cell.append(track, said);
  if (row.beside) cell.append(...bar(row.beside.p, row.second_best, true));
  return cell;
}
function secondCell(row, axis) {
  const cell = make('td', 'rl-c');
  if (row.c === null || row.c === undefined) return cell;
  if (row.beside) {
    cell.append(make('span', 'rl-number', number(row.c)), make('span', 'rl-number', number(row.beside.c)));
    return cell;
  }
  const at = (x) => `${Math.max(0, Math.min(100, 100 * (x - axis[0]) / (axis[1] - axis[0])))}%`;
  const track = make('div', 'rl-axis');
  if (row.low !== null && row.low !== undefined) {
    const spread = make('div', 'rl-spread');
    spread.style.left = at(row.low);
    spread.style.right = `calc(100% - ${at(row.high)})`;
    spread.title = `over templates: ${number(row.low)} to ${number(row.high)}`;
    track.append(spread);
  }
  const dot = make('div', 'rl-dot');
  dot.style.left = at(row.c);
  track.append(dot);
  cell.append(track, make('span', 'rl-number', number(row.c)));
  return cell;
}
function draw() {
  const value = props.value;
  if (!value || !value.rows) return;
  element.querySelector('[data-note]').textContent = value.note || '';
  element.querySelector('[data-cosine-title]').textContent = value.second || '';
  const rows = all ? value.rows : value.rows.slice(0, SHOWN);
  const old = new Map([...body.children].map((tr) => [tr.dataset.label, tr]));
  rows.forEach((row) => {
    const tr = make('tr', row.none ? 'rl-none' : '');
    tr.dataset.label = row.label;
    const name = make('th', 'rl-label', row.label);
    name.scope = 'row';
    name.title = row.title || row.label;
    tr.append(name, barCell(row), secondCell(row, value.axis || [0, 1]));
    const before = old.get(row.label);
    if (before) {  // let the bar grow from where it stood
      const bar = tr.querySelector('.rl-bar');
      const target = bar.style.width;
      bar.style.width = before.querySelector('.rl-bar').style.width;
      requestAnimationFrame(() => requestAnimationFrame(() => { bar.style.width = target; }));
      before.remove();
    }
    body.append(tr);
  });
  [...body.children].slice(0, body.children.length - rows.length).forEach((tr) => tr.remove());
  more.hidden = value.rows.length <= SHOWN;
  const count = (n) => n.toLocaleString('en');
  more.textContent = all ? 'show fewer' : value.total > value.rows.length
    ? `show ${count(value.rows.length)} of ${count(value.total)}` : `show all ${count(value.rows.length)}`;
}
more.addEventListener('click', () => { all = !all; draw(); });
watch('value', draw);
draw();
