// Shows {text}: where a figure comes from, in one line with the rest behind it.
const ENDS = 2; // parts at the beginning that are always seen, as the last one is
const text = element.querySelector('[data-text]');
const rest = element.querySelector('[data-rest]');
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
}
rest.addEventListener('click', () => { open = !open; draw(); });
watch('value', draw);
draw();
