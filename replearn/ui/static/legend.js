// Shows [{name, colour, sign}]: the marks of the lines in the figures below.
const list = element.querySelector('.rl-legend');
function draw() {
  list.replaceChildren(...(props.value || []).map(({name, colour, sign}) => {
    const item = document.createElement('li');
    const mark = document.createElement('span');
    mark.textContent = sign;
    mark.style.color = colour;
    mark.setAttribute('aria-hidden', 'true');
    item.append(mark, document.createTextNode(` ${name}`));
    return item;
  }));
}
watch('value', draw);
draw();
