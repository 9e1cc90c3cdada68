// Carries its value to a map's slot; the map is sent once, what changes often comes this way.
const line = element.querySelector('[data-map]'), {map, slot} = line.dataset;
function pass() {
  ((window.rlSlots ??= {})[map] ??= {})[slot] = props.value ? JSON.parse(props.value) : null;
  window.dispatchEvent(new CustomEvent('rl-slot', {detail: {map, slot}}));
}
watch('value', pass);
pass();
