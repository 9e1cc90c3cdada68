// A figure as one picture: what is seen of it, in its place; its tools and buttons aren't part of it.
window.replearnDrawings = (() => {
  const SHARP = 2, EDGE = 8; // pixels of the file for one of the page; around the figure
  const PLOT = '.js-plotly-plot', ASIDE = '.rl-tools, .rl-code, [hidden], .visually-hidden';
  const LABELS = '.caption-label, th, td'; // of pictures and columns, which may be buttons
  const shows = (one) => one.offsetParent !== null && !one.closest(ASIDE);
  const pressed = (one) => one.closest('button') && !one.closest(LABELS);
  function empty(figure) { // a control's label is no answer
    const drawn = [...figure.querySelectorAll(`${PLOT}, canvas, img`)].filter((one) => one.offsetWidth && one.offsetHeight);
    const said = [...figure.querySelectorAll('p, li, td, .rl-origin span')].filter((one) => one.textContent.trim());
    return ![...drawn, ...said].some(shows);
  }
  const loaded = (source) => new Promise((done, failed) => {
    const one = new Image();
    one.onload = () => done(one);
    one.onerror = failed;
    one.src = source;
  });
  function clipped(one, figure, pen, paint) { // by what cuts it off on the page
    pen.save();
    for (let around = one; around && around !== figure; around = around.parentElement) {
      if (getComputedStyle(around).overflow === 'visible') continue;
      const box = around.getBoundingClientRect();
      pen.beginPath();
      pen.rect(box.left, box.top, box.width, box.height);
      pen.clip();
    }
    paint();
    pen.restore();
  }
  function picture(one, pen) {
    const box = one.getBoundingClientRect(), fit = getComputedStyle(one).objectFit;
    const [width, height] = [one.naturalWidth || one.width, one.naturalHeight || one.height];
    if (!width || !height) return;
    const sides = [box.width / width, box.height / height];
    const scale = {contain: Math.min(...sides), cover: Math.max(...sides)}[fit];
    const [w, h] = scale ? [width * scale, height * scale] : [box.width, box.height];
    pen.beginPath();
    pen.rect(box.left, box.top, box.width, box.height);
    pen.clip();
    pen.drawImage(one, box.left + (box.width - w) / 2, box.top + (box.height - h) / 2, w, h);
  }
  function words(node, pen) {
    const style = getComputedStyle(node.parentElement), range = document.createRange();
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.fillStyle = style.color;
    pen.textBaseline = 'middle';
    for (const word of node.data.matchAll(/\S+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const box = range.getBoundingClientRect();
      if (box.width) pen.fillText(word[0], box.left, box.top + box.height / 2);
    }
  }
  async function paint(figure, pen) {
    const all = document.createTreeWalker(figure, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
      if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
      return shows(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT; // svg has no place of its own
    });
    while (all.nextNode()) {
      const one = all.currentNode;
      if (one.nodeType === Node.TEXT_NODE) {
        const around = one.parentElement;
        if (around.closest(PLOT) || pressed(around)) continue;
        if (one.data.trim()) clipped(around, figure, pen, () => words(one, pen));
      } else if (one.matches(PLOT)) {
        const {offsetWidth: width, offsetHeight: height} = one; // it lets the page shine through
        const drawn = await loaded(await window.Plotly.toImage(one, {format: 'png', scale: SHARP, width, height}));
        const box = one.getBoundingClientRect();
        pen.drawImage(drawn, box.left, box.top, width, height);
      } else if (one.matches('img, canvas')) {
        if (!one.closest(PLOT)) clipped(one.parentElement, figure, pen, () => picture(one, pen));
      } else if (!one.closest(PLOT) && !pressed(one)) {
        const box = one.getBoundingClientRect();
        pen.fillStyle = getComputedStyle(one).backgroundColor;
        clipped(one.parentElement, figure, pen, () => pen.fillRect(box.left, box.top, box.width, box.height));
      }
    }
  }
  async function save(figure) {
    const folded = [...figure.querySelectorAll('[data-rest][aria-expanded=false]')]; // of where it comes from
    folded.forEach((one) => one.click());
    await drawn(figure);
    folded.forEach((one) => one.click());
  }
  async function drawn(figure) {
    const box = figure.getBoundingClientRect(), paper = document.createElement('canvas');
    const tools = figure.querySelector(':scope > .rl-tools');
    const height = (tools ? tools.getBoundingClientRect().top : box.bottom) - box.top;
    paper.width = SHARP * (box.width + 2 * EDGE);
    paper.height = SHARP * (height + 2 * EDGE);
    const pen = paper.getContext('2d');
    pen.fillStyle = getComputedStyle(document.body).backgroundColor;
    pen.fillRect(0, 0, paper.width, paper.height);
    pen.scale(SHARP, SHARP);
    pen.translate(EDGE - box.left, EDGE - box.top);
    await paint(figure, pen);
    const link = document.createElement('a');
    link.href = paper.toDataURL();
    link.download = `${figure.id.replace('figure-', 'replearn-')}.png`;
    link.click();
  }
  return {empty, save};
})();
