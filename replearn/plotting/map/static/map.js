// A map: {x, y, z?, rows?, colour, label, key, linked?} draws; a click triggers point_click, a lasso lasso.
// What changes often comes by slots (see channel.js): pictures, colour, overlay, worst, view.
const root = element.querySelector('.rl-map'), name = root.dataset.map;
const holder = root.querySelector('.rl-canvas'), canvas = root.querySelector('.rl-paint');
const empty = root.querySelector('[data-empty]'), tip = root.querySelector('.rl-tip');
const slots = ((window.rlSlots ??= {})[name] ??= {});
const config = {
  responsive: true, displaylogo: false, scrollZoom: true, displayModeBar: true,
  modeBarButtonsToRemove: ['sendChartToCloud', 'autoScale2d', 'toImage'],
};
const webgl = (() => {
  try { return !!document.createElement('canvas').getContext('webgl'); } catch { return false; }
})();
const sheet = {};
let drawing = Promise.resolve();  // one drawing at a time: Plotly's own steps must not mix
let base = null, bound = false, linked = null, lastSize = '', frame = 0, due = 0, dark = isDark(), pointer = null;
function fresh(slot) { return slot && (slot.key === undefined || slot.key === base.key) ? slot : null; }
function placeOf(points) {
  const view = fresh(slots.view) || {mode: 'dots'};
  const place = {x: points.x, y: points.y, flat: !points.z || !webgl, hidden: view.mode !== 'dots', side: 0};
  if (view.mode === 'grid' && view.x) {
    Object.assign(place, {x: decode(view.x), y: decode(view.y), flat: true, side: 0.94});
  } else if (place.hidden) {
    const wide = (values) => values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
    place.flat = true;
    place.side = 0.9 * Math.sqrt(wide(points.x) * wide(points.y) / points.n);
  }
  return place;
}
function state() {
  const points = pointsOf(base), place = placeOf(points);
  const picturesFit = sheet.image && sheet.image.complete && slots.pictures.key === base.pictures;
  return {
    points, place, linked, colour: fresh(slots.colour) || base.colour,
    overlay: fresh(slots.overlay), worst: (fresh(slots.worst) || {}).rows,
    sheet: picturesFit ? sheet : null,
  };
}
function repaint() {
  if (frame || !base || !holder._fullLayout) return;
  frame = requestAnimationFrame(() => { frame = 0; paint(holder, canvas, state()); });
}
function overlayTraces(found) {  // in space the lines are Plotly's own
  const {points, overlay, worst} = found, lines = {x: [], y: [], z: []};
  if (!points.z || found.place.flat) return [];
  const rings = {x: [], y: [], z: []};
  const start = overlay ? points.at.get(overlay.row) : undefined;
  for (const row of (overlay && overlay.near) || []) {
    const end = points.at.get(row);
    if (end === undefined) continue;
    for (const axis of ['x', 'y', 'z']) {
      if (start !== undefined) lines[axis].push(points[axis][start], points[axis][end], null);
      rings[axis].push(points[axis][end]);
    }
  }
  for (const row of worst || []) {
    const i = points.at.get(row);
    if (i !== undefined) for (const axis of ['x', 'y', 'z']) rings[axis].push(points[axis][i]);
  }
  const colour = themeColour('--rl-other', '#c2571a');
  const made = [
    {...lines, type: 'scatter3d', mode: 'lines', hoverinfo: 'skip', showlegend: false, line: {color: colour, width: 4}},
    {...rings, type: 'scatter3d', mode: 'markers', hoverinfo: 'skip', showlegend: false,
      marker: {size: 7, color: 'rgba(0,0,0,0)', line: {color: colour, width: 2}, symbol: 'circle-open'}},
  ];
  for (const mark of (overlay && overlay.marks) || []) {
    made.push({type: 'scatter3d', mode: 'markers+text', x: [mark.x], y: [mark.y], z: [mark.z], text: [mark.text.replace(/</g, '&lt;')],
      hoverinfo: 'skip', showlegend: false, marker: {size: 8, symbol: 'diamond', color: themeColour('--rl-accent', '#1f6feb')}});
  }
  return made;
}
function layoutOf(found) {
  const view = (fresh(slots.view) || {}).mode === 'grid' ? 'grid' : 'map';
  const hidden = {visible: false, showgrid: false, zeroline: false};
  return {
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    font: {color: themeColour('--body-text-color', '#333'), size: 12},
    xaxis: hidden, yaxis: {...hidden, scaleanchor: 'x'},
    scene: {xaxis: {visible: false}, yaxis: {visible: false}, zaxis: {visible: false}},
    margin: {l: 4, r: 4, t: 30, b: 4}, modebar: {bgcolor: 'rgba(0,0,0,0)', color: '#8b949e', activecolor: themeColour('--rl-accent', '#1f6feb')},
    showlegend: !!(found.colour && found.colour.names.length),
    legend: {orientation: 'h', y: -0.02, itemsizing: 'constant'},
    dragmode: found.points.z && !found.place.flat ? 'orbit' : 'pan', uirevision: `${base.key}-${view}`,
  };
}
function legendSpace(colour) {  // on a phone the legend's lines would take the map's own room
  return root.offsetWidth < 500 && colour ? 20 * Math.ceil(colour.names.length / 2) : 0;
}
async function draw() {
  if (!base) return;
  if (!window.Plotly || !root.offsetParent) return;  // hidden: the observer draws it when it is shown
  const found = state();
  empty.hidden = webgl || !found.points.z;
  if (!empty.hidden) empty.textContent = 'This browser draws no 3-D (no WebGL): these are the first two of three dimensions.';
  const side = Math.min(base.height || 600, Math.max(320, root.offsetWidth * 1.1));
  holder.style.height = `${side + legendSpace(found.colour)}px`;  // for a resize that Plotly makes itself
  const traces = [...tracesOf(found.points, found.place, found.colour, webgl), ...overlayTraces(found)];
  await window.Plotly.react(holder, traces, layoutOf(found), config);
  root.querySelector('.rl-stage').setAttribute('aria-label', base.label || 'map');
  if (!bound) bind();
  repaint();
}
function bind() {
  bound = true;
  holder.on('plotly_click', (event) => {
    const i = event.points[0].customdata;
    if (i !== undefined) select(rowOf(pointsOf(base), i));
  });
  holder.addEventListener('mousemove', (event) => { pointer = event; }, true);
  holder.on('plotly_hover', hover);
  holder.on('plotly_unhover', () => { tip.hidden = true; });
  holder.on('plotly_selected', (event) => {
    if (!event || !event.points) return;
    const points = pointsOf(base);
    const rows = event.points.filter((p) => p.customdata !== undefined).map((p) => rowOf(points, p.customdata));
    trigger('lasso', {rows});
    tell(rows);
  });
  for (const moved of ['plotly_relayout', 'plotly_relayouting', 'plotly_afterplot']) holder.on(moved, repaint);
}
function select(row) {
  trigger('point_click', {index: row});
  tell([row]);
}
function tell(rows) {
  const group = base.linked;
  if (group) window.dispatchEvent(new CustomEvent('rl-linked', {detail: {from: name, group, rows}}));
}
function hover(event) {
  const i = event.points[0].customdata, pictures = slots.pictures;
  if (i === undefined || !pictures || pictures.key !== base.pictures) return;
  const context = tip.querySelector('canvas').getContext('2d');
  tip.querySelector('canvas').hidden = !sheet.image;
  if (sheet.image && sheet.image.complete) {
    context.drawImage(sheet.image, (i % sheet.columns) * sheet.tile, Math.floor(i / sheet.columns) * sheet.tile,
      sheet.tile, sheet.tile, 0, 0, 96, 96);
  }
  tip.querySelector('span').textContent = pictures.captions[i];
  if (!event.event && !pointer) return;
  tip.hidden = false;
  const box = root.getBoundingClientRect(), at = event.event || pointer;  // in 3-D Plotly tells no place
  tip.style.left = `${Math.max(0, Math.min(at.clientX - box.left + 14, box.width - 200))}px`;
  tip.style.top = `${at.clientY - box.top + 14}px`;
}
function takePictures() {
  const pictures = slots.pictures;
  if (!pictures || (sheet.src === pictures.src)) return;
  Object.assign(sheet, {src: pictures.src, tile: pictures.tile, columns: pictures.columns, image: null});
  if (!pictures.src) return;
  sheet.image = new Image();
  sheet.image.onload = repaint;
  sheet.image.src = pictures.src;
}
function take() {  // as text, and parsed once: Gradio wraps what it holds, and reading that is slow
  base = props.value ? JSON.parse(props.value) : null;
  if (!bound) empty.hidden = !base; // where nothing is to be drawn, nothing is awaited
  // a colouring of another map would come back with that map, unasked
  if (base && slots.colour && slots.colour.key !== base.key) slots.colour = null;
  start();
}
function start() {  // several reasons to draw within one frame are one
  if (!window.Plotly) { setTimeout(start, 50); return; }
  due ||= requestAnimationFrame(() => { due = 0; drawing = drawing.then(draw).catch(failed); });
}
function failed(error) {  // said where the map would be; the next change tries again
  console.error(error);
  empty.hidden = false;
  empty.textContent = 'The map could not be drawn; choose it again, or reload the page.';
}
watch('value', take);
window.addEventListener('rl-slot', (event) => {
  if (event.detail.map !== name || !element.isConnected) return;
  takePictures();
  const cheap = ['pictures', 'overlay', 'worst'].includes(event.detail.slot);
  if (cheap && base && !base.z) repaint(); else start();
});
window.addEventListener('rl-linked', (event) => {
  if (!base || event.detail.from === name || event.detail.group !== base.linked) return;
  linked = event.detail.rows;
  repaint();
});
new ResizeObserver(() => {
  const size = `${root.offsetWidth}`;
  if (size !== lastSize && root.offsetWidth) { lastSize = size; start(); }
}).observe(element);
new MutationObserver(() => { if (dark !== isDark()) { dark = isDark(); start(); } }).observe(document.body, {attributes: true, attributeFilter: ['class']});
takePictures();
take();
