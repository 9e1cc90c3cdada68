// Shows [{text, page}]: what to try; a click brings the page there.
const line = element.querySelector('.rl-try');
function draw() {
  const steps = (props.value || []).map(({text, page}) => {
    const one = document.createElement('button');
    one.type = 'button';
    one.className = 'rl-link';
    one.textContent = text;
    one.addEventListener('click', () => replearnLinks.restore(`?${page}`));
    return one;
  });
  line.replaceChildren('Try: ', ...steps);
}
watch('value', draw);
draw();
