// Shows {text, query}: where a figure comes from, and a link that brings the same settings back.
const text = element.querySelector('[data-text]');
const link = element.querySelector('button');
function draw() {
  const value = props.value || {};
  text.textContent = value.text || '';
  link.hidden = !value.query;
}
link.addEventListener('click', async () => {
  const address = `${location.origin}${location.pathname}?${props.value.query}`;
  try { await navigator.clipboard.writeText(address); link.textContent = 'copied'; }
  catch { link.textContent = address; }
  setTimeout(() => { link.textContent = 'copy link'; }, 4000);
});
watch('value', draw);
draw();
