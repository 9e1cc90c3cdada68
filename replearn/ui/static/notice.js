// Shows one sentence next to the input that caused it; textContent only.
const line = element.querySelector('p');
function draw() { line.textContent = props.value || ''; line.hidden = !props.value; }
watch('value', draw);
draw();
