// From packed numbers to Plotly traces: colours live in the browser, so that a map is sent once.
const KINDS = {f4: Float32Array, i4: Int32Array};
function decode(packed) {
  if (!packed) return null;
  const text = atob(packed.bdata), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new KINDS[packed.dtype](bytes.buffer);
}
const opened = new WeakMap();
function pointsOf(base) {
  if (!opened.has(base)) {
    const found = {x: decode(base.x), y: decode(base.y), z: decode(base.z), rows: decode(base.rows)};
    found.n = found.x.length;
    found.at = new Map();  // row of the table -> point of the map
    for (let i = 0; i < found.n; i++) found.at.set(found.rows ? found.rows[i] : i, i);
    opened.set(base, found);
  }
  return opened.get(base);
}
const rowOf = (points, i) => (points.rows ? points.rows[i] : i);
const themeColour = (name, other) =>
  getComputedStyle(document.body).getPropertyValue(name).trim() || other;
const isDark = () => document.body.classList.contains('dark');
// lightness runs one way in both themes, so that the scale reads in grey print
const scale = () => (isDark()
  ? [[0, '#3b4653'], [0.5, '#b5622d'], [1, '#ffe9c2']]
  : [[0, '#dde2e8'], [0.5, '#e58a4a'], [1, '#6b1c05']]);
function picked(values, chosen) {
  const out = new Float32Array(chosen.length);
  for (let i = 0; i < chosen.length; i++) out[i] = values[chosen[i]];
  return out;
}
function trace(points, place, chosen, marker, name, gl) {
  const flat = !points.z || place.flat;
  const one = {
    type: flat ? (gl ? 'scattergl' : 'scatter') : 'scatter3d', mode: 'markers', name,
    x: picked(place.x, chosen), y: picked(place.y, chosen), customdata: chosen,
    hoverinfo: 'none', marker,
  };
  if (!flat) one.z = picked(points.z, chosen);
  return one;
}
function sizeOf(n, flat) {
  const size = n > 8000 ? 3 : n > 3000 ? 4 : 6;
  return flat ? size : Math.max(2, size - 2);
}
// the traces of a map: one per category, or one with a colour bar
function tracesOf(points, place, colour, gl) {
  const marker = {size: sizeOf(points.n, !points.z || place.flat), opacity: 0.8};
  const values = colour ? decode(colour.values) : null;
  const all = [...Array(points.n).keys()];
  if (!values || values.length !== points.n) {
    return [trace(points, place, all, {...marker, color: '#8b949e'}, '', gl)];
  }
  if (colour.names.length) {
    return colour.names.map((name, code) => {
      const chosen = all.filter((i) => values[i] === code);
      return trace(points, place, chosen, {...marker, color: colour.colours[code]}, name, gl);
    }).filter((one) => one.customdata.length);
  }
  const chosen = all.sort((a, b) => values[a] - values[b]);  // the highest lie on top
  return [trace(points, place, chosen, {
    ...marker, color: picked(values, chosen), colorscale: scale(), showscale: true,
    cmin: colour.range[0], cmax: colour.range[1],
    colorbar: {title: {text: colour.title, side: 'right'}, thickness: 10, len: 0.6},
  }, '', gl)];
}
// the colour of one point, for the frames of pictures
function inkOf(colour) {
  const values = colour ? decode(colour.values) : null;
  if (!values) return () => null;
  if (colour.names.length) return (i) => colour.colours[values[i]];
  const ends = scale(), [low, high] = colour.range;
  const rgb = ends.map(([, hex]) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return (i) => {
    const t = Math.max(0, Math.min(1, (values[i] - low) / (high - low || 1))) * 2;
    const k = t < 1 ? 0 : 1, f = t - k;
    return `rgb(${rgb[k].map((c, at) => Math.round(c + f * (rgb[k + 1][at] - c))).join(',')})`;
  };
}
