// Draws {traces, layout, sprite, label}; a click on a point triggers point_click with its customdata.
const holder = element.querySelector('.rl-canvas');
const empty = element.querySelector('[data-empty]');
const tip = element.querySelector('.rl-tip');
const config = {
  responsive: true, displaylogo: false, scrollZoom: true,
  modeBarButtonsToRemove: ['sendChartToCloud', 'select2d', 'lasso2d', 'autoScale2d'],
};
let sprite = null, bound = false, lastSize = '';
const hasWebGl = (() => {
  try { return !!document.createElement('canvas').getContext('webgl'); } catch { return false; }
})();
const colour = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
function themed(layout) {
  const ink = colour('--body-text-color') || '#333', line = colour('--border-color-primary') || '#ddd';
  const axis = (a) => ({gridcolor: line, zerolinecolor: line, linecolor: line, ...a});
  return {
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', font: {color: ink, size: 12},
    margin: {l: 48, r: 12, t: 12, b: 44}, ...layout,
    xaxis: axis(layout.xaxis), yaxis: axis(layout.yaxis),
  };
}
function fitted(trace) {
  if (trace.type === 'scattergl' && !hasWebGl) return {...trace, type: 'scatter'};
  // numbers in cells narrower than two digits only smear; hovering still tells them
  const narrow = trace.texttemplate && trace.x && holder.clientWidth / trace.x.length < 18;
  return narrow ? {...trace, texttemplate: ''} : trace;
}
function hover(event) {
  const point = event.points[0];
  if (!sprite || point.customdata === undefined) return;
  const index = point.customdata, {tile, columns} = props.value.sprite;
  const context = tip.querySelector('canvas').getContext('2d');
  context.drawImage(sprite, (index % columns) * tile, Math.floor(index / columns) * tile, tile, tile, 0, 0, 72, 72);
  tip.querySelector('span').textContent = props.value.sprite.captions[index];
  tip.hidden = false;
  const box = holder.getBoundingClientRect();
  tip.style.left = `${Math.min(event.event.clientX - box.left + 14, box.width - 170)}px`;
  tip.style.top = `${event.event.clientY - box.top + 14}px`;
}
async function draw() {
  const value = props.value;
  if (!value || !value.traces || !value.traces.length) {
    empty.hidden = true;
    if (bound) { window.Plotly.purge(holder); holder.style.height = ''; bound = false; }
    return;
  }
  if (!window.Plotly) return;
  if (!holder.offsetParent) return;  // hidden: the observer draws it when it is shown
  empty.hidden = true;
  const traces = value.traces.map(fitted);
  const layout = themed(value.layout || {});
  holder.style.height = layout.height ? `${layout.height}px` : '';  // for a resize that Plotly makes itself
  await window.Plotly.react(holder, traces, layout, config);
  element.querySelector('.rl-plot').setAttribute('aria-label', value.label || 'plot');
  if (value.sprite && (!sprite || sprite.dataset.src !== value.sprite.src)) {
    sprite = new Image();
    sprite.dataset.src = value.sprite.src;
    sprite.src = value.sprite.src;
  }
  if (!bound) {
    bound = true;
    holder.on('plotly_click', (e) => {
      if (e.points[0].customdata !== undefined) trigger('point_click', {index: e.points[0].customdata});
    });
    holder.on('plotly_hover', hover);
    holder.on('plotly_unhover', () => { tip.hidden = true; });
  }
}
function start() {
  if (window.Plotly) { draw(); return; }
  empty.hidden = !props.value?.traces?.length; // where nothing is to be drawn, nothing is awaited
  setTimeout(start, 50);
}
watch('value', start);
new ResizeObserver(() => {
  const size = `${holder.offsetWidth}`;
  if (size !== lastSize && holder.offsetWidth) { lastSize = size; start(); }
}).observe(element);
new MutationObserver(start).observe(document.body, {attributes: true, attributeFilter: ['class']});
start();
