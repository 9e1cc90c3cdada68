// Plays {runs, colours, loss_range, step, cosine_step}: of each run the map, the cosines and the curve,
// round by round, all of them at the same round.
const root = element.querySelector('.rl-recording');
const slider = root.querySelector('input'), button = root.querySelector('button');
const at = root.querySelector('.rl-recording-round'), runs = root.querySelector('.rl-recording-runs');
const FRAME = 180; // milliseconds a round
const GAP = 14; // pixels between the curve and its box
const VIRIDIS = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
let value = null, drawn = null, shown = [], timer = 0, last = 0;

const whole = (text) => new Int8Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
function made(kind, className, text) {
  const node = document.createElement(kind);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
function canvas(label, className) {
  const node = made('canvas', className);
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', label);
  return node;
}
function pen(node) { // at the screen's own resolution
  const box = node.getBoundingClientRect(), scale = window.devicePixelRatio || 1;
  const width = Math.round(box.width * scale), height = Math.round(box.height * scale);
  if (node.width !== width || node.height !== height) { node.width = width; node.height = height; }
  const context = node.getContext('2d');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, box.width, box.height);
  return {context, width: box.width, height: box.height};
}
const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
function viridis(share) {
  const place = Math.max(0, Math.min(1, share)) * (VIRIDIS.length - 1), low = Math.min(VIRIDIS.length - 2, Math.floor(place));
  return VIRIDIS[low].map((from, i) => Math.round(from + (VIRIDIS[low + 1][i] - from) * (place - low)));
}
const paint = (place) => value.colours[place % value.colours.length];

function drawMap(run, round) {
  const {context, width, height} = pen(run.map), side = Math.min(width, height) / 2.5, count = run.places.length;
  for (let i = 0; i < count; i += 1) {
    const base = 2 * (round * count + i);
    context.fillStyle = paint(run.places[i]);
    context.beginPath();
    context.arc(width / 2 + run.points[base] * value.step * side, height / 2 - run.points[base + 1] * value.step * side, 3.2, 0, 7);
    context.fill();
  }
}
function drawCosines(run, round) {
  const {context, width} = pen(run.matrix), m = run.compared.length, edge = 6, cell = (width - edge) / m;
  for (let row = 0; row < m; row += 1) {
    for (let column = 0; column < m; column += 1) {
      const cosine = run.cosines[(round * m + row) * m + column] * value.cosine_step;
      context.fillStyle = `rgb(${viridis((cosine + 1) / 2)})`;
      context.fillRect(edge + column * cell, edge + row * cell, cell + 0.5, cell + 0.5);
    }
    context.fillStyle = paint(run.compared[row]); // the classes, along both edges
    context.fillRect(0, edge + row * cell, edge - 2, cell + 0.5);
    context.fillRect(edge + row * cell, 0, cell + 0.5, edge - 2);
  }
}
function drawCurve(run, round) {
  const {context, width, height} = pen(run.curve), [low, high] = value.loss_range;
  const x = (i) => GAP + (width - 2 * GAP) * (run.rounds[i] / last || 0);
  const place = (share) => height - GAP - (height - 2 * GAP) * share;
  const line = (values, share, ink) => {
    context.strokeStyle = ink;
    context.lineWidth = 2;
    context.beginPath();
    let begun = false;
    values.forEach((one, i) => {
      if (one === null) return;
      context[begun ? 'lineTo' : 'moveTo'](x(i), place(share(one)));
      begun = true;
    });
    context.stroke();
  };
  context.strokeStyle = colour('--border-color-primary');
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(GAP, place(0));
  context.lineTo(width - GAP, place(0));
  context.stroke();
  line(run.losses, (one) => (one - low) / (high - low || 1), colour('--rl-bar'));
  line(run.knn, (one) => one, colour('--rl-accent'));
  context.strokeStyle = colour('--rl-other');
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x(round), GAP / 2);
  context.lineTo(x(round), height - GAP / 2);
  context.stroke();
}
const two = (number) => (number === null ? 'none' : number.toFixed(2));
function show() {
  const round = Number(slider.value);
  at.textContent = `round ${round} of ${last}`;
  for (const run of shown) {
    const own = Math.min(round, run.rounds.length - 1);
    drawMap(run, own);
    drawCosines(run, own);
    drawCurve(run, own);
    const accuracy = run.accuracies[own] && `kNN ${run.accuracies[own]}`;
    run.said.textContent = [own ? `loss ${two(run.losses[own])}` : 'before training', accuracy].filter(Boolean).join(', ');
  }
}
function build() {
  shown = value.runs.map((run) => {
    const part = made('section', 'rl-recording-run'), pictures = made('div', 'rl-recording-pictures');
    const one = {...run, points: whole(run.points), cosines: whole(run.cosines), said: made('p', 'rl-recording-said')};
    one.map = canvas(`map of the test pictures, ${run.title}`, 'rl-recording-map');
    one.matrix = canvas(`cosines among ${run.compared.length} test pictures, ${run.title}`, 'rl-recording-matrix');
    one.curve = canvas(`loss and accuracy by neighbours, ${run.title}`, 'rl-recording-curve');
    pictures.append(one.map, one.matrix);
    const classes = made('p', 'rl-recording-classes');
    run.classes.slice(0, value.colours.length).forEach((name, place) => {
      const dot = made('i');
      dot.style.background = paint(place);
      const entry = made('span');
      entry.append(dot, name);
      classes.append(entry);
    });
    part.append(made('p', 'rl-recording-title', run.title), one.said, pictures, classes, one.curve);
    return one;
  });
  last = Math.max(...shown.map((run) => run.rounds.length - 1));
  slider.max = last;
  slider.value = last;
  runs.replaceChildren(...shown.map((run) => run.map.closest('section')));
  root.querySelector('.rl-recording-scale').textContent = 'Cosine from -1 (dark) over 0 (green) to 1 (yellow). Below: the loss (grey; both runs on one scale) and the accuracy by neighbours (blue, 0 to 1).';
}
function pause() {
  clearInterval(timer);
  timer = 0;
  button.textContent = 'play';
}
function step() {
  if (!element.isConnected || Number(slider.value) >= last) { pause(); return; }
  slider.value = Number(slider.value) + 1;
  show();
}
button.addEventListener('click', () => {
  if (timer) { pause(); return; }
  if (Number(slider.value) >= last) slider.value = 0; // from the beginning
  show();
  button.textContent = 'pause';
  timer = setInterval(step, FRAME);
});
slider.addEventListener('input', () => { pause(); show(); });
function draw() {
  value = props.value;
  root.hidden = !value;
  if (!value || !root.offsetParent) return; // hidden: the observer draws it when it is shown
  if (value !== drawn) { pause(); drawn = value; build(); }
  show();
}
watch('value', draw);
new ResizeObserver(draw).observe(element);
new MutationObserver(draw).observe(document.body, {attributes: true, attributeFilter: ['class']});
draw();
