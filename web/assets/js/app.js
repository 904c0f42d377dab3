// Enhancements only. Every page reads and every form is sent without this file.

const typing = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));

/** `/` moves to the search box, unless the person types or composes (Telex, VNI). */
function searchKey() {
  const box = document.querySelector('#tim');
  if (!box || document.documentElement.dataset.shortcuts === 'off') return;
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

/** Buttons that need a script stay hidden without one. */
function buttons() {
  for (const button of document.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
  if (!navigator.clipboard) return;
  const status = document.querySelector('#thong-bao');
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
      if (status) status.textContent = status.dataset.linkCopied;
    });
  }
  for (const button of document.querySelectorAll('button[data-copy-text]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copyText);
      if (status) status.textContent = status.dataset.textCopied;
    });
  }
}

/** Moves to the error summary; without a script the same list stands at the top of the page. */
function errors() {
  document.querySelector('[data-focus]')?.focus();
}

/** A second press of the same button does not send the form again; the server refuses it as well. A form that
 * gives a file leaves the page as it is and may be sent again. */
function once() {
  for (const form of document.querySelectorAll('form[method="post"]:not([data-file])')) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = 'yes';
    });
  }
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  });
}

/** A file may also be dropped on its field. */
function drops() {
  for (const input of document.querySelectorAll('input[type="file"]')) {
    const field = input.closest('.field');
    if (!field) continue;
    const says = document.createElement('span');
    says.className = 'hint';
    says.textContent = input.dataset.drop;
    field.append(says);
    field.classList.add('drop');
    const over = (is) => (event) => {
      event.preventDefault();
      field.classList.toggle('over', is);
    };
    field.addEventListener('dragover', over(true));
    field.addEventListener('dragleave', over(false));
    field.addEventListener('drop', (event) => {
      over(false)(event);
      if (event.dataTransfer?.files.length === 1) input.files = event.dataTransfer.files;
    });
  }
}

/** Follows something going on: its part of the page is asked for again until there is a new page to see. */
function follow() {
  const part = document.querySelector('[data-follow]');
  if (!part) return;
  const status = document.querySelector('#thong-bao');
  const step = () => part.querySelector('[aria-current="step"]')?.textContent ?? '';
  let failed = 0;
  const look = async () => {
    const answer = await fetch(part.dataset.follow, { cache: 'no-store' }).catch(() => undefined);
    if (answer?.status === 200) {
      failed = 0;
      const before = step();
      part.innerHTML = await answer.text();
      // Said once a step, not once a second.
      if (status && step() !== before) status.textContent = step();
    } else if (answer?.status === 204 || answer?.status === 404) {
      location.reload();
      return;
    } else {
      failed += 1;
      if (failed > 60) return;
    }
    setTimeout(look, failed ? 2000 : 700);
  };
  setTimeout(look, 300);
}

/** Opens folded tables for printing, and folds them again. */
function print() {
  let opened = [];
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('main details:not([open])')];
    for (const fold of opened) fold.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
  });
}

/** From one number of a checked text to the next by the arrow keys; what it says comes into sight beside it. */
function numbers() {
  const all = [...document.querySelectorAll('.checked-text a.num')];
  const hint = document.querySelector('[data-numbers-hint]');
  if (!all.length || !hint) return;
  hint.append(` ${hint.dataset.numbersHint}`);
  const show = (number) => {
    document.querySelector('.claim.current')?.classList.remove('current');
    const detail = document.querySelector(number.hash);
    detail?.classList.add('current');
    const list = detail?.closest('.checked-numbers');
    if (list && list.scrollHeight > list.clientHeight) list.scrollTop = detail.offsetTop;
  };
  all.forEach((number, at) => {
    number.addEventListener('focus', () => show(number));
    number.addEventListener('keydown', (event) => {
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined || !all[to] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      all[to].focus();
    });
  });
}

searchKey();
numbers();
buttons();
errors();
once();
drops();
follow();
print();
