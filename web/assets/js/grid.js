// The grid of a month: paste from Excel, keys, sums while typing. It is filled in and saved without this file.

const form = document.querySelector('form.grid');

/** A number as offices type it, as digits at the scale of its column; undefined where it cannot be read, null where
 * there is nothing. The server reads again what is sent. */
function digits(text, scale) {
  const plain = text.trim().replace(/[\s\u00a0\u202f]/g, ' ').replace(/^[\u2212\u2013]/, '-');
  if (!plain) return null;
  const grouped = /^(-?)(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?$/.exec(plain);
  // A lone point before other than three digits is the decimal mark of a program.
  const raw = /^(-?)(\d+)\.(\d{1,2}|\d{4,})$/.exec(plain);
  // In a column with decimals 1.234 could be either: the server asks.
  if (scale && /^-?\d{1,3}\.\d{3}$/.test(plain)) return undefined;
  const found = grouped ?? raw;
  if (!found) return undefined;
  const part = (found[3] ?? '').replace(/0+$/, '');
  if (part.length > scale) return undefined;
  const all = found[2].replace(/[. ]/g, '') + part.padEnd(scale, '0');
  return BigInt(found[1] + all);
}

/** Digits as they are read on the screen. */
function said(number, scale) {
  const sign = number < 0n ? '-' : '';
  const all = (number < 0n ? -number : number).toString().padStart(scale + 1, '0');
  const group = document.documentElement.lang === 'en' ? ',' : '.';
  const whole = all.slice(0, all.length - scale).replace(/\B(?=(\d{3})+$)/g, group);
  const mark = document.documentElement.lang === 'en' ? '.' : ',';
  return sign + whole + (scale ? mark + all.slice(all.length - scale) : '');
}

/** Digits as Excel takes them: no marks between thousands, a comma before decimals. */
function raw(number, scale) {
  const sign = number < 0n ? '-' : '';
  const all = (number < 0n ? -number : number).toString().padStart(scale + 1, '0');
  const part = scale ? `,${all.slice(all.length - scale)}` : '';
  return sign + all.slice(0, all.length - scale) + part;
}

function grid() {
  const heads = new Map();
  for (const head of form.querySelectorAll('thead [data-no]')) heads.set(head.dataset.no, head.dataset);
  const rows = [...form.querySelectorAll('tbody tr')].map((row) => [...row.querySelectorAll('td input')]);
  const places = new Map();
  rows.forEach((row, down) => row.forEach((cell, across) => places.set(cell, [down, across])));
  const status = document.querySelector('#thong-bao');
  const tell = (text) => {
    if (status) status.textContent = text;
  };
  const scale = (cell) => Number(heads.get(cell.dataset.no).digits);
  const number = (cell) => digits(cell.value, scale(cell));

  /** What is wrong with a cell, and whether it keeps the row from being taken. */
  const fault = (cell) => {
    const head = heads.get(cell.dataset.no);
    const value = number(cell);
    if (value === undefined) return [form.dataset.sayNumber, true];
    if (value === null) return ['', false];
    if (head.min && value < BigInt(head.min)) return [form.dataset.sayLow, true];
    if (head.max && value > BigInt(head.max)) return [form.dataset.sayHigh, true];
    if (cell.dataset.before) {
      const [now, before] = [value, BigInt(cell.dataset.before)].map((one) => (one < 0n ? -one : one));
      const [small, large] = now < before ? [now, before] : [before, now];
      const least = BigInt(form.dataset.least) * 10n ** BigInt(scale(cell));
      if (large >= least && large >= small * BigInt(form.dataset.jump)) return [form.dataset.sayJump, false];
    }
    return ['', false];
  };

  /** The sentence beside a cell; what the server said of the text that stood there before goes. */
  const judge = (cell) => {
    const place = cell.parentElement;
    for (const old of place.querySelectorAll('.error, .flag')) old.remove();
    const [sentence, bad] = fault(cell);
    const before = place.querySelector('.before');
    let described = before ? before.id : '';
    if (sentence) {
      const line = document.createElement('span');
      line.className = bad ? 'error' : 'flag';
      line.id = `${cell.id}-thay`;
      line.textContent = sentence;
      place.append(line);
      described = `${described} ${line.id}`.trim();
    }
    if (bad) cell.setAttribute('aria-invalid', 'true');
    else cell.removeAttribute('aria-invalid');
    if (described) cell.setAttribute('aria-describedby', described);
    else cell.removeAttribute('aria-describedby');
  };

  const total = (no) => {
    const cells = rows.flat().filter((cell) => cell.dataset.no === no);
    const numbers = cells.map(number).filter((value) => value !== null && value !== undefined);
    const foot = form.querySelector(`[data-total="${no}"]`);
    const sum = foot.querySelector('.sum');
    if (sum) sum.textContent = said(numbers.reduce((all, value) => all + value, 0n), Number(heads.get(no).digits));
    const filled = foot.querySelector('.before');
    filled.textContent = filled.textContent.replace(/^\S+/, `${numbers.length}/${cells.length}`);
  };

  /** What is typed and not saved yet is not what would be signed. */
  const changed = () => {
    for (const button of document.querySelectorAll('form[action*="/ky-xac-nhan"] button')) button.disabled = true;
  };

  const set = (cell) => {
    judge(cell);
    total(cell.dataset.no);
    changed();
  };
  form.addEventListener('input', (event) => {
    if (places.has(event.target)) set(event.target);
  });

  form.addEventListener('paste', (event) => {
    const from = places.get(event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!from || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return;
    event.preventDefault();
    let cut = false;
    text.replace(/\r?\n$/, '').split(/\r?\n/).forEach((line, down) => {
      line.split('\t').forEach((value, across) => {
        const cell = rows[from[0] + down]?.[from[1] + across];
        if (!cell) {
          cut = true;
          return;
        }
        cell.value = value.trim();
        set(cell);
      });
    });
    tell(cut ? form.dataset.sayCut : form.dataset.sayPasted);
  });

  form.addEventListener('keydown', (event) => {
    const from = places.get(event.target);
    if (!from || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const cell = event.target;
    const at = cell.selectionStart === cell.selectionEnd ? cell.selectionStart : -1;
    const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const step = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowLeft: at === 0 || whole ? [0, -1] : undefined,
      ArrowRight: at === cell.value.length || whole ? [0, 1] : undefined,
    }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = rows[from[0] + step[0]]?.[from[1] + step[1]];
    if (!to) return;
    to.focus();
    to.select();
  });

  const copy = document.querySelector('#chep-bang');
  const hint = document.querySelector('#cach-dan');
  if (hint) hint.hidden = false;
  if (!copy || !navigator.clipboard) return;
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    const words = (cell) => (cell.firstChild?.textContent ?? '').replace(/[\t\n]/g, ' ').replace(/ \*$/, '').trim();
    const lines = [[...form.querySelectorAll('thead th')].map(words)];
    for (const row of form.querySelectorAll('tbody tr')) {
      const names = [...row.querySelectorAll('th')].map(words);
      const numbers = [...row.querySelectorAll('td input')].map((cell) => {
        const value = number(cell);
        return value === null || value === undefined ? cell.value.trim() : raw(value, scale(cell));
      });
      lines.push([...names, ...numbers]);
    }
    await navigator.clipboard.writeText(lines.map((line) => line.join('\t')).join('\n'));
    tell(form.dataset.sayCopied);
  });
}

if (form) grid();
