// The page handed round: colours, names and neighbours without a server.
const byName = (id) => document.getElementById(id);
const bytes = Uint8Array.from(atob(DATA.near.bdata), (c) => c.charCodeAt(0));
const NEAR = new Int32Array(bytes.buffer), K = DATA.near.k;
const captions = DATA.pictures.captions;
const sheetImage = new Image();
sheetImage.src = DATA.pictures.src;
DATA.colours.forEach((colour, i) => byName('by').append(new Option(colour.title, i)));
byName('by').addEventListener('change', (e) => put('colour', DATA.colours[e.target.value]));
byName('view').addEventListener('change', (e) => put('view', {mode: e.target.value}));
byName('view').parentElement.hidden = !DATA.pictures.src;
byName('stamp').textContent = DATA.stamp;
byName('kept').textContent = Object.entries(DATA.preservation).map(([k, v]) => `${k} ${v.toFixed(2)}`).join(' · ');
function show(rows, said) {
  byName('said').textContent = said;
  byName('near').replaceChildren(...rows.map((row) => {
    const item = document.createElement('li'), canvas = document.createElement('canvas');
    const {tile, columns} = DATA.pictures;
    canvas.width = canvas.height = tile;
    if (DATA.pictures.src) {
      const paint = () => canvas.getContext('2d').drawImage(
        sheetImage, (row % columns) * tile, Math.floor(row / columns) * tile, tile, tile, 0, 0, tile, tile);
      if (sheetImage.complete) paint(); else sheetImage.addEventListener('load', paint);
      item.append(canvas);
    }
    item.append(captions[row]);
    return item;
  }));
}
function choose(row) {
  const near = [...NEAR.slice(row * K, row * K + K)];
  put('overlay', {key: 'map', row, near, marks: []});
  show(near, `The ${K} nearest to “${captions[row]}” in the full space, nearest first:`);
}
told.point_click = ({index}) => choose(index);
told.lasso = ({rows}) => show(rows.slice(0, 60), `${rows.length} selected:`);
byName('find').addEventListener('change', (e) => {
  const wanted = e.target.value.trim().toLowerCase();
  const exact = captions.findIndex((name) => name.toLowerCase() === wanted);
  const row = exact >= 0 ? exact : captions.findIndex((name) => name.toLowerCase().includes(wanted));
  if (wanted && row >= 0) choose(row); else byName('said').textContent = `Nothing here is called “${e.target.value}”.`;
});
document.querySelector('form').addEventListener('submit', (e) => e.preventDefault());
