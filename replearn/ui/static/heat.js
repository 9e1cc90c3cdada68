// Draws {src, rows, columns, values, label, covers}: a heat map whose raw values can be read, cell by
// cell. A drag triggers box_drawn; resting on a cell triggers patch_hover.
const frame = element.querySelector('.rl-heat-frame');
const image = frame.querySelector('img');
const cell = frame.querySelector('.rl-heat-cell');
const box = frame.querySelector('.rl-heat-box');
const read = element.querySelector('.rl-heat-read');
const REST = 120, DRAG = 6;
let values = null, at = null, pressed = null, resting = 0, drawn = '';
const place = (node, left, top, width, height) => {
  Object.assign(node.style, {left: `${100 * left}%`, top: `${100 * top}%`, width: `${100 * width}%`, height: `${100 * height}%`});
  node.hidden = false;
};
const shares = (event) => {
  const r = frame.getBoundingClientRect(), cut = (x) => Math.max(0, Math.min(0.9999, x));
  return [cut((event.clientX - r.left) / r.width), cut((event.clientY - r.top) / r.height)];
};
const number = (x) => (Number.isNaN(x) ? 'not yet known' : x.toPrecision(3));
function look(row, column, rest) {
  const v = props.value;
  if (!values || (at && at[0] === row && at[1] === column)) return;
  at = [row, column];
  place(cell, column / v.columns, row / v.rows, 1 / v.columns, 1 / v.rows);
  read.textContent = `row ${row + 1} of ${v.rows}, column ${column + 1} of ${v.columns}: ${number(values[row * v.columns + column])}`;
  clearTimeout(resting);
  if (v.covers && rest) resting = setTimeout(() => trigger('patch_hover', {row, column}), REST);
}
function draw() {
  const v = props.value;
  frame.hidden = !v || !v.src;
  if (frame.hidden) { read.textContent = ''; return; }
  image.src = v.src;
  image.alt = v.label;
  if (v.values !== drawn) {
    drawn = v.values;
    const bytes = Uint8Array.from(atob(v.values), (c) => c.charCodeAt(0));
    values = new Float32Array(bytes.buffer);
    at = null;
    cell.hidden = true;
    box.hidden = true;
    read.textContent = v.covers ? 'Rest on a cell: the patch is covered and the model asked again.' : 'Point at a cell to read its value; drag to draw a box.';
  }
}
frame.addEventListener('pointermove', (event) => {
  const [x, y] = shares(event), v = props.value;
  if (pressed && Math.hypot(event.clientX - pressed.px, event.clientY - pressed.py) > DRAG) {
    pressed.moved = true;
    place(box, Math.min(x, pressed.x), Math.min(y, pressed.y), Math.abs(x - pressed.x), Math.abs(y - pressed.y));
    return;
  }
  look(Math.floor(y * v.rows), Math.floor(x * v.columns), true);
});
frame.addEventListener('pointerdown', (event) => {
  const [x, y] = shares(event);
  pressed = {x, y, px: event.clientX, py: event.clientY, moved: false};
  frame.setPointerCapture(event.pointerId);
  event.preventDefault();
  frame.focus({preventScroll: true});
});
frame.addEventListener('pointerup', (event) => {
  if (!pressed) return;
  const [x, y] = shares(event), from = pressed;
  pressed = null;
  if (!from.moved) { look(Math.floor(y * props.value.rows), Math.floor(x * props.value.columns), true); return; }
  const found = {left: Math.min(x, from.x), top: Math.min(y, from.y), right: Math.max(x, from.x), bottom: Math.max(y, from.y)};
  trigger('box_drawn', found);
});
frame.addEventListener('pointerleave', () => { clearTimeout(resting); });
frame.addEventListener('keydown', (event) => {
  const step = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]}[event.key];
  const v = props.value;
  if (!step) return;
  event.preventDefault();
  const from = at || [0, 0], cut = (x, n) => Math.max(0, Math.min(n - 1, x));
  look(cut(from[0] + step[0], v.rows), cut(from[1] + step[1], v.columns), true);
});
watch('value', draw);
draw();
