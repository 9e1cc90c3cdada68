// What lies over the dots, on a canvas of its own: pictures, lines to true neighbours, rings, marks.
function projector(holder) {
  const {xaxis: x, yaxis: y} = holder._fullLayout;
  return {
    x: (v) => x._offset + (v - x.range[0]) / (x.range[1] - x.range[0]) * x._length,
    y: (v) => y._offset + (y.range[1] - v) / (y.range[1] - y.range[0]) * y._length,
    box: [x._offset, y._offset, x._length, y._length],
    unit: Math.abs(x._length / (x.range[1] - x.range[0])),  // pixels per unit of the map
  };
}
function cleared(canvas, holder) {
  const ratio = window.devicePixelRatio || 1, {width, height} = holder.getBoundingClientRect();
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
function ring(context, x, y, radius, colour, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}
function paintPictures(context, at, points, place, sheet, ink) {
  const side = Math.max(8, Math.min(96, place.side * at.unit)), half = side / 2;
  const [left, top, width, height] = at.box;
  for (let i = 0; i < points.n; i++) {
    const x = at.x(place.x[i]), y = at.y(place.y[i]);
    if (x < left - side || y < top - side || x > left + width + side || y > top + height + side) continue;
    context.drawImage(sheet.image, (i % sheet.columns) * sheet.tile,
      Math.floor(i / sheet.columns) * sheet.tile, sheet.tile, sheet.tile, x - half, y - half, side, side);
    const colour = ink(i);
    if (colour) {
      context.fillStyle = colour;
      context.fillRect(x - half, y + half - Math.max(2, side / 14), side, Math.max(2, side / 14));
    }
  }
}
function paintLines(context, at, points, place, overlay) {
  const start = points.at.get(overlay.row);
  const other = themeColour('--rl-other', '#c2571a'), accent = themeColour('--rl-accent', '#1f6feb');
  const from = start === undefined ? overlay.from : [place.x[start], place.y[start]];
  context.lineWidth = 1.5;
  for (const row of overlay.near || []) {
    const end = points.at.get(row);
    if (end === undefined) continue;
    const x = at.x(place.x[end]), y = at.y(place.y[end]);
    if (from) {
      context.beginPath();
      context.moveTo(at.x(from[0]), at.y(from[1]));
      context.lineTo(x, y);
      context.strokeStyle = other;
      context.globalAlpha = 0.75;
      context.stroke();
      context.globalAlpha = 1;
    }
    ring(context, x, y, 6, other, 2);
  }
  if (from) ring(context, at.x(from[0]), at.y(from[1]), 8, accent, 3);
}
function paintMark(context, at, mark) {
  const x = at.x(mark.x), y = at.y(mark.y);
  context.beginPath();
  for (let i = 0; i < 10; i++) {
    const radius = i % 2 ? 5 : 11, turn = Math.PI * (i / 5 - 0.5);
    context.lineTo(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
  }
  context.closePath();
  context.fillStyle = themeColour('--rl-accent', '#1f6feb');
  context.fill();
  context.strokeStyle = isDark() ? '#000' : '#fff';
  context.lineWidth = 1.5;
  context.stroke();
  context.font = '600 12px system-ui, sans-serif';
  context.lineWidth = 3;
  context.textAlign = x > at.box[0] + at.box[2] - 120 ? 'right' : 'left';
  const shift = context.textAlign === 'left' ? 14 : -14;
  context.strokeText(mark.text, x + shift, y + 4);
  context.fillStyle = isDark() ? '#fff' : '#111';
  context.fillText(mark.text, x + shift, y + 4);
}
// state: {points, place, colour, overlay, worst, linked, sheet}
function paint(holder, canvas, state) {
  const context = cleared(canvas, holder);
  if (!holder._fullLayout || !holder._fullLayout.xaxis || (state.points.z && !state.place.flat)) return;
  const {points, place} = state, at = projector(holder);
  context.save();
  context.beginPath();
  context.rect(...at.box);
  context.clip();
  if (place.hidden && state.sheet) {
    paintPictures(context, at, points, place, state.sheet, inkOf(state.colour));
  }
  for (const [rows, colour] of [[state.worst, '#cc2f7b'], [state.linked, themeColour('--rl-accent', '#1f6feb')]]) {
    for (const row of rows || []) {
      const i = points.at.get(row);
      if (i !== undefined) ring(context, at.x(place.x[i]), at.y(place.y[i]), 6, colour, 2);
    }
  }
  if (state.overlay) {
    paintLines(context, at, points, place, state.overlay);
    (state.overlay.marks || []).forEach((mark) => paintMark(context, at, mark));
  }
  context.restore();
}
