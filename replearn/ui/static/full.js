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
  async function why(answer) {
    let said = '';
    try { said = String((await answer.clone().json()).detail); } catch { /* a proxy's page */ }
    if (said.startsWith('You have')) return `${said} This one is asked again by itself.`; // a visitor's own share
    const before = /size is (\d+)\.?$/.exec(said)?.[1] || 'other';
    return `This page has much to do: ${before} questions come before yours, which is asked again by itself.`;
  }
  window.fetch = async (where, how) => {
    let answer = await ask(where, how);
    if (answer.status !== FULL || !/\/queue\/join/.test(where.url || where)) return answer;
    const began = performance.now();
    waiting += 1;
    try {
      while (answer.status === FULL && performance.now() - began < PATIENCE) {
        say(await why(answer));
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
