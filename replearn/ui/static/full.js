// A queue that is full takes a question later: it is asked again until it is taken, and a line says
// what it waits for.
(() => {
  const FULL = 503, AGAIN = 2000, PATIENCE = 300000; // HTTP status; milliseconds
  const ask = window.fetch;
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  let waiting = 0;

  function say(text) {
    let line = document.getElementById('full');
    if (!line) {
      line = document.createElement('p');
      line.id = 'full';
      line.setAttribute('role', 'status');
      (document.querySelector('.gradio-container') || document.body).append(line);
    }
    line.textContent = text;
    line.hidden = !text;
  }
  async function before(answer) { // how many questions come first
    try { return /size is (\d+)\.?$/.exec((await answer.clone().json()).detail)?.[1] || 'other'; } catch { return 'other'; }
  }
  window.fetch = async (where, how) => {
    let answer = await ask(where, how);
    if (answer.status !== FULL || !/\/queue\/join/.test(where.url || where)) return answer;
    const began = performance.now();
    waiting += 1;
    try {
      while (answer.status === FULL && performance.now() - began < PATIENCE) {
        say(`This page has much to do: ${await before(answer)} questions come before yours, which is asked again by itself.`);
        await pause(AGAIN * (1 + Math.random())); // a class doesn't ask again in one moment
        answer = await ask(where, how);
      }
    } finally { // the network may go meanwhile
      waiting -= 1;
      if (!waiting) say('');
    }
    return answer;
  };
})();
