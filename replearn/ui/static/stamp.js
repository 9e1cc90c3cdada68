// Shows {text, query}: where a figure comes from, in one line with the rest behind it, and a link
// that brings the same settings back.
const ENDS = 2; // parts at the beginning that are always seen, as the last one is
const text = element.querySelector('[data-text]');
const rest = element.querySelector('[data-rest]');
const link = element.querySelector('[data-link]');
let open = false;
function draw() {
  const value = props.value || {}, parts = (value.text || '').split(' | ');
  text.replaceChildren(...parts.map((part, place) => {
    const one = document.createElement('span');
    one.textContent = (place ? ' | ' : '') + part;
    one.hidden = !open && place >= ENDS && place < parts.length - 1;
    return one;
  }));
  rest.hidden = parts.length <= ENDS + 1;
  rest.textContent = open ? 'less' : '…';
  rest.setAttribute('aria-expanded', String(open));
  link.hidden = !value.query;
}
rest.addEventListener('click', () => { open = !open; draw(); });
link.addEventListener('click', async () => {
  const address = `${location.origin}${location.pathname}?${props.value.query}`;
  try { await navigator.clipboard.writeText(address); link.textContent = 'copied'; }
  catch { link.textContent = address; }
  setTimeout(() => { link.textContent = 'copy link'; }, 4000);
});
watch('value', draw);
draw();
