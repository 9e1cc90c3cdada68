// Shows on the subject which square of it the model sees. The square is dragged, its corner sizes it;
// the arrow keys move it, + and - size it. Triggers framed {mode, square: [left, top, side]}: shares of
// the width, of the height, and of the shorter side.
const block = () => document.querySelector('#picture');
const said = element.querySelector('[data-said]');
const buttons = [...element.querySelectorAll('[data-mode]')];
let cover = null, box = null, square = null, own = false, pressed = null, shown = '', resting = 0;
const cut = (x, low, high) => Math.max(low, Math.min(high, x));
const image = () => block()?.querySelector('img');

function build(holder) {
  cover = document.createElement('div');
  cover.className = 'rl-cover';
  box = document.createElement('div');
  box.className = 'rl-square';
  box.tabIndex = 0;
  box.setAttribute('role', 'slider');
  box.setAttribute('aria-label', 'The square that the model sees: arrow keys move it, + and - size it');
  box.setAttribute('aria-valuenow', '100');
  box.append(document.createElement('span'));
  cover.append(box);
  holder.append(cover);
  box.addEventListener('pointerdown', press);
  box.addEventListener('pointermove', move);
  box.addEventListener('pointerup', release);
  box.addEventListener('keydown', keyed);
}
// where the picture lies inside its element, which may have room beside it
function placed() {
  const one = image(), r = one.getBoundingClientRect(), h = cover.parentElement.getBoundingClientRect();
  const scale = Math.min(r.width / one.naturalWidth, r.height / one.naturalHeight);
  const width = one.naturalWidth * scale, height = one.naturalHeight * scale;
  return {left: r.left - h.left + (r.width - width) / 2, top: r.top - h.top + (r.height - height) / 2, width, height};
}
function centre(visible) {
  const one = image(), shorter = Math.min(one.naturalWidth, one.naturalHeight), side = visible * shorter;
  return [(one.naturalWidth - side) / 2 / one.naturalWidth, (one.naturalHeight - side) / 2 / one.naturalHeight, visible];
}
const mode = () => (own ? 'own' : (props.value || {}).mode || 'centre');
function draw() {
  const one = image();
  element.hidden = !one || !one.naturalWidth;
  if (element.hidden) { if (cover) cover.hidden = true; return; }
  const holder = one.closest('.image-frame') || one.parentElement;
  if (!cover || cover.parentElement !== holder) build(holder);
  const value = props.value || {}, visible = value.visible || 1;
  if (shown !== one.src) { shown = one.src; own = false; square = null; }
  if (!square || mode() === 'centre') square = centre(visible);
  const whole = mode() === 'whole' || value.squashed;
  const at = placed(), shorter = Math.min(at.width, at.height);
  cover.hidden = whole;
  Object.assign(cover.style, {left: `${at.left}px`, top: `${at.top}px`, width: `${at.width}px`, height: `${at.height}px`});
  Object.assign(box.style, {left: `${100 * square[0]}%`, top: `${100 * square[1]}%`, width: `${square[2] * shorter}px`, height: `${square[2] * shorter}px`});
  const share = (square[2] * shorter) ** 2 / (at.width * at.height);
  box.setAttribute('aria-valuetext', `${Math.round(100 * share)} % of the picture`);
  said.textContent = value.squashed ? 'The model sees the whole picture, squeezed into a square.'
    : whole ? 'The model sees the whole picture; grey fills the margins.'
      : `The model sees ${share > 0.995 ? 'the whole picture' : `the bright square, ${Math.round(100 * share)} % of the picture`}; drag it.`;
  buttons.forEach((button) => {
    button.hidden = Boolean(value.squashed);
    button.setAttribute('aria-pressed', String(button.dataset.mode === mode()));
  });
}
function put(left, top, side) {
  const at = placed(), shorter = Math.min(at.width, at.height);
  side = cut(side, 0.05, 1);
  square = [cut(left, 0, 1 - side * shorter / at.width), cut(top, 0, 1 - side * shorter / at.height), side];
  own = true;
  draw();
}
const send = () => trigger('framed', {mode: mode(), square});
function press(event) {
  const b = box.getBoundingClientRect();
  const sizing = event.clientX > b.right - 18 && event.clientY > b.bottom - 18;
  pressed = {x: event.clientX, y: event.clientY, from: [...square], sizing, moved: false};
  box.setPointerCapture(event.pointerId);
  event.preventDefault();
  event.stopPropagation();
}
function move(event) {
  if (!pressed) return;
  const at = placed(), dx = (event.clientX - pressed.x) / at.width, dy = (event.clientY - pressed.y) / at.height;
  if (!pressed.moved && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < 3) return;
  pressed.moved = true;
  const [left, top, side] = pressed.from;
  if (pressed.sizing) put(left, top, side + Math.max(dx * at.width, dy * at.height) / Math.min(at.width, at.height));
  else put(left + dx, top + dy, side);
}
function release() {
  const moved = pressed && pressed.moved;
  pressed = null;
  if (moved) send();
}
function keyed(event) {
  const step = {ArrowUp: [0, -0.05, 0], ArrowDown: [0, 0.05, 0], ArrowLeft: [-0.05, 0, 0], ArrowRight: [0.05, 0, 0], '+': [0, 0, 0.1], '-': [0, 0, -0.1]}[event.key];
  if (!step) return;
  event.preventDefault();
  put(square[0] + step[0], square[1] + step[1], square[2] + step[2]);
  clearTimeout(resting);
  resting = setTimeout(send, 300);  // of many presses the last one counts
}
buttons.forEach((button) => button.addEventListener('click', () => {
  own = false;
  square = null;
  trigger('framed', {mode: button.dataset.mode, square: null});
}));
watch('value', () => { if ((props.value || {}).mode !== 'own') own = false; draw(); });
function attach() {
  const one = block();
  if (!one) { setTimeout(attach, 50); return; }
  one.addEventListener('load', draw, true);  // an image's load doesn't bubble, but can be captured
  new MutationObserver(draw).observe(one, {childList: true, subtree: true, attributes: true, attributeFilter: ['src']});
  new ResizeObserver(draw).observe(one);
  draw();
}
attach();
