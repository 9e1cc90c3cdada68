// Lessons beside the page: {shelf, lesson}. A step brings the page into its state; a question is
// answered before its answer is shown. Where one is stays in this browser. Text by textContent only.
const box = element.querySelector('[data-lesson]');
const said = element.querySelector('[data-said]'); // stands there before it says something, else nobody hears it
const KEY = 'replearn-lessons';
const ME = 'replearn-learner';
let shelf = [], lesson = null, counted = false, drawn = ''; // counted: a teacher counts the answers

function kept() {
  try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
}
function keep(name, place) {
  try { localStorage.setItem(KEY, JSON.stringify({...kept(), [name]: place})); } catch { /* private window */ }
}
const placeOf = (name) => ({step: 0, answers: {}, ...kept()[name]});

function learner() { // a number that this browser drew for itself: an answer counts once
  if (!drawn) {
    drawn = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    try { drawn = localStorage.getItem(ME) || drawn; localStorage.setItem(ME, drawn); } catch { /* private window */ }
  }
  return drawn;
}
function tell() { // all answers to this lesson: what was counted before is left out there
  const {answers} = placeOf(lesson.name);
  if (counted && Object.keys(answers).length) trigger('lesson_answered', {name: lesson.name, learner: learner(), answers});
}

function made(kind, className, text) {
  const node = document.createElement(kind);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
function button(text, className, act) {
  const node = made('button', className, text);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
}
function paragraph(kind, spans, className) {
  const node = made(kind, className);
  for (const [what, text, to] of spans) {
    if (['strong', 'em', 'code'].includes(what)) node.append(made(what, '', text));
    else if (what === 'link') {
      const link = made('a', '', text);
      link.href = to;
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      node.append(link);
    } else if (what === 'claim') {
      const claim = made('span', 'rl-claim', text);
      claim.title = `measured: ${to}`;
      node.append(claim);
    } else node.append(text);
  }
  return node;
}
function heading(kind, text) { // what is read first where a keyboard arrives
  const node = made(kind, '', text);
  node.tabIndex = -1;
  return node;
}
const arrive = (kind) => box.querySelector(kind)?.focus();
const show = (page) => { if (page) replearnLinks.restore(`?${page}`); };
function opened(open) { // the panel, and the room that the page leaves it
  document.getElementById('lessons').classList.toggle('rl-open', open);
  const page = document.querySelector('main').style, beside = window.matchMedia('(min-width: 1101px)').matches;
  page.paddingRight = open && beside ? '370px' : '';
  page.marginLeft = open && beside ? '0' : '';
  page.paddingBottom = open && !beside ? '48vh' : '';
  box.hidden = !open;
}
function close() {
  opened(false);
  document.getElementById('lessons-button')?.focus();
}
function bar(...left) {
  const top = made('div', 'rl-lesson-bar');
  const end = button('close', 'rl-link', close);
  top.append(...left, end);
  return top;
}

function drawShelf() {
  const list = made('ol', 'rl-shelf');
  for (const one of shelf) {
    const place = placeOf(one.name), entry = made('li');
    const far = place.done ? 'done' : (place.step || Object.keys(place.answers).length) ? `at step ${place.step + 1} of ${one.steps}` : `${one.minutes} minutes`;
    entry.append(button(one.title, 'rl-lesson-open', () => trigger('lesson_opened', {name: one.name})), made('small', '', far));
    list.append(entry);
  }
  const about = made('p', 'rl-soft', 'Each step brings the page into a state; questions come before answers. Your place is kept in this browser.' + (counted ? ' Your teacher sees how many chose which answer, and no names.' : ''));
  box.replaceChildren(bar(heading('h2', 'Lessons')), about, list);
}
function leave() {
  lesson = null;
  drawShelf();
  arrive('h2');
}
function go(step, bring) {
  keep(lesson.name, {...placeOf(lesson.name), step});
  drawLesson();
  if (bring) show(lesson.steps[step].page);
  box.scrollTop = 0;
  arrive('h3');
}
function drawQuiz(quiz, step) {
  const part = made('div', 'rl-quiz'), asked = paragraph('p', quiz.text, 'rl-asked');
  asked.id = 'lesson-question';
  part.setAttribute('role', 'group');
  part.setAttribute('aria-labelledby', asked.id);
  part.append(asked);
  const chosen = placeOf(lesson.name).answers[step];
  quiz.choices.forEach((choice, index) => {
    const one = button('', 'rl-choice', () => {
      const place = placeOf(lesson.name);
      if (place.answers[step] !== undefined) return; // the first answer counts
      keep(lesson.name, {...place, answers: {...place.answers, [step]: index}});
      tell();
      drawLesson();
      box.querySelectorAll('.rl-choice')[index].focus();
      const why = [...box.querySelectorAll('.rl-why p')].map((part) => part.textContent);
      said.textContent = [choice.right ? 'Right.' : 'Not right.', ...why].join(' ');
      show(quiz.page);
    });
    one.append(paragraph('span', choice.text));
    if (chosen !== undefined) {
      one.setAttribute('aria-disabled', 'true');
      one.setAttribute('aria-pressed', String(index === chosen));
      if (choice.right) one.append(made('b', 'rl-right', ' ✓ right'));
      else if (index === chosen) one.append(made('b', 'rl-wrong', ' ✗ your answer'));
    }
    part.append(one);
  });
  if (chosen !== undefined) {
    const why = made('div', 'rl-why');
    why.append(...quiz.why.map((text) => paragraph('p', text)));
    if (quiz.page) why.append(button('show it', 'rl-link', () => show(quiz.page)));
    part.append(why);
  }
  return part;
}
function drawLesson() {
  const place = placeOf(lesson.name), step = Math.min(place.step, lesson.steps.length - 1), one = lesson.steps[step];
  const title = heading('h3', one.title);
  said.textContent = '';
  const print = made('a', 'rl-link', 'print');
  print.href = new URL(`lessons/${encodeURIComponent(lesson.name)}/print`, document.baseURI).href;
  print.target = '_blank';
  print.rel = 'noopener';
  const parts = [bar(button('‹ all lessons', 'rl-link', leave), print), heading('h2', lesson.title)];
  if (step === 0 && lesson.outcomes.length) {
    const list = made('ul', 'rl-outcomes');
    list.append(...lesson.outcomes.map((text) => paragraph('li', text)));
    parts.push(made('p', 'rl-soft', 'After it you can'), list);
  }
  parts.push(title, ...one.text.map((text) => paragraph('p', text)));
  if (one.page) parts.push(button('bring the page here', 'rl-show', () => show(one.page)));
  if (one.quiz) parts.push(drawQuiz(one.quiz, step));
  const foot = made('div', 'rl-lesson-foot');
  const back = button('back', '', () => go(step - 1, true));
  back.disabled = step === 0;
  const last = step === lesson.steps.length - 1;
  const next = button(last ? 'finish' : 'next', 'rl-next', () => {
    if (!last) { go(step + 1, true); return; }
    keep(lesson.name, {...placeOf(lesson.name), step: 0, done: true});
    leave();
  });
  foot.append(back, made('span', 'rl-soft', `step ${step + 1} of ${lesson.steps.length}`), next);
  box.replaceChildren(...parts, foot);
}
function draw() { if (lesson) drawLesson(); else drawShelf(); }
watch('value', () => {
  const value = props.value;
  if (!value) return;
  if (value.shelf) { shelf = value.shelf; counted = value.counted; }
  if (value.lesson) { lesson = value.lesson; tell(); }
  opened(true);
  draw();
  if (value.lesson) show(lesson.steps[Math.min(placeOf(lesson.name).step, lesson.steps.length - 1)].page);
  arrive('h2');
});
